// Policies for layers, and the search for the cheapest assignment.
#include "LayerAssignment.h"

#include "AttentionProjections.h"

#include "atleus/Compression/PrecisionRule.h"
#include "dialects/Arch/MachineLookup.h"

#include <limits>

using namespace mlir;
using namespace atleus;
using nn::LinearOp;

StringRef atleus::stringify(AssignmentPolicy policy) {
  switch (policy) {
  case AssignmentPolicy::Cost:
    return "cost";
  case AssignmentPolicy::StaticDynamic:
    return "static-dynamic";
  case AssignmentPolicy::AttentionFeedForward:
    return "attention-feedforward";
  case AssignmentPolicy::AllSystolic:
    return "all-systolic";
  case AssignmentPolicy::AllCrossbar:
    return "all-crossbar";
  }
  llvm_unreachable("every policy has a name");
}

StringRef atleus::stringify(AssignmentObjective objective) {
  switch (objective) {
  case AssignmentObjective::Latency:
    return "latency";
  case AssignmentObjective::Energy:
    return "energy";
  case AssignmentObjective::EDP:
    return "edp";
  }
  llvm_unreachable("every objective has a name");
}

AssignmentGoal atleus::goalOf(AssignmentObjective objective) {
  switch (objective) {
  case AssignmentObjective::Latency:
    return AssignmentGoal::Latency;
  case AssignmentObjective::Energy:
    return AssignmentGoal::Energy;
  case AssignmentObjective::EDP:
    return AssignmentGoal::EnergyDelay;
  }
  llvm_unreachable("every objective is a goal");
}

/// Whether a layer is meant to be computed in floats, which no crossbar does.
static bool staysFloat(LinearOp layer) {
  auto precision =
      layer->getAttrOfType<nn::PrecisionAttr>(nn::precisionAttribute);
  return precision && precision.getActivations() == floatBits &&
         !nn::isQuantized(layer.getInput().getType());
}

LayerAssignment::LayerAssignment(arch::MachineOp machine, func::FuncOp function,
                                 ArrayRef<KernelOptions> kernels,
                                 TierCosts &costs, CrossbarRoom &room,
                                 const AssignmentRequest &request)
    : machine(machine), function(function), kernels(kernels), costs(costs),
      room(room), request(request), spill(request.spill),
      decisions(kernels.size()), isProjection(kernels.size(), false),
      capacity(room.getFree()) {
  if (spill == WeightSpill::None &&
      machine.getStreaming() == arch::Streaming::Overflow)
    spill = WeightSpill::Systolic;
  llvm::SetVector<Operation *> projections = findAttentionProjections(function);
  for (auto [number, kernel] : llvm::enumerate(kernels))
    isProjection[number] = projections.contains(kernel.op);
}

bool LayerAssignment::isFree(unsigned kernel) const {
  return kernels[kernel].layer && !kernels[kernel].pin;
}

SmallVector<LinearOp> LayerAssignment::toLayers(const Kernels &numbers) const {
  return llvm::map_to_vector(
      numbers, [&](unsigned number) { return kernels[number].layer; });
}

SmallVector<arch::TierOp>
LayerAssignment::getCrossbarTiers(unsigned kernel) const {
  SmallVector<arch::TierOp> tiers;
  for (const TierOption &option : kernels[kernel].tiers)
    if (option.cost && option.cost->arrays > 0)
      tiers.push_back(option.tier);
  return tiers;
}

LogicalResult LayerAssignment::run(unsigned &slots) {
  if (failed(takePinned()))
    return failure();
  return request.policy == AssignmentPolicy::Cost ? placeByCost(slots)
                                                  : placeByPolicy(slots);
}

//===----------------------------------------------------------------------===//
// Pins
//===----------------------------------------------------------------------===//

