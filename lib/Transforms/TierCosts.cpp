// Prices of kernels on each tier.
#include "TierCosts.h"

#include "atleus/Compression/PrecisionRule.h"
#include "atleus/Cost/Arithmetic.h"
#include "atleus/Mapping/StreamedTiling.h"
#include "atleus/Transforms/HostFallback.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/PIM/PIM.h"

using namespace mlir;
using namespace atleus;

static ArrayRef<int64_t> shapeOf(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type ? type.getShape() : ArrayRef<int64_t>();
}

int64_t atleus::countRows(Operation *op) {
  ArrayRef<int64_t> shape = shapeOf(op->getResult(0));
  int64_t rows = shape.empty() ? 1 : llvm::product_of(shape.drop_back());
  if (auto attention = dyn_cast<nn::AttentionOp>(op))
    rows *= static_cast<int64_t>(attention.getHeads());
  return std::max<int64_t>(1, rows);
}

std::string atleus::explainWeightRefusal(nn::LinearOp layer) {
  auto precision =
      layer->getAttrOfType<nn::PrecisionAttr>(nn::precisionAttribute);
  if (precision && precision.getActivations() == floatBits &&
      !nn::isQuantized(layer.getInput().getType()))
    return "its activations are meant to stay floats";
  if (!nn::isQuantized(layer.getWeight().getType()) &&
      !nn::isCoded(layer.getWeight().getType()))
    return "crossbars hold quantized weights: run atleus-quantize before tiers "
           "are assigned";
  return "";
}

TierCosts::TierCosts(arch::MachineOp machine)
    : machine(machine), noc(getConstants(machine.getNoC())),
      hasMulticast(machine.getNoC().getMulticast()) {
  for (arch::TierOp tier : machine.getTiers()) {
    if (!llvm::is_contained(cores, tier.getCoreOp()))
      cores.push_back(tier.getCoreOp());
    if (arch::MemoryOp memory = arch::getParameterMemory(tier))
      memoryLatency = std::max(memoryLatency, getConstants(memory).latency);
  }
}

//===----------------------------------------------------------------------===//
// The network
//===----------------------------------------------------------------------===//

Picoseconds TierCosts::portTime(int64_t bytes) const {
  return noc.clock * routerTiming(noc).interval *
         transferSize(noc, bytes * 8).flits;
}

/// A third of the way across, and one tier up or down.
static RouteLength getMeanPath(const NoCConstants &noc) {
  return {ceilDivide(noc.dims[0] + noc.dims[1], 3),
          std::min<int64_t>(1, noc.dims[2] - 1), 0};
}

Picoseconds TierCosts::pathLatency() const {
  return transferLatency(noc, getMeanPath(noc), noc.maxPacketFlits);
}

