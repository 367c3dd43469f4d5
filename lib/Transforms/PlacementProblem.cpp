// The problem of choosing nodes for the kernels of a module.
#include "PlacementProblem.h"

#include "DataFlows.h"
#include "ProgramPacking.h"
#include "Routes.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Mapping/SpaceFillingCurve.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"

#include "llvm/Support/MathExtras.h"

#include <map>

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Boxes of tasks
//===----------------------------------------------------------------------===//

namespace {
/// Joins tasks of a grid to boxes.
class BoxCutter {
public:
  explicit BoxCutter(KernelOpInterface kernel)
      : result(Tile::whole(
            cast<RankedTensorType>(kernel->getResult(0).getType()).getShape())),
        shape(kernel->getAttrOfType<DenseI64ArrayAttr>("task_tile")),
        grid(kernel.getTaskGrid()), low(grid.size()), high(grid.size()) {}

  /// Cuts tasks `first` to `end` - 1 of those that agree with `low` in the
  /// dimensions before `dim`.
  void cut(unsigned dim, int64_t first, int64_t end);

  SmallVector<Tile, 2> boxes;

private:
  /// Adds the tasks from `low` to `high`, from `dim` on all that there are.
  void addBox(unsigned dim);

  Tile result;
  ArrayRef<int64_t> shape;
  SmallVector<int64_t> grid, low, high;
};
} // namespace

void BoxCutter::addBox(unsigned dim) {
  for (unsigned i = dim; i < grid.size(); ++i) {
    low[i] = 0;
    high[i] = grid[i] - 1;
  }
  Tile box = result;
  for (unsigned i = 0; i < grid.size(); ++i) {
    box.offsets[i] = low[i] * shape[i];
    box.sizes[i] =
        std::min((high[i] + 1) * shape[i], result.sizes[i]) - box.offsets[i];
  }
  boxes.push_back(std::move(box));
}

void BoxCutter::cut(unsigned dim, int64_t first, int64_t end) {
  if (first >= end)
    return;
  if (dim == grid.size())
    return addBox(dim);
  int64_t inner = 1;
  for (int64_t count : ArrayRef(grid).drop_front(dim + 1))
    inner *= count;
  int64_t firstWhole = llvm::divideCeil(first, inner), endWhole = end / inner;
  auto cutWithin = [&](int64_t index, int64_t from, int64_t to) {
    low[dim] = high[dim] = index;
    cut(dim + 1, from - index * inner, to - index * inner);
  };
  if (firstWhole > endWhole)
    return cutWithin(endWhole, first, end);
  if (first < firstWhole * inner)
    cutWithin(firstWhole - 1, first, firstWhole * inner);
  if (firstWhole < endWhole) {
    low[dim] = firstWhole;
    high[dim] = endWhole - 1;
    addBox(dim + 1);
  }
  if (endWhole * inner < end)
    cutWithin(endWhole, endWhole * inner, end);
}

SmallVector<Tile, 2> atleus::getTaskBoxes(KernelOpInterface kernel,
                                          int64_t first, int64_t end) {
  BoxCutter cutter(kernel);
  cutter.cut(0, first, end);
  return std::move(cutter.boxes);
}

//===----------------------------------------------------------------------===//
// Tiers and weights
//===----------------------------------------------------------------------===//

static unsigned numberOf(const placement::Problem &problem, noc::Node node) {
  return problem.routing->topology().numberOf(toCoordinate(node));
}

static noc::Node toNode(ArrayRef<int64_t> coordinates) {
  return {coordinates[0], coordinates[1], coordinates[2]};
}

PlacementProblem::PlacementProblem(arch::MachineOp machine,
                                   const NoCRouting &routing)
    : machine(machine), problem(routing) {
  arch::NoCOp op = machine.getNoC();
  NoCConstants noc = getConstants(op);
  problem.flitBytes = std::max<int64_t>(1, noc.linkBits / 8);
  problem.multicast = op.getMulticast();
  flitTime = noc.clock * routerTiming(noc).interval;
  OuterPlace outer(machine);
  unsigned group = problem.addGroup(addOuterTier(outer.node), 1);
  outerPart = problem.groups[group].firstPart;
  tiers[outer.op] = problem.groups[group].tier;
}

unsigned PlacementProblem::addOuterTier(noc::Node node) {
  unsigned number = numberOf(problem, node);
  problem.tiers.push_back({{number}, {number}, 0});
  return problem.tiers.size() - 1;
}

