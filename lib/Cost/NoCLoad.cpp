// Waits in a loaded network: a fixed point over its channels.
#include "atleus/Cost/NoCLoad.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace atleus;

//===----------------------------------------------------------------------===//
// Traffic
//===----------------------------------------------------------------------===//

NoCLoad::NoCLoad(const NoCConstants &noc, const NoCRouting &routing,
                 llvm::ArrayRef<TrafficDemand> demands)
    : noc(noc) {
  size_t numChannels = routing.topology().channels().size();
  unsigned numNodes = routing.topology().numNodes();
  stations.resize(numChannels + 2 * numNodes);
  for (unsigned node = 0; node < numNodes; ++node) {
    stations[numChannels + node].kind = Kind::Injection;
    stations[numChannels + numNodes + node].kind = Kind::Ejection;
  }
  for (const TrafficDemand &demand : demands)
    if (demand.flitsPerCycle > 0)
      addDemand(routing, demand);
}

void NoCLoad::addDemand(const NoCRouting &routing,
                        const TrafficDemand &demand) {
  unsigned numChannels = routing.topology().channels().size();
  unsigned numNodes = routing.topology().numNodes();
  double flits = demand.flitsPerCycle;
  llvm::SmallVector<unsigned, 16> path = {numChannels + demand.from};
  routing.route(demand.from, demand.to, path);
  path.push_back(numChannels + numNodes + demand.to);

  RouteLength length;
  unsigned slowest = numLinkKinds;
  for (size_t i = 0; i < path.size(); ++i) {
    Station &station = stations[path[i]];
    station.flits += flits;
    if (station.kind == Kind::Link) {
      LinkKind kind = routing.topology().channels()[path[i]].kind;
      ++length[kind];
      if (slowest == numLinkKinds ||
          linkCycles(noc, kind) >
              linkCycles(noc, static_cast<LinkKind>(slowest)))
        slowest = static_cast<unsigned>(kind);
    }
    if (i == 0)
      continue;
    // The last two routers are too late for a packet to close up.
    size_t closeUps = std::max<size_t>(path.size() - 1 - i, 1) - 1;
    if (station.flitsByCloseUps.size() <= closeUps)
      station.flitsByCloseUps.resize(closeUps + 1);
    station.flitsByCloseUps[closeUps] += flits;
    auto [turn, isNew] =
        turnNumbers.try_emplace(std::pair(path[i - 1], path[i]), turns.size());
    if (isNew)
      turns.push_back({path[i - 1], path[i], 0});
    turns[turn->second].flits += flits;
  }
  totalFlits += flits;
  headCycles += flits * latencyCycles(noc, length, 1);
  flitsBySlowest[slowest] += flits;
}

double NoCLoad::largestChannelLoad() const {
  double largest = 0;
  for (const Station &station : stations)
    largest = std::max(largest, station.flits);
  return largest;
}

//===----------------------------------------------------------------------===//
// Queues
//===----------------------------------------------------------------------===//

/// Mean wait per service time at a server that is busy for the fraction `load`
/// of time and takes the same time for each customer (M/D/1).
static double queueing(double load) { return load / (2 * (1 - load)); }

/// `base` to the power of a small `exponent`.
static double power(double base, int64_t exponent) {
  double result = 1;
  for (; exponent > 0; --exponent)
    result *= base;
  return result;
}

/// Probability that all of `servers` are busy when customers would keep `busy`
/// of them busy on average (Erlang C).
static double allBusy(int64_t servers, double busy) {
  double term = 1, sum = 0;
  for (int64_t i = 0; i < servers; ++i) {
    sum += term;
    term *= busy / (i + 1);
  }
  term *= servers / (servers - busy);
  return term / (sum + term);
}

/// Mean wait for one of `servers`. Service takes at least `shortest` and
/// `mean` on average; what is above the former is taken as its deviation, as
/// Draper and Ghosh (1994) do for wormhole routers.
static double waitForServer(int64_t servers, double busy, double mean,
                            double shortest) {
  double variation = 1 - shortest / mean;
  return allBusy(servers, busy) * mean * (1 + variation * variation) /
         (2 * (servers - busy));
}

//===----------------------------------------------------------------------===//
// The fixed point
//===----------------------------------------------------------------------===//

/// Times are in cycles, loads in fractions of a channel's time.
class NoCLoad::Solution {
public:
  Solution(const NoCLoad &network, int64_t packetFlits, double load);

  /// False if the network is saturated.
  bool solve() { return scale() && findContention() && findHolding(); }
  /// Mean time that contention adds.
  double meanWait() const;

private:
  bool scale();
  bool findContention();
  bool updateWaits();
  void updateService();
  bool findHolding();
  double waitForChannel(size_t turn) const;
  double fractionHeld(unsigned channel) const;

