// Which flows are sent together, and on which way.
#include "TransferGroups.h"

#include "Routes.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Mapping/MulticastTree.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace atleus;

/// With how many batches before it one is compared: those of heads and of
/// blocks of tokens follow each other.
static constexpr size_t maxCompared = 8;

unsigned TransferGroups::toNumber(noc::Node node) const {
  return routing.topology().numberOf(toCoordinate(node));
}

//===----------------------------------------------------------------------===//
// Ways
//===----------------------------------------------------------------------===//

static NodePath getNodes(const NoCRouting &routing, unsigned from,
                         unsigned to) {
  SmallVector<unsigned, 16> channels;
  routing.route(from, to, channels);
  NodePath nodes = {from};
  for (unsigned channel : channels)
    nodes.push_back(routing.topology().channels()[channel].to);
  return nodes;
}

static noc::RouteAttr toRoute(MLIRContext *context, const NoCTopology &network,
                              const NodePath &path) {
  auto nodes = llvm::map_to_vector<16>(path, [&](unsigned number) {
    NodeCoordinate at = network.coordinateOf(number);
    return noc::Node{at.x, at.y, at.z};
  });
  return noc::RouteAttr::getOver(context, nodes);
}

TransferGroups::Ways
TransferGroups::makeWays(noc::Node from, ArrayRef<unsigned> numbers) const {
  unsigned source = toNumber(from);
  auto routes = llvm::map_to_vector(numbers, [&](unsigned number) {
    return getNodes(routing, source, toNumber(flows[number].to));
  });
  Ways ways;
  for (const MulticastTree &tree : makeMulticastTrees(routes)) {
    TransferWay &way = ways.emplace_back();
    SmallVector<Attribute> branches;
    for (auto [path, target] : llvm::zip_equal(tree.paths, tree.routes)) {
      noc::RouteAttr part = toRoute(context, routing.topology(), path);
      if (way.route)
        branches.push_back(part);
      else
        way.route = part;
      way.length.addPath(
          routing.length(source, toNumber(flows[numbers[target]].to)),
          getLength(part));
      way.targets.push_back(target);
    }
    if (!branches.empty())
      way.branches = ArrayAttr::get(context, branches);
  }
  return ways;
}

/// The ways of flows from one node, which are in the order of their last nodes.
const TransferGroups::Ways &
TransferGroups::findWays(ArrayRef<unsigned> numbers) {
  noc::Node from = flows[numbers.front()].from;
  SmallVector<unsigned> key = {toNumber(from)};
  for (unsigned number : numbers)
    key.push_back(toNumber(flows[number].to));
  std::unique_ptr<Ways> &ways =
      waysOf[StringRef(reinterpret_cast<const char *>(key.data()),
                       key.size() * sizeof(unsigned))];
  if (!ways)
    ways = std::make_unique<Ways>(makeWays(from, numbers));
  return *ways;
}

//===----------------------------------------------------------------------===//
// Batches
//===----------------------------------------------------------------------===//

/// Whether both lists, in which no tile is twice, have the same tiles.
static bool areSame(ArrayRef<Tile> a, ArrayRef<Tile> b) {
  return a.size() == b.size() && llvm::all_of(a, [&](const Tile &tile) {
           return llvm::is_contained(b, tile);
         });
}

void TransferGroups::addToBatch(unsigned number,
                                std::vector<Batch> &batches) const {
  const Flow &flow = flows[number];
  auto same = batches.end();
  if (multicast)
    same = llvm::find_if(batches, [&](const Batch &batch) {
      return areSame(batch.tiles, flow.tiles);
    });
  if (same == batches.end()) {
    Batch &batch = batches.emplace_back();
    batch.tiles = flow.tiles;
    batch.box = flow.tiles.front();
    for (const Tile &tile : flow.tiles) {
      batch.elements += tile.numElements();
      extend(batch.box, tile);
    }
    batch.bytes = getBytes(flow.source,
                           std::min(batch.elements, batch.box.numElements()));
    same = std::prev(batches.end());
  }
  same->flows.push_back(number);
}

