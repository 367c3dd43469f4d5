// Chooses a tier for each kernel: crossbars for weights while they fit, the
// other tiers for everything else that they can execute, vector units beside
// crossbars for what is left, the host for the rest.
#include "AttentionProjections.h"
#include "KernelChain.h"
#include "MemoryCapacity.h"
#include "ProgramPacking.h"

#include "atleus/Compression/PrecisionRule.h"
#include "atleus/Cost/MachineConstants.h"
#include "atleus/Support/NumberText.h"
#include "atleus/Transforms/ArrayPacking.h"
#include "atleus/Transforms/ChainPartition.h"
#include "atleus/Transforms/HostFallback.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"
#include "dialects/PIM/PIM.h"

#include "llvm/ADT/StringExtras.h"

#include <numeric>
#include <vector>

namespace atleus {
#define GEN_PASS_DEF_ASSIGNTIERS
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;
using nn::LinearOp;

static std::string formatKernels(size_t count) {
  return formatCount(static_cast<int64_t>(count)) +
         (count == 1 ? " kernel" : " kernels");
}

static std::string formatName(Operation *op) {
  StringRef name = nn::getKernelName(op);
  return ("'" + (name.empty() ? op->getName().getStringRef() : name) + "'")
      .str();
}

static void assign(Operation *op, StringRef place) {
  op->setAttr(arch::tierAttribute,
              FlatSymbolRefAttr::get(op->getContext(), place));
}

static std::optional<Price> priceOn(arch::TierOp tier, Operation *op,
                                    std::string *reason) {
  return cast<ResourceModelOpInterface>(tier.getCoreOp())
      .price(cast<WorkOpInterface>(op).getWork(), reason);
}

/// Says what lets weights stream, if the machine has a tier into which they
/// can.
static void addSpillNote(InFlightDiagnostic &error, Location loc,
                         arch::MachineOp machine) {
  bool canStream = llvm::any_of(machine.getTiers(), [](arch::TierOp tier) {
    return arch::getParameterMemory(tier) != nullptr;
  });
  if (canStream)
    error.attachNote(loc)
        << "with spill=systolic (atleus compile --spill=systolic), weights "
           "without room in crossbars stream from memory into systolic tiers";
  else
    error.attachNote(machine.getLoc())
        << "no core of @" << machine.getSymName()
        << " reads weights from a memory, so that they cannot stream";
}

//===----------------------------------------------------------------------===//
// Crossbar tiers
//===----------------------------------------------------------------------===//

namespace {
/// A crossbar tier and which of its arrays are taken.
struct CrossbarTier {
  arch::TierOp tier;
  CrossbarConstants core;
  ArrayPacker packer;

  explicit CrossbarTier(arch::TierOp tier)
      : tier(tier),
        core(getConstants(cast<arch::CrossbarOp>(tier.getCoreOp()))),
        packer(tier.getNumNodes(), core.arrays(), FitPolicy::FirstFit) {}

  int64_t capacity() { return tier.getNumNodes() * core.arrays(); }

  ArrayDemand demandOf(LinearOp op) {
    return getDemand(
        pim::layOutWeight(op, cast<arch::CrossbarOp>(tier.getCoreOp())));
  }
};

/// Why a layer is in no crossbar.
struct Refusal {
  LinearOp op;
  /// What the core of the first crossbar tier lacks; empty if it lacks room.
  std::string reason;
};

/// Puts layers into crossbars, in program order while they fit.
class CrossbarAssignment {
public:
  explicit CrossbarAssignment(arch::MachineOp machine) : machine(machine) {
    for (arch::TierOp tier : machine.getTiers())
      if (isa<arch::CrossbarOp>(tier.getCoreOp()))
        tiers.emplace_back(tier);
  }

  /// Assigns every layer that has room and keeps the others.
  void assignLayers(ArrayRef<LinearOp> layers);
  /// Reports what keeps layers from crossbars, if anything does.
  LogicalResult reportRefusals(func::FuncOp function);

