// The problem of choosing nodes, without IR.
//
// What is placed is a part: the tasks of a kernel that run on one node, or one
// replica of a weight with the products that it computes. The parts of a group
// go to different nodes of one tier; kernels whose parts stay together, such as
// the scores and the softmax of a head, are one group. Memory and host are
// groups of one part on a tier of one node.
//
// Parts exchange nets: data that one part makes and the parts of `sinks` read.
// A net and the work of a part belong to a segment, the stretch of an inference
// between two points at which all wait for all of a tensor. Within a segment
// tasks stream into each other, so that what uses the same link, port or unit
// there is in each other's way; what belongs to different segments is not.
//
// The cost of a placement is a time, in the time in which a link carries one
// flit:
//
//   sum over segments sqrt(sum over links, ports and units of load^2)
//     + trafficWeight * traffic x distance / number of links
//
// The first term is close to the time of the busiest link, port or unit of each
// segment, and falls, other than that maximum, also if the second busiest gets
// less to do. The second is `trafficWeight` times the mean time for which a
// link works: it stands for energy and for the hops of a packet.
//
// Not in the cost: the order of tasks within a segment and with it the time for
// which they wait for each other, which is for a scheduler, and what lies in
// buffers meanwhile, unless it is much.
#ifndef ATLEUS_MAPPING_PLACEMENT_H
#define ATLEUS_MAPPING_PLACEMENT_H

#include "atleus/Cost/NoCRouting.h"

#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace atleus::placement {

/// Nodes that a group may be given, by number in the network.
struct Tier {
  /// Row by row.
  llvm::SmallVector<unsigned> nodes;
  /// Along a space-filling curve; the same nodes.
  llvm::SmallVector<unsigned> curve;
  /// Crossbar arrays of a node; zero if it has none.
  int64_t arraysPerNode = 0;
};

struct Group {
  unsigned tier = 0;
  unsigned firstPart = 0;
  unsigned numParts = 1;
  /// Crossbar arrays that each part needs.
  int64_t arrays = 0;
};

struct Net {
  unsigned source = 0;
  /// Different parts, in ascending order, without the source.
  llvm::SmallVector<unsigned, 2> sinks;
  unsigned segment = 0;
  int64_t bytes = 0;
  /// Flits beyond those of the bytes: headers of packets, and last flits that
  /// are not full.
  int64_t extraFlits = 0;
};

/// Units of a node that work at the same time. The buffer is one for what takes
/// much of it: two such parts fill it together if they are at one node.
enum class Unit : unsigned { Array, Vector, Buffer };
constexpr unsigned numUnits = 3;

/// For how long a part uses a unit of its node, in flit times.
struct UnitUse {
  unsigned part = 0;
  unsigned segment = 0;
  Unit unit = Unit::Array;
  int64_t time = 0;
};

struct Problem {
  explicit Problem(const NoCRouting &routing) : routing(&routing) {}

  const NoCRouting *routing;
  /// Bytes of a flit.
  int64_t flitBytes = 1;
  /// What several nodes read travels once over each link of a tree.
  bool multicast = false;
  std::vector<Tier> tiers;
  std::vector<Group> groups;
  unsigned numParts = 0;
  unsigned numSegments = 1;
  std::vector<Net> nets;
  std::vector<UnitUse> uses;

  /// Adds a group and returns its number.
  unsigned addGroup(unsigned tier, unsigned count, int64_t arrays = 0);
};

/// The node of each part.
using Placement = std::vector<unsigned>;

/// What is wrong with a placement: a node outside of the tier, two parts of a
/// group at one node, or more arrays than a node has. Empty if nothing is.
std::string findFault(const Problem &problem, const Placement &placement);

/// What a user wants to know of a placement.
struct Measure {
  /// Bytes times links that they take, the traffic x distance.
  int64_t byteLinks = 0;
  /// Flits through the link that carries the most in an inference.
  int64_t busiestLinkFlits = 0;
  /// The cost stated above, in flit times.
  double cost = 0;
};

Measure measure(const Problem &problem, const Placement &placement);

/// Parts with arrays go to the node of their tier with the number that `cores`
/// has for them, counted row by row. The parts of the other groups take the
/// nodes of their tier in turn. A yardstick: it knows nothing of traffic.
Placement placeRowMajor(const Problem &problem, llvm::ArrayRef<unsigned> cores);

/// Parts with arrays go to the node that `cores` says, counted along the curve,
/// so that weights with numbers side by side are neighbours. The parts of other
/// groups, one after the other, go to the node over whose links and ports the
/// least traffic goes to and from what is placed already; of equal ones to that
/// which works the least.
Placement placeNearData(const Problem &problem, llvm::ArrayRef<unsigned> cores);

/// Improves `start`, which has no fault, by `moves` steps of simulated
/// annealing (Kirkpatrick, Gelatt and Vecchi, 1983): a part goes to another
/// node or changes places with another part; a change that makes the cost worse
/// by d stays with probability exp(-d / T), and T falls geometrically. The
/// result has no fault and costs no more than the start. The same arguments
/// give the same result. A step takes time in proportion to the nets of the
/// parts that move and their links, however large the problem is.
///
/// No link is to carry more than `mostLinkFlits` in an inference: what is
/// beyond that counts as cost, and as soon as nothing is, it stays so. So a
/// result has this property if `start` has it, and nearly always else.
Placement anneal(const Problem &problem, const Placement &start, unsigned moves,
                 uint64_t seed,
                 int64_t mostLinkFlits = std::numeric_limits<int64_t>::max());

} // namespace atleus::placement

#endif // ATLEUS_MAPPING_PLACEMENT_H
