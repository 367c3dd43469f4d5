// From kernels and prices to an assignment problem.
#include "KernelOptions.h"

#include "AttentionProjections.h"

#include "atleus/Cost/Leakage.h"
#include "atleus/Cost/WeightPrices.h"
#include "dialects/Arch/MachineLookup.h"

using namespace mlir;
using namespace atleus;

const TierOption *KernelOptions::find(Operation *tier) const {
  const auto *option = llvm::find_if(tiers, [&](const TierOption &candidate) {
    return arch::TierOp(candidate.tier) == tier;
  });
  return option == tiers.end() ? nullptr : option;
}

bool KernelOptions::fitsCrossbars() const {
  return llvm::any_of(tiers, [](const TierOption &option) {
    return option.cost && option.cost->arrays > 0;
  });
}

bool KernelOptions::fitsCores() const {
  return llvm::any_of(tiers, [](const TierOption &option) {
    return option.cost && !arch::getCrossbar(option.tier);
  });
}

std::vector<KernelOptions> atleus::collectOptions(const KernelChain &chain,
                                                  TierCosts &costs) {
  std::vector<KernelOptions> kernels;
  kernels.reserve(chain.kernels.size());
  for (Operation *op : chain.kernels) {
    KernelOptions &kernel = kernels.emplace_back();
    kernel.op = op;
    kernel.tiers = costs.getOptions(op);
    auto layer = dyn_cast<nn::LinearOp>(op);
    if (layer && nn::isStatic(layer.getWeight()))
      kernel.layer = layer;
  }
  return kernels;
}

bool Destination::isCrossbar() const {
  return isa_and_nonnull<arch::CrossbarOp>(core);
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

namespace {
/// Kernels that compute what one row of a result needs, through views.
class RowTrace {
public:
  RowTrace(const llvm::DenseMap<Operation *, unsigned> &numberOf,
           AssignmentKernel &result)
      : numberOf(numberOf), result(result) {}

  void trace(Value value, const Tile &read);

private:
  const llvm::DenseMap<Operation *, unsigned> &numberOf;
  AssignmentKernel &result;
};
} // namespace

void RowTrace::trace(Value value, const Tile &read) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return;
  if (auto found = numberOf.find(op); found != numberOf.end()) {
    int64_t all = cast<RankedTensorType>(value.getType()).getNumElements();
    // A row that takes most of an input has to wait for all of it.
    result.inputs.push_back({found->second, 2 * read.numElements() <= all});
    return;
  }
  auto access = dyn_cast<AccessOpInterface>(op);
  if (!access)
    return;
  unsigned number = cast<OpResult>(value).getResultNumber();
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    if (!isa<RankedTensorType>(operand.getType()) || nn::isStatic(operand))
      continue;
    auto type = cast<RankedTensorType>(operand.getType());
    trace(operand, read.isEmpty()
                       ? Tile{SmallVector<int64_t, 4>(type.getRank(), 0),
                              SmallVector<int64_t, 4>(type.getRank(), 0)}
                       : access.getOperandTile(index, number, read));
  }
}

/// The first row of a result.
static Tile getFirstRow(Value value) {
  Tile row = Tile::whole(cast<RankedTensorType>(value.getType()).getShape());
  for (size_t i = 0; i + 1 < row.sizes.size(); ++i)
    row.sizes[i] = std::min<int64_t>(row.sizes[i], 1);
  return row;
}

void AssignmentModel::addInputs(const KernelOptions &kernel,
                                AssignmentKernel &result) {
  auto access = dyn_cast<AccessOpInterface>(kernel.op);
  RowTrace trace(numberOf, result);
  Tile row = getFirstRow(kernel.op->getResult(0));
  for (auto [index, operand] : llvm::enumerate(kernel.op->getOperands())) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    if (!type || nn::isStatic(operand))
      continue;
    trace.trace(operand, access && !row.isEmpty()
                             ? access.getOperandTile(index, 0, row)
                             : Tile::whole(type.getShape()));
  }
}

//===----------------------------------------------------------------------===//
// Alternatives
//===----------------------------------------------------------------------===//

int AssignmentModel::findLayout(const KernelOptions &kernel,
                                const Alternative &cost) {
  nn::LinearOp layer = kernel.layer;
  std::array<int64_t, 3> layout = {layer.getInnerSize(), layer.getFeatures(),
                                   cost.arrays};
  auto *known = llvm::find(layouts, layout);
  if (known == layouts.end()) {
    layouts.push_back(layout);
    return static_cast<int>(layouts.size() - 1);
  }
  return static_cast<int>(known - layouts.begin());
}