unsigned PlacementProblem::addTier(arch::TierOp op) {
  auto [place, isNew] = tiers.try_emplace(op, problem.tiers.size());
  if (!isNew)
    return place->second;
  placement::Tier &tier = problem.tiers.emplace_back();
  int64_t width = op.getGrid()[0], height = op.getGrid()[1];
  auto at = [&](int64_t x, int64_t y) {
    return numberOf(problem, {x, y, static_cast<int64_t>(op.getLevel())});
  };
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < width; ++x)
      tier.nodes.push_back(at(x, y));
  for (GridPoint point : orderAlongCurve(width, height))
    tier.curve.push_back(at(point.x, point.y));
  if (arch::CrossbarOp crossbar = arch::getCrossbar(op))
    tier.arraysPerNode = crossbar.getNumArrays();
  return place->second;
}

LogicalResult PlacementProblem::addPrograms(ModuleOp module) {
  FailureOr<std::vector<TierPacking>> packings =
      packPrograms(module, machine, /*whole=*/true);
  if (failed(packings))
    return failure();
  for (TierPacking &packing : *packings) {
    unsigned tier = addTier(packing.tier);
    // Weights that take turns are at the same place.
    llvm::DenseMap<StringAttr, unsigned> slots;
    for (auto [program, pieces] :
         llvm::zip_equal(packing.programs, packing.pieces)) {
      int64_t arrays = program.getType().getNumArrays();
      unsigned group = problem.groups.size();
      if (StringAttr slot = program.getSlotAttr())
        group = slots.try_emplace(slot, group).first->second;
      programs[program] = group;
      if (group < problem.groups.size()) {
        int64_t &needed = problem.groups[group].arrays;
        needed = std::max(needed, arrays);
        continue;
      }
      problem.addGroup(tier, pieces.size(), arrays);
      cores.resize(problem.numParts);
      for (auto [i, piece] : llvm::enumerate(pieces))
        cores[problem.groups[group].firstPart + i] = piece.core;
    }
  }
  return success();
}

//===----------------------------------------------------------------------===//
// What kernels exchange
//===----------------------------------------------------------------------===//

/// The row-major numbers of the first and the last task that compute a part of
/// `tile`.
static std::pair<int64_t, int64_t> getTaskRange(KernelOpInterface kernel,
                                                const Tile &tile) {
  auto shape = kernel->getAttrOfType<DenseI64ArrayAttr>("task_tile");
  std::pair<int64_t, int64_t> range = {0, 0};
  for (auto [i, count] : llvm::enumerate(kernel.getTaskGrid())) {
    if (i >= tile.rank())
      break;
    int64_t last = tile.offsets[i] + tile.sizes[i] - 1;
    range.first = range.first * count + tile.offsets[i] / shape[i];
    range.second = range.second * count + last / shape[i];
  }
  return range;
}

void PlacementProblem::addReads(Value operand, const Tile &tile, int64_t run,
                                std::vector<Read> &reads) {
  SmallVector<DataTile> sources;
  findSources(operand, tile, sources);
  for (DataTile &data : sources) {
    const Kernel *producer = kernelOf.lookup(data.source.getDefiningOp());
    if (!producer || producer->numRuns == 1) {
      reads.push_back({run, data.source, producer, 0, std::move(data.tile)});
      continue;
    }
    auto [first, last] = getTaskRange(producer->getOp(), data.tile);
    int64_t end = last * producer->numRuns / producer->numTasks + 1;
    for (int64_t i = first * producer->numRuns / producer->numTasks; i < end;
         ++i)
      for (const Tile &box : producer->boxes[i])
        if (Tile part = box.intersect(data.tile); !part.isEmpty())
          reads.push_back({run, data.source, producer, i, std::move(part)});
  }
}

std::vector<PlacementProblem::Read>
PlacementProblem::gatherReads(const Kernel &kernel) {
  std::vector<Read> reads;
  Operation *op = kernel.op;
  auto access = cast<AccessOpInterface>(op);
  for (auto [i, operand] : llvm::enumerate(op->getOperands())) {
    if (!isMoved(operand))
      continue;
    for (int64_t run = 0; run < kernel.numRuns; ++run)
      for (const Tile &box : kernel.boxes[run]) {
        Tile tile = access.getOperandTile(i, 0, box);
        for (unsigned j = 1; j < op->getNumResults(); ++j)
          tile = unite(tile, access.getOperandTile(i, j, box));
        addReads(operand, tile, run, reads);
      }
  }
  return reads;
}

