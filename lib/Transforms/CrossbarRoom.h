// Which crossbars of a machine are taken while tiers are assigned, and what to
// say when there are too few.
#ifndef ATLEUS_LIB_TRANSFORMS_CROSSBARROOM_H
#define ATLEUS_LIB_TRANSFORMS_CROSSBARROOM_H

#include "atleus/Transforms/ArrayPacking.h"
#include "dialects/Arch/Arch.h"
#include "dialects/NN/NN.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <string>
#include <vector>

namespace atleus {

/// "1 kernel", "12 kernels".
std::string formatKernels(size_t count);

/// The name of a kernel in quotes, or that of its op.
std::string formatKernelName(mlir::Operation *op);

/// The crossbar tiers of a machine and what is left of them. A copy is a trial.
class CrossbarRoom {
public:
  explicit CrossbarRoom(arch::MachineOp machine);

  /// Takes arrays for a weight in the first of `tiers` with room. Null if there
  /// is none; nothing is taken then.
  arch::TierOp take(nn::LinearOp layer, llvm::ArrayRef<arch::TierOp> tiers);

  bool hasTiers() const { return !rooms.empty(); }
  int64_t getCapacity() const;
  int64_t getFree() const;
  int64_t getCapacity(arch::TierOp tier) const;
  int64_t getFree(arch::TierOp tier) const;
  /// Arrays left in the emptiest core of all tiers.
  int64_t getMostInCore() const;
  llvm::SmallVector<arch::TierOp> getTiers() const;

private:
  struct Room {
    arch::TierOp tier;
    ArrayPacker packer;
  };
  const Room *find(arch::TierOp tier) const;

  std::vector<Room> rooms;
};

/// What one weight asks of the first crossbar tier.
ArrayDemand getDemand(nn::LinearOp layer, arch::TierOp tier);

/// Weights of one layout, which lie alike and can take turns in one slot.
struct SlotDemand {
  nn::LinearOp first;
  size_t numWeights = 0;
};

/// Why weights are in no crossbar, as an error with what would help.
class CrossbarShortage {
public:
  CrossbarShortage(arch::MachineOp machine, const CrossbarRoom &room)
      : machine(machine), room(room) {}

  /// `wanted` are all layers that were to go to crossbars, `refused` those that
  /// found no room.
  mlir::InFlightDiagnostic report(mlir::func::FuncOp function,
                                  llvm::ArrayRef<nn::LinearOp> wanted,
                                  llvm::ArrayRef<nn::LinearOp> refused);
  /// Weights were to take turns, but there is no room for one slot of each
  /// layout in what is left.
  mlir::InFlightDiagnostic reportSlots(mlir::func::FuncOp function,
                                       llvm::ArrayRef<SlotDemand> slots);
  /// Adds that to an error about weights that might have taken turns.
  void noteSlots(mlir::InFlightDiagnostic &error,
                 llvm::ArrayRef<SlotDemand> slots);
  /// Layers that are pinned to one tier, in which `refused` found no room.
  mlir::InFlightDiagnostic reportPinned(llvm::ArrayRef<nn::LinearOp> pinned,
                                        nn::LinearOp refused, arch::TierOp tier,
                                        llvm::StringRef pin);
  /// The machine has no crossbars at all for so many layers.
  mlir::InFlightDiagnostic reportMissingTier(size_t layers);
  /// `layer` cannot run on any crossbar tier.
  mlir::InFlightDiagnostic reportUnable(nn::LinearOp layer,
                                        llvm::StringRef reason);

private:
  void noteDemands(mlir::InFlightDiagnostic &error,
                   llvm::ArrayRef<nn::LinearOp> layers, arch::TierOp tier);
  void noteScattered(mlir::InFlightDiagnostic &error, nn::LinearOp layer);
  void noteTiers(mlir::InFlightDiagnostic &error);
  std::string nameTiers() const;
  int64_t countSlotArrays(llvm::ArrayRef<SlotDemand> slots) const;
  void noteSpill(mlir::InFlightDiagnostic &error, mlir::Location loc);
  void noteNarrowerWeights(mlir::InFlightDiagnostic &error,
                           llvm::ArrayRef<nn::LinearOp> layers);
  void noteLargerCore(mlir::InFlightDiagnostic &error,
                      llvm::ArrayRef<nn::LinearOp> layers);
  void noteOtherMachines(mlir::InFlightDiagnostic &error,
                         llvm::ArrayRef<nn::LinearOp> layers);

  arch::MachineOp machine;
  const CrossbarRoom &room;
};

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_CROSSBARROOM_H
