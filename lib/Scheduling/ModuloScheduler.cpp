// Stages of a schedule, all of them at once, and the search for few stages.
#include "atleus/Scheduling/ModuloScheduler.h"
#include "ModuloPlacement.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/DispatchScheduler.h"
#include "atleus/Scheduling/Justification.h"
#include "atleus/Scheduling/ListScheduler.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <limits>

using namespace atleus;
using namespace atleus::scheduling;

/// `time` * `factor` / `divisor`, rounded up, without an overflow on the way.
static Picoseconds scale(Picoseconds time, int64_t factor, int64_t divisor) {
  int64_t whole = time.count() / divisor, rest = time.count() % divisor;
  return Picoseconds(whole) * factor +
         Picoseconds((rest * factor + divisor - 1) / divisor);
}

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

/// Raises the stages of tasks to those of what they wait for.
static void raiseToPredecessors(const DependenceGraph &graph,
                                std::vector<unsigned> &stages) {
  for (unsigned task : graph.topologicalOrder())
    for (unsigned predecessor : graph.predecessors(task))
      stages[task] = std::max(stages[task], stages[predecessor]);
}

/// Raises the stages of tasks to the last one of their turn. Whether there was
/// anything to raise.
static bool raiseToTurns(const Problem &problem,
                         std::vector<unsigned> &stages) {
  bool isRaised = false;
  for (const Turn &turn : problem.turns()) {
    unsigned last = 0;
    for (unsigned task : turn.tasks)
      last = std::max(last, stages[task]);
    for (unsigned task : turn.tasks) {
      isRaised |= stages[task] < last;
      stages[task] = last;
    }
  }
  return isRaised;
}

/// Raises the stages of prefetches to the first one of what waits for them.
static void delayPrefetches(const Problem &problem,
                            const DependenceGraph &graph,
                            std::vector<unsigned> &stages) {
  std::vector<char> isPrefetch(problem.numTasks(), false);
  for (unsigned task : problem.prefetches())
    isPrefetch[task] = !graph.successors(task).empty();
  for (unsigned task : llvm::reverse(graph.topologicalOrder())) {
    if (!isPrefetch[task])
      continue;
    unsigned first = std::numeric_limits<unsigned>::max();
    for (unsigned successor : graph.successors(task))
      first = std::min(first, stages[successor]);
    stages[task] = first;
  }
}

std::vector<unsigned> scheduling::cutIntoStages(const Problem &problem,
                                                const DependenceGraph &graph,
                                                const Starts &schedule,
                                                unsigned numStages) {
  int64_t length = makespan(problem, schedule).count() / numStages + 1;
  std::vector<unsigned> stages(problem.numTasks());
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    stages[task] = schedule[task].count() / length;
  // Stages only rise, up to the last one, so this ends.
  do
    raiseToPredecessors(graph, stages);
  while (raiseToTurns(problem, stages));
  delayPrefetches(problem, graph, stages);
  return stages;
}

//===----------------------------------------------------------------------===//
// All stages at once
//===----------------------------------------------------------------------===//

/// Turns of different stages on one resource, one after the other: they must
/// not mix, and nothing else orders them.
static void orderTurns(const Problem &problem, llvm::ArrayRef<unsigned> stages,
                       Problem &staged) {
  std::vector<llvm::SmallVector<const Turn *>> turns(problem.numResources());
  for (const Turn &turn : problem.turns())
    turns[turn.resource].push_back(&turn);
  auto stageOf = [&](const Turn *turn) { return stages[turn->tasks.front()]; };
  for (llvm::SmallVector<const Turn *> &list : turns) {
    // Those of one stage are in order by dependences.
    llvm::sort(list, [&](const Turn *a, const Turn *b) {
      return stageOf(a) != stageOf(b) ? stageOf(a) < stageOf(b) : a < b;
    });
    for (size_t i = 1; i < list.size(); ++i)
      if (stageOf(list[i - 1]) != stageOf(list[i]))
        for (unsigned task : list[i - 1]->tasks)
          staged.addDependence(task, list[i]->tasks.front());
  }
}

/// The tasks of all stages, which wait for those of their own stage alone.
static Problem makeStaged(const Problem &problem,
                          llvm::ArrayRef<unsigned> stages,
                          Picoseconds shortestInterval) {
  Problem staged;
  for (unsigned i = 0; i < problem.numResources(); ++i)
    staged.addResource("");
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    Picoseconds release =
        problem.release(task) - shortestInterval * stages[task];
    staged.addTask("", problem.duration(task), problem.uses(task),
                   std::max(release, Picoseconds()));
  }
  for (auto [predecessor, task] : problem.dependences())
    if (stages[predecessor] == stages[task])
      staged.addDependence(predecessor, task);
  orderTurns(problem, stages, staged);
  return staged;
}

static Picoseconds busiestTime(const Problem &problem,
                               const DependenceGraph &graph) {
  Bounds bounds = computeBounds(problem, graph);
  return bounds.busy.empty() ? Picoseconds()
                             : bounds.busy[bounds.busiestResource()];
}

RepeatedSchedule scheduling::scheduleStages(const Problem &problem,
                                            const DependenceGraph &graph,
                                            llvm::ArrayRef<unsigned> stages,
                                            Picoseconds enough,
                                            Picoseconds hopeless) {
  Problem staged = makeStaged(problem, stages, busiestTime(problem, graph));
  DependenceGraph stagedGraph = llvm::cantFail(DependenceGraph::build(staged));
  Starts starts = scheduleByDispatch(staged, stagedGraph);
  Picoseconds interval = makespan(staged, starts);
  if (enough < interval) {
    Starts serial = scheduleByList(staged, stagedGraph);
    if (Picoseconds length = makespan(staged, serial); length < interval) {
      interval = length;
      starts = std::move(serial);
    }
  }
  if (enough < interval && interval <= hopeless) {
    constexpr unsigned justifications = 2;
    starts = Justification(staged, stagedGraph)
                 .improve(std::move(starts), justifications);
    interval = makespan(staged, starts);
  }
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    starts[task] += interval * stages[task];
  return {std::move(starts), interval};
}

