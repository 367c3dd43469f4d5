// Which layers have their weights in crossbars, and which cores execute the
// others: policies, the search by cost, and what becomes of weights without
// room.
#ifndef ATLEUS_LIB_TRANSFORMS_LAYERASSIGNMENT_H
#define ATLEUS_LIB_TRANSFORMS_LAYERASSIGNMENT_H

#include "CrossbarRoom.h"
#include "KernelOptions.h"

#include "atleus/Mapping/AssignmentSearch.h"
#include "atleus/Transforms/AssignmentPolicy.h"

#include <optional>

namespace atleus {

/// What a user asks of the assignment.
struct AssignmentRequest {
  AssignmentPolicy policy = AssignmentPolicy::StaticDynamic;
  AssignmentObjective objective = AssignmentObjective::Latency;
  WeightSpill spill = WeightSpill::None;
};

AssignmentGoal goalOf(AssignmentObjective objective);

/// What is decided of one kernel.
struct LayerDecision {
  /// The crossbar tier that holds the weight, or null.
  arch::TierOp crossbars;
  /// Turns that it takes in crossbars; empty if it stays there.
  std::string slot;
  /// The core that is to execute it, if it is in no crossbar; null: any.
  mlir::Operation *core = nullptr;
  /// What decided; empty for kernels of which nothing was to be decided.
  std::string reason;
};

class LayerAssignment {
public:
  LayerAssignment(arch::MachineOp machine, mlir::func::FuncOp function,
                  llvm::ArrayRef<KernelOptions> kernels, TierCosts &costs,
                  CrossbarRoom &room, const AssignmentRequest &request);

  /// Decides of every layer; `slots` counts those of the module.
  llvm::LogicalResult run(unsigned &slots);

  llvm::ArrayRef<LayerDecision> getDecisions() const { return decisions; }
  /// Of an assignment by cost.
  const std::optional<AssignmentResult> &getResult() const { return result; }

  int64_t numRefused = 0;

private:
  using Kernels = llvm::SmallVector<unsigned>;
  /// Weights that stay and weights that take turns.
  struct Plan {
    Kernels resident, rewritten;
  };

  bool isFree(unsigned kernel) const;
  llvm::LogicalResult takePinned();
  llvm::LogicalResult verifyPossible();
  /// What crossbars lack for a layer; empty if they lack room only.
  std::string explainRefusal(unsigned kernel) const;
  Kernels chooseByPolicy();
  llvm::LogicalResult chooseByCost(Plan &plan);
  std::vector<Assignment> getStarts(const AssignmentModel &model);
  void explainChoice(unsigned kernel, bool inCrossbars);

  /// Puts what is wanted into crossbars and deals with what has no room.
  llvm::LogicalResult placeByPolicy(unsigned &slots);
  llvm::LogicalResult placeByCost(unsigned &slots);
  llvm::LogicalResult spillLayers(const Kernels &refused, const Kernels &wanted,
                                  unsigned &slots);
  llvm::LogicalResult reportRefused(const Kernels &refused,
                                    const Kernels &wanted);
  /// `layers` could take turns or stream, but for neither there is a place.
  llvm::LogicalResult reportSpill(const Kernels &layers);
  /// Puts the others into crossbars.
  void stream(const Kernels &refused, const Kernels &wanted);
  /// Whether taking turns costs less than streaming `refused`.
  bool prefersRewriting(const Kernels &refused, const Kernels &wanted,
                        const Plan &plan);

  /// Takes arrays for weights and sets their tiers; returns those that find no
  /// room. Spread, each tier gets consecutive layers of about the same number
  /// of arrays, which leaves room for replicas on each; else tiers are filled
  /// one after another.
  Kernels takeArrays(const Kernels &numbers, bool spread, CrossbarRoom &from,
                     std::vector<LayerDecision> &decided) const;
  /// Spread, if that finds room for all.
  Kernels takeArrays(const Kernels &numbers, CrossbarRoom &from,
                     std::vector<LayerDecision> &decided) const;

  /// Puts a plan into `into`, with so many slots for each layout; `decided`
  /// gets the tiers and slots. False if it does not fit.
  bool tryPlan(const Plan &plan, int64_t slotsPerLayout, CrossbarRoom &into,
               std::vector<LayerDecision> &decided, unsigned &slots) const;
  bool fits(const Plan &plan, int64_t slotsPerLayout) const;
  /// The layouts of weights in the order in which they get slots.
  std::vector<Kernels> groupByLayout(const Kernels &numbers) const;
  void carryOut(const Plan &plan, int64_t slotsPerLayout, unsigned &slots);
  /// A plan in which as many of `layers` stay as can, from the first one on,
  /// and its slots for each layout.
  std::optional<std::pair<Plan, int64_t>>
  planRewriting(const Kernels &layers) const;
  llvm::SmallVector<nn::LinearOp> toLayers(const Kernels &numbers) const;
  llvm::SmallVector<arch::TierOp> getCrossbarTiers(unsigned kernel) const;
  void remarkStreamed(size_t streamed, size_t all, llvm::StringRef how);

  arch::MachineOp machine;
  mlir::func::FuncOp function;
  llvm::ArrayRef<KernelOptions> kernels;
  TierCosts &costs;
  CrossbarRoom &room;
  AssignmentRequest request;
  /// Whether layers have a place outside of crossbars if these lack room.
  WeightSpill spill;
  std::vector<LayerDecision> decisions;
  std::optional<AssignmentResult> result;
  llvm::SmallVector<bool> isProjection;
  /// Crossbars that were free before anything of the function was placed.
  int64_t capacity;
};

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_LAYERASSIGNMENT_H
