// Dispatching: small problems by hand, random ones by the verifier and by a
// search for resources that are left free.
#include "atleus/Scheduling/DispatchScheduler.h"
#include "RandomSchedules.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/ScheduleVerifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

static Starts schedule(const Problem &problem) {
  return scheduleByDispatch(problem,
                            llvm::cantFail(DependenceGraph::build(problem)));
}

static Starts schedule(const Problem &problem,
                       llvm::ArrayRef<Picoseconds> priorities) {
  return scheduleByDispatch(
      problem, llvm::cantFail(DependenceGraph::build(problem)), priorities);
}

TEST(DispatchScheduler, TheLargerPriorityGoesFirst) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  for (unsigned i = 0; i < 3; ++i)
    problem.addTask("t" + llvm::Twine(i), ps(2), {{unit, ps(0), ps(2)}});
  EXPECT_THAT(schedule(problem, {ps(1), ps(3), ps(3)}),
              ElementsAre(ps(4), ps(0), ps(2)));
}

TEST(DispatchScheduler, KeepsNothingFreeForALaterTask) {
  // Task by task the urgent one is placed first, and the gap before it is too
  // short for the other.
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("other", ps(4), {{unit, ps(0), ps(4)}});
  problem.addTask("urgent", ps(5), {{unit, ps(0), ps(5)}}, ps(3));
  EXPECT_THAT(schedule(problem, {ps(1), ps(2)}), ElementsAre(ps(0), ps(4)));
  EXPECT_THAT(scheduleByPriority(
                  problem, llvm::cantFail(DependenceGraph::build(problem)),
                  {ps(1), ps(2)}),
              ElementsAre(ps(8), ps(3)));
}

TEST(DispatchScheduler, ALaterTaskOvertakesThoseThatWait) {
  // The unit falls free at 5, when the urgent task has come.
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("running", ps(5), {{unit, ps(0), ps(5)}});
  problem.addTask("waiting", ps(5), {{unit, ps(0), ps(5)}});
  problem.addTask("urgent", ps(5), {{unit, ps(0), ps(5)}}, ps(4));
  EXPECT_THAT(schedule(problem, {ps(3), ps(1), ps(2)}),
              ElementsAre(ps(0), ps(10), ps(5)));
}

TEST(DispatchScheduler, WhoWaitsElsewhereLetsOthersPass) {
  // The first one in the queue at the unit also needs a link that is busy.
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned link = problem.addResource("link");
  problem.addTask("unit is busy", ps(2), {{unit, ps(0), ps(2)}});
  problem.addTask("link is busy", ps(9), {{link, ps(0), ps(9)}});
  problem.addTask("both", ps(4), {{unit, ps(0), ps(4)}, {link, ps(0), ps(4)}});
  problem.addTask("unit", ps(3), {{unit, ps(0), ps(3)}});
  EXPECT_THAT(schedule(problem, {ps(4), ps(4), ps(2), ps(1)}),
              ElementsAre(ps(0), ps(0), ps(9), ps(2)));
}

TEST(DispatchScheduler, BlocksKeepTheirOrderWhereDistancesDiffer) {
  // Two kernels of two blocks whose results meet, on a unit each. The second
  // block has the longer way after one of them, by less than a level, and would
  // overtake the first one there.
  Problem problem;
  unsigned units[] = {problem.addResource("a"), problem.addResource("b")};
  unsigned tasks[2][2];
  for (unsigned kernel = 0; kernel < 2; ++kernel)
    for (unsigned block = 0; block < 2; ++block) {
      tasks[kernel][block] =
          problem.addTask("task", ps(1000), {{units[kernel], ps(0), ps(1000)}});
      bool isFar = kernel == 1 && block == 1;
      unsigned way = problem.addTask("way", ps(isFar ? 6 : 5));
      problem.addDependence(tasks[kernel][block], way);
    }
  Starts starts = schedule(problem);
  for (const auto &kernel : tasks)
    EXPECT_LT(starts[kernel[0]].count(), starts[kernel[1]].count());
  Starts byPath =
      scheduleByList(problem, llvm::cantFail(DependenceGraph::build(problem)));
  EXPECT_GT(byPath[tasks[1][0]].count(), byPath[tasks[1][1]].count());
}

TEST(DispatchScheduler, UsesOfNoLengthWaitForNothing) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("busy", ps(5), {{unit, ps(0), ps(5)}});
  problem.addTask("passing", ps(1), {{unit, ps(0), ps(0)}});
  EXPECT_THAT(schedule(problem), ElementsAre(ps(0), ps(0)));
}

TEST(DispatchScheduler, EmptyProblem) {
  EXPECT_TRUE(schedule(Problem()).empty());
}

TEST(DispatchScheduler, RandomProblemsAreValidAndWithinBounds) {
  expectValidWithinBounds(
      [](const Problem &problem) { return schedule(problem); });
}

/// A problem of whole uses of one unit each, where leaving a unit free is plain
/// to see.
static Problem makeSimpleProblem(unsigned seed) {
  std::mt19937 random(seed);
  Problem problem;
  for (unsigned i = 0; i < 3; ++i)
    problem.addResource("unit" + llvm::Twine(i));
  for (unsigned i = 0; i < 30; ++i) {
    Picoseconds duration = ps(1 + draw(random, 9));
    problem.addTask("t" + llvm::Twine(i), duration,
                    {{unsigned(draw(random, 2)), ps(0), duration}},
                    ps(draw(random, 20)));
    if (i > 0 && draw(random, 1))
      problem.addDependence(draw(random, i - 1), i);
  }
  return problem;
}

TEST(DispatchScheduler, NoUnitIsFreeWhileATaskWaitsForIt) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    Problem problem = makeSimpleProblem(seed);
    Starts starts = schedule(problem);
    std::vector<Picoseconds> ready(problem.numTasks());
    for (unsigned task = 0; task < problem.numTasks(); ++task)
      ready[task] = problem.release(task);
    for (auto [predecessor, task] : problem.dependences())
      ready[task] = std::max(ready[task], starts[predecessor] +
                                              problem.duration(predecessor));
    for (unsigned task = 0; task < problem.numTasks(); ++task)
      for (Picoseconds time = ready[task]; time < starts[task]; time += ps(1)) {
        bool isBusy = false;
        for (unsigned other = 0; other < problem.numTasks(); ++other)
          isBusy |= problem.uses(other)[0].resource ==
                        problem.uses(task)[0].resource &&
                    starts[other] <= time &&
                    time < starts[other] + problem.duration(other);
        ASSERT_TRUE(isBusy) << "seed " << seed << ", task " << task;
      }
  }
}

TEST(DispatchScheduler, AHundredThousandTasksOnBusyResources) {
  expectValidOfManyTasks(
      [](const Problem &problem) { return schedule(problem); });
}
