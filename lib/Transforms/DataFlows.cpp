// What moves where: the data of one task that one node needs.
#include "DataFlows.h"

#include "atleus/Cost/WeightPrices.h"
#include "atleus/Transforms/Caches.h"

using namespace mlir;
using namespace atleus;

OuterPlace::OuterPlace(arch::MachineOp machine) {
  op = findOuter(machine);
  symbol = SymbolTable::getSymbolName(op);
  auto memory = dyn_cast<arch::MemoryOp>(op);
  node =
      noc::toNode(memory ? memory.getNode() : cast<arch::HostOp>(op).getNode());
}

/// Checks that a kernel has nodes, and that the network has them.
static LogicalResult checkNodes(KernelOpInterface kernel, arch::NoCOp noc) {
  ArrayRef<int64_t> rest = kernel.getKernelNodes(), dims = noc.getDims();
  if (rest.empty())
    return kernel->emitOpError() << "has no nodes: run --atleus-place first";
  for (; !rest.empty(); rest = rest.drop_front(3)) {
    noc::Node node = noc::toNode(rest);
    if (node.x < dims[0] && node.y < dims[1] && node.z < dims[2])
      continue;
    InFlightDiagnostic error = kernel->emitOpError()
                               << "is at node " << noc::toString(node)
                               << ", outside of the network of " << dims[0]
                               << "x" << dims[1] << "x" << dims[2] << " nodes";
    error.attachNote(noc.getLoc()) << "network declared here";
    return error;
  }
  return success();
}

LogicalResult atleus::checkPlaced(ModuleOp module, arch::MachineOp machine) {
  WalkResult walk = module.walk([&](KernelOpInterface kernel) {
    return WalkResult(checkNodes(kernel, machine.getNoC()));
  });
  return failure(walk.wasInterrupted());
}

noc::Node atleus::getTaskNode(KernelOpInterface kernel, int64_t task) {
  return noc::toNode(kernel.getTaskNode(task));
}

int64_t atleus::getFlowBytes(Value source, ArrayRef<Tile> tiles) {
  if (tiles.size() == 1)
    return atleus::getBytes(source, tiles.front().numElements());
  int64_t elements = 0;
  Tile box = tiles.front();
  for (const Tile &tile : tiles) {
    elements += tile.numElements();
    extend(box, tile);
  }
  return atleus::getBytes(source, std::min(elements, box.numElements()));
}

int64_t Flow::getBytes() const { return getFlowBytes(source, tiles); }

/// Of how many flows models have less for each task: room for them, no limit.
static constexpr int64_t usualFlows = 8;

DataFlows::DataFlows(func::FuncOp function, const OuterPlace &outer)
    : outer(outer) {
  int64_t numTasks = 0;
  function.walk(
      [&](KernelOpInterface kernel) { numTasks += kernel.getNumTasks(); });
  flows.reserve(usualFlows * numTasks);
  function.walk([&](Operation *op) {
    if (auto kernel = dyn_cast<KernelOpInterface>(op))
      addKernel(kernel);
    else if (auto end = dyn_cast<func::ReturnOp>(op))
      addReturn(end);
  });
}

ArrayRef<Need> DataFlows::getNeeds(Operation *consumer) const {
  auto found = needsOf.find(consumer);
  if (found == needsOf.end())
    return {};
  return found->second;
}

std::vector<std::optional<unsigned>>
DataFlows::numberReaders(func::FuncOp function) const {
  std::vector<std::optional<unsigned>> readers(flows.size(), 0);
  // Numbers of lists of readers: of each by the list without its last reader,
  // and that.
  llvm::DenseMap<std::pair<unsigned, std::pair<Operation *, int64_t>>, unsigned>
      lists;
  function.walk([&](Operation *consumer) {
    bool writes = isa<func::ReturnOp>(consumer);
    for (const Need &need : getNeeds(consumer)) {
      std::optional<unsigned> &list = readers[need.flow];
      if (writes)
        list.reset();
      else if (list)
        list =
            lists.try_emplace({*list, {consumer, need.task}}, lists.size() + 1)
                .first->second;
    }
  });
  return readers;
}

void DataFlows::addKernel(KernelOpInterface kernel) {
  std::vector<Need> needs;
  /// By operand, the flows of the task before.
  struct Last {
    noc::Node to;
    SmallVector<unsigned> flows;
  };
  SmallVector<Last> last(kernel->getNumOperands());
  TaskLayout tasks(kernel);
  forEachRead(kernel, [&](const TaskRead &read) {
    Last &before = last[read.operand];
    noc::Node to = tasks.getNode(read.task);
    if (!read.sameAsBefore || before.to != to) {
      before = {to, {}};
      for (const DataTile &data : read.sources)
        addFlows(data, to, before.flows);
    }
    for (unsigned flow : before.flows)
      needs.push_back({read.task, read.operand, flow});
  });
  needsOf[kernel] = std::move(needs);
}

