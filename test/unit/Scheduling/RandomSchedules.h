// What every scheduler gives on random problems.
#ifndef ATLEUS_TEST_UNIT_SCHEDULING_RANDOMSCHEDULES_H
#define ATLEUS_TEST_UNIT_SCHEDULING_RANDOMSCHEDULES_H

#include "RandomProblem.h"

#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/ScheduleVerifier.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <gtest/gtest.h>

namespace atleus::scheduling {

using Scheduler = llvm::function_ref<Starts(const Problem &)>;

/// Schedules of small problems are valid, not below the bounds, and the same
/// again.
inline void expectValidWithinBounds(Scheduler schedule) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    RandomProblemShape shape;
    shape.tasks = 1 + seed % 60;
    shape.resources = 1 + seed % 7;
    shape.dependences = seed % 4;
    Problem problem = makeRandomProblem(seed, shape);
    Starts starts = schedule(problem);
    for (const Violation &violation : verifySchedule(problem, starts))
      ADD_FAILURE() << "seed " << seed << ": " << describe(problem, violation);
    Bounds bounds =
        computeBounds(problem, llvm::cantFail(DependenceGraph::build(problem)));
    EXPECT_LE(bounds.lowerBound().count(), makespan(problem, starts).count());
    EXPECT_EQ(starts, schedule(problem));
  }
}

/// A hundred thousand tasks on busy resources are scheduled, too.
inline void expectValidOfManyTasks(Scheduler schedule) {
  RandomProblemShape shape;
  shape.tasks = 100000;
  shape.resources = 200;
  shape.longestDuration = 100000;
  Problem problem = makeRandomProblem(7, shape);
  EXPECT_TRUE(verifySchedule(problem, schedule(problem)).empty());
}

} // namespace atleus::scheduling

#endif // ATLEUS_TEST_UNIT_SCHEDULING_RANDOMSCHEDULES_H