//===----------------------------------------------------------------------===//
// The number of stages
//===----------------------------------------------------------------------===//

static constexpr unsigned mostStages = 64;
/// How often a schedule is compacted; the first time gains most.
static constexpr unsigned mostCompactions = 3;
/// Moving a schedule to the right and to the left seldom makes it shorter than
/// that, in percent.
static constexpr int64_t bestJustified = 70;
/// More stages are not tried after so many schedules that were not accepted.
static constexpr unsigned mostRefused = 3;

/// The schedule of stages after compaction.
static RepeatedSchedule compact(const Problem &problem,
                                const DependenceGraph &graph,
                                RepeatedSchedule schedule) {
  ModuloPlacement placement(problem, graph, schedule.interval,
                            std::move(schedule.starts));
  placement.compact(mostCompactions);
  placement.delayPrefetches();
  schedule.starts = std::move(placement).takeStarts();
  schedule.interval =
      std::min(schedule.interval, makespan(problem, schedule.starts));
  return schedule;
}

namespace {
/// The search for the number of stages.
class StreamSearch {
public:
  StreamSearch(const Problem &problem, const DependenceGraph &graph,
               const Starts &listSchedule, const StreamGoal &goal);

  RepeatedSchedule run();

private:
  enum class Outcome { IsBetter, IsNotBetter, IsTooLong, IsNotAccepted };

  Outcome tryStages(unsigned numStages);

  const Problem &problem;
  const DependenceGraph &graph;
  const Starts &listSchedule;
  const StreamGoal &goal;
  RepeatedSchedule best;
  bool isFound = false;
  Picoseconds latency, busiest, enough;
  /// Of the makespan, and of intervals that are worth more effort.
  Picoseconds limit = Picoseconds::largest(), hopeless = Picoseconds::largest();
};
} // namespace

StreamSearch::StreamSearch(const Problem &problem, const DependenceGraph &graph,
                           const Starts &listSchedule, const StreamGoal &goal)
    : problem(problem), graph(graph), listSchedule(listSchedule), goal(goal),
      best({listSchedule, repetitionInterval(problem, listSchedule)}),
      latency(makespan(problem, listSchedule)),
      busiest(busiestTime(problem, graph)),
      enough(scale(busiest, 100, goal.busiestPercent)) {
  if (goal.latencyPercent)
    limit = scale(latency, *goal.latencyPercent, 100);
  else
    hopeless = scale(enough, 100, bestJustified);
}

StreamSearch::Outcome StreamSearch::tryStages(unsigned numStages) {
  RepeatedSchedule found = scheduleStages(
      problem, graph, cutIntoStages(problem, graph, listSchedule, numStages),
      enough, hopeless);
  if (found.interval >= best.interval)
    return Outcome::IsNotBetter;
  found = compact(problem, graph, std::move(found));
  if (Picoseconds length = makespan(problem, found.starts); limit < length)
    // With more stages an inference mostly takes longer.
    return isFound || scale(limit, 5, 4) < length ? Outcome::IsTooLong
                                                  : Outcome::IsNotBetter;
  if (!turnsRepeat(problem, found.starts, found.interval))
    return Outcome::IsNotBetter;
  if (goal.accepts && !goal.accepts(found))
    return Outcome::IsNotAccepted;
  best = std::move(found);
  isFound = true;
  return Outcome::IsBetter;
}

RepeatedSchedule StreamSearch::run() {
  if (best.interval == Picoseconds())
    return best;
  RepeatedSchedule list = best;
  unsigned numRefused = goal.accepts && !goal.accepts(list);
  if (numRefused > 0) {
    best.interval = latency;
    // What has no room alone has none beside others.
    if (!goal.accepts(best))
      return list;
  }
  // With fewer stages an interval is too long, unless the schedule gets
  // shorter.
  auto first = static_cast<unsigned>(
      std::clamp<int64_t>(latency.count() / enough.count(), 2, mostStages / 2));
  for (unsigned numStages = first;
       numStages <= mostStages && enough < best.interval;
       numStages += 1 + numStages / 6) {
    // All stages but the last take a whole interval; compaction seldom takes
    // away more than a third.
    if (scale(limit, 3, 2) < busiest * (numStages - 1))
      break;
    Outcome outcome = tryStages(numStages);
    if (outcome == Outcome::IsTooLong)
      break;
    numRefused += outcome == Outcome::IsNotAccepted;
    if (numRefused == mostRefused)
      break;
  }
  // What is kept by fewer inferences may be accepted: the most of them, by
  // halves.
  if (numRefused > 0 && !isFound)
    for (unsigned least = 1, most = first; most - least > 1;) {
      unsigned numStages = (least + most) / 2;
      bool isBetter = tryStages(numStages) == Outcome::IsBetter;
      (isBetter ? least : most) = numStages;
    }
  return isFound ? best : list;
}

RepeatedSchedule scheduling::scheduleStream(const Problem &problem,
                                            const DependenceGraph &graph,
                                            const Starts &listSchedule,
                                            const StreamGoal &goal) {
  return StreamSearch(problem, graph, listSchedule, goal).run();
}
