// Schedules that repeat: by hand, and random ones by the verifier.
#include "atleus/Scheduling/ModuloScheduler.h"
#include "RandomProblem.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/ScheduleVerifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;
using testing::Eq;
using testing::Optional;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

static DependenceGraph makeGraph(const Problem &problem) {
  return llvm::cantFail(DependenceGraph::build(problem));
}

static Picoseconds busiest(const Problem &problem) {
  Bounds bounds = computeBounds(problem, makeGraph(problem));
  return bounds.busy[bounds.busiestResource()];
}

/// "a" on one unit, "b" on another, "c" on the first one again.
static Problem makeReturn() {
  Problem problem;
  unsigned first = problem.addResource("first");
  unsigned second = problem.addResource("second");
  unsigned a = problem.addTask("a", ps(10), {{first, ps(0), ps(10)}});
  unsigned b = problem.addTask("b", ps(15), {{second, ps(0), ps(15)}});
  unsigned c = problem.addTask("c", ps(10), {{first, ps(0), ps(10)}});
  problem.addDependence(a, b);
  problem.addDependence(b, c);
  return problem;
}

TEST(ModuloScheduler, DelaysATaskUntilItsTurn) {
  // The list schedule cannot begin again before it ends at 35: "c", from 25 on,
  // would meet "a" of a later inference.
  Problem problem = makeReturn();
  DependenceGraph graph = makeGraph(problem);
  Starts list = scheduleByList(problem, graph);
  EXPECT_EQ(repetitionInterval(problem, list), ps(35));
  EXPECT_THAT(scheduleModulo(problem, graph, ps(20)),
              Optional(ElementsAre(ps(0), ps(10), ps(30))));
  EXPECT_THAT(scheduleModulo(problem, graph, ps(19)), Eq(std::nullopt));
}

TEST(ModuloScheduler, LatencyIsTradedForTheInterval) {
  Problem problem = makeReturn();
  DependenceGraph graph = makeGraph(problem);
  Starts list = scheduleByList(problem, graph);
  StreamGoal goal;
  goal.busiestPercent = 100;
  EXPECT_EQ(scheduleStream(problem, graph, list, goal).interval, ps(20));
  // 40 is more than 110 % of 35.
  goal.latencyPercent = 110;
  RepeatedSchedule bounded = scheduleStream(problem, graph, list, goal);
  EXPECT_EQ(bounded.interval, ps(35));
  EXPECT_EQ(bounded.starts, list);
  goal.latencyPercent = 115;
  EXPECT_EQ(scheduleStream(problem, graph, list, goal).interval, ps(20));
  // The busiest resource is to be in use for 20 of 23.
  goal.latencyPercent = std::nullopt;
  goal.busiestPercent = 90;
  EXPECT_EQ(scheduleStream(problem, graph, list, goal).interval, ps(23));
}

TEST(ModuloScheduler, LongTasksTakeThePlaceOfShortOnes) {
  // The short tasks, which come first, leave gaps that are too small for the
  // long one.
  Problem problem;
  unsigned unit = problem.addResource("unit");
  for (unsigned i = 0; i < 4; ++i) {
    unsigned task =
        problem.addTask("short", ps(2), {{unit, ps(0), ps(2)}}, ps(5 * i));
    unsigned after = problem.addTask("after", ps(50));
    problem.addDependence(task, after);
  }
  problem.addTask("long", ps(10), {{unit, ps(0), ps(10)}});
  std::optional<Starts> starts =
      scheduleModulo(problem, makeGraph(problem), ps(18));
  ASSERT_TRUE(starts);
  EXPECT_TRUE(verifySchedule(problem, *starts).empty());
  EXPECT_FALSE(verifyRepetition(problem, *starts, ps(18)));
}

TEST(ModuloScheduler, NothingToRepeat) {
  Problem problem;
  problem.addTask("t", ps(5));
  DependenceGraph graph = makeGraph(problem);
  RepeatedSchedule schedule =
      scheduleStream(problem, graph, scheduleByList(problem, graph), {});
  EXPECT_EQ(schedule.interval, ps(0));
  EXPECT_THAT(schedule.starts, ElementsAre(ps(0)));
}

TEST(ModuloScheduler, FillsTheBusiestResourceOfRandomProblems) {
  double reached = 0, listed = 0;
  constexpr unsigned problems = 60;
  for (unsigned seed = 0; seed < problems; ++seed) {
    RandomProblemShape shape;
    shape.tasks = 30 + seed;
    shape.resources = 3 + seed % 6;
    Problem problem = makeRandomProblem(seed, shape);
    DependenceGraph graph = makeGraph(problem);
    Starts list = scheduleByList(problem, graph);
    RepeatedSchedule stream = scheduleStream(problem, graph, list, {});
    EXPECT_TRUE(verifySchedule(problem, stream.starts).empty())
        << "seed " << seed;
    EXPECT_FALSE(verifyRepetition(problem, stream.starts, stream.interval))
        << "seed " << seed;
    EXPECT_LE(busiest(problem).count(), stream.interval.count());
    auto limit = double(busiest(problem).count());
    double before = limit / repetitionInterval(problem, list).count();
    double after = limit / stream.interval.count();
    EXPECT_LE(before, after) << "seed " << seed;
    listed += before / problems;
    reached += after / problems;
  }
  EXPECT_LE(listed, 0.8);
  EXPECT_GE(reached, 0.88);
}

TEST(ModuloScheduler, LatencyLimitHolds) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    Problem problem = makeRandomProblem(seed, {});
    DependenceGraph graph = makeGraph(problem);
    Starts list = scheduleByList(problem, graph);
    StreamGoal goal;
    goal.latencyPercent = 100 + seed;
    RepeatedSchedule stream = scheduleStream(problem, graph, list, goal);
    EXPECT_LE(makespan(problem, stream.starts).count() * 100,
              makespan(problem, list).count() * (100 + seed) + 100);
    EXPECT_FALSE(verifyRepetition(problem, stream.starts, stream.interval));
    RepeatedSchedule again = scheduleStream(problem, graph, list, goal);
    EXPECT_EQ(again.starts, stream.starts);
  }
}