  const NoCLoad &network;
  int64_t virtualChannels;
  double factor, packet, turnaround, buffer, shortestHold;
  /// By station: load; time per flit, above 1 if grants are lost; waits of
  /// heads and lengthening of packets where channels join; time for which a
  /// virtual channel is held beyond the shortest.
  std::vector<double> load, service, headWait, stretch, extraHold;
  /// By turn: load, wait for a virtual channel.
  std::vector<double> turnLoad, channelWait;
  /// By station, the part of `queueing` that packets have had before.
  std::vector<double> queuedBefore;
};

NoCLoad::Solution::Solution(const NoCLoad &network, int64_t packetFlits,
                            double load)
    : network(network), virtualChannels(network.noc.virtualChannels) {
  RouterTiming router = routerTiming(network.noc);
  factor = load * router.interval;
  packet = packetFlits * router.interval;
  turnaround = router.turnaround;
  buffer = network.noc.bufferFlits * router.interval;
  int64_t roundTrip = creditRoundTrip(network.noc, 1) + router.turnaround;
  for (unsigned kind = 0; kind < numLinkKinds; ++kind)
    if (network.flitsBySlowest[kind] > 0)
      roundTrip = std::max(
          roundTrip, creditRoundTrip(
                         network.noc,
                         linkCycles(network.noc, static_cast<LinkKind>(kind))) +
                         router.turnaround);
  shortestHold = std::max(packet + turnaround,
                          static_cast<double>(packetFlits * roundTrip) /
                              static_cast<double>(network.noc.bufferFlits));
}

/// Loads, and whether every output has time for its flits even when all of its
/// inputs are backlogged.
bool NoCLoad::Solution::scale() {
  size_t count = network.stations.size();
  load.resize(count);
  for (size_t i = 0; i < count; ++i) {
    load[i] = network.stations[i].flits * factor;
    if (load[i] >= 1)
      return false;
  }
  queuedBefore.assign(count, 0);
  service.assign(count, 1);
  std::vector<double> backlogged(count, 0);
  for (const Turn &turn : network.turns) {
    double flits = turn.flits * factor;
    turnLoad.push_back(flits);
    queuedBefore[turn.to] += flits / load[turn.to] * queueing(flits);
    double elsewhere = virtualChannels > 1 ? load[turn.from] - flits : 0;
    backlogged[turn.to] += flits * (1 + elsewhere / 2);
  }
  return llvm::all_of(backlogged, [](double busy) { return busy < 1; });
}

/// Waits where channels join, at the present service times.
bool NoCLoad::Solution::updateWaits() {
  for (size_t i = 0; i < load.size(); ++i) {
    if (load[i] == 0 || network.stations[i].kind == Kind::Injection)
      continue;
    double busy = load[i] * service[i];
    if (busy >= 1)
      return false;
    double wait = packet * (queueing(busy) - queuedBefore[i]);
    double more = power(busy, virtualChannels - 1);
    headWait[i] = wait * more;
    stretch[i] = 2 * wait * (1 - more);
  }
  return true;
}

/// Time per flit: an input that is backlogged and serves another output loses
/// half of the cycles in which both grant it one.
void NoCLoad::Solution::updateService() {
  std::vector<double> waitBehind(load.size(), 0), next(load.size(), 0);
  for (auto [turn, flits] : llvm::zip_equal(network.turns, turnLoad))
    waitBehind[turn.from] +=
        flits / load[turn.from] * (headWait[turn.to] + stretch[turn.to]);
  for (auto [turn, flits] : llvm::zip_equal(network.turns, turnLoad)) {
    double wait = waitBehind[turn.from];
    double backlog = wait / (packet + wait);
    next[turn.to] +=
        flits / load[turn.to] * (1 + backlog * (load[turn.from] - flits) / 2);
  }
  for (size_t i = 0; i < load.size(); ++i)
    if (load[i] > 0 && network.stations[i].kind != Kind::Injection)
      service[i] = next[i];
}

/// Longer waits make longer service times and the other way round, so rounds
/// that start with none come up to the smallest solution.
bool NoCLoad::Solution::findContention() {
  constexpr unsigned maxRounds = 50;
  constexpr double tolerance = 1e-4;
  headWait.assign(load.size(), 0);
  stretch.assign(load.size(), 0);
  for (unsigned round = 0; round < maxRounds; ++round) {
    if (!updateWaits())
      return false;
    // With one virtual channel, an input asks for one output at a time.
    if (virtualChannels == 1)
      return true;
    std::vector<double> before = service;
    updateService();
    double change = 0;
    for (size_t i = 0; i < service.size(); ++i)
      change = std::max(change, std::abs(service[i] - before[i]));
    if (change < tolerance)
      break;
  }
  return updateWaits();
}