/// Bytes that come to each of `nodes`, along a tree or in a copy for each.
Femtojoules TierCosts::networkEnergy(int64_t bytes, int64_t nodes) const {
  int64_t flits = transferSize(noc, bytes * 8).flits;
  RouteLength path = getMeanPath(noc);
  if (nodes == 1 || !hasMulticast)
    return transferEnergy(noc, path, flits).total() * nodes;
  path.planar += nodes - 1;
  return transferEnergy(noc, path, flits).total();
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

int TierCosts::unitOf(arch::TierOp tier, bool isVector) const {
  Operation *core = tier.getCoreOp();
  auto number = llvm::find(cores, core) - cores.begin();
  // A processor has no vector unit of its own.
  bool isApart = isVector && !isa<arch::ProcessorOp>(core);
  return static_cast<int>(2 * number + (isApart ? 1 : 0));
}

static std::optional<Price> priceOn(arch::TierOp tier, const Work &work,
                                    std::string *reason) {
  return cast<ResourceModelOpInterface>(tier.getCoreOp()).price(work, reason);
}

TierOption TierCosts::priceCrossbar(arch::TierOp tier, nn::LinearOp layer,
                                    const Work &work) {
  TierOption option{tier, {}, {}, {}};
  auto core = cast<arch::CrossbarOp>(tier.getCoreOp());
  option.refusal = explainWeightRefusal(layer);
  if (option.refusal.empty())
    if (std::string reason = pim::explainRefusal(layer, core.getRows());
        !reason.empty())
      option.refusal = "it " + reason;
  if (!option.refusal.empty())
    return option;
  std::optional<Price> price = priceOn(tier, work, &option.refusal);
  if (!price)
    return option;
  Alternative cost;
  cost.duration = std::max(
      {price->duration, portTime(work.bytesRead), portTime(work.bytesWritten)});
  cost.arrival = pathLatency();
  cost.energy = price->energy.total() + networkEnergy(work.bytesRead, 1);
  cost.arrays = pim::layOutWeight(layer, core).arrays();
  cost.streams = true;
  option.latency = cost.arrival + cost.duration;
  option.cost = cost;
  return option;
}

/// The part of `work` with so many of the rows and features of its only
/// product, without its weight's way from memory.
static Work takeBlock(const Work &work, int64_t rows, int64_t columns) {
  Work part = work;
  MatrixProduct &product = part.products.front();
  int64_t allRows = product.m, allColumns = product.n;
  product.sparsity = product.sparsity.ofColumns(columns, allColumns);
  product.m = rows;
  product.n = columns;
  auto take = [&](int64_t count) {
    return ceilScale(ceilScale(count, columns, allColumns), rows, allRows);
  };
  for (int64_t &count : part.vector)
    count = take(count);
  part.bytesRead = ceilScale(work.bytesRead, rows, allRows);
  part.bytesWritten = take(work.bytesWritten);
  part.parameterBytes = 0;
  return part;
}

TierOption TierCosts::priceStreamed(arch::TierOp tier, const Work &work) {
  TierOption option{tier, {}, {}, {}};
  std::optional<Price> whole = priceOn(tier, work, &option.refusal);
  if (!whole)
    return option;
  int64_t tokens = work.products.front().m, features = work.products.front().n;
  auto sizeOf = [&](int64_t tokenBlocks, int64_t columnBlocks) {
    return std::pair(ceilDivide(tokens, tokenBlocks),
                     ceilDivide(features, columnBlocks));
  };
  auto priceBlock = [&](int64_t tokenBlocks,
                        int64_t columnBlocks) -> std::optional<StreamedBlock> {
    auto [rows, columns] = sizeOf(tokenBlocks, columnBlocks);
    Work part = takeBlock(work, rows, columns);
    std::optional<Price> price = priceOn(tier, part, &option.refusal);
    if (!price)
      return std::nullopt;
    return StreamedBlock{
        ceilDivide(tokens, rows) * ceilDivide(features, columns),
        portTime(part.bytesRead),
        portTime(part.bytesWritten),
        price->duration,
        Picoseconds(ceilScale(whole->stream.count(), columns, features)),
        isa<arch::SystolicOp>(tier.getCoreOp())};
  };
  auto nodes = static_cast<int64_t>(tier.getNumNodes());
  std::optional<StreamedTiling> tiling = chooseStreamedTiling(
      {tokens, features, nodes, /*tasks=*/nodes, /*mostColumns=*/features},
      priceBlock);
  if (!tiling)
    return option;
  auto [rows, columns] = sizeOf(tiling->tokenBlocks, tiling->columnBlocks);
  Work part = takeBlock(work, rows, columns);
  Price price = *priceOn(tier, part, nullptr);
  int64_t readers = ceilDivide(features, columns);
  int64_t tasks = ceilDivide(tokens, rows) * readers;
  Alternative cost;
  cost.unit = unitOf(tier, /*isVector=*/false);
  // Consumers wait for the last results.
  cost.duration =
      price.duration * ceilDivide(tasks, nodes) + portTime(part.bytesWritten);
  // Inputs leave as many nodes as there are rows, and enter every node.
  int64_t sources = std::min<int64_t>(nodes, tokens);
  int64_t sent = work.bytesRead * (hasMulticast ? 1 : readers);
  cost.arrival =
      pathLatency() +
      std::max(portTime(part.bytesRead),
               portTime(ceilDivide(sent, std::max<int64_t>(1, sources))));
  cost.load = whole->stream * ceilDivide(tokens, rows);
  cost.energy =
      price.energy.total() * tasks +
      whole->energy[EnergyComponent::Dram] * ceilDivide(tokens, rows) +
      networkEnergy(part.bytesRead, readers) * ceilDivide(tokens, rows);
  option.latency = cost.arrival + cost.duration;
  if (cost.load > Picoseconds())
    option.latency =
        std::max(option.latency, memoryLatency + cost.load + cost.duration);
  option.cost = cost;
  return option;
}

TierOption TierCosts::priceRows(arch::TierOp tier, Operation *op,
                                const Work &work) {
  TierOption option{tier, {}, {}, {}};
  std::optional<Price> whole = priceOn(tier, work, &option.refusal);
  bool isProduct = !work.products.empty();
  if (!whole)
    return option;
  Work computed = work;
  computed.parameterBytes = 0;
  int64_t nodes = std::min<int64_t>(tier.getNumNodes(), countRows(op));
  Picoseconds compute = priceOn(tier, computed, nullptr)->duration;
  Alternative cost;
  cost.unit = unitOf(tier, !isProduct);
  cost.duration = Picoseconds(ceilDivide(compute.count(), nodes));
  if (isProduct) {
    cost.arrival = pathLatency() + portTime(ceilDivide(work.bytesRead, nodes));
    cost.energy = networkEnergy(work.bytesRead, 1);
  }
  cost.load = whole->stream;
  cost.energy += whole->energy.total();
  cost.streams = !isProduct;
  option.latency = cost.arrival + cost.load + cost.duration;
  option.cost = cost;
  return option;
}

/// Why a tier cannot execute what an op becomes on it; empty if it can.
static std::string explainLoweredRefusal(arch::TierOp tier, Operation *op,
                                         Work work) {
  int64_t constants = countLoweredConstants(op);
  std::string refusal;
  work.parameterBytes += constants;
  if (constants == 0 || priceOn(tier, work, &refusal))
    return "";
  return refusal;
}

TierOption TierCosts::priceTier(arch::TierOp tier, Operation *op,
                                const Work &work) {
  auto layer = dyn_cast<nn::LinearOp>(op);
  bool hasWeight = layer && nn::isStatic(layer.getWeight());
  if (arch::getCrossbar(tier) && hasWeight)
    return priceCrossbar(tier, layer, work);
  if (hasWeight && work.products.size() == 1)
    return priceStreamed(tier, work);
  TierOption option = priceRows(tier, op, work);
  if (!option.cost)
    return option;
  std::string refusal = explainLoweredRefusal(tier, op, work);
  if (refusal.empty())
    return option;
  TierOption refused{tier, {}, {}, {}};
  refused.refusal = refusal;
  return refused;
}

SmallVector<TierOption, 4> TierCosts::getOptions(Operation *op) {
  Work work = cast<WorkOpInterface>(op).getWork();
  SmallVector<TierOption, 4> options;
  for (arch::TierOp tier : machine.getTiers()) {
    auto *known = llvm::find_if(options, [&](const TierOption &option) {
      arch::TierOp other = option.tier;
      return other.getCoreOp() == tier.getCoreOp() &&
             other.getNumNodes() == tier.getNumNodes();
    });
    if (known == options.end()) {
      options.push_back(priceTier(tier, op, work));
      continue;
    }
    TierOption same = *known;
    same.tier = tier;
    options.push_back(std::move(same));
  }
  return options;
}

Alternative TierCosts::getHostCost(Operation *op) {
  Work work = cast<WorkOpInterface>(op).getWork();
  Price price = priceOnHost(getConstants(machine.getHost()), work);
  Alternative cost;
  cost.unit = static_cast<int>(2 * cores.size());
  cost.duration = price.duration;
  cost.energy = price.energy.total();
  return cost;
}
