// Lower bounds and intervals of repetition.
#include "atleus/Scheduling/Bounds.h"
#include "RandomProblem.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/ScheduleVerifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

static Bounds bounds(const Problem &problem) {
  return computeBounds(problem,
                       llvm::cantFail(DependenceGraph::build(problem)));
}

TEST(Bounds, CriticalPathCountsReleases) {
  Problem problem;
  unsigned a = problem.addTask("a", ps(3));
  unsigned b = problem.addTask("b", ps(4), {}, ps(10));
  unsigned c = problem.addTask("c", ps(2));
  problem.addDependence(a, c);
  EXPECT_EQ(bounds(problem).criticalPath, ps(14));
  problem.addDependence(b, c);
  EXPECT_EQ(bounds(problem).criticalPath, ps(16));
  EXPECT_EQ(bounds(problem).lowerBound(), ps(16));
}

TEST(Bounds, BusiestResource) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned link = problem.addResource("link");
  for (unsigned i = 0; i < 3; ++i)
    problem.addTask("t" + llvm::Twine(i), ps(4),
                    {{unit, ps(0), ps(1)}, {link, ps(1), ps(2)}});
  Bounds result = bounds(problem);
  EXPECT_THAT(result.busy, ElementsAre(ps(3), ps(6)));
  EXPECT_EQ(result.busiestResource(), link);
  EXPECT_EQ(result.lowerBound(), ps(6));
}

TEST(RepetitionInterval, UsesInterlock) {
  // 10 + 10 of 20 are taken, for 90 is 10 modulo 20.
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("a", ps(10), {{unit, ps(0), ps(10)}});
  problem.addTask("b", ps(10), {{unit, ps(0), ps(10)}});
  EXPECT_EQ(repetitionInterval(problem, {ps(0), ps(90)}), ps(20));
  // 95 modulo 21 is 11, and 95 modulo 20 is 15.
  EXPECT_EQ(repetitionInterval(problem, {ps(0), ps(95)}), ps(21));
  EXPECT_EQ(repetitionInterval(problem, {ps(0), ps(10)}), ps(20));
  EXPECT_EQ(repetitionInterval(problem, {ps(0), ps(15)}), ps(25));
}

/// A weight is written and used twice, and so is another one. Between the uses
/// of one the arrays are free, but not for another repetition.
static Problem makeTurns(bool areTurns) {
  Problem problem;
  unsigned arrays = problem.addResource("arrays");
  for (const char *name : {"write a", "a", "a", "write b", "b", "b"})
    problem.addTask(name, ps(10), {{arrays, ps(0), ps(10)}});
  if (areTurns) {
    problem.addTurn({arrays, {0, 1, 2}});
    problem.addTurn({arrays, {3, 4, 5}});
  }
  return problem;
}

TEST(RepetitionInterval, TurnsAreNotMixed) {
  // a from 0 to 60, b from 100 to 140.
  Starts starts = {ps(0), ps(20), ps(50), ps(100), ps(110), ps(130)};
  EXPECT_EQ(repetitionInterval(makeTurns(false), starts), ps(70));
  Picoseconds interval = repetitionInterval(makeTurns(true), starts);
  // b comes after a of the next repetition: 100 modulo 100 is 0.
  EXPECT_EQ(interval, ps(140));
  EXPECT_TRUE(turnsRepeat(makeTurns(true), starts, interval));
  EXPECT_FALSE(turnsRepeat(makeTurns(true), starts, ps(70)));
  EXPECT_FALSE(turnsRepeat(makeTurns(true), starts, ps(59)));
  EXPECT_TRUE(turnsRepeat(makeTurns(false), starts, ps(1)));
}

/// Where weights are used one after the other, they take turns also with those
/// of other repetitions.
TEST(RepetitionInterval, TurnsInterlock) {
  Starts starts = {ps(0), ps(10), ps(20), ps(90), ps(100), ps(110)};
  EXPECT_EQ(repetitionInterval(makeTurns(true), starts), ps(60));
  EXPECT_EQ(verifyRepetition(makeTurns(true), starts, ps(60)), std::nullopt);
}

TEST(RepetitionInterval, ResourcesAgree) {
  Problem problem;
  unsigned first = problem.addResource("first");
  unsigned second = problem.addResource("second");
  problem.addTask("a", ps(10), {{first, ps(0), ps(10)}});
  problem.addTask("b", ps(6), {{second, ps(0), ps(6)}});
  problem.addTask("c", ps(6), {{second, ps(0), ps(6)}});
  EXPECT_EQ(repetitionInterval(problem, {ps(0), ps(10), ps(18)}), ps(14));
  EXPECT_EQ(repetitionInterval(Problem(), {}), ps(0));
}

TEST(RepetitionInterval, IsTheShortestOfAll) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    RandomProblemShape shape;
    shape.tasks = 6 + seed % 25;
    Problem problem = makeRandomProblem(seed, shape);
    Starts starts = scheduleByList(
        problem, llvm::cantFail(DependenceGraph::build(problem)));
    Picoseconds expected(1);
    while (verifyRepetition(problem, starts, expected))
      expected += ps(1);
    EXPECT_EQ(repetitionInterval(problem, starts), expected) << "seed " << seed;
  }
}

TEST(RepetitionInterval, HoldsForRandomSchedules) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    Problem problem = makeRandomProblem(seed, {});
    Starts starts = scheduleByList(
        problem, llvm::cantFail(DependenceGraph::build(problem)));
    Picoseconds interval = repetitionInterval(problem, starts);
    EXPECT_FALSE(verifyRepetition(problem, starts, interval));
    EXPECT_LE(interval.count(), makespan(problem, starts).count());
    Bounds result = bounds(problem);
    EXPECT_LE(result.busy[result.busiestResource()].count(), interval.count());
    // No interval below the busiest resource's time can hold.
    Picoseconds tooShort = result.busy[result.busiestResource()] - ps(1);
    EXPECT_TRUE(verifyRepetition(problem, starts, tooShort));
  }
}

/// One resource that is used `count` times for `length` of every four.
static Problem makeComb(unsigned count, int64_t length, Starts &starts) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  for (unsigned i = 0; i < count; ++i) {
    problem.addTask("t", ps(length), {{unit, ps(0), ps(length)}});
    starts.push_back(ps(4 * length) * i);
  }
  return problem;
}

/// Four repetitions interlock.
TEST(RepetitionInterval, IsFoundForManyUses) {
  Starts starts;
  Problem problem = makeComb(3000, 1, starts);
  EXPECT_EQ(repetitionInterval(problem, starts), ps(3001));
  starts.clear();
  problem = makeComb(3000, 1000, starts);
  Picoseconds interval = repetitionInterval(problem, starts);
  EXPECT_LE(interval.count(), 3'030'000);
  EXPECT_FALSE(verifyRepetition(problem, starts, interval));
}

TEST(RepetitionInterval, HoldsForManyUses) {
  for (unsigned seed = 0; seed < 3; ++seed) {
    RandomProblemShape shape;
    shape.tasks = 3000;
    shape.resources = 2;
    Problem problem = makeRandomProblem(seed, shape);
    Starts starts = scheduleByList(
        problem, llvm::cantFail(DependenceGraph::build(problem)));
    Picoseconds interval = repetitionInterval(problem, starts);
    EXPECT_FALSE(verifyRepetition(problem, starts, interval)) << seed;
    EXPECT_LE(interval.count(), makespan(problem, starts).count());
  }
}
