// Heads, tails and the one-machine bound.
#include "atleus/Scheduling/HeadsAndTails.h"
#include "RandomProblem.h"
#include "ShortestSchedule.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/ListScheduler.h"

#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

static DependenceGraph makeGraph(const Problem &problem) {
  return llvm::cantFail(DependenceGraph::build(problem));
}

static Picoseconds bound(const Problem &problem) {
  DependenceGraph graph = makeGraph(problem);
  return oneMachineBound(problem, computeHeadsAndTails(problem, graph));
}

/// Two layers of eight tasks on a unit each, with a barrier behind either.
static Problem makeLayers() {
  Problem problem;
  unsigned last = problem.addTask("begin", ps(5));
  for (unsigned layer = 0; layer < 2; ++layer) {
    unsigned unit = problem.addResource("unit" + llvm::Twine(layer));
    unsigned barrier = problem.addTask("barrier", ps(0));
    for (unsigned i = 0; i < 8; ++i) {
      unsigned task = problem.addTask("task", ps(10), {{unit, ps(0), ps(10)}});
      problem.addDependence(last, task);
      problem.addDependence(task, barrier);
    }
    last = barrier;
  }
  return problem;
}

TEST(HeadsAndTails, TasksOfAUnitDelayWhatWaitsForAll) {
  Problem problem = makeLayers();
  DependenceGraph graph = makeGraph(problem);
  auto [heads, tails] = computeHeadsAndTails(problem, graph);
  // Task 1 is the first barrier, the last one the end of the second layer.
  EXPECT_EQ(heads[1], ps(85));
  EXPECT_EQ(heads[10], ps(165));
  EXPECT_EQ(tails[1], ps(80));
  EXPECT_EQ(tails[0], ps(160));
  Bounds bounds = computeBounds(problem, graph);
  EXPECT_EQ(bounds.lowerBound(), ps(80));
  EXPECT_EQ(bound(problem), ps(165));
}

TEST(HeadsAndTails, TailsFollowWhatSharesAUnitAtAJoin) {
  // The transfer of the last of three tasks of a unit comes behind all of them.
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned join = problem.addTask("join", ps(1));
  for (unsigned i = 0; i < 3; ++i) {
    unsigned task = problem.addTask("task", ps(10), {{unit, ps(0), ps(10)}});
    unsigned transfer = problem.addTask("transfer", ps(4));
    problem.addDependence(task, transfer);
    problem.addDependence(transfer, join);
  }
  DependenceGraph graph = makeGraph(problem);
  EXPECT_EQ(computeHeadsAndTails(problem, graph).heads[join], ps(34));
}

TEST(HeadsAndTails, OffsetsAndReleasesCount) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  // Uses from 13 and from 2 on for 4; 3 more behind the later one.
  problem.addTask("a", ps(10), {{unit, ps(3), ps(4)}}, ps(10));
  problem.addTask("b", ps(9), {{unit, ps(2), ps(4)}});
  EXPECT_EQ(bound(problem), ps(20));
  problem.addTask("c", ps(20), {{unit, ps(13), ps(7)}});
  EXPECT_EQ(bound(problem), ps(24));
}

TEST(HeadsAndTails, NothingIsZero) { EXPECT_EQ(bound(Problem()), ps(0)); }

TEST(HeadsAndTails, NeverAboveTheOptimumNorBelowTheSimpleBounds) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    RandomProblemShape shape;
    shape.tasks = 6;
    shape.resources = 2;
    shape.longestDuration = 4;
    Problem problem = makeRandomProblem(seed, shape);
    DependenceGraph graph = makeGraph(problem);
    Picoseconds simple = computeBounds(problem, graph).lowerBound();
    Picoseconds optimum =
        ShortestSchedule(problem, graph,
                         makespan(problem, scheduleByList(problem, graph)))
            .getMakespan();
    EXPECT_LE(bound(problem).count(), optimum.count()) << "seed " << seed;
    EXPECT_LE(simple.count(), bound(problem).count()) << "seed " << seed;
  }
}

TEST(HeadsAndTails, EffortOnlyTightens) {
  unsigned tighter = 0;
  RandomProblemShape shape;
  shape.tasks = 80;
  shape.resources = 15;
  shape.dependences = 4;
  for (unsigned seed = 0; seed < 50; ++seed) {
    Problem problem = makeRandomProblem(seed, shape);
    DependenceGraph graph = makeGraph(problem);
    HeadsAndTails little = computeHeadsAndTails(problem, graph, 1);
    HeadsAndTails much = computeHeadsAndTails(problem, graph, 100);
    Picoseconds shortest = makespan(problem, scheduleByList(problem, graph));
    for (unsigned task = 0; task < problem.numTasks(); ++task) {
      EXPECT_LE(little.heads[task].count(), much.heads[task].count());
      EXPECT_LE(little.tails[task].count(), much.tails[task].count());
      EXPECT_LE((much.heads[task] + problem.duration(task) + much.tails[task])
                    .count(),
                shortest.count());
    }
    tighter += computeBounds(problem, graph).lowerBound() <
               oneMachineBound(problem, little);
  }
  EXPECT_GE(tighter, 5u);
}
