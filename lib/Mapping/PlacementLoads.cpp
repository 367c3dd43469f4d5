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

/// What a flit beyond the limit of a link costs: more than the few links and
/// ports that a net could save elsewhere.
static constexpr double excessWeight = 8;

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
  entries.reserve(problem.uses.size());
  for (unsigned i = 0; i < problem.uses.size(); ++i)
    entries.emplace_back(problem.uses[i].part, i);
  return {problem.numParts, entries};
}

RouteTable::RouteTable(const NoCRouting &routing)
    : routing(routing), numNodes(routing.topology().numNodes()),
      spans(numNodes) {}

void RouteTable::find(unsigned from, unsigned to) {
  if (!spans[from])
    spans[from] = std::make_unique<Span[]>(numNodes);
  llvm::SmallVector<unsigned, 16> route;
  routing.route(from, to, route);
  spans[from][to] = {static_cast<unsigned>(channels.size()),
                     static_cast<unsigned>(route.size()), true};
  channels.insert(channels.end(), route.begin(), route.end());
}

Loads::Loads(const Problem &problem, Placement placement, int64_t mostLinkFlits)
    : problem(problem), nodes(std::move(placement)), netsOf(listNets(problem)),
      usesOf(listUses(problem)), routes(*problem.routing),
      numNodes(problem.routing->topology().numNodes()),
      numChannels(problem.routing->topology().channels().size()),
      numStations(numChannels + (2 + numUnits) * numNodes),
      loads(static_cast<size_t>(problem.numSegments) * numStations),
      squares(problem.numSegments), norms(problem.numSegments),
      mostLinkFlits(mostLinkFlits), totals(numChannels), nodeStamps(numNodes),
      channelStamps(numChannels), segmentStamps(problem.numSegments) {
  assert(nodes.size() == problem.numParts && "every part has a node");
  for (const Net &net : problem.nets)
    flits.push_back(llvm::divideCeil(net.bytes, problem.flitBytes) +
                    net.extraFlits);
  ++moveStamp;
  for (unsigned net = 0; net < problem.nets.size(); ++net)
    changeNet(net, 1);
  for (unsigned part = 0; part < problem.numParts; ++part)
    changeUses(part, 1);
  for (unsigned i = 0; i < problem.numSegments; ++i) {
    norms[i] = std::sqrt(static_cast<double>(squares[i]));
    cost += norms[i];
  }
  cost += getTrafficCost() + getExcessCost();
}

double Loads::getExcessCost() const {
  return excessWeight * static_cast<double>(excess);
}

double Loads::getTrafficCost() const {
  return trafficWeight * static_cast<double>(byteLinks) /
         static_cast<double>(problem.flitBytes * std::max(1U, numChannels));
}

void Loads::touchSegment(unsigned segment) {
  if (segmentStamps[segment] == moveStamp)
    return;
  segmentStamps[segment] = moveStamp;
  changedSegments.push_back(segment);
  formerSums.emplace_back(squares[segment], norms[segment]);
}

void Loads::changeBranch(unsigned number, unsigned to, int64_t sign) {
  if (nodeStamps[to] == stamp)
    return;
  const Net &net = problem.nets[number];
  unsigned base = net.segment * numStations, from = nodes[net.source];
  int64_t amount = sign * flits[number], links = 0;
  Square square = 0;
  if (!isInjected || !problem.multicast)
    add(base + portOf(from, 0), amount, square);
  add(base + portOf(to, 1), amount, square);
  for (unsigned channel : routes.get(from, to)) {
    if (channelStamps[channel] == stamp)
      continue;
    addToLink(base, channel, amount, square);
    ++links;
  }
  squares[net.segment] += square;
  byteLinks += sign * net.bytes * links;
}

/// From now on a sink at `to` is a part of the net that is changed.
void Loads::stampBranch(unsigned from, unsigned to) {
  if (nodeStamps[to] == stamp)
    return;
  nodeStamps[to] = stamp;
  isInjected = true;
  if (problem.multicast)
    for (unsigned channel : routes.get(from, to))
      channelStamps[channel] = stamp;
}

void Loads::startNet(const Net &net) {
  touchSegment(net.segment);
  nodeStamps[nodes[net.source]] = ++stamp;
  isInjected = false;
}

void Loads::changeNet(unsigned number, int64_t sign) {
  const Net &net = problem.nets[number];
  startNet(net);
  for (unsigned part : net.sinks) {
    changeBranch(number, nodes[part], sign);
    stampBranch(nodes[net.source], nodes[part]);
  }
}

void Loads::moveSink(unsigned number, const Move &move) {
  const Net &net = problem.nets[number];
  startNet(net);
  for (unsigned part : net.sinks)
    if (part != move.part)
      stampBranch(nodes[net.source], nodes[part]);
  changeBranch(number, nodes[move.part], -1);
  changeBranch(number, move.node, 1);
}

void Loads::movePart(const Move &move) {
  unsigned part = move.part;
  formerNodes.push_back({part, nodes[part]});
  changeUses(part, -1);
  for (unsigned number : netsOf[part]) {
    if (problem.nets[number].source == part)
      changeNet(number, -1);
    else
      moveSink(number, move);
  }
  nodes[part] = move.node;
  for (unsigned number : netsOf[part])
    if (problem.nets[number].source == part)
      changeNet(number, 1);
  changeUses(part, 1);
}

void Loads::changeUses(unsigned part, int64_t sign) {
  for (unsigned i : usesOf[part]) {
    const UnitUse &use = problem.uses[i];
    touchSegment(use.segment);
    unsigned station = portOf(nodes[part], 2 + static_cast<unsigned>(use.unit));
    add(use.segment * numStations + station, sign * use.time,
        squares[use.segment]);
  }
}

double Loads::apply(ArrayRef<Move> moves) {
  ++moveStamp;
  changes.clear();
  changedSegments.clear();
  formerSums.clear();
  formerNodes.clear();
  formerByteLinks = byteLinks;
  formerExcess = excess;
  formerCost = cost;
  cost -= getTrafficCost() + getExcessCost();
  for (const Move &move : moves)
    movePart(move);
  for (unsigned segment : changedSegments) {
    double norm = std::sqrt(static_cast<double>(squares[segment]));
    cost += norm - norms[segment];
    norms[segment] = norm;
  }
  cost += getTrafficCost() + getExcessCost();
  return cost - formerCost;
}

void Loads::undo() {
  for (const Change &change : changes) {
    loads[change.load] -= change.flits;
    if (change.channel != noChannel)
      totals[change.channel] -= change.flits;
  }
  for (auto [i, segment] : llvm::enumerate(changedSegments))
    std::tie(squares[segment], norms[segment]) = formerSums[i];
  for (const Move &move : formerNodes)
    nodes[move.part] = move.node;
  byteLinks = formerByteLinks;
  excess = formerExcess;
  cost = formerCost;
}

Measure Loads::measure() const {
  Measure result;
  result.byteLinks = byteLinks;
  result.cost = cost;
  for (int64_t flits : totals)
    result.busiestLinkFlits = std::max(result.busiestLinkFlits, flits);
  return result;
}

Measure placement::measure(const Problem &problem, const Placement &placement) {
  return Loads(problem, placement).measure();
}
