// The schedule for an interval, and the search for a short interval.
#include "atleus/Scheduling/ModuloScheduler.h"
#include "ModuloPlacement.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/ListScheduler.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// Searches for schedules of one problem at several intervals.
class IntervalSearch {
public:
  IntervalSearch(const Problem &problem, const DependenceGraph &graph,
                 const Starts &guide)
      : input(problem, graph), guide(guide),
        visits(visitsPerUse * static_cast<int64_t>(input.numUses()) +
               10'000) {}

  std::optional<Starts> schedule(Picoseconds interval);

  bool isOver() const { return visits < 0; }

private:
  /// A pass over all tasks looks at each use two to four times.
  static constexpr int64_t visitsPerUse = 100;
  static constexpr unsigned mostPasses = 6;

  std::optional<Starts> finish(ModuloPlacement &placement,
                               Picoseconds interval) const;

  PlacementInput input;
  /// A schedule of one inference.
  const Starts &guide;
  /// How often the search may still look at a resource.
  int64_t visits;
};
} // namespace

/// Makes a placement a schedule, and that shorter.
std::optional<Starts> IntervalSearch::finish(ModuloPlacement &placement,
                                             Picoseconds interval) const {
  placement.unfold();
  Picoseconds before, after = makespan(input.problem, placement.getStarts());
  do {
    before = after;
    placement.compact();
    after = makespan(input.problem, placement.getStarts());
  } while (after < before && visits >= 0);
  // Packing knows uses alone: what lies between those of one turn may have been
  // filled by another repetition.
  if (!turnsRepeat(input.problem, placement.getStarts(), interval))
    return std::nullopt;
  return placement.getStarts();
}

std::optional<Starts> IntervalSearch::schedule(Picoseconds interval) {
  if (interval < input.longestUse())
    return std::nullopt;
  unsigned numTasks = input.problem.numTasks();
  std::vector<char> isHard(numTasks, false);
  Starts times = guide, earliest(numTasks);
  size_t fewest = numTasks + 1;
  for (unsigned pass = 0; pass < mostPasses && visits >= 0; ++pass) {
    std::vector<unsigned> order = input.orderBy(times);
    std::vector<unsigned> easy;
    llvm::copy_if(order, std::back_inserter(easy),
                  [&](unsigned task) { return !isHard[task]; });
    llvm::erase_if(order, [&](unsigned task) { return !isHard[task]; });
    llvm::append_range(order, easy);
    ModuloPlacement placement(input, interval, visits);
    std::vector<unsigned> without = placement.placeInOrder(order, earliest);
    // A few more are placed at once where others are. With many, passes make
    // schedules shorter, as long as they help.
    bool isLast = without.size() <= 16 + numTasks / 1000 ||
                  without.size() >= fewest || pass + 1 == mostPasses;
    if (without.empty() || (isLast && placement.makeRoom(without, times)))
      return finish(placement, interval);
    if (isLast)
      return std::nullopt;
    fewest = without.size();
    placement.unfold();
    times = placement.getStarts();
    for (unsigned task : without)
      isHard[task] = true;
    // What comes first is to come soon after what it waits for, with some time
    // to spare: what just misses its place waits for the next interval.
    Picoseconds spare(interval.count() / 10);
    for (unsigned task = 0; task < numTasks; ++task)
      if (isHard[task])
        times[task] = earliest[task] = std::min(
            times[task], placement.earliestReady(task) + spare);
  }
  return std::nullopt;
}

std::optional<Starts> scheduling::scheduleModulo(const Problem &problem,
                                                 const DependenceGraph &graph,
                                                 Picoseconds interval) {
  Starts guide = scheduleByList(problem, graph);
  return IntervalSearch(problem, graph, guide).schedule(interval);
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
  IntervalSearch search(problem, graph, listSchedule);
  // First the goal itself, then halfway, until the step is a hundredth.
  while (next < best.interval && !search.isOver()) {
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
