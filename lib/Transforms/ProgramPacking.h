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

/// What a weight asks for, in units of features between which it may be cut.
ArrayDemand getDemand(const pim::ArrayLayout &layout);

/// Packs the weights of every crossbar tier in the order of the IR, each into
/// the node that holds the least so far: kernels that follow each other send
/// their results from different nodes. If that leaves a weight without room,
/// nodes are filled one after another. With `whole` no weight may be cut: the
/// pieces into which weights were cut before get their nodes again. Reports an
/// error at the first weight that finds no room.
llvm::FailureOr<std::vector<TierPacking>>
packPrograms(mlir::ModuleOp module, arch::MachineOp machine, bool whole);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_PROGRAMPACKING_H