  ArrayRef<Refusal> getRefusals() const { return refusals; }
  int64_t getNumAssigned() const { return numAssigned; }
  int64_t getArraysUsed() const { return arraysUsed; }

private:
  Refusal place(LinearOp op, bool &placed);
  LogicalResult reportMissingTier();
  LogicalResult reportUnable(const Refusal &refusal);
  LogicalResult reportShortage(func::FuncOp function);
  void noteDemands(InFlightDiagnostic &error, bool fragmented);
  void noteLargerCore(InFlightDiagnostic &error);

  arch::MachineOp machine;
  std::vector<CrossbarTier> tiers;
  SmallVector<Refusal> refusals;
  int64_t numAssigned = 0, arraysUsed = 0;
  /// Arrays that all layers together ask for, and each of them.
  int64_t arraysNeeded = 0;
  SmallVector<std::pair<LinearOp, int64_t>> demands;
};
} // namespace

Refusal CrossbarAssignment::place(LinearOp op, bool &placed) {
  Refusal refusal{op, {}};
  if (tiers.empty())
    return refusal;
  if (!nn::isQuantized(op.getWeight().getType()) &&
      !nn::isCoded(op.getWeight().getType())) {
    refusal.reason = "crossbars hold quantized weights: run atleus-quantize "
                     "before tiers are assigned";
    return refusal;
  }
  int64_t needed = tiers.front().demandOf(op).arrays();
  demands.push_back({op, needed});
  arraysNeeded += needed;
  bool able = false;
  std::string reason;
  for (CrossbarTier &tier : tiers) {
    if (std::string refused = pim::explainRefusal(op, tier.core.rows);
        !refused.empty()) {
      reason = "it " + refused;
      continue;
    }
    if (!priceOn(tier.tier, op, &reason))
      continue;
    able = true;
    ArrayDemand demand = tier.demandOf(op);
    auto pieces = tier.packer.add(demand);
    if (!pieces)
      continue;
    for (const ArrayPiece &piece : *pieces)
      arraysUsed += piece.arrays;
    assign(op, tier.tier.getSymName());
    placed = true;
    return refusal;
  }
  if (!able)
    refusal.reason = std::move(reason);
  return refusal;
}

void CrossbarAssignment::assignLayers(ArrayRef<LinearOp> layers) {
  for (LinearOp op : layers) {
    bool placed = false;
    Refusal refusal = place(op, placed);
    if (placed)
      ++numAssigned;
    else
      refusals.push_back(std::move(refusal));
  }
}

LogicalResult CrossbarAssignment::reportMissingTier() {
  InFlightDiagnostic error = emitError(machine.getLoc())
                             << "machine @" << machine.getSymName()
                             << " has no crossbar tier for the weights of "
                             << formatKernels(refusals.size());
  for (arch::TierOp tier : machine.getTiers())
    error.attachNote(tier.getLoc())
        << "tier @" << tier.getSymName() << " has cores of kind "
        << tier.getCoreOp()->getName();
  addSpillNote(error, machine.getLoc(), machine);
  return error;
}

LogicalResult CrossbarAssignment::reportUnable(const Refusal &refusal) {
  LinearOp op = refusal.op;
  InFlightDiagnostic error =
      op.emitOpError() << "cannot run on a crossbar tier: " << refusal.reason;
  for (CrossbarTier &tier : tiers)
    error.attachNote(tier.tier.getLoc())
        << "tier @" << tier.tier.getSymName() << " declared here";
  addSpillNote(error, op.getLoc(), machine);
  return error;
}

/// Names the layers that need the most, or, if the free arrays are too
/// scattered, what one of those without room looks for.
void CrossbarAssignment::noteDemands(InFlightDiagnostic &error,
                                     bool fragmented) {
  if (fragmented) {
    LinearOp op = refusals.front().op;
    ArrayDemand demand = tiers.front().demandOf(op);
    int64_t most = 0;
    for (CrossbarTier &tier : tiers)
      for (int64_t core = 0; core < tier.tier.getNumNodes(); ++core)
        most = std::max(most, tier.packer.freeArrays(core));
    error.attachNote(op.getLoc())
        << formatName(op) << " needs " << formatCount(demand.gridRows)
        << " crossbars in one core for each column of crossbars, and "
        << formatCount(demand.arrays()) << " in all; the emptiest core has "
        << formatCount(most) << " left";
    return;
  }
  constexpr size_t listed = 3;
  SmallVector<size_t> order(demands.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](size_t a, size_t b) {
    return demands[a].second != demands[b].second
               ? demands[a].second > demands[b].second
               : a < b;
  });
  for (size_t index : ArrayRef(order).take_front(listed))
    error.attachNote(demands[index].first.getLoc())
        << formatName(demands[index].first) << " needs "
        << formatCount(demands[index].second);
}

