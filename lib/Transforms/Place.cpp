// Nodes for kernels: weights by packing, other kernels near the data that they
// read and near the crossbars that read theirs.
#include "atleus/Transforms/Passes.h"

#include "DataFlows.h"
#include "ProgramPacking.h"
#include "Routes.h"

#include "atleus/Cost/MachineRouting.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/MapVector.h"

namespace atleus {
#define GEN_PASS_DEF_PLACE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

/// Links and ports that a transfer holds.
static int64_t countStations(const NoCRouting &routing, noc::Node from,
                             noc::Node to) {
  if (from == to)
    return 0;
  return routing.length(toCoordinate(from), toCoordinate(to)).links() + 2;
}

namespace {
/// Bytes that go to or come from a node.
struct Attraction {
  noc::Node node;
  int64_t bytes;
};

/// The tasks of a kernel that run on one node, as long as it is not chosen.
struct Run {
  SmallVector<Attraction> attractions;

  int64_t costAt(noc::Node node, const NoCRouting &routing) const {
    int64_t cost = 0;
    for (const Attraction &attraction : attractions)
      cost += attraction.bytes * countStations(routing, attraction.node, node);
    return cost;
  }
};

/// The nodes of a tier and the time for which placed kernels use each.
struct TierLoad {
  SmallVector<noc::Node> nodes;
  SmallVector<int64_t> busy;
};

class Placement {
public:
  Placement(arch::MachineOp machine, const NoCRouting &routing)
      : machine(machine), routing(routing), outer(machine) {}

  /// Places weights, their products and calls of the host.
  LogicalResult placeFixed(ModuleOp module);
  /// Places any other kernel after those whose results it reads.
  LogicalResult placeNear(KernelOpInterface kernel);

private:
  LogicalResult placeProduct(pim::MVMOp product);
  TierLoad &getLoad(arch::TierOp tier);
  std::vector<Run> gatherReads(KernelOpInterface kernel, int64_t numRuns);
  void gatherReaders(KernelOpInterface kernel, std::vector<Run> &runs);
  SmallVector<noc::Node> chooseNearest(ArrayRef<Run> runs, TierLoad &load);
  std::optional<SmallVector<noc::Node>> findAligned(KernelOpInterface kernel,
                                                    int64_t numRuns);
  void addLoad(KernelOpInterface kernel, arch::TierOp tier, TierLoad &load);

