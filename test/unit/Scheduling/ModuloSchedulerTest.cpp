// Schedules that repeat: by hand, and random ones by the verifier.
#include "atleus/Scheduling/ModuloScheduler.h"
#include "RandomProblem.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/ScheduleVerifier.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;

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

TEST(ModuloScheduler, StagesRunAtOnce) {
  Problem problem = makeReturn();
  RepeatedSchedule schedule =
      scheduleStages(problem, makeGraph(problem), {0, 1, 2}, ps(0));
  EXPECT_EQ(schedule.interval, ps(20));
  EXPECT_THAT(schedule.starts, ElementsAre(ps(0), ps(20), ps(50)));
}

TEST(ModuloScheduler, StagesAreOfEqualTime) {
  Problem problem = makeReturn();
  DependenceGraph graph = makeGraph(problem);
  Starts list = scheduleByList(problem, graph);
  EXPECT_THAT(cutIntoStages(problem, graph, list, 1), ElementsAre(0, 0, 0));
  // From 0, 10 and 25 on.
  EXPECT_THAT(cutIntoStages(problem, graph, list, 2), ElementsAre(0, 0, 1));
  EXPECT_THAT(cutIntoStages(problem, graph, list, 4), ElementsAre(0, 1, 2));
}

/// "c" needs what two loads bring, one after the other.
TEST(ModuloScheduler, PrefetchesLate) {
  Problem problem = makeReturn();
  unsigned last = problem.numTasks() - 1;
  unsigned loader = problem.addResource("loader");
  unsigned load = problem.addTask("load", ps(2), {{loader, ps(0), ps(2)}});
  unsigned next = problem.addTask("load", ps(2), {{loader, ps(0), ps(2)}});
  problem.addDependence(load, next);
  problem.addDependence(next, last);
  DependenceGraph graph = makeGraph(problem);
  Starts list = scheduleByList(problem, graph);
  EXPECT_THAT(cutIntoStages(problem, graph, list, 4),
              ElementsAre(0, 1, 2, 0, 0));
  problem.addPrefetch(load);
  problem.addPrefetch(next);
  EXPECT_THAT(cutIntoStages(problem, graph, list, 4),
              ElementsAre(0, 1, 2, 2, 2));
  RepeatedSchedule stream = scheduleStream(problem, graph, list, {});
  EXPECT_EQ(stream.interval, ps(20));
  EXPECT_EQ(stream.starts[load] + ps(2), stream.starts[next]);
  EXPECT_EQ(stream.starts[next] + ps(2), stream.starts[last]);
  EXPECT_TRUE(verifySchedule(problem, stream.starts).empty());
  EXPECT_FALSE(verifyRepetition(problem, stream.starts, stream.interval));
}

TEST(ModuloScheduler, WaitsForItsRelease) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("early", ps(10), {{unit, ps(0), ps(10)}});
  problem.addTask("late", ps(10), {{unit, ps(0), ps(10)}}, ps(95));
  for (unsigned stage = 0; stage < 12; ++stage) {
    RepeatedSchedule schedule =
        scheduleStages(problem, makeGraph(problem), {0, stage}, ps(0));
    EXPECT_TRUE(verifySchedule(problem, schedule.starts).empty()) << stage;
    EXPECT_FALSE(verifyRepetition(problem, schedule.starts, schedule.interval));
  }
}

TEST(ModuloScheduler, DelaysATaskUntilItsTurn) {
  // The list schedule cannot begin again before it ends at 35: "c", from 25 on,
  // would meet "a" of a later inference.
  Problem problem = makeReturn();
  DependenceGraph graph = makeGraph(problem);
  Starts list = scheduleByList(problem, graph);

  RepeatedSchedule stream = scheduleStream(problem, graph, list, {});
  EXPECT_EQ(stream.interval, ps(20));
  EXPECT_THAT(stream.starts, ElementsAre(ps(0), ps(10), ps(30)));
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
  // 20 of 25 are enough, for which two stages suffice.
  goal.latencyPercent = std::nullopt;
  goal.busiestPercent = 80;
  EXPECT_EQ(scheduleStream(problem, graph, list, goal).interval, ps(25));
}

