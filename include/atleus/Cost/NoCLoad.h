// How long packets take when the network is loaded, and the load that it can
// take: an estimate for search, from the loads of channels alone.
//
// All packets have P flits and start at random times (Poisson or Bernoulli).
// With g(x) = x / (2 (1 - x)), P g(x) is the mean wait for a server that is
// busy for the fraction x of time with packets of P (M/D/1):
//
// - A source sends its packets one after another: (P - 1) g(x).
// - Where channels of loads a_i join in one of load x, packets of the same
//   channel have been put in line before: w = P (g(x) - sum a_i / x g(a_i)).
//   Of the n packets that are there, up to V, the number of virtual channels,
//   share the channel flit by flit (limited processor sharing); the number is
//   distributed as x^n (1 - x). So heads wait w x^(V-1), and packets get
//   longer by 2 w (1 - x^(V-1)).
// - A packet that got longer gets shorter again: its head waits in each router
//   for its route and virtual channel (`RouterTiming::turnaround`), while flits
//   behind it close up. Only what is left at the end counts.
// - An input that has flits for two outputs serves one of them in a cycle. An
//   output that is backlogged by the fraction b loses b F / 2 of its cycles to
//   the other outputs of an input, which take the fraction F of the input's.
// - A virtual channel is held for P + turnaround plus the waits above, and for
//   those of the next router as far as the packet does not fit into the buffer
//   there, in which its predecessor may still be. Heads wait for one of V
//   channels as for one of V servers (M/G/V, Erlang C).
//
// The network is saturated when a channel has no time left, or a port no free
// virtual channel. Against BookSim 2 (test/reference/booksim_load_curve.csv, 10
// curves), saturation is off by 4 % on average and by 11 % at most; the latency
// of the 67 rows up to four fifths of it by 1.4 % and 9 %. Nearer to saturation
// it is too low, by up to a third.
#ifndef ATLEUS_COST_NOCLOAD_H
#define ATLEUS_COST_NOCLOAD_H

#include "atleus/Cost/NoCRouting.h"

#include "llvm/ADT/DenseMap.h"

namespace atleus {

/// Traffic from a node to another, which may be the same.
struct TrafficDemand {
  unsigned from = 0;
  unsigned to = 0;
  /// Flits per cycle at load 1.
  double flitsPerCycle = 0;
};

struct LoadEstimate {
  /// From a packet's creation to the arrival of its tail, in cycles.
  double latency = 0;
  /// The part of it without contention.
  double zeroLoadLatency = 0;
};

/// A network with one traffic matrix.
class NoCLoad {
public:
  NoCLoad(const NoCConstants &noc, const NoCRouting &routing,
          llvm::ArrayRef<TrafficDemand> demands);

  /// Mean latency of packets of `packetFlits` when the demands are multiplied
  /// by `load`; nothing if the network is saturated.
  std::optional<LoadEstimate> estimate(int64_t packetFlits, double load) const;

  /// The smallest load, up to a relative error of 2^-10, at which the network
  /// is saturated. Infinite without traffic.
  double saturationLoad(int64_t packetFlits) const;

  /// The largest flits per cycle of a channel or port at load 1.
  double largestChannelLoad() const;

private:
  class Solution;

  enum class Kind : uint8_t { Injection, Link, Ejection };
  struct Station {
    Kind kind = Kind::Link;
    double flits = 0;
    /// By the number of routers in which packets close up again, the flits that
    /// pass so many after this channel.
    llvm::SmallVector<double, 8> flitsByCloseUps;
  };
  /// Traffic that goes from a channel to another.
  struct Turn {
    unsigned from, to;
    double flits;
  };

  void addDemand(const NoCRouting &routing, const TrafficDemand &demand);

  NoCConstants noc;
  /// Channels of the network, then injection ports, then ejection ports.
  std::vector<Station> stations;
  /// In the order of their first demand.
  std::vector<Turn> turns;
  llvm::DenseMap<std::pair<unsigned, unsigned>, unsigned> turnNumbers;
  double totalFlits = 0;
  /// Of all demands, flits times the latency of the head without contention.
  double headCycles = 0;
  /// Flits of the demands by the slowest kind of link of their route; the last
  /// are those of routes without a link.
  std::array<double, numLinkKinds + 1> flitsBySlowest = {};
};

/// The part of the demands that a network takes in when all sources offer
/// `load` times theirs, as a load. Up to saturation that is `load`. Beyond, the
/// sources grow alike until a channel is as busy as the busiest one is at
/// saturation; those that use it stay as they are, and the others go on.
double acceptedLoad(const NoCConstants &noc, const NoCRouting &routing,
                    llvm::ArrayRef<TrafficDemand> demands, int64_t packetFlits,
                    double load);

} // namespace atleus

#endif // ATLEUS_COST_NOCLOAD_H
