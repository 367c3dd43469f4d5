// Schedules whose times change and whose order does not.
#include "RandomProblem.h"

#include "atleus/Scheduling/FixedOrder.h"
#include "atleus/Scheduling/ListScheduler.h"

#include "gtest/gtest.h"

using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// The times of a problem, to be changed.
struct Times {
  explicit Times(const Problem &problem) {
    for (unsigned task = 0; task < problem.numTasks(); ++task) {
      durations.push_back(problem.duration(task));
      uses.insert(uses.end(), problem.uses(task).begin(),
                  problem.uses(task).end());
    }
  }

  std::vector<Picoseconds> durations;
  std::vector<Use> uses;
};
} // namespace

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

TEST(FixedOrder, NoTasksTakeNoTime) {
  EXPECT_EQ(FixedOrder(Problem(), {}).makespan({}, {}), ps(0));
}

TEST(FixedOrder, KeepsReleases) {
  Problem problem;
  problem.addTask("a", ps(10), {}, ps(100));
  Times times(problem);
  FixedOrder order(problem, {ps(150)});
  EXPECT_EQ(order.makespan(times.durations, times.uses), ps(110));
}

/// b waits for a by dependence, c for b by resource.
TEST(FixedOrder, FollowsDependencesAndResources) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned a = problem.addTask("a", ps(10));
  unsigned b = problem.addTask("b", ps(20), {{unit, ps(0), ps(20)}});
  problem.addTask("c", ps(5), {{unit, ps(0), ps(5)}});
  problem.addDependence(a, b);
  FixedOrder order(problem, {ps(0), ps(10), ps(30)});
  Times times(problem);
  EXPECT_EQ(order.makespan(times.durations, times.uses), ps(35));
  times.durations[1] = times.uses[0].length = ps(30);
  EXPECT_EQ(order.makespan(times.durations, times.uses), ps(45));
  times.durations[0] = ps(1);
  EXPECT_EQ(order.makespan(times.durations, times.uses), ps(36));
}

/// c is before b on the unit, so it does not move behind b when a gets shorter.
TEST(FixedOrder, KeepsTheOrderOfAResource) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned a = problem.addTask("a", ps(10));
  unsigned b = problem.addTask("b", ps(20), {{unit, ps(0), ps(20)}});
  problem.addTask("c", ps(8), {{unit, ps(0), ps(8)}});
  problem.addDependence(a, b);
  FixedOrder order(problem, {ps(0), ps(10), ps(0)});
  Times times(problem);
  times.durations[0] = ps(1);
  EXPECT_EQ(order.makespan(times.durations, times.uses), ps(28));
}

/// A task that starts later may use a resource earlier.
TEST(FixedOrder, ComparesUsesNotStarts) {
  Problem problem;
  unsigned link = problem.addResource("link");
  problem.addTask("a", ps(30), {{link, ps(20), ps(10)}});
  problem.addTask("b", ps(15), {{link, ps(0), ps(15)}});
  FixedOrder order(problem, {ps(0), ps(1)});
  Times times(problem);
  EXPECT_EQ(order.makespan(times.durations, times.uses), ps(30));
  times.durations[1] = times.uses[1].length = ps(25);
  EXPECT_EQ(order.makespan(times.durations, times.uses), ps(35));
}

/// a is first on one link, b on the other; slower links leave no such order.
TEST(FixedOrder, FindsContradictions) {
  Problem problem;
  unsigned first = problem.addResource("first");
  unsigned second = problem.addResource("second");
  problem.addTask("a", ps(30),
                  {{first, ps(0), ps(5)}, {second, ps(20), ps(5)}});
  problem.addTask("b", ps(30),
                  {{second, ps(0), ps(5)}, {first, ps(20), ps(5)}});
  FixedOrder order(problem, {ps(0), ps(0)});
  Times times(problem);
  EXPECT_EQ(order.makespan(times.durations, times.uses), ps(30));
  for (Use &use : times.uses)
    use.length = ps(30);
  EXPECT_EQ(order.makespan(times.durations, times.uses), std::nullopt);
}

/// With unchanged times nothing is later than in the schedule, and more time
/// for all tasks never makes the whole shorter, where the order stays possible.
TEST(FixedOrder, IsMonotoneOnRandomProblems) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    Problem problem = makeRandomProblem(seed, {});
    llvm::Expected<DependenceGraph> graph = DependenceGraph::build(problem);
    ASSERT_TRUE(static_cast<bool>(graph));
    Starts starts = scheduleByList(problem, *graph);
    FixedOrder order(problem, starts);
    Times times(problem);
    std::optional<Picoseconds> before =
        order.makespan(times.durations, times.uses);
    ASSERT_TRUE(before);
    EXPECT_LE(*before, makespan(problem, starts));
    for (Picoseconds &duration : times.durations)
      duration += ps(7);
    std::optional<Picoseconds> after =
        order.makespan(times.durations, times.uses);
    EXPECT_TRUE(!after || *after >= *before) << "seed " << seed;
  }
}
