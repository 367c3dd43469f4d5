// What each link, port and unit has to do in a placement, kept up to date while
// parts move.
#ifndef ATLEUS_MAPPING_PLACEMENTLOADS_H
#define ATLEUS_MAPPING_PLACEMENTLOADS_H

#include "atleus/Mapping/Placement.h"

#include "llvm/ADT/ArrayRef.h"

#include <memory>
#include <utility>

namespace atleus::placement {

/// Lists of numbers by number, such as the nets of each part.
class NumberLists {
public:
  /// Pairs of a list and a number in it; each list keeps their order.
  NumberLists(unsigned numLists,
              llvm::ArrayRef<std::pair<unsigned, unsigned>> entries);

  llvm::ArrayRef<unsigned> operator[](unsigned list) const {
    return llvm::ArrayRef(numbers).slice(first[list],
                                         first[list + 1] - first[list]);
  }

private:
  std::vector<unsigned> first, numbers;
};

/// The nets that each part makes or reads.
NumberLists listNets(const Problem &problem);

/// Channels of routes, found when they are first asked for.
class RouteTable {
public:
  explicit RouteTable(const NoCRouting &routing);

  llvm::ArrayRef<unsigned> get(unsigned from, unsigned to) {
    if (!spans[from] || !spans[from][to].isKnown)
      find(from, to);
    const Span &span = spans[from][to];
    return llvm::ArrayRef(channels).slice(span.begin, span.size);
  }
  /// Links and ports that a transfer holds.
  int64_t countStations(unsigned from, unsigned to) {
    return from == to ? 0 : get(from, to).size() + 2;
  }

private:
  struct Span {
    unsigned begin = 0;
    unsigned size = 0;
    bool isKnown = false;
  };
  void find(unsigned from, unsigned to);

  const NoCRouting &routing;
  unsigned numNodes;
  /// By source.
  std::vector<std::unique_ptr<Span[]>> spans;
  std::vector<unsigned> channels;
};

/// A part and where it goes.
struct Move {
  unsigned part = 0;
  unsigned node = 0;
};

class Loads {
public:
  /// Each flit that a link carries beyond `mostLinkFlits` costs more.
  Loads(const Problem &problem, Placement placement,
        int64_t mostLinkFlits = std::numeric_limits<int64_t>::max());

  const Placement &getPlacement() const { return nodes; }
  llvm::ArrayRef<unsigned> getNets(unsigned part) const { return netsOf[part]; }
  double getCost() const { return cost; }
  /// Whether no link carries more than it may.
  bool isWithinLimit() const { return excess == 0; }
  /// Moves parts and returns by how much that makes the cost larger.
  double apply(llvm::ArrayRef<Move> moves);
  /// Where the parts of the last `apply` were before, in the same order.
  llvm::ArrayRef<Move> getFormerNodes() const { return formerNodes; }
  /// Takes back what the last `apply` did; once.
  void undo();
  Measure measure() const;

private:
  /// 64 bits end at the squares of a few seconds in flit times of a nanosecond.
  using Square = __int128;
  /// What was added to one of the loads, and to the total of a channel.
  struct Change {
    unsigned load;
    unsigned channel;
    int64_t flits;
  };
  static constexpr unsigned noChannel = ~0U;

  /// Adds or takes away all that a net uses.
  void changeNet(unsigned number, int64_t sign);
  /// Adds or takes away what a net uses for a sink at `to` and for no other:
  /// what is not stamped.
  void changeBranch(unsigned number, unsigned to, int64_t sign);
  void stampBranch(unsigned from, unsigned to);
  void startNet(const Net &net);
  void moveSink(unsigned number, const Move &move);
  void movePart(const Move &move);
  void changeUses(unsigned part, int64_t sign);
  void touchSegment(unsigned segment);
  /// `square` is what that adds to the sum of squares.
  void add(unsigned index, int64_t flits, Square &square,
           unsigned channel = noChannel) {
    int64_t &load = loads[index];
    square += static_cast<Square>(flits) * (2 * load + flits);
    load += flits;
    changes.push_back({index, channel, flits});
  }
  /// The same for a channel, whose flits in the whole inference count, too.
  void addToLink(unsigned base, unsigned channel, int64_t flits,
                 Square &square) {
    add(base + channel, flits, square, channel);
    int64_t &total = totals[channel];
    excess += getExcess(total + flits) - getExcess(total);
    total += flits;
  }
  int64_t getExcess(int64_t total) const {
    return std::max<int64_t>(0, total - mostLinkFlits);
  }
  double getExcessCost() const;
  unsigned portOf(unsigned node, unsigned which) const {
    return numChannels + which * numNodes + node;
  }
  double getTrafficCost() const;

  const Problem &problem;
  Placement nodes;
  NumberLists netsOf, usesOf;
  RouteTable routes;
  unsigned numNodes, numChannels, numStations;
  /// Of nets.
  std::vector<int64_t> flits;
  /// By segment and station: channels, injection ports, ejection ports, and
  /// the units of nodes.
  std::vector<int64_t> loads;
  /// By segment, the sum of the squares of its loads, and its root.
  std::vector<Square> squares;
  std::vector<double> norms;
  int64_t byteLinks = 0;
  int64_t mostLinkFlits;
  /// By channel, flits in all segments, and of all channels what is too much.
  std::vector<int64_t> totals;
  int64_t excess = 0;
  double cost = 0;

  /// The nodes and channels that the net which is changed has reached: those
  /// whose entry is the current `stamp`.
  std::vector<unsigned> nodeStamps, channelStamps;
  unsigned stamp = 0, moveStamp = 0;
  /// Whether the net has a stamped node besides its source.
  bool isInjected = false;
  /// What the last `apply` changed.
  std::vector<Change> changes;
  std::vector<Move> formerNodes;
  std::vector<unsigned> changedSegments;
  std::vector<std::pair<Square, double>> formerSums;
  std::vector<unsigned> segmentStamps;
  int64_t formerByteLinks = 0, formerExcess = 0;
  double formerCost = 0;
};

} // namespace atleus::placement

#endif // ATLEUS_MAPPING_PLACEMENTLOADS_H