/// Which change of the crossbar core would make room: arrays in proportion to
/// what is needed, in whole units.
void CrossbarAssignment::noteLargerCore(InFlightDiagnostic &error) {
  auto core = cast<arch::CrossbarOp>(tiers.front().tier.getCoreOp());
  int64_t available = 0;
  for (CrossbarTier &tier : tiers) {
    if (tier.tier.getCoreOp() != core)
      return;
    available += tier.capacity();
  }
  if (arraysNeeded <= available)
    return;
  int64_t unit = core.getArraysPerUnit().value_or(1);
  int64_t arrays =
      llvm::divideCeil(core.getArraysPerTile() * arraysNeeded, available);
  error.attachNote(core.getLoc())
      << "with --set " << core.getSymName()
      << ".arrays_per_tile=" << llvm::divideCeil(arrays, unit) * unit
      << " there are enough";
}

LogicalResult CrossbarAssignment::reportShortage(func::FuncOp function) {
  int64_t available = 0;
  SmallVector<StringRef> names;
  for (CrossbarTier &tier : tiers) {
    available += tier.capacity();
    names.push_back(tier.tier.getSymName());
  }
  bool fragmented = arraysNeeded <= available;
  InFlightDiagnostic error = emitError(function.getLoc());
  error << "needs " << formatCount(arraysNeeded) << " crossbars, tier"
        << (names.size() == 1 ? " @" : "s @") << llvm::join(names, ", @")
        << (names.size() == 1 ? " has " : " have ") << formatCount(available);
  if (fragmented)
    error << ", but the cores have no room for "
          << formatKernels(refusals.size());
  else
    error << ": short by " << formatCount(arraysNeeded - available);
  noteDemands(error, fragmented);
  for (CrossbarTier &tier : tiers)
    error.attachNote(tier.tier.getLoc())
        << "tier @" << tier.tier.getSymName() << " has "
        << formatCount(tier.tier.getNumNodes()) << " cores of "
        << formatCount(tier.core.arrays()) << " crossbars";
  noteLargerCore(error);
  addSpillNote(error, function.getLoc(), machine);
  return error;
}

LogicalResult CrossbarAssignment::reportRefusals(func::FuncOp function) {
  if (refusals.empty())
    return success();
  if (tiers.empty())
    return reportMissingTier();
  auto *unable = llvm::find_if(
      refusals, [](const Refusal &refusal) { return !refusal.reason.empty(); });
  if (unable != refusals.end())
    return reportUnable(*unable);
  return reportShortage(function);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct AssignTiers : public atleus::impl::AssignTiersBase<AssignTiers> {
  using AssignTiersBase::AssignTiersBase;

  void runOnOperation() final {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine))
      return signalPassFailure();
    CrossbarAssignment crossbars(*machine);
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (failed(assignFunction(function, *machine, crossbars)))
        return signalPassFailure();
    numCrossbar += crossbars.getNumAssigned();
    numArrays += crossbars.getArraysUsed();
    numSpilled += crossbars.getRefusals().size();
  }

private:
  LogicalResult assignFunction(func::FuncOp function, arch::MachineOp machine,
                               CrossbarAssignment &crossbars);
  void assignOthers(const KernelChain &chain, arch::MachineOp machine);
  void assignToHost(Operation *op, arch::MachineOp machine);
};

/// The tiers that execute what is in no crossbar.
struct OtherTiers {
  explicit OtherTiers(arch::MachineOp machine) {
    for (arch::TierOp tier : machine.getTiers())
      (arch::getCrossbar(tier) ? crossbars : cores).push_back(tier);
  }

  /// A tier that can execute `op`, from the one for `part` on; vector units
  /// beside crossbars come last. Null if there is none.
  arch::TierOp choose(Operation *op, unsigned part) const;

  SmallVector<arch::TierOp> cores, crossbars;
};
} // namespace

