// Why a schedule takes as long as it does: the tasks that wait for each other
// without a gap, from the last one to end back to the first.
//
// Each link says what the task waited for: data of the task before it, or a
// resource that the task before it held. The chain is a path of the schedule,
// not of the problem: the critical path of a problem knows no resources.
#ifndef ATLEUS_SCHEDULING_CRITICALCHAIN_H
#define ATLEUS_SCHEDULING_CRITICALCHAIN_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

enum class Awaited : uint8_t {
  Nothing,  ///< it starts at its release, or first
  Data,     ///< a dependence
  Resource, ///< one that the task before it holds
};

struct ChainLink {
  unsigned task = 0;
  /// What it waited for, of the link before.
  Awaited awaited = Awaited::Nothing;
};

/// The chain that ends with the task that ends last (of several, the first one
/// in the problem), in the order of time. Where a task starts later than
/// everything allows, the chain goes on with what it could have followed
/// latest. Data comes before resources. Takes n log n.
std::vector<ChainLink> findCriticalChain(const Problem &problem,
                                         const Starts &starts);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_CRITICALCHAIN_H