void DataFlows::addReturn(func::ReturnOp op) {
  std::vector<Need> needs;
  for (auto [i, value] : llvm::enumerate(op.getOperands())) {
    if (!isMoved(value))
      continue;
    SmallVector<DataTile> sources;
    auto type = cast<RankedTensorType>(value.getType());
    findSources(value, Tile::whole(type.getShape()), sources);
    // What a result continues is there already.
    BlockArgument kept = getContinued(op->getParentOfType<func::FuncOp>(), i);
    llvm::erase_if(sources, [&](const DataTile &data) {
      return kept && data.source == kept;
    });
    for (const DataTile &data : sources)
      for (const DataTile &read : splitByReads(data))
        addPieces(read, i, needs);
  }
  needsOf[op] = std::move(needs);
}

/// Appends the pieces of `data`, each computed by one task, to what a result
/// consists of. Other results may need more of the same flows.
void DataFlows::addPieces(const DataTile &data, unsigned operand,
                          std::vector<Need> &needs) {
  auto producer =
      dyn_cast_or_null<KernelOpInterface>(data.source.getDefiningOp());
  SmallVector<unsigned> numbers;
  addFlows(data, outer.node, numbers);
  for (unsigned flow : numbers) {
    Tile piece =
        producer ? producer.getTaskResult(flows[flow].task).intersect(data.tile)
                 : data.tile;
    needs.push_back({/*task=*/0, operand, flow,
                     atleus::getBytes(data.source, piece.numElements())});
  }
}

/// The tiles of an argument that kernels read, if `data` consists of them, so
/// that a result which repeats it needs no other reading; else `data`.
SmallVector<DataTile> DataFlows::splitByReads(const DataTile &data) const {
  SmallVector<DataTile> parts;
  int64_t missing = data.tile.numElements();
  for (const Tile &tile : argumentTiles.lookup(data.source)) {
    bool isNew = llvm::none_of(parts, [&](const DataTile &part) {
      return !part.tile.intersect(tile).isEmpty();
    });
    if (!isNew || !(tile.intersect(data.tile) == tile))
      continue;
    parts.push_back({data.source, tile});
    missing -= tile.numElements();
  }
  if (missing > 0)
    return {data};
  return parts;
}

/// Appends the flows that bring `data` to a node.
void DataFlows::addFlows(const DataTile &data, noc::Node to,
                         SmallVectorImpl<unsigned> &result) {
  std::vector<TaskFlows> &known = flowsOf[data.source];
  auto producer =
      dyn_cast_or_null<KernelOpInterface>(data.source.getDefiningOp());
  if (!producer) {
    int64_t number = findArgumentTile(data);
    known.resize(std::max<size_t>(known.size(), number + 1));
    result.push_back(
        addFlow(data.source, number, outer.node, to, data.tile, known[number]));
    return;
  }
  const TaskLayout &layout = getLayout(producer);
  known.resize(layout.size());
  layout.forEachPart(data.tile, [&](int64_t task, const Tile &part) {
    result.push_back(addFlow(data.source, task, layout.getNode(task), to, part,
                             known[task]));
  });
}

const TaskLayout &DataFlows::getLayout(KernelOpInterface kernel) {
  return layouts.try_emplace(kernel, kernel).first->second;
}

/// The number of a tile among the different tiles of an argument.
int64_t DataFlows::findArgumentTile(const DataTile &data) {
  SmallVector<Tile> &tiles = argumentTiles[data.source];
  auto *found = llvm::find(tiles, data.tile);
  if (found == tiles.end()) {
    tiles.push_back(data.tile);
    return tiles.size() - 1;
  }
  return found - tiles.begin();
}

unsigned DataFlows::addFlow(Value source, int64_t task, noc::Node from,
                            noc::Node to, const Tile &tile, TaskFlows &known) {
  auto *found =
      llvm::find_if(known, [&](const auto &flow) { return flow.first == to; });
  if (found == known.end()) {
    known.emplace_back(to, flows.size());
    Flow &flow = flows.emplace_back();
    flow.source = source;
    flow.task = task;
    flow.from = from;
    flow.to = to;
    flow.tiles.push_back(tile);
    return flows.size() - 1;
  }
  SmallVector<Tile, 1> &tiles = flows[found->second].tiles;
  if (!llvm::is_contained(tiles, tile))
    tiles.push_back(tile);
  return found->second;
}