/// Puts a batch's flows into order and finds their ways.
void TransferGroups::complete(Batch &batch) {
  llvm::sort(batch.flows, [&](unsigned a, unsigned b) {
    return toNumber(flows[a].to) < toNumber(flows[b].to);
  });
  batch.ways = &findWays(batch.flows);
}

/// Flits times the ports and links that they take.
int64_t TransferGroups::countLoad(const Batch &batch) const {
  int64_t parts = 0;
  for (const TransferWay &way : *batch.ways)
    parts += 1 + way.length.links.links() +
             static_cast<int64_t>(way.length.paths.size());
  return parts * transferSize(constants, batch.bytes * 8).flits;
}

namespace {
/// What two boxes have to do with each other.
struct BoxPair {
  BoxPair(const Tile &a, const Tile &b) {
    for (unsigned i = 0; i < a.rank(); ++i) {
      int64_t aEnd = a.offsets[i] + a.sizes[i];
      int64_t bEnd = b.offsets[i] + b.sizes[i];
      elements *= std::max(aEnd, bEnd) - std::min(a.offsets[i], b.offsets[i]);
      meet &= a.offsets[i] < bEnd && b.offsets[i] < aEnd;
    }
  }

  /// Of the box around both.
  int64_t elements = 1;
  /// Whether they have elements in common.
  bool meet = true;
};
} // namespace

/// What is sent of two batches together, as `getFlowBytes` says of their tiles.
int64_t TransferGroups::countBytes(const Batch &a, const Batch &b) const {
  int64_t elements = a.elements + b.elements;
  BoxPair boxes(a.box, b.box);
  if (boxes.meet)
    for (const Tile &tile : b.tiles)
      if (llvm::is_contained(a.tiles, tile))
        elements -= tile.numElements();
  return getBytes(flows[a.flows.front()].source,
                  std::min(elements, boxes.elements));
}

/// Two batches as one, if that loads the network less.
std::optional<TransferGroups::Batch> TransferGroups::join(const Batch &a,
                                                          const Batch &b) {
  int64_t bytes = countBytes(a, b);
  // The ejection ports alone take more then.
  if (bytes >= a.bytes + b.bytes)
    return std::nullopt;
  Batch both = a;
  for (const Tile &tile : b.tiles)
    if (!llvm::is_contained(a.tiles, tile)) {
      both.tiles.push_back(tile);
      both.elements += tile.numElements();
    }
  both.box = unite(a.box, b.box);
  both.bytes = bytes;
  llvm::append_range(both.flows, b.flows);
  complete(both);
  if (countLoad(both) >= countLoad(a) + countLoad(b))
    return std::nullopt;
  return both;
}

void TransferGroups::addGroups(const Batch &batch) {
  for (const TransferWay &way : *batch.ways) {
    TransferGroup group{{}, batch.bytes, &way};
    for (unsigned target : way.targets) {
      group.flows.push_back(batch.flows[target]);
      groupOf[batch.flows[target]] = groups.size();
    }
    groups.push_back(std::move(group));
  }
}

/// Groups the flows of the result of one task, none of which is local.
void TransferGroups::addFlowsOfTask(ArrayRef<unsigned> numbers) {
  std::vector<Batch> batches, joined;
  batches.reserve(numbers.size());
  joined.reserve(numbers.size());
  for (unsigned number : numbers)
    addToBatch(number, batches);
  for (Batch &batch : batches) {
    complete(batch);
    size_t first = joined.size() - std::min(joined.size(), maxCompared);
    bool joins = false;
    for (size_t i = first; i < joined.size() && !joins && multicast; ++i)
      if (std::optional<Batch> both = join(joined[i], batch)) {
        joined[i] = std::move(*both);
        joins = true;
      }
    if (!joins)
      joined.push_back(std::move(batch));
  }
  for (const Batch &batch : joined)
    addGroups(batch);
}

TransferGroups::TransferGroups(ArrayRef<Flow> flows, const NoCRouting &routing,
                               arch::NoCOp noc)
    : flows(flows), routing(routing), context(noc.getContext()),
      multicast(noc.getMulticast()), constants(getConstants(noc)),
      groupOf(flows.size(), ~0u) {
  llvm::MapVector<std::pair<Value, int64_t>, SmallVector<unsigned, 4>> ofTask;
  for (auto [number, flow] : llvm::enumerate(flows))
    if (!flow.isLocal())
      ofTask[{flow.source, flow.task}].push_back(number);
  for (const auto &[task, numbers] : ofTask)
    addFlowsOfTask(numbers);
}

