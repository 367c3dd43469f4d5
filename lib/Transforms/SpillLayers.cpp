// What becomes of weights for which there is no room in crossbars.
#include "LayerAssignment.h"

#include "dialects/Arch/MachineLookup.h"

#include <algorithm>
#include <map>

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Taking turns
//===----------------------------------------------------------------------===//

/// The shape of a weight and the crossbars that it takes: weights of which
/// these are equal lie alike.
static std::array<int64_t, 4> getLayout(const KernelOptions &kernel,
                                        arch::TierOp tier) {
  nn::LinearOp layer = kernel.layer;
  ArrayDemand demand = getDemand(layer, tier);
  return {layer.getInnerSize(), layer.getFeatures(), demand.gridRows,
          demand.arrays()};
}

LayerAssignment::Kernels
LayerAssignment::takeArrays(const Kernels &numbers, bool spread,
                            CrossbarRoom &from,
                            std::vector<LayerDecision> &decided) const {
  auto arraysOf = [&](unsigned number) {
    SmallVector<arch::TierOp> tiers = getCrossbarTiers(number);
    return tiers.empty()
               ? 0
               : getDemand(kernels[number].layer, tiers.front()).arrays();
  };
  int64_t all = 0, taken = 0;
  for (unsigned number : numbers)
    all += arraysOf(number);
  Kernels refused;
  for (unsigned number : numbers) {
    SmallVector<arch::TierOp> tiers = getCrossbarTiers(number);
    if (spread && !tiers.empty() && all > 0)
      std::rotate(tiers.begin(), tiers.begin() + taken * tiers.size() / all,
                  tiers.end());
    taken += arraysOf(number);
    decided[number].crossbars = from.take(kernels[number].layer, tiers);
    if (!decided[number].crossbars)
      refused.push_back(number);
  }
  return refused;
}

LayerAssignment::Kernels
LayerAssignment::takeArrays(const Kernels &numbers, CrossbarRoom &from,
                            std::vector<LayerDecision> &decided) const {
  CrossbarRoom before = from;
  if (takeArrays(numbers, /*spread=*/true, from, decided).empty())
    return {};
  from = before;
  return takeArrays(numbers, /*spread=*/false, from, decided);
}

std::vector<LayerAssignment::Kernels>
LayerAssignment::groupByLayout(const Kernels &numbers) const {
  std::map<std::array<int64_t, 4>, Kernels> members;
  for (unsigned number : numbers)
    members[getLayout(kernels[number], getCrossbarTiers(number).front())]
        .push_back(number);
  std::vector<Kernels> groups;
  groups.reserve(members.size());
  for (auto &[layout, group] : members)
    groups.push_back(std::move(group));
  return groups;
}

bool LayerAssignment::tryPlan(const Plan &plan, int64_t slotsPerLayout,
                              CrossbarRoom &into,
                              std::vector<LayerDecision> &decided,
                              unsigned &slots) const {
  struct Slot {
    arch::TierOp tier;
    std::string name;
  };
  // Slots first, for each weight of a layout depends on them.
  for (const Kernels &numbers : groupByLayout(plan.rewritten)) {
    SmallVector<Slot> own;
    for (int64_t i = 0; i < std::min<int64_t>(slotsPerLayout, numbers.size());
         ++i) {
      arch::TierOp tier = into.take(kernels[numbers.front()].layer,
                                    getCrossbarTiers(numbers.front()));
      if (!tier)
        return false;
      own.push_back({tier, "slot" + std::to_string(slots++)});
    }
    for (auto [index, number] : llvm::enumerate(numbers)) {
      decided[number].crossbars = own[index % own.size()].tier;
      decided[number].slot = own[index % own.size()].name;
    }
  }
  return takeArrays(plan.resident, into, decided).empty();
}

bool LayerAssignment::fits(const Plan &plan, int64_t slotsPerLayout) const {
  CrossbarRoom trial = room;
  std::vector<LayerDecision> decided = decisions;
  unsigned slots = 0;
  return tryPlan(plan, slotsPerLayout, trial, decided, slots);
}

void LayerAssignment::carryOut(const Plan &plan, int64_t slotsPerLayout,
                               unsigned &slots) {
  bool done = tryPlan(plan, slotsPerLayout, room, decisions, slots);
  assert(done && "the plan was tried");
  (void)done;
  for (unsigned number : plan.rewritten)
    decisions[number].reason += ", rewritten for want of crossbars";
  if (!plan.rewritten.empty())
    remarkStreamed(plan.rewritten.size(),
                   plan.rewritten.size() + plan.resident.size(),
                   "take turns in crossbars and are written in each inference");
}