/// A kernel begins a segment if its first task waits for the last one of a
/// kernel before.
unsigned PlacementProblem::findSegment(KernelOpInterface op) {
  unsigned segment = firstSegment;
  for (auto [i, operand] : llvm::enumerate(op->getOperands())) {
    if (!isMoved(operand))
      continue;
    SmallVector<DataTile> sources;
    findSources(operand, getTaskOperand(op, i, 0), sources);
    for (const DataTile &data : sources) {
      const Kernel *producer = kernelOf.lookup(data.source.getDefiningOp());
      if (!producer)
        continue;
      int64_t last = getTaskRange(producer->getOp(), data.tile).second;
      bool waits = last == producer->numTasks - 1;
      segment = std::max(segment, producer->segment + (waits ? 1 : 0));
    }
  }
  return segment;
}

/// The first part of a kernel whose runs have made most of what the runs of
/// `kernel` with the same numbers read, and all of it: they stay together.
std::optional<unsigned> PlacementProblem::findAligned(const Kernel &kernel,
                                                      ArrayRef<Read> reads) {
  int64_t allBytes = 0;
  for (Value operand : kernel.op->getOperands())
    if (isMoved(operand))
      allBytes += nn::getNumBytes(cast<RankedTensorType>(operand.getType()));
  llvm::MapVector<const Kernel *, int64_t> bytesOf;
  llvm::SmallPtrSet<const Kernel *, 4> crossed;
  for (const Read &read : reads) {
    const Kernel *producer = read.producer;
    if (!producer || producer->numRuns != kernel.numRuns ||
        producer->getOp().getKernelTier() != kernel.getOp().getKernelTier() ||
        isa<pim::MVMOp>(producer->op))
      continue;
    bytesOf[producer] += getBytes(read.source, read.tile.numElements());
    if (read.run != read.producerRun)
      crossed.insert(producer);
  }
  for (auto [producer, bytes] : bytesOf)
    if (2 * bytes > allBytes && !crossed.contains(producer))
      return producer->firstPart;
  return std::nullopt;
}

