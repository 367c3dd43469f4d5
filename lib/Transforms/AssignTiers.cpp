// Chooses a tier for each kernel: layers by the policy, everything else on the
// tiers without crossbars, on vector units beside crossbars, or on the host.
#include "LayerAssignment.h"
#include "MemoryCapacity.h"
#include "TierPins.h"

#include "atleus/Transforms/Caches.h"
#include "atleus/Transforms/ChainPartition.h"
#include "atleus/Transforms/HostFallback.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Arch/Assignment.h"
#include "dialects/Arch/MachineLookup.h"

#include "mlir/IR/Builders.h"

namespace atleus {
#define GEN_PASS_DEF_ASSIGNTIERS
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// What is in no crossbar
//===----------------------------------------------------------------------===//

namespace {
/// The tiers that execute what is in no crossbar.
class OtherTiers {
public:
  OtherTiers(arch::MachineOp machine, bool prefersCrossbars)
      : prefersCrossbars(prefersCrossbars) {
    for (arch::TierOp tier : machine.getTiers())
      (arch::getCrossbar(tier) ? crossbars : cores).push_back(tier);
  }

  /// A tier that can execute a kernel, from the one for `part` on; vector units
  /// beside crossbars come last, or first if they are preferred. Null if there
  /// is none. Of several kinds of cores only `core`, if it is not null.
  const TierOption *choose(const KernelOptions &kernel, unsigned part,
                           Operation *core) const;

  size_t countParts() const {
    return cores.empty() ? crossbars.size() : cores.size();
  }

private:
  const TierOption *chooseOf(ArrayRef<arch::TierOp> tiers,
                             const KernelOptions &kernel, unsigned part,
                             Operation *core) const;

