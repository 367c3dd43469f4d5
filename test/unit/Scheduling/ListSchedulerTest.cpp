// List scheduling: small problems by hand, random ones by the verifier, the
// optimum by brute force.
#include "atleus/Scheduling/ListScheduler.h"
#include "RandomSchedules.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/ScheduleVerifier.h"
#include "atleus/Scheduling/Timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

static Starts schedule(const Problem &problem) {
  llvm::Expected<DependenceGraph> graph = DependenceGraph::build(problem);
  EXPECT_TRUE(bool(graph));
  return scheduleByList(problem, *graph);
}

TEST(Timeline, FindsGapsAndSkipsReservations) {
  Timeline timeline;
  timeline.reserve(ps(10), ps(10));
  timeline.reserve(ps(25), ps(5));
  EXPECT_EQ(timeline.firstFit(ps(0), ps(10)), ps(0));
  EXPECT_EQ(timeline.firstFit(ps(1), ps(10)), ps(30));
  EXPECT_EQ(timeline.firstFit(ps(1), ps(5)), ps(1));
  EXPECT_EQ(timeline.firstFit(ps(8), ps(5)), ps(20));
  EXPECT_EQ(timeline.firstFit(ps(15), ps(0)), ps(15));
  timeline.reserve(ps(20), ps(5));
  EXPECT_EQ(timeline.firstFit(ps(8), ps(5)), ps(30));
}

TEST(Timeline, EqualsALinearSearch) {
  std::mt19937 random(1);
  Timeline timeline;
  std::vector<char> busy(4000, false);
  auto isFree = [&](int64_t begin, int64_t length) {
    return std::all_of(busy.begin() + begin, busy.begin() + begin + length,
                       [](char b) { return !b; });
  };
  for (unsigned i = 0; i < 400; ++i) {
    int64_t from = draw(random, 1500), length = draw(random, 5) + 1;
    int64_t expected = from;
    while (!isFree(expected, length))
      ++expected;
    ASSERT_EQ(timeline.firstFit(ps(from), ps(length)).count(), expected);
    timeline.reserve(ps(expected), ps(length));
    std::fill_n(busy.begin() + expected, length, true);
  }
}

TEST(ListScheduler, TasksOfOneUnitFollowEachOther) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("short", ps(3), {{unit, ps(0), ps(3)}});
  problem.addTask("long", ps(5), {{unit, ps(0), ps(5)}});
  EXPECT_THAT(schedule(problem), ElementsAre(ps(5), ps(0)));
}

TEST(ListScheduler, TiesGoToTheLowerIndex) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  for (unsigned i = 0; i < 3; ++i)
    problem.addTask("t" + llvm::Twine(i), ps(2), {{unit, ps(0), ps(2)}});
  EXPECT_THAT(schedule(problem), ElementsAre(ps(0), ps(2), ps(4)));
}

TEST(ListScheduler, PipelinedUsesOfALinkFollowClosely) {
  // The unit gives a result after 10 but takes the next input after 4.
  Problem problem;
  unsigned unit = problem.addResource("unit");
  for (unsigned i = 0; i < 2; ++i)
    problem.addTask("t" + llvm::Twine(i), ps(10), {{unit, ps(0), ps(4)}});
  EXPECT_THAT(schedule(problem), ElementsAre(ps(0), ps(4)));
}

TEST(ListScheduler, AllUsesMustFit) {
  // The second link is taken from 6 to 9 by a task that is released there.
  Problem problem;
  unsigned first = problem.addResource("first");
  unsigned second = problem.addResource("second");
  problem.addTask("blocker", ps(30), {{second, ps(0), ps(3)}}, ps(6));
  problem.addTask("transfer", ps(6),
                  {{first, ps(0), ps(5)}, {second, ps(1), ps(5)}}, ps(1));
  EXPECT_THAT(schedule(problem), ElementsAre(ps(6), ps(8)));
}

TEST(ListScheduler, FillsGaps) {
  // The important chain leaves the unit free from 2 to 8.
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned other = problem.addResource("other");
  unsigned a = problem.addTask("a", ps(2), {{unit, ps(0), ps(2)}});
  unsigned b = problem.addTask("b", ps(6), {{other, ps(0), ps(6)}});
  unsigned c = problem.addTask("c", ps(4), {{unit, ps(0), ps(4)}});
  problem.addTask("filler", ps(3), {{unit, ps(0), ps(3)}});
  problem.addDependence(a, b);
  problem.addDependence(b, c);
  EXPECT_THAT(schedule(problem), ElementsAre(ps(0), ps(2), ps(8), ps(2)));
}

TEST(ListScheduler, EmptyProblem) { EXPECT_TRUE(schedule(Problem()).empty()); }

TEST(ListScheduler, RandomProblemsAreValidAndWithinBounds) {
  expectValidWithinBounds(schedule);
}

TEST(ListScheduler, AHundredThousandTasksOnBusyResources) {
  expectValidOfManyTasks(schedule);
}

/// The shortest makespan over all orders in which tasks can be placed, each as
/// early as possible; one of these schedules is optimal.
static Picoseconds optimum(const Problem &problem) {
  std::vector<unsigned> order(problem.numTasks());
  std::iota(order.begin(), order.end(), 0);
  Picoseconds best(INT64_MAX);
  do {
    Problem placed;
    for (unsigned i = 0; i < problem.numResources(); ++i)
      placed.addResource(problem.resourceName(i));
    std::vector<int> position(problem.numTasks(), -1);
    Starts starts;
    bool ordered = true;
    for (unsigned task : order) {
      position[task] =
          placed.addTask(problem.taskName(task), problem.duration(task),
                         problem.uses(task), problem.release(task));
      for (auto [predecessor, successor] : problem.dependences())
        if (successor == task) {
          ordered &= position[predecessor] >= 0;
          if (ordered)
            placed.addDependence(position[predecessor], position[task]);
        }
      if (!ordered)
        break;
      starts.push_back(ps(0));
      while (!verifySchedule(placed, starts).empty())
        starts.back() += ps(1);
    }
    if (ordered)
      best = std::min(best, makespan(placed, starts));
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

TEST(ListScheduler, LiesBetweenTheOptimumAndSerialExecution) {
  unsigned optimal = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    RandomProblemShape shape;
    shape.tasks = 5;
    shape.resources = 2;
    shape.longestDuration = 4;
    Problem problem = makeRandomProblem(1000 + seed, shape);
    Bounds bounds =
        computeBounds(problem, llvm::cantFail(DependenceGraph::build(problem)));
    Picoseconds best = optimum(problem);
    Picoseconds found = makespan(problem, schedule(problem));
    EXPECT_LE(bounds.lowerBound().count(), best.count()) << "seed " << seed;
    EXPECT_LE(best.count(), found.count()) << "seed " << seed;
    optimal += best == found;
  }
  EXPECT_GE(optimal, 30u);
}
