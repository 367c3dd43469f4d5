// Storage and checks of scheduling problems, cycles among dependences.
#include "atleus/Scheduling/Problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

static std::string failure(llvm::Error error) {
  return llvm::toString(std::move(error));
}

TEST(Problem, KeepsWhatWasAdded) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned link = problem.addResource("link");
  unsigned a = problem.addTask("a", ps(10), {{unit, ps(0), ps(10)}});
  unsigned b = problem.addTask(
      "b", ps(7), {{unit, ps(0), ps(2)}, {link, ps(1), ps(6)}}, ps(3));
  problem.addDependence(a, b);

  EXPECT_EQ(problem.numTasks(), 2u);
  EXPECT_EQ(problem.resourceName(link), "link");
  EXPECT_EQ(problem.taskName(b), "b");
  EXPECT_EQ(problem.release(b), ps(3));
  ASSERT_EQ(problem.uses(b).size(), 2u);
  EXPECT_EQ(problem.uses(b)[1].resource, link);
  EXPECT_EQ(problem.uses(b)[1].offset, ps(1));
  EXPECT_FALSE(bool(problem.check()));
}

TEST(Problem, MakespanIsTheLastEnd) {
  Problem problem;
  problem.addTask("a", ps(10));
  problem.addTask("b", ps(1));
  EXPECT_EQ(makespan(problem, {ps(0), ps(5)}), ps(10));
  EXPECT_EQ(makespan(problem, {ps(0), ps(12)}), ps(13));
  EXPECT_EQ(makespan(Problem(), {}), ps(0));
}

TEST(Problem, MirroredTimeRunsBackwards) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned link = problem.addResource("link");
  unsigned a = problem.addTask("a", ps(10), {{unit, ps(0), ps(10)}}, ps(5));
  unsigned b = problem.addTask(
      "b", ps(7), {{unit, ps(0), ps(2)}, {link, ps(1), ps(5)}}, ps(3));
  problem.addDependence(a, b);
  problem.addTurn({unit, {a, b}});
  problem.addPrefetch(a);
  Problem mirrored = problem.mirrored();
  EXPECT_EQ(mirrored.duration(b), ps(7));
  EXPECT_EQ(mirrored.release(a), ps(0));
  EXPECT_EQ(mirrored.uses(b)[0].offset, ps(5));
  EXPECT_EQ(mirrored.uses(b)[1].offset, ps(1));
  EXPECT_EQ(mirrored.uses(b)[1].length, ps(5));
  EXPECT_THAT(mirrored.dependences(), ElementsAre(std::pair(b, a)));
  EXPECT_TRUE(mirrored.turns().empty());
  EXPECT_TRUE(mirrored.prefetches().empty());
}

TEST(Problem, NegativeTimes) {
  Problem problem;
  problem.addTask("a", ps(-4));
  EXPECT_EQ(failure(problem.check()),
            "task a has a negative duration of -4 ps");
  Problem late;
  late.addTask("b", ps(4), {}, ps(-2));
  EXPECT_EQ(failure(late.check()),
            "task b has a negative release time of -2 ps");
}

TEST(Problem, UseOfAnUnknownResource) {
  Problem problem;
  problem.addResource("unit");
  problem.addTask("a", ps(4), {{1, ps(0), ps(4)}});
  EXPECT_EQ(failure(problem.check()),
            "task a uses resource 1, but there are 1");
}

TEST(Problem, UseOutsideOfItsTask) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("a", ps(10), {{unit, ps(4), ps(7)}});
  EXPECT_EQ(failure(problem.check()),
            "task a uses resource unit from 4 ps for 7 ps, outside of its "
            "duration of 10 ps");
}

TEST(Problem, ResourceHeldTwiceByOneTask) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("a", ps(10), {{unit, ps(0), ps(5)}, {unit, ps(5), ps(5)}});
  EXPECT_FALSE(bool(problem.check()));
  problem.addTask("b", ps(10), {{unit, ps(0), ps(6)}, {unit, ps(5), ps(5)}});
  EXPECT_EQ(failure(problem.check()),
            "task b holds resource unit twice at once");
}

TEST(Problem, TimesThatOverflow) {
  Problem problem;
  problem.addTask("a", ps(INT64_MAX / 4));
  problem.addTask("b", ps(INT64_MAX / 4 - 1));
  EXPECT_FALSE(bool(problem.check()));
  problem.addTask("c", ps(1), {}, ps(2));
  EXPECT_EQ(failure(problem.check()),
            "the times of the tasks up to c add up to more than "
            "4611686018427387903 ps");
}

TEST(Problem, DependenceOnAnUnknownTask) {
  Problem problem;
  problem.addTask("a", ps(1));
  problem.addDependence(3, 0);
  EXPECT_EQ(failure(problem.check()),
            "dependence of task 0 on task 3, but there are 1 tasks");
}

TEST(DependenceGraph, RowsKeepTheOrderOfAddition) {
  Problem problem;
  for (unsigned i = 0; i < 4; ++i)
    problem.addTask("t" + llvm::Twine(i), ps(1));
  problem.addDependence(3, 0);
  problem.addDependence(1, 0);
  problem.addDependence(3, 2);
  llvm::Expected<DependenceGraph> graph = DependenceGraph::build(problem);
  ASSERT_TRUE(bool(graph));
  EXPECT_THAT(graph->predecessors(0), ElementsAre(3, 1));
  EXPECT_THAT(graph->successors(3), ElementsAre(0, 2));
  EXPECT_TRUE(graph->successors(0).empty());
  EXPECT_THAT(graph->topologicalOrder(), ElementsAre(1, 3, 0, 2));
}

TEST(DependenceGraph, NamesTheTasksOfACycle) {
  Problem problem;
  for (const char *name : {"outside", "query", "scores", "softmax", "after"})
    problem.addTask(name, ps(1));
  problem.addDependence(0, 1);
  problem.addDependence(1, 2);
  problem.addDependence(2, 3);
  problem.addDependence(3, 1);
  problem.addDependence(3, 4);
  llvm::Expected<DependenceGraph> graph = DependenceGraph::build(problem);
  ASSERT_FALSE(bool(graph));
  EXPECT_EQ(failure(graph.takeError()),
            "tasks wait for each other: scores -> softmax -> query -> scores");
}

TEST(DependenceGraph, ATaskThatWaitsForItself) {
  Problem problem;
  problem.addTask("a", ps(1));
  problem.addDependence(0, 0);
  llvm::Expected<DependenceGraph> graph = DependenceGraph::build(problem);
  ASSERT_FALSE(bool(graph));
  EXPECT_EQ(failure(graph.takeError()), "tasks wait for each other: a -> a");
}

TEST(DependenceGraph, MirroredIsThatOfTheMirroredProblem) {
  Problem problem;
  for (unsigned i = 0; i < 5; ++i)
    problem.addTask("t" + llvm::Twine(i), ps(1));
  for (auto [predecessor, task] :
       {std::pair(0, 2), {0, 3}, {1, 3}, {2, 4}, {3, 4}})
    problem.addDependence(predecessor, task);
  DependenceGraph mirrored =
      llvm::cantFail(DependenceGraph::build(problem)).mirrored();
  EXPECT_THAT(mirrored.predecessors(0), ElementsAre(2, 3));
  EXPECT_THAT(mirrored.successors(4), ElementsAre(2, 3));
  std::vector<unsigned> positions(5);
  for (auto [position, task] : llvm::enumerate(mirrored.topologicalOrder()))
    positions[task] = position;
  for (auto [predecessor, task] : problem.dependences())
    EXPECT_LT(positions[task], positions[predecessor]);
}