  arch::MachineOp machine;
  const NoCRouting &routing;
  OuterPlace outer;
  llvm::MapVector<Operation *, TierLoad> loads;
};
} // namespace

static void setNodes(KernelOpInterface kernel, ArrayRef<noc::Node> nodes) {
  SmallVector<int64_t> coordinates;
  for (noc::Node node : nodes)
    coordinates.append({node.x, node.y, node.z});
  kernel.setKernelNodes(coordinates);
}

static SmallVector<noc::Node> getNodes(KernelOpInterface kernel) {
  SmallVector<noc::Node> nodes;
  ArrayRef<int64_t> coordinates = kernel.getKernelNodes();
  for (; !coordinates.empty(); coordinates = coordinates.drop_front(3))
    nodes.push_back({coordinates[0], coordinates[1], coordinates[2]});
  return nodes;
}

//===----------------------------------------------------------------------===//
// Crossbars and the host
//===----------------------------------------------------------------------===//

LogicalResult Placement::placeProduct(pim::MVMOp product) {
  auto program = product.getArray().getDefiningOp<pim::ProgramOp>();
  if (!program)
    return product.emitOpError()
           << "needs an array that a 'pim.program' of the same function writes";
  product.setKernelNodes(*program.getNodes());
  return success();
}

LogicalResult Placement::placeFixed(ModuleOp module) {
  FailureOr<std::vector<TierPacking>> packings =
      packPrograms(module, machine, /*whole=*/true);
  if (failed(packings))
    return failure();
  for (TierPacking &packing : *packings)
    for (auto [i, program] : llvm::enumerate(packing.programs))
      program.setNodes(packing.getNodes(i));
  WalkResult walk = module.walk([&](KernelOpInterface kernel) {
    if (auto product = dyn_cast<pim::MVMOp>(kernel.getOperation()))
      return WalkResult(placeProduct(product));
    FailureOr<Operation *> place = arch::findPlace(machine, kernel);
    if (failed(place))
      return WalkResult::interrupt();
    if (auto host = dyn_cast<arch::HostOp>(*place))
      kernel.setKernelNodes(host.getNode());
    return WalkResult::advance();
  });
  return failure(walk.wasInterrupted());
}

//===----------------------------------------------------------------------===//
// Other kernels
//===----------------------------------------------------------------------===//

TierLoad &Placement::getLoad(arch::TierOp tier) {
  TierLoad &load = loads[tier];
  for (int64_t i = load.nodes.size(); i < tier.getNumNodes(); ++i) {
    SmallVector<int64_t> node = getNodeOnPath(tier, i);
    load.nodes.push_back({node[0], node[1], node[2]});
    load.busy.push_back(0);
  }
  return load;
}

/// What each run reads, once for all tasks of the run, and from where.
std::vector<Run> Placement::gatherReads(KernelOpInterface kernel,
                                        int64_t numRuns) {
  int64_t numTasks = kernel.getNumTasks();
  using Key = std::pair<Value, std::pair<int64_t, int64_t>>;
  llvm::MapVector<Key, Flow> flows;
  auto add = [&](Value source, int64_t task, int64_t run, noc::Node from,
                 const Tile &tile) {
    Flow &flow = flows[{source, {task, run}}];
    flow.source = source;
    flow.from = from;
    if (!llvm::is_contained(flow.tiles, tile))
      flow.tiles.push_back(tile);
  };
  forEachRead(kernel, [&](const TaskRead &read) {
    int64_t run = read.task * numRuns / numTasks;
    bool sameRun = read.task > 0 && (read.task - 1) * numRuns / numTasks == run;
    if (read.sameAsBefore && sameRun)
      return;
    for (const DataTile &data : read.sources) {
      auto producer =
          dyn_cast_or_null<KernelOpInterface>(data.source.getDefiningOp());
      if (!producer) {
        add(data.source, -1, run, outer.node, data.tile);
        continue;
      }
      for (int64_t i : findTasks(producer, data.tile))
        add(data.source, i, run, getTaskNode(producer, i),
            producer.getTaskResult(i).intersect(data.tile));
    }
  });
  std::vector<Run> runs(numRuns);
  for (auto &[key, flow] : flows)
    runs[key.second.second].attractions.push_back({flow.from, flow.getBytes()});
  return runs;
}

/// Collects the kernels on crossbars that read `value`.
static void findProducts(Value value, SmallVectorImpl<pim::MVMOp> &products) {
  for (Operation *user : value.getUsers()) {
    if (auto product = dyn_cast<pim::MVMOp>(user))
      products.push_back(product);
    else if (passesData(user))
      findProducts(user->getResult(0), products);
  }
}

/// Adds the crossbars that read the results, each as if it read all of them.
void Placement::gatherReaders(KernelOpInterface kernel,
                              std::vector<Run> &runs) {
  int64_t numTasks = kernel.getNumTasks();
  for (Value result : kernel->getResults()) {
    SmallVector<pim::MVMOp> products;
    findProducts(result, products);
    SmallVector<noc::Node> readers;
    for (pim::MVMOp product : products)
      if (noc::Node node = getTaskNode(product, 0);
          !llvm::is_contained(readers, node))
        readers.push_back(node);
    if (readers.empty())
      continue;
    for (int64_t task = 0; task < numTasks; ++task) {
      Run &run = runs[task * runs.size() / numTasks];
      int64_t bytes =
          getBytes(result, kernel.getTaskResult(task).numElements());
      for (noc::Node reader : readers)
        run.attractions.push_back({reader, bytes});
    }
  }
}

/// For each run in turn the free node with the least traffic; of equal ones the
/// one that is used least so far.
SmallVector<noc::Node> Placement::chooseNearest(ArrayRef<Run> runs,
                                                TierLoad &load) {
  SmallVector<noc::Node> chosen;
  SmallVector<bool> taken(load.nodes.size());
  for (const Run &run : runs) {
    std::optional<unsigned> best;
    int64_t bestCost = 0;
    for (unsigned i = 0; i < load.nodes.size(); ++i) {
      if (taken[i])
        continue;
      int64_t cost = run.costAt(load.nodes[i], routing);
      if (!best || std::pair(cost, load.busy[i]) <
                       std::pair(bestCost, load.busy[*best])) {
        best = i;
        bestCost = cost;
      }
    }
    taken[*best] = true;
    chosen.push_back(load.nodes[*best]);
  }
  return chosen;
}

/// The nodes of a kernel on the same tier whose tasks correspond to those of
/// `kernel`: task i reads of it what its task i has computed.
std::optional<SmallVector<noc::Node>>
Placement::findAligned(KernelOpInterface kernel, int64_t numRuns) {
  llvm::MapVector<Operation *, bool> candidates;
  forEachRead(kernel, [&](const TaskRead &read) {
    for (const DataTile &data : read.sources) {
      auto producer =
          dyn_cast_or_null<KernelOpInterface>(data.source.getDefiningOp());
      if (!producer || producer.getKernelTier() != kernel.getKernelTier() ||
          producer.getNumTasks() != kernel.getNumTasks())
        continue;
      bool &aligned = candidates.try_emplace(producer, true).first->second;
      aligned =
          aligned && findTasks(producer, data.tile) == ArrayRef(read.task);
    }
  });
  for (auto [producer, aligned] : candidates) {
    SmallVector<noc::Node> nodes = getNodes(cast<KernelOpInterface>(producer));
    if (aligned && static_cast<int64_t>(nodes.size()) == numRuns)
      return nodes;
  }
  return std::nullopt;
}

void Placement::addLoad(KernelOpInterface kernel, arch::TierOp tier,
                        TierLoad &load) {
  auto core = dyn_cast<ResourceModelOpInterface>(tier.getCoreOp());
  if (!core)
    return;
  std::optional<Price> price =
      core.price(kernel.getTileWork(kernel.getTaskResult(0)), nullptr);
  if (!price)
    return;
  for (int64_t task = 0, end = kernel.getNumTasks(); task < end; ++task) {
    noc::Node node = getTaskNode(kernel, task);
    load.busy[llvm::find(load.nodes, node) - load.nodes.begin()] +=
        price->duration.count();
  }
}

LogicalResult Placement::placeNear(KernelOpInterface kernel) {
  auto tier = dyn_cast<arch::TierOp>(*arch::findPlace(machine, kernel));
  if (!tier || isa<pim::MVMOp>(kernel.getOperation()))
    return success();
  Work work = cast<WorkOpInterface>(kernel.getOperation()).getWork();
  if (arch::getCrossbar(tier) && !work.products.empty()) {
    InFlightDiagnostic error = kernel->emitOpError()
                               << "cannot run on the crossbars of tier @"
                               << tier.getSymName();
    error.attachNote(tier.getLoc()) << "tier declared here";
    return error;
  }
  TierLoad &load = getLoad(tier);
  int64_t numRuns = std::min<int64_t>(kernel.getNumTasks(), load.nodes.size());
  std::vector<Run> runs = gatherReads(kernel, numRuns);
  gatherReaders(kernel, runs);
  auto cost = [&](ArrayRef<noc::Node> nodes) {
    int64_t sum = 0;
    for (auto [run, node] : llvm::zip_equal(runs, nodes))
      sum += run.costAt(node, routing);
    return sum;
  };
  SmallVector<noc::Node> nodes = chooseNearest(runs, load);
  if (std::optional<SmallVector<noc::Node>> aligned =
          findAligned(kernel, numRuns);
      aligned && cost(*aligned) <= cost(nodes))
    nodes = *aligned;
  setNodes(kernel, nodes);
  addLoad(kernel, tier, load);
  return success();
}

namespace {
struct PlacePass : public atleus::impl::PlaceBase<PlacePass> {
  using PlaceBase::PlaceBase;

  void runOnOperation() override {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine))
      return signalPassFailure();
    FailureOr<NoCRouting> routing = getRouting(machine->getNoC());
    if (failed(routing))
      return signalPassFailure();
    Placement placement(*machine, *routing);
    if (failed(placement.placeFixed(getOperation())))
      return signalPassFailure();
    WalkResult walk = getOperation().walk([&](KernelOpInterface kernel) {
      return WalkResult(placement.placeNear(kernel));
    });
    if (walk.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