/// The same weight, written in each inference.
static Alternative rewriteWeight(const KernelOptions &kernel,
                                 const TierOption &option,
                                 arch::MachineOp machine) {
  Alternative rewritten = *option.cost;
  arch::TierOp tier = option.tier;
  CrossbarConstants core =
      getConstants(cast<arch::CrossbarOp>(tier.getCoreOp()));
  nn::LinearOp layer = kernel.layer;
  auto type = cast<RankedTensorType>(layer.getWeight().getType());
  CrossbarProgramming cost =
      programCrossbar(core, layer.getInnerSize(), layer.getFeatures(),
                      nn::getElementBits(type.getElementType()));
  rewritten.write = cost.duration;
  rewritten.energy += cost.energy;
  // Without a memory the host sends it.
  Price read = priceOuter(findOuter(machine), nn::getNumBytes(type));
  rewritten.load = read.stream;
  rewritten.energy += read.energy.total();
  return rewritten;
}

void AssignmentModel::addAlternatives(const KernelOptions &kernel,
                                      AssignmentKernel &result,
                                      SmallVectorImpl<Destination> &where) {
  auto add = [&](const Alternative &cost, Destination destination) {
    result.alternatives.push_back(cost);
    where.push_back(destination);
  };
  bool isProduct = !cast<WorkOpInterface>(kernel.op).getWork().products.empty();
  SmallVector<Operation *> seen;
  // Crossbars first for weights, last for what only uses their vector units.
  for (bool crossbars : {bool(kernel.layer), !kernel.layer})
    for (const TierOption &option : kernel.tiers) {
      arch::TierOp tier = option.tier;
      Operation *core = tier.getCoreOp();
      bool isPinned = !kernel.pin || kernel.pin == tier.getOperation();
      if (!isPinned || !option.cost ||
          isa<arch::CrossbarOp>(core) != crossbars ||
          llvm::is_contained(seen, core))
        continue;
      if (!isProduct && !where.empty())
        break;
      seen.push_back(core);
      add(*option.cost, {core, false});
    }
  if (rewriting && !kernel.pin && kernel.layer)
    for (const TierOption &option : kernel.tiers)
      if (option.cost && option.cost->arrays > 0) {
        Alternative rewritten = rewriteWeight(kernel, option, machine);
        rewritten.layout = findLayout(kernel, rewritten);
        add(rewritten, {arch::TierOp(option.tier).getCoreOp(), true});
        break;
      }
  if (where.empty())
    add(costs.getHostCost(kernel.op), {});
}

/// Idle power of the whole machine, from its energy over a millisecond.
static double getIdlePower(arch::MachineOp machine) {
  constexpr int64_t millisecond = 1'000'000'000;
  return static_cast<double>(
             leakageEnergy(machine, Picoseconds(millisecond)).count()) /
         static_cast<double>(millisecond);
}

AssignmentModel::AssignmentModel(arch::MachineOp machine, TierCosts &costs,
                                 ArrayRef<KernelOptions> kernels,
                                 int64_t arrays, bool rewriting)
    : machine(machine), costs(costs), rewriting(rewriting) {
  problem.arrays = arrays;
  problem.units = costs.countUnits();
  problem.idleFemtojoulesPerPicosecond = getIdlePower(machine);
  for (arch::TierOp tier : machine.getTiers())
    if (arch::getCrossbar(tier))
      problem.maxReplicas = std::max(problem.maxReplicas, tier.getNumNodes());
  for (auto memory : machine.getBody().getOps<arch::MemoryOp>())
    problem.memoryLatency =
        std::max(problem.memoryLatency, getConstants(memory).latency);
  problem.kernels.reserve(kernels.size());
  destinations.reserve(kernels.size());
  for (const KernelOptions &kernel : kernels) {
    AssignmentKernel &result = problem.kernels.emplace_back();
    addAlternatives(kernel, result, destinations.emplace_back());
    addInputs(kernel, result);
    // Finer blocks than this hardly shorten anything.
    constexpr int64_t mostBlocks = 16;
    result.maxReplicas = countRows(kernel.op);
    result.blocks = std::min(mostBlocks, result.maxReplicas);
    numberOf[kernel.op] = problem.kernels.size() - 1;
  }
}

unsigned AssignmentModel::findWay(size_t kernel, Kind kind) const {
  for (auto [number, destination] : llvm::enumerate(destinations[kernel])) {
    Kind found = !destination.isCrossbar() ? Kind::Streamed
                 : destination.isRewritten ? Kind::Rewritten
                                           : Kind::Crossbar;
    if (found == kind)
      return static_cast<unsigned>(number);
  }
  return 0;
}