/// Weights that take turns in the arrays of `slots` resources: each is written
/// when the one before is no longer used, and used by some tasks of a chain.
static Problem makeTurns(unsigned seed, unsigned slots) {
  std::mt19937 random(seed);
  Problem problem;
  std::vector<unsigned> lastOf(slots), cores(3);
  for (unsigned i = 0; i < slots; ++i)
    problem.addResource("arrays " + llvm::Twine(i));
  for (unsigned &core : cores)
    core = problem.addResource("core");
  unsigned before = problem.addTask("input", ps(1));
  llvm::fill(lastOf, before);
  for (unsigned weight = 0; weight < 4 * slots; ++weight) {
    unsigned slot = draw(random, slots - 1);
    Picoseconds writing(1 + draw(random, 9));
    unsigned write =
        problem.addTask("write", writing, {{slot, ps(0), writing}});
    problem.addDependence(lastOf[slot], write);
    Turn turn = {slot, {write}};
    for (int64_t i = draw(random, 3); i >= 0; --i) {
      Picoseconds time(1 + draw(random, 9));
      unsigned core = cores[draw(random, cores.size() - 1)];
      unsigned work = problem.addTask("core", time, {{core, ps(0), time}});
      problem.addDependence(before, work);
      unsigned use = problem.addTask("use", time, {{slot, ps(0), time}});
      problem.addDependence(write, use);
      problem.addDependence(work, use);
      turn.tasks.push_back(use);
      before = use;
    }
    lastOf[slot] = before;
    problem.addTurn(std::move(turn));
  }
  return problem;
}

TEST(ModuloScheduler, TurnsAreInOneStageAndDoNotMix) {
  unsigned shorter = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    Problem problem = makeTurns(seed, 2 + seed % 4);
    DependenceGraph graph = makeGraph(problem);
    Starts list = scheduleByList(problem, graph);
    for (unsigned numStages : {2, 3, 7}) {
      std::vector<unsigned> stages =
          cutIntoStages(problem, graph, list, numStages);
      for (const Turn &turn : problem.turns())
        for (unsigned task : turn.tasks)
          EXPECT_EQ(stages[task], stages[turn.tasks.front()]) << seed;
      for (auto [predecessor, task] : problem.dependences())
        EXPECT_LE(stages[predecessor], stages[task]) << seed;
      EXPECT_LT(*llvm::max_element(stages), numStages) << seed;
      RepeatedSchedule schedule = scheduleStages(problem, graph, stages, ps(0));
      EXPECT_TRUE(verifySchedule(problem, schedule.starts).empty()) << seed;
      EXPECT_FALSE(
          verifyRepetition(problem, schedule.starts, schedule.interval))
          << seed;
    }
    RepeatedSchedule stream = scheduleStream(problem, graph, list, {});
    EXPECT_TRUE(verifySchedule(problem, stream.starts).empty()) << seed;
    EXPECT_FALSE(verifyRepetition(problem, stream.starts, stream.interval));
    shorter += stream.interval < repetitionInterval(problem, list);
  }
  EXPECT_GE(shorter, 45u);
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
    EXPECT_LE(stream.interval.count(),
              makespan(problem, stream.starts).count());
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

/// Four tasks in a row on a unit each.
static Problem makeChain() {
  Problem problem;
  for (unsigned i = 0; i < 4; ++i) {
    unsigned unit = problem.addResource("unit" + llvm::Twine(i));
    unsigned task =
        problem.addTask("t" + llvm::Twine(i), ps(10), {{unit, ps(0), ps(10)}});
    if (i > 0)
      problem.addDependence(task - 1, task);
  }
  return problem;
}

TEST(ModuloScheduler, TakesFewerStagesWhereMoreAreNotAccepted) {
  Problem problem = makeChain();
  DependenceGraph graph = makeGraph(problem);
  Starts list = scheduleByList(problem, graph);
  StreamGoal goal;
  EXPECT_EQ(scheduleStream(problem, graph, list, goal).interval, ps(10));
  goal.accepts = [](const RepeatedSchedule &schedule) {
    return schedule.interval >= ps(15);
  };
  RepeatedSchedule accepted = scheduleStream(problem, graph, list, goal);
  EXPECT_EQ(accepted.interval, ps(20));
  EXPECT_TRUE(verifySchedule(problem, accepted.starts).empty());
}

TEST(ModuloScheduler, KeepsTheListWhereNothingIsAccepted) {
  Problem problem = makeReturn();
  DependenceGraph graph = makeGraph(problem);
  Starts list = scheduleByList(problem, graph);
  StreamGoal goal;
  goal.accepts = [](const RepeatedSchedule &) { return false; };
  RepeatedSchedule stream = scheduleStream(problem, graph, list, goal);
  EXPECT_EQ(stream.starts, list);
  EXPECT_EQ(stream.interval, ps(35));
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