void PlacementProblem::addNets(ArrayRef<Read> reads, unsigned firstPart,
                               unsigned segment) {
  for (const Read &read : reads) {
    unsigned source =
        read.producer ? read.producer->firstPart + read.producerRun : outerPart;
    unsigned sink = firstPart + read.run;
    if (sink == source)
      continue;
    auto &known = netOf[{read.source, read.producerRun}];
    auto *found = llvm::find_if(
        known, [&](const auto &entry) { return entry.first == read.tile; });
    if (found == known.end()) {
      known.emplace_back(read.tile, problem.nets.size());
      problem.nets.push_back(
          {source,
           {sink},
           read.producer ? read.producer->segment : segment,
           getBytes(read.source, read.tile.numElements())});
      continue;
    }
    SmallVector<unsigned, 2> &sinks = problem.nets[found->second].sinks;
    auto *place = llvm::lower_bound(sinks, sink);
    if (place == sinks.end() || *place != sink)
      sinks.insert(place, sink);
  }
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

LogicalResult PlacementProblem::checkTier(KernelOpInterface kernel,
                                          arch::TierOp tier) {
  Work work = cast<WorkOpInterface>(kernel.getOperation()).getWork();
  if (!arch::getCrossbar(tier) || work.products.empty() ||
      isa<pim::MVMOp>(kernel.getOperation()))
    return success();
  InFlightDiagnostic error = kernel->emitOpError()
                             << "cannot run on the crossbars of tier @"
                             << tier.getSymName();
  error.attachNote(tier.getLoc()) << "tier declared here";
  return error;
}

/// The products of crossbars use arrays of their own, so that nothing else
/// waits for them.
void PlacementProblem::addUses(const Kernel &kernel, arch::TierOp tier) {
  auto core = dyn_cast<ResourceModelOpInterface>(tier.getCoreOp());
  if (!core || isa<pim::MVMOp>(kernel.op))
    return;
  KernelOpInterface op = kernel.getOp();
  std::optional<Price> price =
      core.price(op.getTileWork(op.getTaskResult(0)), nullptr);
  if (!price)
    return;
  Work work = cast<WorkOpInterface>(op.getOperation()).getWork();
  // A processor is one unit for everything.
  bool isArray = isa<arch::ProcessorOp>(tier.getCoreOp()) ||
                 !work.products.empty();
  for (int64_t run = 0; run < kernel.numRuns; ++run) {
    int64_t tasks =
        llvm::divideCeil((run + 1) * kernel.numTasks, kernel.numRuns) -
        llvm::divideCeil(run * kernel.numTasks, kernel.numRuns);
    problem.uses.push_back(
        {static_cast<unsigned>(kernel.firstPart + run), kernel.segment,
         isArray ? placement::Unit::Array : placement::Unit::Vector,
         static_cast<int64_t>(llvm::divideCeil(
             tasks * price->duration.count(), flitTime.count()))});
  }
}

LogicalResult PlacementProblem::addKernel(KernelOpInterface op) {
  FailureOr<Operation *> place = arch::findPlace(machine, op);
  if (failed(place))
    return failure();
  Kernel kernel;
  kernel.op = op;
  kernel.numTasks = op.getNumTasks();
  kernel.segment = findSegment(op);
  auto tier = dyn_cast<arch::TierOp>(*place);
  if (tier && failed(checkTier(op, tier)))
    return failure();
  std::optional<unsigned> firstPart;
  if (auto product = dyn_cast<pim::MVMOp>(op.getOperation())) {
    auto program = product.getArray().getDefiningOp<pim::ProgramOp>();
    if (!program)
      return product.emitOpError() << "needs an array that a 'pim.program' of "
                                      "the same function writes";
    const placement::Group &group = problem.groups[programs.lookup(program)];
    firstPart = group.firstPart;
    kernel.numRuns = group.numParts;
  } else if (tier) {
    kernel.numRuns = std::min<int64_t>(kernel.numTasks, tier.getNumNodes());
  }
  for (int64_t run = 0; run < kernel.numRuns; ++run)
    kernel.boxes.push_back(getTaskBoxes(
        op, llvm::divideCeil(run * kernel.numTasks, kernel.numRuns),
        llvm::divideCeil((run + 1) * kernel.numTasks, kernel.numRuns)));
  std::vector<Read> reads = gatherReads(kernel);
  if (!firstPart && tier)
    firstPart = findAligned(kernel, reads);
  if (!firstPart) {
    unsigned number =
        tier ? addTier(tier)
             : tiers.try_emplace(*place, problem.tiers.size()).first->second;
    if (number == problem.tiers.size())
      addOuterTier(toNode(cast<arch::HostOp>(*place).getNode()));
    unsigned group = problem.addGroup(number, kernel.numRuns);
    firstPart = problem.groups[group].firstPart;
  }
  kernel.firstPart = *firstPart;
  problem.numSegments = std::max(problem.numSegments, kernel.segment + 1);
  addNets(reads, kernel.firstPart, kernel.segment);
  if (tier)
    addUses(kernel, tier);
  kernels.push_back(std::move(kernel));
  kernelOf[op] = &kernels.back();
  return success();
}

void PlacementProblem::addReturn(func::ReturnOp op) {
  std::vector<Read> reads;
  for (Value value : op.getOperands())
    if (isMoved(value)) {
      auto type = cast<RankedTensorType>(value.getType());
      addReads(value, Tile::whole(type.getShape()), /*run=*/0, reads);
    }
  addNets(reads, outerPart, firstSegment);
}

LogicalResult PlacementProblem::add(ModuleOp module) {
  if (failed(addPrograms(module)))
    return failure();
  for (auto function : module.getOps<func::FuncOp>()) {
    WalkResult walk = function.walk([&](Operation *op) {
      if (auto kernel = dyn_cast<KernelOpInterface>(op))
        return WalkResult(addKernel(kernel));
      if (auto end = dyn_cast<func::ReturnOp>(op))
        addReturn(end);
      return WalkResult::advance();
    });
    if (walk.wasInterrupted())
      return failure();
    firstSegment = problem.numSegments;
    ++problem.numSegments;
  }
  cores.resize(problem.numParts);
  return success();
}

//===----------------------------------------------------------------------===//
// The result
//===----------------------------------------------------------------------===//

void PlacementProblem::setNodes(const placement::Placement &placement) {
  auto getCoordinates = [&](unsigned firstPart, int64_t count) {
    SmallVector<int64_t> coordinates;
    for (int64_t i = 0; i < count; ++i) {
      NodeCoordinate node = problem.routing->topology().coordinateOf(
          placement[firstPart + i]);
      coordinates.append({node.x, node.y, node.z});
    }
    return coordinates;
  };
  for (auto [op, number] : programs) {
    const placement::Group &group = problem.groups[number];
    cast<pim::ProgramOp>(op).setNodes(
        getCoordinates(group.firstPart, group.numParts));
  }
  for (Kernel &kernel : kernels)
    kernel.getOp().setKernelNodes(getCoordinates(kernel.firstPart, kernel.numRuns));
}
