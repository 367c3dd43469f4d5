// What each link, port and unit has to do in a placement, kept up to date while
// parts move.
#include "atleus/Mapping/PlacementLoads.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cassert>
#include <cmath>

using namespace atleus;
using namespace atleus::placement;
using llvm::ArrayRef;

/// How much of the mean time of a link counts as cost. Chosen: with 4, an
/// inference of BERT-base is as fast as with 0 and takes less energy.
static constexpr double trafficWeight = 4;

NumberLists::NumberLists(unsigned numLists,
                         ArrayRef<std::pair<unsigned, unsigned>> entries)
    : first(numLists + 1), numbers(entries.size()) {
  for (auto [list, number] : entries)
    ++first[list + 1];
  for (unsigned i = 0; i < numLists; ++i)
    first[i + 1] += first[i];
  std::vector<unsigned> next(first.begin(), first.end() - 1);
  for (auto [list, number] : entries)
    numbers[next[list]++] = number;
}

NumberLists placement::listNets(const Problem &problem) {
  std::vector<std::pair<unsigned, unsigned>> entries;
  for (unsigned i = 0; i < problem.nets.size(); ++i) {
    const Net &net = problem.nets[i];
    entries.emplace_back(net.source, i);
    for (unsigned part : net.sinks)
      entries.emplace_back(part, i);
  }
  return {problem.numParts, entries};
}

static NumberLists listUses(const Problem &problem) {
  std::vector<std::pair<unsigned, unsigned>> entries;
  for (unsigned i = 0; i < problem.uses.size(); ++i)
    entries.emplace_back(problem.uses[i].part, i);
  return {problem.numParts, entries};
}

RouteTable::RouteTable(const NoCRouting &routing)
    : routing(routing), numNodes(routing.topology().numNodes()),
      spans(numNodes) {}

ArrayRef<unsigned> RouteTable::get(unsigned from, unsigned to) {
  if (!spans[from])
    spans[from] = std::make_unique<Span[]>(numNodes);
  Span &span = spans[from][to];
  if (!span.isKnown) {
    llvm::SmallVector<unsigned, 16> route;
    routing.route(from, to, route);
    span = {static_cast<unsigned>(channels.size()),
            static_cast<unsigned>(route.size()), true};
    channels.insert(channels.end(), route.begin(), route.end());
  }
  return ArrayRef(channels).slice(span.begin, span.size);
}

Loads::Loads(const Problem &problem, Placement placement)
    : problem(problem), nodes(std::move(placement)),
      netsOf(listNets(problem)), usesOf(listUses(problem)),
      routes(*problem.routing),
      numNodes(problem.routing->topology().numNodes()),
      numChannels(problem.routing->topology().channels().size()),
      numStations(numChannels + (2 + numUnits) * numNodes),
      loads(static_cast<size_t>(problem.numSegments) * numStations),
      squares(problem.numSegments), norms(problem.numSegments),
      nodeStamps(numNodes), channelStamps(numChannels),
      netStamps(problem.nets.size()), segmentStamps(problem.numSegments) {
  assert(nodes.size() == problem.numParts && "every part has a node");
  ++moveStamp;
  for (const Net &net : problem.nets)
    changeNet(net, 1);
  for (unsigned part = 0; part < problem.numParts; ++part)
    changeUses(part, 1);
  for (unsigned i = 0; i < problem.numSegments; ++i) {
    norms[i] = std::sqrt(static_cast<double>(squares[i]));
    cost += norms[i];
  }
  cost += getTrafficCost();
}

double Loads::getTrafficCost() const {
  return trafficWeight * static_cast<double>(byteLinks) /
         static_cast<double>(problem.flitBytes * std::max(1U, numChannels));
}

void Loads::add(unsigned segment, unsigned station, int64_t flits) {
  unsigned index = segment * numStations + station;
  squares[segment] += flits * (2 * loads[index] + flits);
  loads[index] += flits;
  changes.push_back({index, flits});
}

