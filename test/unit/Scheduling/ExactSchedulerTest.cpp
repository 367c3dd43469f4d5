// Branch and bound against all start times, and the others against it.
#include "atleus/Scheduling/ExactScheduler.h"
#include "RandomProblem.h"
#include "ShortestSchedule.h"
#include "atleus/Scheduling/HeadsAndTails.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/ScheduleSearch.h"
#include "atleus/Scheduling/ScheduleVerifier.h"

#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

static DependenceGraph makeGraph(const Problem &problem) {
  return llvm::cantFail(DependenceGraph::build(problem));
}

static ExactSchedule solve(const Problem &problem, int64_t maxNodes) {
  DependenceGraph graph = makeGraph(problem);
  return scheduleExactly(problem, graph, scheduleByList(problem, graph),
                         maxNodes);
}

TEST(ExactScheduler, WaitsForAnUrgentTask) {
  // List scheduling begins "long" at once, for which "urgent" and what follows
  // it then have to wait.
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("long", ps(10), {{unit, ps(0), ps(10)}});
  unsigned urgent =
      problem.addTask("urgent", ps(2), {{unit, ps(0), ps(2)}}, ps(1));
  unsigned after = problem.addTask("after", ps(7));
  problem.addDependence(urgent, after);
  DependenceGraph graph = makeGraph(problem);
  EXPECT_EQ(makespan(problem, scheduleByList(problem, graph)), ps(19));
  ExactSchedule exact = solve(problem, 100);
  EXPECT_EQ(makespan(problem, exact.starts), ps(13));
  EXPECT_EQ(exact.lowerBound, ps(13));
}

TEST(ExactScheduler, EqualsTheShortestOfAllSchedules) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    RandomProblemShape shape;
    shape.tasks = 3 + seed % 4;
    shape.resources = 1 + seed % 3;
    shape.longestDuration = 5;
    Problem problem = makeRandomProblem(3000 + seed, shape);
    DependenceGraph graph = makeGraph(problem);
    ExactSchedule exact = solve(problem, 10000);
    EXPECT_TRUE(verifySchedule(problem, exact.starts).empty());
    EXPECT_EQ(exact.lowerBound, makespan(problem, exact.starts));
    Picoseconds list = makespan(problem, scheduleByList(problem, graph));
    EXPECT_EQ(exact.lowerBound,
              ShortestSchedule(problem, graph, list).getMakespan())
        << "seed " << seed;
  }
}

TEST(ExactScheduler, AlikeTasksAreNotPermuted) {
  // Ten alike tasks have 10! orders. No schedule is as short as the bound of
  // one machine, so that all other orders must be refuted.
  Problem problem;
  unsigned first = problem.addResource("first");
  unsigned second = problem.addResource("second");
  for (unsigned i = 0; i < 10; ++i)
    problem.addTask("alike", ps(9),
                    {{first, ps(0), ps(3)}, {second, ps(3), ps(5)}});
  for (unsigned i = 0; i < 5; ++i)
    problem.addTask("other", ps(6), {{second, ps(1), ps(4)}}, ps(2));
  ExactSchedule exact = solve(problem, 20000);
  EXPECT_EQ(exact.lowerBound, makespan(problem, exact.starts));
}

TEST(ExactScheduler, SaysWhenNothingIsProven) {
  RandomProblemShape shape;
  shape.tasks = 60;
  shape.resources = 2;
  unsigned open = 0;
  for (unsigned seed = 5000; seed < 5020; ++seed) {
    Problem problem = makeRandomProblem(seed, shape);
    ExactSchedule exact = solve(problem, 50);
    EXPECT_LE(exact.nodes, 50);
    EXPECT_TRUE(verifySchedule(problem, exact.starts).empty());
    // What is claimed is never above what more nodes find.
    ExactSchedule better = solve(problem, 500);
    EXPECT_LE(exact.lowerBound.count(),
              makespan(problem, better.starts).count());
    EXPECT_LE(makespan(problem, better.starts).count(),
              makespan(problem, exact.starts).count());
    open += exact.lowerBound < makespan(problem, exact.starts);
  }
  EXPECT_GE(open, 1u);
}

TEST(ExactScheduler, ManyPairsAreNotSearched) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  for (unsigned i = 0; i < 500; ++i)
    problem.addTask("t", ps(1 + i), {{unit, ps(0), ps(1)}}, ps(i % 7));
  ExactSchedule exact = solve(problem, 10);
  EXPECT_EQ(exact.nodes, 0);
  EXPECT_LE(exact.lowerBound.count(), makespan(problem, exact.starts).count());
}

TEST(ExactScheduler, EmptyProblem) {
  ExactSchedule exact = solve(Problem(), 10);
  EXPECT_TRUE(exact.starts.empty());
  EXPECT_EQ(exact.lowerBound, ps(0));
}

/// How far schedules are above the optimum, in percent.
struct Gaps {
  double list = 0, worstList = 0, search = 0, bound = 0;
};

static Gaps measureGaps(RandomProblemShape shape, unsigned problems) {
  Gaps gaps;
  for (unsigned seed = 0; seed < problems; ++seed) {
    Problem problem = makeRandomProblem(5000 + seed, shape);
    DependenceGraph graph = makeGraph(problem);
    Starts search = scheduleBySearch(problem, graph, 20);
    ExactSchedule exact = scheduleExactly(problem, graph, search, 5000);
    auto optimum = double(makespan(problem, exact.starts).count());
    EXPECT_EQ(exact.lowerBound, makespan(problem, exact.starts));
    auto gap = [&](Picoseconds time) {
      return 100 * (time.count() / optimum - 1);
    };
    double list = gap(makespan(problem, scheduleByList(problem, graph)));
    gaps.list += list / problems;
    gaps.worstList = std::max(gaps.worstList, list);
    gaps.search += gap(makespan(problem, search)) / problems;
    gaps.bound -=
        gap(oneMachineBound(problem, computeHeadsAndTails(problem, graph))) /
        problems;
  }
  return gaps;
}

TEST(ExactScheduler, OthersComeCloseToIt) {
  RandomProblemShape shape;
  shape.tasks = 30;
  shape.resources = 5;
  Gaps gaps = measureGaps(shape, 50);
  EXPECT_LE(gaps.list, 5);
  EXPECT_LE(gaps.worstList, 25);
  EXPECT_LE(gaps.search, 2);
  EXPECT_LE(gaps.bound, 2);
  EXPECT_LE(gaps.search, gaps.list);
}
