// Shorter schedules for more time: several priorities, justification and a
// local search.
#ifndef ATLEUS_SCHEDULING_SCHEDULESEARCH_H
#define ATLEUS_SCHEDULING_SCHEDULESEARCH_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

/// The shortest of the schedule in the order of time (`scheduleByDispatch`) and
/// of those by some priorities (path to the end, tail,
/// tail less head, head), each improved by `Justification`, and then for
/// `rounds` rounds: the order of the tasks that start in some window of time is
/// disturbed at random, tasks are placed in the new order and justified, and
/// the result is kept unless it is longer. Windows are short, as layers of a
/// model follow each other and one that is improved stays so. Ends early when
/// the makespan reaches the one-machine bound. The same call gives the same
/// schedule.
Starts scheduleBySearch(const Problem &problem, const DependenceGraph &graph,
                        unsigned rounds);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_SCHEDULESEARCH_H
