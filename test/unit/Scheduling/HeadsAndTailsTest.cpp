// Heads, tails and the one-machine bound.
#include "atleus/Scheduling/HeadsAndTails.h"
#include "RandomProblem.h"
#include "ShortestSchedule.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/OneMachine.h"

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

TEST(HeadsAndTails, JoinsOfTheSameTasksDifferInReleases) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned first = problem.addTask("first", ps(1));
  unsigned late = problem.addTask("late", ps(1), {}, ps(50));
  unsigned last = problem.addTask("last", ps(1), {}, ps(7));
  for (unsigned i = 0; i < 3; ++i) {
    unsigned task = problem.addTask("task", ps(10), {{unit, ps(0), ps(10)}});
    for (unsigned join : {first, late, last})
      problem.addDependence(task, join);
  }
  DependenceGraph graph = makeGraph(problem);
  std::vector<Picoseconds> heads = computeHeadsAndTails(problem, graph).heads;
  EXPECT_EQ(heads[first], ps(30));
  EXPECT_EQ(heads[late], ps(50));
  EXPECT_EQ(heads[last], ps(30));
}

/// Heads as their definition says, from all tasks before each join.
static std::vector<Picoseconds> findHeads(const Problem &problem) {
  DependenceGraph graph = makeGraph(problem);
  std::vector<Picoseconds> heads(problem.numTasks());
  for (auto [position, task] : llvm::enumerate(graph.topologicalOrder())) {
    Picoseconds &head = heads[task] = problem.release(task);
    // By task, the longest path from its end to the join.
    std::vector<std::optional<Picoseconds>> paths(problem.numTasks());
    for (unsigned before : graph.predecessors(task)) {
      paths[before] = ps(0);
      head = std::max(head, heads[before] + problem.duration(before));
    }
    if (graph.predecessors(task).size() < 2)
      continue;
    std::vector<std::vector<Job>> jobs(problem.numResources());
    for (unsigned before :
         llvm::reverse(graph.topologicalOrder().take_front(position))) {
      if (!paths[before])
        continue;
      for (unsigned earlier : graph.predecessors(before))
        paths[earlier] = std::max(paths[earlier].value_or(ps(0)),
                                  *paths[before] + problem.duration(before));
      for (const Use &use : problem.uses(before))
        jobs[use.resource].push_back({heads[before] + use.offset, use.length,
                                      problem.duration(before) - use.offset -
                                          use.length + *paths[before]});
    }
    for (std::vector<Job> &shared : jobs)
      head = std::max(head, preemptiveMakespan(shared));
  }
  return heads;
}

TEST(HeadsAndTails, AreTheLargestOneMachineBoundsAtJoins) {
  RandomProblemShape shape;
  shape.tasks = 60;
  shape.resources = 4;
  shape.dependences = 4;
  for (unsigned seed = 0; seed < 40; ++seed) {
    Problem problem = makeRandomProblem(seed, shape);
    // As much effort as takes in all tasks.
    HeadsAndTails found =
        computeHeadsAndTails(problem, makeGraph(problem), /*effort=*/60);
    EXPECT_EQ(found.heads, findHeads(problem)) << "seed " << seed;
    EXPECT_EQ(found.tails, findHeads(problem.mirrored())) << "seed " << seed;
  }
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