void Loads::changeNet(const Net &net, int64_t sign) {
  if (segmentStamps[net.segment] != moveStamp) {
    segmentStamps[net.segment] = moveStamp;
    changedSegments.push_back(net.segment);
    formerSums.emplace_back(squares[net.segment], norms[net.segment]);
  }
  int64_t flits =
      sign * static_cast<int64_t>(
                 llvm::divideCeil(net.bytes, problem.flitBytes));
  unsigned from = nodes[net.source];
  nodeStamps[from] = ++stamp;
  bool isInjected = false;
  int64_t links = 0;
  for (unsigned part : net.sinks) {
    unsigned to = nodes[part];
    if (nodeStamps[to] == stamp)
      continue;
    nodeStamps[to] = stamp;
    if (!isInjected || !problem.multicast)
      add(net.segment, portOf(from, 0), flits);
    isInjected = true;
    add(net.segment, portOf(to, 1), flits);
    for (unsigned channel : routes.get(from, to)) {
      if (problem.multicast && channelStamps[channel] == stamp)
        continue;
      channelStamps[channel] = stamp;
      add(net.segment, channel, flits);
      ++links;
    }
  }
  byteLinks += sign * net.bytes * links;
}

void Loads::changeUses(unsigned part, int64_t sign) {
  for (unsigned i : usesOf[part]) {
    const UnitUse &use = problem.uses[i];
    if (segmentStamps[use.segment] != moveStamp) {
      segmentStamps[use.segment] = moveStamp;
      changedSegments.push_back(use.segment);
      formerSums.emplace_back(squares[use.segment], norms[use.segment]);
    }
    add(use.segment, portOf(nodes[part], 2 + static_cast<unsigned>(use.unit)),
        sign * use.time);
  }
}

void Loads::collectNets(ArrayRef<Move> moves) {
  changedNets.clear();
  for (const Move &move : moves)
    for (unsigned net : netsOf[move.part]) {
      if (netStamps[net] == moveStamp)
        continue;
      netStamps[net] = moveStamp;
      changedNets.push_back(net);
    }
}

double Loads::apply(ArrayRef<Move> moves) {
  ++moveStamp;
  changes.clear();
  changedSegments.clear();
  formerSums.clear();
  formerNodes.clear();
  formerByteLinks = byteLinks;
  formerCost = cost;
  collectNets(moves);
  cost -= getTrafficCost();
  for (unsigned net : changedNets)
    changeNet(problem.nets[net], -1);
  for (const Move &move : moves) {
    changeUses(move.part, -1);
    formerNodes.push_back({move.part, nodes[move.part]});
    nodes[move.part] = move.node;
    changeUses(move.part, 1);
  }
  for (unsigned net : changedNets)
    changeNet(problem.nets[net], 1);
  for (unsigned segment : changedSegments) {
    double norm = std::sqrt(static_cast<double>(squares[segment]));
    cost += norm - norms[segment];
    norms[segment] = norm;
  }
  cost += getTrafficCost();
  return cost - formerCost;
}

void Loads::undo() {
  for (const Change &change : changes)
    loads[change.load] -= change.flits;
  for (auto [i, segment] : llvm::enumerate(changedSegments))
    std::tie(squares[segment], norms[segment]) = formerSums[i];
  for (const Move &move : formerNodes)
    nodes[move.part] = move.node;
  byteLinks = formerByteLinks;
  cost = formerCost;
}

Measure Loads::measure() const {
  Measure result;
  result.byteLinks = byteLinks;
  result.cost = cost;
  for (unsigned channel = 0; channel < numChannels; ++channel) {
    int64_t flits = 0;
    for (unsigned segment = 0; segment < problem.numSegments; ++segment)
      flits += loads[static_cast<size_t>(segment) * numStations + channel];
    result.busiestLinkFlits = std::max(result.busiestLinkFlits, flits);
  }
  return result;
}

Measure placement::measure(const Problem &problem,
                           const Placement &placement) {
  return Loads(problem, placement).measure();
}