LogicalResult LayerAssignment::takePinned() {
  for (auto [number, kernel] : llvm::enumerate(kernels)) {
    if (!kernel.pin)
      continue;
    LayerDecision &decision = decisions[number];
    decision.reason = "pinned by '" + kernel.pinText + "'";
    auto tier = dyn_cast<arch::TierOp>(kernel.pin);
    if (!kernel.layer || !tier || !arch::getCrossbar(tier))
      continue;
    decision.crossbars = room.take(kernel.layer, tier);
    if (decision.crossbars)
      continue;
    SmallVector<LinearOp> pinned;
    for (const KernelOptions &other : kernels)
      if (other.pin == kernel.pin && other.layer)
        pinned.push_back(other.layer);
    return CrossbarShortage(machine, room)
        .reportPinned(pinned, kernel.layer, tier, kernel.pinText);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Fixed policies
//===----------------------------------------------------------------------===//

/// Layers whose weights a policy wants in crossbars.
LayerAssignment::Kernels LayerAssignment::chooseByPolicy() {
  Kernels wanted;
  bool streamsAttention =
      request.policy == AssignmentPolicy::AttentionFeedForward ||
      (request.policy == AssignmentPolicy::StaticDynamic &&
       machine.getStreaming() == arch::Streaming::Attention);
  for (unsigned i = 0; i < kernels.size(); ++i) {
    if (!isFree(i))
      continue;
    decisions[i].reason = "policy " + stringify(request.policy).str();
    if (request.policy != AssignmentPolicy::AllSystolic &&
        !(streamsAttention && isProjection[i]) && !staysFloat(kernels[i].layer))
      wanted.push_back(i);
  }
  return wanted;
}

void LayerAssignment::remarkStreamed(size_t streamed, size_t all,
                                     StringRef how) {
  emitRemark(function.getLoc()) << "weights of " << streamed << " of "
                                << formatKernels(all) << " " << how;
}

LogicalResult LayerAssignment::placeByPolicy(unsigned &slots) {
  Kernels wanted = chooseByPolicy();
  CrossbarRoom before = room;
  Kernels refused = takeArrays(wanted, room, decisions);
  if (!refused.empty()) {
    if (spill == WeightSpill::None)
      return reportRefused(refused, wanted);
    room = before;
    for (unsigned number : wanted)
      decisions[number].crossbars = {};
    if (failed(spillLayers(refused, wanted, slots)))
      return failure();
  }
  size_t floats = llvm::count_if(kernels, [](const KernelOptions &kernel) {
    return kernel.layer && staysFloat(kernel.layer);
  });
  if (floats > 0 && request.policy == AssignmentPolicy::StaticDynamic)
    remarkStreamed(floats, floats + wanted.size(),
                   "stay floats or codes and stream from memory");
  return success();
}

//===----------------------------------------------------------------------===//
// By cost
//===----------------------------------------------------------------------===//

/// What fixed policies would choose, as far as it fits in program order.
std::vector<Assignment>
LayerAssignment::getStarts(const AssignmentModel &model) {
  using Kind = AssignmentModel::Kind;
  const AssignmentProblem &problem = model.getProblem();
  Assignment streamed(kernels.size(), 0);
  for (unsigned i = 0; i < kernels.size(); ++i)
    if (isFree(i))
      streamed[i] = model.findWay(i, Kind::Streamed);
  std::vector<Assignment> starts = {streamed};
  for (bool projections : {true, false}) {
    Assignment start = streamed;
    int64_t arrays = countArrays(problem, start);
    for (unsigned i = 0; i < kernels.size(); ++i) {
      unsigned way = model.findWay(i, Kind::Crossbar);
      const Alternative &resident = problem.kernels[i].alternatives[way];
      if (!isFree(i) || start[i] == way ||
          arrays + resident.arrays > problem.arrays ||
          (!projections && isProjection[i]))
        continue;
      start[i] = way;
      arrays += resident.arrays;
    }
    starts.push_back(std::move(start));
  }
  Kernels layers;
  for (unsigned i = 0; i < kernels.size(); ++i)
    if (isFree(i) && kernels[i].fitsCrossbars())
      layers.push_back(i);
  if (auto plan = planRewriting(layers)) {
    Assignment start = streamed;
    for (unsigned number : plan->first.resident)
      start[number] = model.findWay(number, Kind::Crossbar);
    for (unsigned number : plan->first.rewritten)
      start[number] = model.findWay(number, Kind::Rewritten);
    starts.push_back(std::move(start));
  }
  return starts;
}

/// What an option takes by itself, of what is to be small.
static double costOf(const TierOption &option, AssignmentGoal goal) {
  AssignmentEstimate estimate;
  estimate.latency = option.latency;
  estimate.energy = option.cost->energy;
  return valueOf(estimate, goal);
}

/// Whether a layer is where it costs the least by itself, or only the whole
/// does.
void LayerAssignment::explainChoice(unsigned number, bool inCrossbars) {
  const KernelOptions &kernel = kernels[number];
  std::string &reason = decisions[number].reason;
  if (!kernel.fitsCrossbars() || !kernel.fitsCores()) {
    reason = "no other tier can execute it";
    return;
  }
  AssignmentGoal goal = goalOf(request.objective);
  double least = std::numeric_limits<double>::infinity(), own = least;
  for (const TierOption &option : kernel.tiers) {
    if (!option.cost)
      continue;
    double cost = costOf(option, goal);
    least = std::min(least, cost);
    if ((option.cost->arrays > 0) == inCrossbars)
      own = std::min(own, cost);
  }
  reason = own <= least ? "cheapest by " : "cheapest for the whole by ";
  reason += stringify(request.objective);
}

LogicalResult LayerAssignment::chooseByCost(Plan &plan) {
  Kernels layers;
  int64_t needed = 0;
  for (unsigned i = 0; i < kernels.size(); ++i)
    if (isFree(i) && kernels[i].fitsCrossbars()) {
      layers.push_back(i);
      needed +=
          getDemand(kernels[i].layer, getCrossbarTiers(i).front()).arrays();
    }
  bool canRewrite = spill == WeightSpill::Auto || spill == WeightSpill::Rewrite;
  AssignmentModel model(machine, costs, kernels, capacity,
                        canRewrite && needed > room.getFree());
  result = searchAssignment(model.getProblem(), goalOf(request.objective),
                            getStarts(model));
  if (!result) {
    llvm::erase_if(
        layers, [&](unsigned number) { return kernels[number].fitsCores(); });
    if (canRewrite)
      return reportSpill(layers);
    return CrossbarShortage(machine, room)
        .report(function, toLayers(layers), toLayers(layers));
  }
  for (unsigned i = 0; i < kernels.size(); ++i) {
    const Destination &where = model.getDestination(i, result->assignment[i]);
    if (!where.isCrossbar())
      decisions[i].core = where.core;
    if (!isFree(i))
      continue;
    explainChoice(i, where.isCrossbar());
    if (where.isCrossbar())
      (where.isRewritten ? plan.rewritten : plan.resident).push_back(i);
  }
  return success();
}

/// A layer that no tier can execute is an error, unless floats are meant or
/// weights may leave crossbars for whatever there is.
LogicalResult LayerAssignment::verifyPossible() {
  for (unsigned i = 0; i < kernels.size(); ++i) {
    if (!isFree(i) || kernels[i].fitsCrossbars() || kernels[i].fitsCores() ||
        staysFloat(kernels[i].layer) || spill == WeightSpill::Systolic)
      continue;
    if (!room.hasTiers())
      return CrossbarShortage(machine, room).reportMissingTier(1);
    return CrossbarShortage(machine, room)
        .reportUnable(kernels[i].layer, explainRefusal(i));
  }
  return success();
}

LogicalResult LayerAssignment::placeByCost(unsigned &slots) {
  Plan plan;
  if (failed(verifyPossible()) || failed(chooseByCost(plan)))
    return failure();
  for (unsigned perLayout : {AssignmentProblem::slotsPerLayout, int64_t(1)})
    if (fits(plan, perLayout)) {
      carryOut(plan, perLayout, slots);
      return success();
    }
  // The arrays suffice in number, but not in each core.
  Kernels wanted = plan.resident, refused = plan.rewritten;
  llvm::append_range(wanted, plan.rewritten);
  llvm::sort(wanted);
  CrossbarRoom trial = room;
  std::vector<LayerDecision> decided = decisions;
  llvm::append_range(refused, takeArrays(plan.resident, trial, decided));
  llvm::sort(refused);
  // To stream is a choice of this policy, not a last resort.
  bool canStream = llvm::all_of(
      refused, [&](unsigned number) { return kernels[number].fitsCores(); });
  if (spill == WeightSpill::None && canStream) {
    stream(refused, wanted);
    return success();
  }
  return spillLayers(refused, wanted, slots);
}
