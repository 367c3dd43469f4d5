// The problem of choosing nodes for the kernels of a module.
#include "PlacementProblem.h"

#include "DataFlows.h"
#include "KernelSegments.h"
#include "ProgramPacking.h"
#include "Routes.h"
#include "StreamedTile.h"
#include "TaskBoxes.h"
#include "TaskFootprint.h"

#include "atleus/Mapping/SpaceFillingCurve.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Tiers and weights
//===----------------------------------------------------------------------===//

static unsigned numberOf(const placement::Problem &problem, noc::Node node) {
  return problem.routing->topology().numberOf(toCoordinate(node));
}

PlacementProblem::PlacementProblem(arch::MachineOp machine,
                                   const NoCRouting &routing)
    : machine(machine), problem(routing), noc(getConstants(machine.getNoC())) {
  problem.flitBytes = std::max<int64_t>(1, noc.linkBits / 8);
  problem.multicast = machine.getNoC().getMulticast();
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
    for (auto [program, replicas] :
         llvm::zip_equal(packing.programs, packing.cores)) {
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
      problem.addGroup(tier, replicas.size(), arrays);
      cores.resize(problem.numParts);
      llvm::copy(replicas, cores.begin() + problem.groups[group].firstPart);
    }
  }
  return success();
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

/// How often the bytes of a task count for the buffer of its node, in the time
/// of their flits: more than any port that they pass.
static constexpr int64_t bufferWeight = 16;

/// A kernel of which each task takes a quarter of a buffer or more is a load of
/// the buffers of its nodes.
void PlacementProblem::addBufferUses(const Kernel &kernel, arch::TierOp tier) {
  std::optional<int64_t> capacity = getBufferBytes(tier);
  KernelOpInterface op = kernel.getOp();
  if (!capacity)
    return;
  int64_t bytes = getFootprint(op, op.getTaskResult(0).sizes);
  if (bytes < *capacity / 4)
    return;
  auto time = static_cast<int64_t>(bufferWeight *
                                   llvm::divideCeil(bytes, problem.flitBytes));
  for (int64_t run = 0; run < kernel.numRuns; ++run)
    problem.uses.push_back({static_cast<unsigned>(kernel.firstPart + run),
                            kernel.segment, placement::Unit::Buffer, time});
}

/// The segment in which a run works. Where blocks of tokens and of columns of a
/// weight that streams are apart, those of the last tokens have to wait for
/// what makes these, as the next segment does, and the others have been
/// computed by then.
unsigned PlacementProblem::getSegment(const Kernel &kernel, int64_t run) {
  KernelOpInterface op = kernel.getOp();
  int64_t columnBlocks =
      hasStreamedWeight(op) ? op.getTaskGrid().back() : kernel.numTasks;
  bool hasTokenBlocks = columnBlocks < kernel.numTasks;
  int64_t end = llvm::divideCeil((run + 1) * kernel.numTasks, kernel.numRuns);
  bool isLast = end > kernel.numTasks - columnBlocks;
  return kernel.segment + (hasTokenBlocks && isLast ? 1 : 0);
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
  bool isArray =
      isa<arch::ProcessorOp>(tier.getCoreOp()) || !work.products.empty();
  for (int64_t run = 0; run < kernel.numRuns; ++run) {
    int64_t tasks =
        llvm::divideCeil((run + 1) * kernel.numTasks, kernel.numRuns) -
        llvm::divideCeil(run * kernel.numTasks, kernel.numRuns);
    unsigned segment = getSegment(kernel, run);
    problem.numSegments = std::max(problem.numSegments, segment + 1);
    problem.uses.push_back(
        {static_cast<unsigned>(kernel.firstPart + run), segment,
         isArray ? placement::Unit::Array : placement::Unit::Vector,
         static_cast<int64_t>(llvm::divideCeil(tasks * price->duration.count(),
                                               flitTime.count()))});
  }
}

LogicalResult PlacementProblem::addKernel(KernelOpInterface op,
                                          unsigned segment) {
  FailureOr<Operation *> place = arch::findPlace(machine, op);
  if (failed(place))
    return failure();
  Kernel kernel;
  kernel.op = op;
  kernel.numTasks = op.getNumTasks();
  kernel.segment = firstSegment + segment;
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
      addOuterTier(noc::toNode(cast<arch::HostOp>(*place).getNode()));
    unsigned group = problem.addGroup(number, kernel.numRuns);
    firstPart = problem.groups[group].firstPart;
  }
  kernel.firstPart = *firstPart;
  problem.numSegments = std::max(problem.numSegments, kernel.segment + 1);
  addNets(reads, kernel.firstPart, kernel.segment);
  if (tier) {
    addUses(kernel, tier);
    addBufferUses(kernel, tier);
  }
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
    KernelSegments segments(function);
    unsigned number = 0;
    WalkResult walk = function.walk([&](Operation *op) {
      if (auto kernel = dyn_cast<KernelOpInterface>(op))
        return WalkResult(addKernel(kernel, segments.getSegment(number++)));
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
      NodeCoordinate node =
          problem.routing->topology().coordinateOf(placement[firstPart + i]);
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
    kernel.getOp().setKernelNodes(
        getCoordinates(kernel.firstPart, kernel.numRuns));
}
