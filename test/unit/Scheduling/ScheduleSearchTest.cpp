// Justification and local search.
#include "atleus/Scheduling/ScheduleSearch.h"
#include "RandomProblem.h"
#include "atleus/Scheduling/Justification.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/ScheduleVerifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

static DependenceGraph makeGraph(const Problem &problem) {
  return llvm::cantFail(DependenceGraph::build(problem));
}

/// "a" comes first although what has to follow "b" takes longer.
static Problem makeTwoChains() {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("a", ps(5), {{unit, ps(0), ps(5)}});
  unsigned b = problem.addTask("b", ps(3), {{unit, ps(0), ps(3)}});
  unsigned c = problem.addTask("c", ps(6));
  problem.addDependence(b, c);
  return problem;
}

TEST(Justification, MovesWhatBlocksOthersToTheEnd) {
  Problem problem = makeTwoChains();
  DependenceGraph graph = makeGraph(problem);
  Justification justification(problem, graph);
  EXPECT_THAT(justification.improve({ps(0), ps(5), ps(8)}),
              ElementsAre(ps(3), ps(0), ps(3)));
}

TEST(Justification, KeepsReleases) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("late", ps(2), {{unit, ps(0), ps(2)}}, ps(10));
  problem.addTask("early", ps(4), {{unit, ps(0), ps(4)}});
  DependenceGraph graph = makeGraph(problem);
  Justification justification(problem, graph);
  EXPECT_THAT(justification.improve({ps(10), ps(12)}),
              ElementsAre(ps(10), ps(0)));
}

TEST(Justification, NeverGivesALongerSchedule) {
  unsigned shorter = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    Problem problem = makeRandomProblem(seed, {});
    DependenceGraph graph = makeGraph(problem);
    Starts list = scheduleByList(problem, graph);
    Starts justified = Justification(problem, graph).improve(list);
    EXPECT_TRUE(verifySchedule(problem, justified).empty()) << "seed " << seed;
    EXPECT_LE(makespan(problem, justified).count(),
              makespan(problem, list).count());
    shorter += makespan(problem, justified) < makespan(problem, list);
  }
  EXPECT_GE(shorter, 10u);
}

TEST(ScheduleSearch, IsValidAndAtMostAsLongAsTheList) {
  unsigned shorter = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    RandomProblemShape shape;
    shape.tasks = seed;
    shape.resources = 1 + seed % 5;
    Problem problem = makeRandomProblem(seed, shape);
    DependenceGraph graph = makeGraph(problem);
    Starts list = scheduleByList(problem, graph);
    Starts found = scheduleBySearch(problem, graph, 10);
    EXPECT_TRUE(verifySchedule(problem, found).empty()) << "seed " << seed;
    EXPECT_LE(makespan(problem, found).count(),
              makespan(problem, list).count());
    EXPECT_EQ(found, scheduleBySearch(problem, graph, 10));
    shorter += makespan(problem, found) < makespan(problem, list);
  }
  EXPECT_GE(shorter, 10u);
}

TEST(ScheduleSearch, MoreRoundsAreNotWorse) {
  RandomProblemShape shape;
  shape.tasks = 60;
  shape.resources = 2;
  unsigned shorter = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    Problem problem = makeRandomProblem(seed, shape);
    DependenceGraph graph = makeGraph(problem);
    Picoseconds few = makespan(problem, scheduleBySearch(problem, graph, 0));
    Picoseconds many = makespan(problem, scheduleBySearch(problem, graph, 50));
    EXPECT_LE(many.count(), few.count());
    shorter += many < few;
  }
  EXPECT_GE(shorter, 5u);
}

TEST(ScheduleSearch, EmptyProblem) {
  Problem problem;
  EXPECT_TRUE(scheduleBySearch(problem, makeGraph(problem), 5).empty());
}