/// Virtual channels of a port that are held on average.
double NoCLoad::Solution::fractionHeld(unsigned channel) const {
  return load[channel] / packet * (shortestHold + extraHold[channel]);
}

/// Wait of a head for one of the virtual channels that packets of other inputs
/// hold.
double NoCLoad::Solution::waitForChannel(size_t number) const {
  const Turn &turn = network.turns[number];
  if (network.stations[turn.to].kind == Kind::Ejection)
    return 0;
  double hold = shortestHold + extraHold[turn.to];
  double held = (load[turn.to] - turnLoad[number]) / packet * hold;
  return waitForServer(virtualChannels, held, hold, shortestHold);
}

bool NoCLoad::Solution::findHolding() {
  constexpr unsigned maxRounds = 300;
  constexpr double tolerance = 1e-3;
  extraHold.assign(load.size(), 0);
  channelWait.assign(turnLoad.size(), 0);
  std::vector<double> next(load.size());
  for (unsigned round = 0; round < maxRounds; ++round) {
    for (unsigned i = 0; i < load.size(); ++i)
      if (network.stations[i].kind != Kind::Ejection &&
          fractionHeld(i) >= virtualChannels)
        return false;
    llvm::fill(next, 0);
    for (size_t i = 0; i < turnLoad.size(); ++i) {
      const Turn &turn = network.turns[i];
      channelWait[i] = waitForChannel(i);
      double wait =
          std::max(headWait[turn.to], channelWait[i]) + stretch[turn.to];
      // What of the packet finds no place in the next buffer waits with it.
      double outside =
          1 + fractionHeld(turn.to) / virtualChannels - buffer / packet;
      if (network.stations[turn.to].kind != Kind::Ejection)
        wait += std::clamp(outside, 0.0, 1.0) * extraHold[turn.to];
      next[turn.from] += turnLoad[i] / load[turn.from] * wait;
    }
    double change = 0;
    for (size_t i = 0; i < next.size(); ++i)
      change = std::max(change, std::abs(next[i] - extraHold[i]));
    extraHold.swap(next);
    if (change < tolerance)
      break;
  }
  return true;
}

double NoCLoad::Solution::meanWait() const {
  double sum = 0;
  for (size_t i = 0; i < turnLoad.size(); ++i)
    sum +=
        turnLoad[i] * std::max(headWait[network.turns[i].to], channelWait[i]);
  for (unsigned i = 0; i < load.size(); ++i) {
    const Station &station = network.stations[i];
    if (load[i] == 0)
      continue;
    if (station.kind == Kind::Injection) {
      double hold = shortestHold + extraHold[i];
      sum += load[i] * ((packet - 1) * queueing(load[i]) +
                        waitForServer(virtualChannels, fractionHeld(i), hold,
                                      packet + turnaround));
      continue;
    }
    // A packet that meets another gets longer by anything up to the length of
    // that one, as it has become. In each router it loses a turnaround of it.
    double longest = packet + 2 * stretch[i];
    for (auto [closeUps, flits] : llvm::enumerate(station.flitsByCloseUps)) {
      double left = 1 - turnaround * static_cast<double>(closeUps) / longest;
      if (left > 0)
        sum += flits * factor * stretch[i] * left * left;
    }
  }
  return sum / (network.totalFlits * factor);
}

std::optional<LoadEstimate> NoCLoad::estimate(int64_t packetFlits,
                                              double load) const {
  if (totalFlits == 0)
    return LoadEstimate();
  LoadEstimate result;
  double serialization = 0;
  for (unsigned kind = 0; kind <= numLinkKinds; ++kind) {
    RouteLength length;
    if (kind < numLinkKinds)
      length[static_cast<LinkKind>(kind)] = 1;
    serialization +=
        flitsBySlowest[kind] * (latencyCycles(noc, length, packetFlits) -
                                latencyCycles(noc, length, 1));
  }
  result.zeroLoadLatency = (headCycles + serialization) / totalFlits;
  result.latency = result.zeroLoadLatency;
  if (load <= 0)
    return result;
  Solution solution(*this, packetFlits, load);
  if (!solution.solve())
    return std::nullopt;
  result.latency += solution.meanWait();
  return result;
}

double NoCLoad::saturationLoad(int64_t packetFlits) const {
  if (totalFlits == 0)
    return std::numeric_limits<double>::infinity();
  constexpr unsigned rounds = 11;
  double low = 0;
  double high = 1 / (largestChannelLoad() * routerTiming(noc).interval);
  for (unsigned round = 0; round < rounds; ++round) {
    double middle = (low + high) / 2;
    (estimate(packetFlits, middle) ? low : high) = middle;
  }
  return high;
}