//===----------------------------------------------------------------------===//
// Several tasks
//===----------------------------------------------------------------------===//

namespace {
/// Groups that can go together, as indices.
using Gathering = SmallVector<unsigned, 4>;
} // namespace

/// How many transfers remain if so many of them are taken together.
static int64_t countTransfers(ArrayRef<Gathering> gatherings, size_t size) {
  int64_t count = 0;
  for (const Gathering &gathering : gatherings)
    count += llvm::divideCeil(gathering.size(), size);
  return count;
}

/// How many of `size` things are in the last `later` of `parts` parts, each of
/// which has one at least: of the whole, the last part has one share, the one
/// before it two, and so on. Readers wait for the last part alone, while what
/// came before is on its way.
static size_t countBehind(size_t size, size_t later, size_t parts) {
  size_t shares = parts * (parts + 1) / 2;
  return std::max(later, size * (later * (later + 1) / 2) / shares);
}

/// Whether nothing else of the same task goes to the same node, by flow: a
/// kernel may have several results, and what a transfer brings of a task is
/// either all that the node gets of it or for that task alone.
static std::vector<bool> findSoleFlows(ArrayRef<Flow> flows) {
  using Key = std::pair<std::pair<Operation *, int64_t>, int64_t>;
  auto keyOf = [](const Flow &flow) {
    return Key({flow.source.getDefiningOp(), flow.task},
               (flow.to.z << 40) | (flow.to.y << 20) | flow.to.x);
  };
  llvm::DenseMap<Key, unsigned> counts;
  for (const Flow &flow : flows)
    ++counts[keyOf(flow)];
  std::vector<bool> areSole;
  areSole.reserve(flows.size());
  for (const Flow &flow : flows)
    areSole.push_back(counts.lookup(keyOf(flow)) == 1);
  return areSole;
}

void TransferGroups::gather(ArrayRef<std::optional<unsigned>> readers,
                            int64_t most) {
  std::vector<bool> areSole = findSoleFlows(flows);
  using Key = std::pair<std::pair<Value, const TransferWay *>, unsigned>;
  llvm::MapVector<Key, unsigned> known;
  std::vector<Gathering> gatherings;
  size_t largest = 1;
  for (auto [number, group] : llvm::enumerate(groups)) {
    unsigned flow = group.flows.front();
    unsigned place = gatherings.size();
    // Tiles of an argument are read from memory one by one.
    if (group.flows.size() == 1 && readers[flow] && areSole[flow] &&
        flows[flow].source.getDefiningOp())
      place = known
                  .try_emplace(
                      {{flows[flow].source, group.way}, *readers[flow]}, place)
                  .first->second;
    if (place == gatherings.size())
      gatherings.emplace_back();
    gatherings[place].push_back(number);
    largest = std::max<size_t>(largest, gatherings[place].size());
  }
  size_t size = 1;
  while (size < largest && countTransfers(gatherings, size) > most)
    size *= 2;
  if (size == 1)
    return;

  std::vector<TransferGroup> gathered;
  for (Gathering &gathering : gatherings) {
    llvm::sort(gathering, [&](unsigned a, unsigned b) {
      return flows[groups[a].flows.front()].task <
             flows[groups[b].flows.front()].task;
    });
    size_t parts = llvm::divideCeil(gathering.size(), size), first = 0;
    for (size_t part = 0; part < parts; ++part) {
      size_t end = gathering.size() -
                   countBehind(gathering.size(), parts - part - 1, parts);
      TransferGroup whole = std::move(groups[gathering[first]]);
      for (unsigned other :
           ArrayRef(gathering).slice(first + 1, end - first - 1)) {
        llvm::append_range(whole.flows, groups[other].flows);
        whole.bytes += groups[other].bytes;
      }
      for (unsigned flow : whole.flows)
        groupOf[flow] = gathered.size();
      gathered.push_back(std::move(whole));
      first = end;
    }
  }
  groups = std::move(gathered);
}
