// Which node of a crossbar tier holds which weight of the IR.
#ifndef ATLEUS_TRANSFORMS_PROGRAMPACKING_H
#define ATLEUS_TRANSFORMS_PROGRAMPACKING_H

#include "atleus/Transforms/ArrayPacking.h"

#include "dialects/Arch/Arch.h"
#include "dialects/PIM/PIM.h"

#include "mlir/IR/BuiltinOps.h"

#include <vector>

namespace atleus {

/// The weights of one tier, in the order of the IR, and where they go.
struct TierPacking {
  arch::TierOp tier;
  llvm::SmallVector<pim::ProgramOp> programs;
  /// By program.
  llvm::SmallVector<llvm::SmallVector<ArrayPiece>> pieces;
};

/// Packs the weights of every crossbar tier, one core after another, so that
/// weights that follow each other lie on the same node or on neighbours.
/// Packing the pieces of weights that were cut gives the same nodes again.
/// Reports an error at the first weight that finds no room.
llvm::FailureOr<std::vector<TierPacking>> packPrograms(mlir::ModuleOp module,
                                                       arch::MachineOp machine);

/// Coordinates of node `index` of a tier along a path that visits neighbours
/// one after another: along x, then back along x in the next row.
llvm::SmallVector<int64_t> getNodeOnPath(arch::TierOp tier, int64_t index);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_PROGRAMPACKING_H
