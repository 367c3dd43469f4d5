// Which node of a crossbar tier holds which weight of the IR.
#ifndef ATLEUS_TRANSFORMS_PROGRAMPACKING_H
#define ATLEUS_TRANSFORMS_PROGRAMPACKING_H

#include "atleus/Transforms/ArrayPacking.h"

#include "dialects/Arch/Arch.h"
#include "dialects/PIM/PIM.h"

#include "mlir/IR/BuiltinOps.h"

#include "llvm/ADT/StringMap.h"

#include <optional>
#include <vector>

namespace atleus {

/// The weights of one tier, in the order of the IR, and where they go.
struct TierPacking {
  arch::TierOp tier;
  llvm::SmallVector<pim::ProgramOp> programs;
  /// By program, the number of the first one in its slot; its own without slot.
  llvm::SmallVector<size_t> firstOfSlots;
  /// By program.
  llvm::SmallVector<llvm::SmallVector<ArrayPiece>> pieces;
  /// What the cores hold of these pieces.
  std::optional<ArrayPacker> packer;
  /// By program, the cores of its replicas, the first of which is its piece;
  /// only if no weight may be cut.
  llvm::SmallVector<llvm::SmallVector<int64_t>> cores;

  /// Sets `cores`, all different for each program, for so many replicas of
  /// each: the others beside the one that is packed, large programs first, each
  /// in the emptiest core; if that finds no room, all of them anew, each in the
  /// fullest core that has room. The number of the first program that finds no
  /// room, if there is one.
  std::optional<size_t> packReplicas(llvm::ArrayRef<int64_t> replicas);

  /// Whether so many replicas of each weight find room if weights are cut into
  /// `pieces` of all of their rows; without pieces a weight is whole.
  bool
  hasRoomForPieces(llvm::ArrayRef<int64_t> replicas,
                   llvm::ArrayRef<llvm::ArrayRef<ArrayPiece>> pieces) const;
};

/// What a weight asks for, in units of features between which it may be cut.
ArrayDemand getDemand(const pim::ArrayLayout &layout);

/// Packs the weights of every crossbar tier in the order of the IR, each into
/// the node that holds the least so far: kernels that follow each other send
/// their results from different nodes. If that leaves a weight without room,
/// nodes are filled one after another. With `whole` no weight may be cut: the
/// pieces into which weights were cut before get their nodes again, and so do
/// their replicas. Reports an error at the first weight that finds no room.
llvm::FailureOr<std::vector<TierPacking>>
packPrograms(mlir::ModuleOp module, arch::MachineOp machine, bool whole);

/// By crossbar tier, how often it has room for its weights; at least 1.
llvm::StringMap<int64_t> countCopies(llvm::ArrayRef<TierPacking> packings);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_PROGRAMPACKING_H
