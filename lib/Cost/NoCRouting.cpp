// Routing tables.
#include "atleus/Cost/NoCRouting.h"

#include "llvm/ADT/STLExtras.h"

#include <limits>
#include <queue>

using namespace atleus;

static constexpr unsigned none = std::numeric_limits<unsigned>::max();

/// The place of each node when they are sorted by the number of links from the
/// node in the middle, then by number.
static std::vector<unsigned> orderFromMiddle(const NoCTopology &network,
                                             const NoCConstants &noc) {
  std::vector<unsigned> distance(network.numNodes(), none);
  unsigned root =
      network.numberOf({noc.dims[0] / 2, noc.dims[1] / 2, noc.dims[2] / 2});
  std::vector<unsigned> queue = {root};
  distance[root] = 0;
  for (size_t i = 0; i < queue.size(); ++i)
    for (unsigned c = network.firstOf(queue[i]),
                  end = network.firstOf(queue[i] + 1);
         c < end; ++c) {
      unsigned to = network.channels()[c].to;
      if (distance[to] != none)
        continue;
      distance[to] = distance[queue[i]] + 1;
      queue.push_back(to);
    }
  std::vector<unsigned> nodes(network.numNodes()), order(network.numNodes());
  for (unsigned node = 0; node < nodes.size(); ++node)
    nodes[node] = node;
  llvm::sort(nodes, [&](unsigned a, unsigned b) {
    return std::pair(distance[a], a) < std::pair(distance[b], b);
  });
  for (unsigned place = 0; place < nodes.size(); ++place)
    order[nodes[place]] = place;
  return order;
}

NoCRouting::NoCRouting(const NoCConstants &noc) : network(noc) {
  if (noc.routing == arch::Routing::XYZ)
    return;
  if (noc.routing == arch::Routing::UpDown)
    order = orderFromMiddle(network, noc);
  table.assign(size_t(network.numNodes()) * network.numNodes() * numPhases(),
               none);
  for (unsigned to = 0; to < network.numNodes(); ++to)
    fillTable(noc, to);
}

bool NoCRouting::isUp(const Channel &channel) const {
  return order[channel.to] < order[channel.from];
}

unsigned &NoCRouting::next(unsigned from, unsigned phase, unsigned to) {
  return table[(size_t(to) * network.numNodes() + from) * numPhases() + phase];
}

/// Dijkstra's algorithm from the destination backwards. A state is a node and
/// a phase: in phase 1, the packet has gone down and may not go up again.
void NoCRouting::fillTable(const NoCConstants &noc, unsigned to) {
  constexpr int64_t far = std::numeric_limits<int64_t>::max();
  unsigned phases = numPhases();
  llvm::ArrayRef<Channel> channels = network.channels();
  auto cost = [&](const Channel &channel) {
    return routerTiming(noc).head + linkCycles(noc, channel.kind);
  };
  std::vector<int64_t> distance(size_t(network.numNodes()) * phases, far);
  using Entry = std::pair<int64_t, unsigned>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> queue;
  auto reach = [&](unsigned state, int64_t value) {
    if (value >= distance[state])
      return;
    distance[state] = value;
    queue.emplace(value, state);
  };
  for (unsigned phase = 0; phase < phases; ++phase)
    reach(to * phases + phase, 0);
  while (!queue.empty()) {
    auto [value, state] = queue.top();
    queue.pop();
    if (value > distance[state])
      continue;
    unsigned node = state / phases, phase = state % phases;
    // Links go both ways, so those that leave the node tell who enters it.
    for (unsigned c = network.firstOf(node); c < network.firstOf(node + 1);
         ++c) {
      Channel back = {channels[c].to, node, channels[c].kind};
      if (phases == 1)
        reach(back.from, value + cost(back));
      else if (!isUp(back) && phase == 1)
        reach(back.from * 2, value + cost(back)),
            reach(back.from * 2 + 1, value + cost(back));
      else if (isUp(back) && phase == 0)
        reach(back.from * 2, value + cost(back));
    }
  }
  // The first channel on a fastest path.
  for (unsigned state = 0; state < distance.size(); ++state) {
    unsigned node = state / phases, phase = state % phases;
    if (node == to || distance[state] == far)
      continue;
    for (unsigned c = network.firstOf(node); c < network.firstOf(node + 1);
         ++c) {
      bool up = phases == 2 && isUp(channels[c]);
      if (up && phase == 1)
        continue;
      unsigned after = channels[c].to * phases + (phases == 2 && !up ? 1 : 0);
      if (distance[after] != far &&
          distance[after] + cost(channels[c]) == distance[state]) {
        next(node, phase, to) = c;
        break;
      }
    }
  }
}

unsigned NoCRouting::nextXYZ(unsigned from, unsigned to) const {
  NodeCoordinate at = network.coordinateOf(from),
                 end = network.coordinateOf(to);
  auto step = [](int64_t a, int64_t b) { return a + (a < b ? 1 : -1); };
  if (at.x != end.x)
    at.x = step(at.x, end.x);
  else if (at.y != end.y)
    at.y = step(at.y, end.y);
  else
    at.z = step(at.z, end.z);
  return network.channelBetween(from, network.numberOf(at)).value_or(none);
}

unsigned NoCRouting::nextChannel(unsigned from, bool descends,
                                 unsigned to) const {
  if (table.empty())
    return nextXYZ(from, to);
  unsigned phases = numPhases();
  return table[(size_t(to) * network.numNodes() + from) * phases +
               (phases == 2 && descends ? 1 : 0)];
}

bool NoCRouting::reaches(unsigned from, unsigned to) const {
  return from == to || nextChannel(from, false, to) != none;
}

void NoCRouting::route(unsigned from, unsigned to,
                       llvm::SmallVectorImpl<unsigned> &channels) const {
  bool descends = false;
  for (unsigned node = from; node != to;) {
    unsigned channel = nextChannel(node, descends, to);
    channels.push_back(channel);
    const Channel &link = network.channels()[channel];
    descends |= !order.empty() && !isUp(link);
    node = link.to;
  }
}

RouteLength NoCRouting::length(unsigned from, unsigned to) const {
  llvm::SmallVector<unsigned, 16> channels;
  route(from, to, channels);
  RouteLength length;
  for (unsigned channel : channels)
    ++length[network.channels()[channel].kind];
  return length;
}

std::optional<std::pair<unsigned, unsigned>>
atleus::findUnconnected(const NoCRouting &routing) {
  // Links go both ways: what one node reaches is reached by all of these.
  for (unsigned to = 0; to < routing.topology().numNodes(); ++to)
    if (!routing.reaches(0, to))
      return std::pair(0u, to);
  return std::nullopt;
}