/// Whether a layer is meant to be computed in floats, which no crossbar does.
static bool staysFloat(LinearOp layer) {
  auto precision =
      layer->getAttrOfType<nn::PrecisionAttr>(nn::precisionAttribute);
  return precision && precision.getActivations() == floatBits &&
         !nn::isQuantized(layer.getInput().getType());
}

LogicalResult AssignTiers::assignFunction(func::FuncOp function,
                                          arch::MachineOp machine,
                                          CrossbarAssignment &crossbars) {
  FailureOr<KernelChain> chain = buildKernelChain(function);
  if (failed(chain))
    return failure();
  llvm::SetVector<Operation *> streamed;
  if (machine.getStreaming() == arch::Streaming::Attention)
    streamed = findAttentionProjections(function);
  SmallVector<LinearOp> layers;
  size_t floatLayers = 0;
  for (Operation *op : chain->kernels) {
    op->removeAttr(arch::tierAttribute);
    auto layer = dyn_cast<LinearOp>(op);
    if (!layer || !nn::isStatic(layer.getWeight()) || streamed.contains(op))
      continue;
    if (staysFloat(layer))
      ++floatLayers;
    else
      layers.push_back(layer);
  }
  size_t before = crossbars.getRefusals().size();
  crossbars.assignLayers(layers);
  ArrayRef<Refusal> refused = crossbars.getRefusals().drop_front(before);
  bool overflows = spill == WeightSpill::Systolic ||
                   spill == WeightSpill::Auto ||
                   machine.getStreaming() == arch::Streaming::Overflow;
  if (!overflows && failed(crossbars.reportRefusals(function)))
    return failure();
  if (!refused.empty())
    emitRemark(function.getLoc())
        << "weights of " << refused.size() << " of "
        << formatKernels(layers.size())
        << " are in no crossbar and stream from memory";
  if (floatLayers > 0)
    emitRemark(function.getLoc())
        << "weights of " << floatLayers << " of "
        << formatKernels(floatLayers + layers.size())
        << " stay floats or codes and stream from memory";
  assignOthers(*chain, machine);
  return verifyMemoryCapacity(function, *chain, machine);
}

arch::TierOp OtherTiers::choose(Operation *op, unsigned part) const {
  for (unsigned i = 0; i < cores.size(); ++i) {
    arch::TierOp tier = cores[(part + i) % cores.size()];
    if (priceOn(tier, op, nullptr))
      return tier;
  }
  // A product of two computed operands has no place in a crossbar, and a weight
  // that had one is there already.
  if (!cast<WorkOpInterface>(op).getWork().products.empty())
    return {};
  for (unsigned i = 0; i < crossbars.size(); ++i) {
    arch::TierOp tier = crossbars[(part + i) % crossbars.size()];
    if (priceOn(tier, op, nullptr))
      return tier;
  }
  return {};
}

/// Balances what is in no crossbar over the tiers, in program order.
void AssignTiers::assignOthers(const KernelChain &chain,
                               arch::MachineOp machine) {
  OtherTiers tiers(machine);
  SmallVector<int64_t> work;
  for (Operation *op : chain.kernels) {
    arch::TierOp tier;
    if (!op->hasAttr(arch::tierAttribute))
      tier = tiers.choose(op, /*part=*/0);
    work.push_back(tier ? priceOn(tier, op, nullptr)->duration.count() : 0);
  }
  size_t parts =
      tiers.cores.empty() ? tiers.crossbars.size() : tiers.cores.size();
  SmallVector<unsigned> part = partitionChain(work, chain.crossing, parts);
  for (auto [op, index] : llvm::zip_equal(chain.kernels, part)) {
    if (op->hasAttr(arch::tierAttribute))
      continue;
    arch::TierOp chosen = tiers.choose(op, index);
    if (!chosen) {
      assignToHost(op, machine);
      continue;
    }
    assign(op, chosen.getSymName());
    ++(arch::getCrossbar(chosen) ? numVector : numSystolic);
  }
}

void AssignTiers::assignToHost(Operation *op, arch::MachineOp machine) {
  assign(op, machine.getHost().getSymName());
  emitRemark(op->getLoc()) << "runs on the host: "
                           << explainTierRefusal(machine, op);
  ++numHost;
}