  bool prefersCrossbars;
  SmallVector<arch::TierOp> cores, crossbars;
};
} // namespace

const TierOption *OtherTiers::chooseOf(ArrayRef<arch::TierOp> tiers,
                                       const KernelOptions &kernel,
                                       unsigned part, Operation *core) const {
  for (unsigned i = 0; i < tiers.size(); ++i) {
    arch::TierOp tier = tiers[(part + i) % tiers.size()];
    const TierOption *option = kernel.find(tier);
    bool isPinned = !kernel.pin || kernel.pin == tier.getOperation();
    if (option->cost && isPinned && (!core || core == tier.getCoreOp()))
      return option;
  }
  return nullptr;
}

const TierOption *OtherTiers::choose(const KernelOptions &kernel, unsigned part,
                                     Operation *core) const {
  // A weight that has a place in crossbars is there already.
  ArrayRef<arch::TierOp> units = crossbars;
  if (!cast<WorkOpInterface>(kernel.op).getWork().products.empty())
    units = {};
  if (prefersCrossbars)
    if (const TierOption *option = chooseOf(units, kernel, part, nullptr))
      return option;
  if (const TierOption *option = chooseOf(cores, kernel, part, core))
    return option;
  return chooseOf(units, kernel, part, nullptr);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
/// A function and its kernels.
struct AssignedFunction {
  func::FuncOp function;
  KernelChain chain;
  std::vector<KernelOptions> kernels;
};

struct AssignTiers : public atleus::impl::AssignTiersBase<AssignTiers> {
  using AssignTiersBase::AssignTiersBase;

  void runOnOperation() final {
    FailureOr<arch::MachineOp> found = arch::findMachine(getOperation());
    if (failed(found))
      return signalPassFailure();
    machine = *found;
    if (failed(verifyPolicy()) || failed(assignModule()))
      return signalPassFailure();
  }

private:
  LogicalResult verifyPolicy();
  LogicalResult assignModule();
  LogicalResult collect(TierCosts &costs,
                        std::vector<AssignedFunction> &functions);
  LogicalResult assignFunction(AssignedFunction &assigned, TierCosts &costs,
                               CrossbarRoom &room, unsigned &slots);
  void assignOthers(const AssignedFunction &assigned,
                    ArrayRef<LayerDecision> decisions);
  void assign(const KernelOptions &kernel, const LayerDecision &decision,
              Operation *place, StringRef reason);
  std::string explainDefault(arch::TierOp tier);
  void record(func::FuncOp function,
              const std::optional<AssignmentResult> &result);
  AssignmentRequest getRequest() const { return {policy, objective, spill}; }

  arch::MachineOp machine;
};
} // namespace

/// A policy needs the tiers that it names.
LogicalResult AssignTiers::verifyPolicy() {
  bool hasCrossbars = false, hasCores = false;
  for (arch::TierOp tier : machine.getTiers())
    (arch::getCrossbar(tier) ? hasCrossbars : hasCores) = true;
  bool needsCrossbars = policy != AssignmentPolicy::Cost &&
                        policy != AssignmentPolicy::AllSystolic;
  bool needsCores = policy != AssignmentPolicy::Cost &&
                    policy != AssignmentPolicy::AllCrossbar;
  if ((hasCrossbars || !needsCrossbars) && (hasCores || !needsCores))
    return success();
  InFlightDiagnostic error =
      emitError(machine.getLoc())
      << "policy '" << stringify(policy) << "' needs a tier "
      << (needsCrossbars && !hasCrossbars ? "of" : "without") << " crossbars, @"
      << machine.getSymName() << " has none";
  for (arch::TierOp tier : machine.getTiers())
    error.attachNote(tier.getLoc())
        << "tier @" << tier.getSymName() << " has cores of kind "
        << tier.getCoreOp()->getName();
  return error;
}

LogicalResult AssignTiers::collect(TierCosts &costs,
                                   std::vector<AssignedFunction> &functions) {
  for (auto function : getOperation().getOps<func::FuncOp>()) {
    FailureOr<KernelChain> chain = buildKernelChain(function);
    if (failed(chain))
      return failure();
    std::vector<KernelOptions> kernels = collectOptions(*chain, costs);
    for (Operation *op : chain->kernels)
      for (StringRef name :
           {StringRef(arch::tierAttribute), StringRef(arch::slotAttribute)})
        op->removeAttr(name);
    functions.push_back({function, std::move(*chain), std::move(kernels)});
  }
  return success();
}

LogicalResult AssignTiers::assignModule() {
  TierCosts costs(machine);
  std::vector<AssignedFunction> functions;
  TierPins tierPins(machine);
  Location loc = getOperation().getLoc();
  if (failed(tierPins.parse(SmallVector<std::string>(*pins), loc)) ||
      failed(collect(costs, functions)))
    return failure();
  std::vector<std::string> names;
  for (AssignedFunction &assigned : functions) {
    if (failed(tierPins.apply(assigned.kernels)))
      return failure();
    for (const KernelOptions &kernel : assigned.kernels)
      if (StringRef name = nn::getKernelName(kernel.op); !name.empty())
        names.push_back(name.str());
  }
  tierPins.warnOfUnused(names, loc);
  CrossbarRoom room(machine);
  unsigned slots = 0;
  for (AssignedFunction &assigned : functions)
    if (failed(assignFunction(assigned, costs, room, slots)))
      return failure();
  numArrays += room.getCapacity() - room.getFree();
  return success();
}

LogicalResult AssignTiers::assignFunction(AssignedFunction &assigned,
                                          TierCosts &costs, CrossbarRoom &room,
                                          unsigned &slots) {
  LayerAssignment layers(machine, assigned.function, assigned.kernels, costs,
                         room, getRequest());
  if (failed(layers.run(slots)))
    return failure();
  ArrayRef<LayerDecision> decisions = layers.getDecisions();
  for (auto [kernel, decision] : llvm::zip_equal(assigned.kernels, decisions)) {
    if (!decision.crossbars)
      continue;
    assign(kernel, decision, decision.crossbars, decision.reason);
    ++numCrossbar;
  }
  numSpilled += layers.numRefused;
  assignOthers(assigned, decisions);
  markCachesInPlace(assigned.function);
  record(assigned.function, layers.getResult());
  return verifyMemoryCapacity(assigned.function, assigned.chain, machine);
}

void AssignTiers::assign(const KernelOptions &kernel,
                         const LayerDecision &decision, Operation *place,
                         StringRef reason) {
  Operation *op = kernel.op;
  op->setAttr(arch::tierAttribute,
              FlatSymbolRefAttr::get(SymbolTable::getSymbolName(place)));
  if (!decision.slot.empty())
    op->setAttr(arch::slotAttribute,
                StringAttr::get(op->getContext(), decision.slot));
  SmallVector<arch::TierAlternative> alternatives;
  for (const TierOption &option : kernel.tiers) {
    arch::TierAlternative &alternative = alternatives.emplace_back();
    alternative.tier = arch::TierOp(option.tier).getSymNameAttr();
    alternative.refusal = option.refusal;
    if (option.cost) {
      alternative.latency = option.latency;
      alternative.energy = option.cost->energy;
      alternative.refusal.clear();
    }
  }
  arch::setAssignment(op, reason, alternatives);
}

/// Why a kernel without a weight is where it is.
std::string AssignTiers::explainDefault(arch::TierOp tier) {
  if (!arch::getCrossbar(tier))
    return "no weight to hold: tiers without crossbars first";
  if (policy == AssignmentPolicy::AllCrossbar)
    return "policy all-crossbar";
  return "no other tier can execute it";
}

/// Balances what is in no crossbar over the tiers, in program order.
void AssignTiers::assignOthers(const AssignedFunction &assigned,
                               ArrayRef<LayerDecision> decisions) {
  OtherTiers tiers(machine, policy == AssignmentPolicy::AllCrossbar);
  SmallVector<int64_t> work;
  for (auto [kernel, decision] : llvm::zip_equal(assigned.kernels, decisions)) {
    const TierOption *option = nullptr;
    if (!decision.crossbars)
      option = tiers.choose(kernel, /*part=*/0, decision.core);
    work.push_back(option ? option->latency.count() : 0);
  }
  SmallVector<unsigned> parts =
      partitionChain(work, assigned.chain.crossing, tiers.countParts());
  for (auto [kernel, decision, part] :
       llvm::zip_equal(assigned.kernels, decisions, parts)) {
    if (decision.crossbars)
      continue;
    const TierOption *option = tiers.choose(kernel, part, decision.core);
    bool isHost = !option || kernel.pin == machine.getHost().getOperation();
    std::string reason = decision.reason;
    if (!isHost) {
      arch::TierOp tier = option->tier;
      if (reason.empty())
        reason = explainDefault(tier);
      assign(kernel, decision, tier, reason);
      ++(arch::getCrossbar(tier) ? numVector : numSystolic);
      continue;
    }
    if (!kernel.pin) {
      reason = explainTierRefusal(machine, kernel.op);
      emitRemark(kernel.op->getLoc()) << "runs on the host: " << reason;
    }
    assign(kernel, decision, machine.getHost(), reason);
    ++numHost;
  }
}

/// How much what was found is above its bound, in millionths of the bound.
static int64_t getGap(const AssignmentResult &result, AssignmentGoal goal) {
  double value = valueOf(result.estimate, goal);
  constexpr double million = 1e6;
  return result.bound <= 0
             ? 0
             : static_cast<int64_t>(million * (value / result.bound - 1));
}

/// Says by what the tiers of a function were chosen, and how good that is.
void AssignTiers::record(func::FuncOp function,
                         const std::optional<AssignmentResult> &result) {
  Builder builder(&getContext());
  SmallVector<NamedAttribute> entries;
  auto add = [&](StringRef name, Attribute value) {
    entries.push_back(builder.getNamedAttr(name, value));
  };
  add("policy", builder.getStringAttr(stringify(policy)));
  if (result) {
    add("objective", builder.getStringAttr(stringify(objective)));
    add("latency_ps",
        builder.getI64IntegerAttr(result->estimate.latency.count()));
    add("energy_fj",
        builder.getI64IntegerAttr(result->estimate.energy.count()));
    add("gap_ppm",
        builder.getI64IntegerAttr(getGap(*result, goalOf(objective))));
    add("exact", builder.getBoolAttr(result->isExact));
  }
  function->setAttr(arch::assignmentAttribute,
                    builder.getDictionaryAttr(entries));
}
