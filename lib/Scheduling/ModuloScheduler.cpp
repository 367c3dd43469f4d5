// The schedule for an interval, and the search for a short interval.
#include "atleus/Scheduling/ModuloScheduler.h"
#include "ModuloPlacement.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/HeadsAndTails.h"
#include "atleus/Scheduling/ListScheduler.h"

#include <algorithm>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
using Priorities = std::vector<Picoseconds>;

/// Searches for schedules of one problem at several intervals.
class IntervalSearch {
public:
  IntervalSearch(const Problem &problem, const DependenceGraph &graph);

  std::optional<Starts> schedule(Picoseconds interval) const;

private:
  std::optional<Starts> schedule(Picoseconds interval,
                                 const Priorities &priorities) const;

  const Problem &problem;
  const DependenceGraph &graph;
  Picoseconds longestUse;
  std::vector<Priorities> priorities;
};
} // namespace

IntervalSearch::IntervalSearch(const Problem &problem,
                               const DependenceGraph &graph)
    : problem(problem), graph(graph) {
  auto [heads, tails] = computeHeadsAndTails(problem, graph);
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    tails[task] += problem.duration(task);
    heads[task] = Picoseconds() - heads[task];
    for (const Use &use : problem.uses(task))
      longestUse = std::max(longestUse, use.length);
  }
  priorities = {pathsToSink(problem, graph), std::move(tails),
                std::move(heads)};
}

std::optional<Starts>
IntervalSearch::schedule(Picoseconds interval,
                         const Priorities &priorities) const {
  ModuloPlacement placement(problem, graph, interval);
  if (!placement.pack(priorities))
    return std::nullopt;
  placement.unfold();
  Picoseconds before, after = makespan(problem, placement.getStarts());
  do {
    before = after;
    placement.compact();
    after = makespan(problem, placement.getStarts());
  } while (after < before);
  // Packing knows uses alone: what lies between those of one turn may have been
  // filled by another repetition.
  if (!turnsRepeat(problem, placement.getStarts(), interval))
    return std::nullopt;
  return placement.getStarts();
}

std::optional<Starts> IntervalSearch::schedule(Picoseconds interval) const {
  std::optional<Starts> best;
  if (interval < longestUse)
    return best;
  for (const Priorities &candidate : priorities) {
    std::optional<Starts> starts = schedule(interval, candidate);
    if (starts &&
        (!best || makespan(problem, *starts) < makespan(problem, *best)))
      best = std::move(starts);
  }
  return best;
}

std::optional<Starts> scheduling::scheduleModulo(const Problem &problem,
                                                 const DependenceGraph &graph,
                                                 Picoseconds interval) {
  return IntervalSearch(problem, graph).schedule(interval);
}

/// `time` * `factor` / `divisor`, rounded up, without an overflow on the way.
static Picoseconds scale(Picoseconds time, int64_t factor, int64_t divisor) {
  int64_t whole = time.count() / divisor, rest = time.count() % divisor;
  return Picoseconds(whole) * factor +
         Picoseconds((rest * factor + divisor - 1) / divisor);
}

RepeatedSchedule scheduling::scheduleStream(const Problem &problem,
                                            const DependenceGraph &graph,
                                            const Starts &listSchedule,
                                            const StreamGoal &goal) {
  RepeatedSchedule best = {listSchedule,
                           repetitionInterval(problem, listSchedule)};
  if (best.interval == Picoseconds())
    return best;
  Picoseconds limit = Picoseconds::largest();
  if (goal.latencyPercent)
    limit = scale(makespan(problem, listSchedule), *goal.latencyPercent, 100);
  Bounds bounds = computeBounds(problem, graph);
  Picoseconds busiest = bounds.busy[bounds.busiestResource()];
  Picoseconds next = scale(busiest, 100, goal.busiestPercent);
  Picoseconds tooShort = next;
  IntervalSearch search(problem, graph);
  // First the goal itself, then halfway, until the step is a hundredth.
  while (next < best.interval) {
    std::optional<Starts> starts = search.schedule(next);
    if (starts && makespan(problem, *starts) <= limit)
      best = {std::move(*starts), next};
    else
      tooShort = next;
    Picoseconds range = best.interval - tooShort;
    if (scale(best.interval, 1, 100) >= range)
      break;
    next = tooShort + Picoseconds(range.count() / 2);
  }
  return best;
}
