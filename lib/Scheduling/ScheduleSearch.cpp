// Priorities, and random changes of the order in windows of time.
#include "atleus/Scheduling/ScheduleSearch.h"
#include "atleus/Scheduling/DispatchScheduler.h"
#include "atleus/Scheduling/HeadsAndTails.h"
#include "atleus/Scheduling/Justification.h"
#include "atleus/Scheduling/ListScheduler.h"

#include <algorithm>
#include <random>

using namespace atleus;
using namespace atleus::scheduling;

/// Schedules in the order of time and by each of the priorities.
static std::vector<Starts> scheduleByPriorities(const Problem &problem,
                                                const DependenceGraph &graph,
                                                const HeadsAndTails &bounds) {
  std::vector<Picoseconds> tails, differences, heads;
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    Picoseconds head = bounds.heads[task];
    Picoseconds tail = bounds.tails[task] + problem.duration(task);
    tails.push_back(tail);
    differences.push_back(tail - head);
    heads.push_back(Picoseconds() - head);
  }
  std::vector<Starts> schedules = {scheduleByDispatch(problem, graph),
                                   scheduleByList(problem, graph)};
  for (const std::vector<Picoseconds> *priorities :
       {&tails, &differences, &heads})
    schedules.push_back(scheduleByPriority(problem, graph, *priorities));
  return schedules;
}

namespace {
/// Orders near that of a schedule.
class Disturbance {
public:
  /// Priorities that keep the order of starts but for a window somewhere before
  /// `end`, in which tasks move by up to a quarter of its length.
  std::vector<Picoseconds> disturb(const Starts &starts, Picoseconds end) {
    int64_t windows =
        std::clamp<int64_t>(starts.size() / tasksPerWindow, 1, maxWindows);
    int64_t window = std::max<int64_t>(end.count() / windows, 1);
    int64_t begin = drawBelow(end.count() + window) - window;
    std::vector<Picoseconds> priorities;
    for (Picoseconds start : starts) {
      int64_t time = start.count();
      if (begin <= time && time < begin + window)
        time += drawBelow(window / 2 + 1) - window / 4;
      priorities.emplace_back(-time);
    }
    return priorities;
  }

private:
  /// Windows are a twentieth of the makespan, or longer if few tasks start in
  /// one.
  static constexpr int64_t maxWindows = 20;
  static constexpr int64_t tasksPerWindow = 50;

  /// Distributions of the standard library differ between its makers.
  int64_t drawBelow(int64_t limit) {
    return random() % static_cast<uint64_t>(limit);
  }

  std::mt19937_64 random{1};
};
} // namespace

Starts scheduling::scheduleBySearch(const Problem &problem,
                                    const DependenceGraph &graph,
                                    unsigned rounds) {
  HeadsAndTails bounds = computeHeadsAndTails(problem, graph);
  Picoseconds bound = oneMachineBound(problem, bounds);
  Justification justification(problem, graph);
  Starts best;
  Picoseconds shortest = Picoseconds::largest();
  for (Starts &starts : scheduleByPriorities(problem, graph, bounds)) {
    Starts improved = justification.improve(std::move(starts));
    Picoseconds length = makespan(problem, improved);
    if (length < shortest) {
      shortest = length;
      best = std::move(improved);
    }
  }
  Disturbance disturbance;
  for (unsigned round = 0; round < rounds && bound < shortest; ++round) {
    Starts next = justification.improve(scheduleByPriority(
        problem, graph, disturbance.disturb(best, shortest)));
    Picoseconds length = makespan(problem, next);
    if (length > shortest)
      continue;
    shortest = length;
    best = std::move(next);
  }
  return best;
}