std::optional<std::pair<LayerAssignment::Plan, int64_t>>
LayerAssignment::planRewriting(const Kernels &layers) const {
  auto split = [&](size_t resident) {
    Plan plan;
    plan.resident.append(layers.begin(), layers.begin() + resident);
    plan.rewritten.append(layers.begin() + resident, layers.end());
    return plan;
  };
  for (int64_t perLayout : {AssignmentProblem::slotsPerLayout, int64_t(1)}) {
    if (!fits(split(0), perLayout))
      continue;
    // The most that can stay, between what fits and what does not.
    size_t low = 0, high = layers.size() + 1;
    while (high - low > 1) {
      size_t middle = (low + high) / 2;
      (fits(split(middle), perLayout) ? low : high) = middle;
    }
    return std::pair(split(low), perLayout);
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Weights without room
//===----------------------------------------------------------------------===//

std::string LayerAssignment::explainRefusal(unsigned kernel) const {
  if (kernels[kernel].fitsCrossbars())
    return "";
  for (const TierOption &option : kernels[kernel].tiers)
    if (arch::getCrossbar(option.tier))
      return option.refusal;
  return "";
}

LogicalResult LayerAssignment::reportRefused(const Kernels &refused,
                                             const Kernels &wanted) {
  CrossbarShortage shortage(machine, room);
  Kernels able;
  for (unsigned number : wanted)
    if (kernels[number].fitsCrossbars())
      able.push_back(number);
  for (unsigned number : refused)
    if (std::string reason = explainRefusal(number); !reason.empty())
      return shortage.reportUnable(kernels[number].layer, reason);
  return shortage.report(function, toLayers(able), toLayers(refused));
}

LogicalResult LayerAssignment::reportSpill(const Kernels &layers) {
  CrossbarShortage shortage(machine, room);
  SmallVector<SlotDemand> slots;
  for (const Kernels &group : groupByLayout(layers))
    slots.push_back({kernels[group.front()].layer, group.size()});
  if (spill == WeightSpill::Rewrite)
    return shortage.reportSlots(function, slots);
  InFlightDiagnostic error =
      shortage.report(function, toLayers(layers), toLayers(layers));
  shortage.noteSlots(error, slots);
  return error;
}

void LayerAssignment::stream(const Kernels &refused, const Kernels &wanted) {
  Kernels resident;
  for (unsigned number : wanted)
    if (!llvm::is_contained(refused, number))
      resident.push_back(number);
  takeArrays(resident, /*spread=*/false, room, decisions);
  for (unsigned number : refused)
    decisions[number].reason += ", streamed for want of crossbars";
  numRefused += refused.size();
  remarkStreamed(refused.size(), wanted.size(),
                 "are in no crossbar and stream from memory");
}

/// Compares the model's latency, or what else is to be small, of both ways.
bool LayerAssignment::prefersRewriting(const Kernels &refused,
                                       const Kernels &wanted,
                                       const Plan &plan) {
  using Kind = AssignmentModel::Kind;
  AssignmentModel model(machine, costs, kernels, capacity, /*rewriting=*/true);
  Assignment streamed(kernels.size(), 0);
  for (unsigned i = 0; i < kernels.size(); ++i)
    if (isFree(i))
      streamed[i] = model.findWay(i, Kind::Streamed);
  Assignment rewritten = streamed;
  for (unsigned number : wanted)
    if (!llvm::is_contained(refused, number))
      streamed[number] = model.findWay(number, Kind::Crossbar);
  for (unsigned number : plan.resident)
    rewritten[number] = model.findWay(number, Kind::Crossbar);
  for (unsigned number : plan.rewritten)
    rewritten[number] = model.findWay(number, Kind::Rewritten);
  auto cost = [&](const Assignment &assignment) {
    return valueOf(estimateAssignment(model.getProblem(), assignment),
                   goalOf(request.objective));
  };
  return cost(rewritten) < cost(streamed);
}

LogicalResult LayerAssignment::spillLayers(const Kernels &refused,
                                           const Kernels &wanted,
                                           unsigned &slots) {
  if (spill == WeightSpill::None)
    return reportRefused(refused, wanted);
  if (spill == WeightSpill::Systolic) {
    stream(refused, wanted);
    return success();
  }
  bool canStream = llvm::all_of(
      refused, [&](unsigned number) { return kernels[number].fitsCores(); });
  // What crossbars cannot hold at all can only stream.
  Kernels able = wanted;
  llvm::erase_if(
      able, [&](unsigned number) { return !kernels[number].fitsCrossbars(); });
  bool canStay = llvm::all_of(wanted, [&](unsigned number) {
    return kernels[number].fitsCrossbars() || kernels[number].fitsCores();
  });
  auto plan = canStay && !able.empty() ? planRewriting(able) : std::nullopt;
  if (!plan && (!canStream || spill == WeightSpill::Rewrite))
    return canStay && !able.empty() ? reportSpill(able)
                                    : reportRefused(refused, wanted);
  bool rewrites = plan && (!canStream || spill == WeightSpill::Rewrite ||
                           prefersRewriting(refused, wanted, plan->first));
  if (!rewrites) {
    stream(refused, wanted);
    return success();
  }
  if (able.size() < wanted.size())
    remarkStreamed(wanted.size() - able.size(), wanted.size(),
                   "are in no crossbar and stream from memory");
  carryOut(plan->first, plan->second, slots);
  return success();
}
