// The verifier: each kind of violation, and mutations of valid schedules.
#include "atleus/Scheduling/ScheduleVerifier.h"
#include "RandomProblem.h"
#include "atleus/Scheduling/ListScheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

/// What is wrong with `starts`, as sentences.
static std::vector<std::string> complaints(const Problem &problem,
                                           const Starts &starts) {
  std::vector<std::string> result;
  for (const Violation &violation : verifySchedule(problem, starts))
    result.push_back(describe(problem, violation));
  return result;
}

/// Two tasks on one unit and a transfer of the first one's result.
static Problem makeProblem() {
  Problem problem;
  unsigned unit = problem.addResource("unit 'arrays'");
  unsigned link = problem.addResource("link x+");
  problem.addTask("query[0]", ps(10), {{unit, ps(0), ps(10)}});
  problem.addTask("query[1]", ps(10), {{unit, ps(0), ps(10)}}, ps(4));
  problem.addTask("send[0]", ps(6), {{link, ps(1), ps(5)}});
  problem.addDependence(0, 2);
  return problem;
}

TEST(ScheduleVerifier, AcceptsAValidSchedule) {
  EXPECT_THAT(complaints(makeProblem(), {ps(0), ps(10), ps(10)}),
              ElementsAre());
}

TEST(ScheduleVerifier, NegativeStart) {
  EXPECT_THAT(complaints(makeProblem(), {ps(-1), ps(10), ps(10)}),
              ElementsAre("query[0] starts at -1 ps, before time 0"));
}

TEST(ScheduleVerifier, BeforeRelease) {
  EXPECT_THAT(complaints(makeProblem(), {ps(13), ps(3), ps(23)}),
              ElementsAre("query[1] starts at 3 ps, before its release at "
                          "4 ps"));
}

TEST(ScheduleVerifier, Dependence) {
  EXPECT_THAT(complaints(makeProblem(), {ps(0), ps(10), ps(9)}),
              ElementsAre("send[0] starts at 9 ps, but query[0], for which it "
                          "waits, ends at 10 ps"));
}

TEST(ScheduleVerifier, Overlap) {
  EXPECT_THAT(complaints(makeProblem(), {ps(0), ps(9), ps(10)}),
              ElementsAre("query[1] holds unit 'arrays' from 9 ps on, but "
                          "query[0] holds it until 10 ps"));
}

TEST(ScheduleVerifier, OverlapWithALongUseBehindAShortOne) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("long", ps(100), {{unit, ps(0), ps(100)}});
  problem.addTask("short", ps(5), {{unit, ps(0), ps(5)}});
  problem.addTask("late", ps(5), {{unit, ps(0), ps(5)}});
  EXPECT_THAT(complaints(problem, {ps(0), ps(10), ps(50)}),
              ElementsAre("short holds unit from 10 ps on, but long holds it "
                          "until 100 ps",
                          "late holds unit from 50 ps on, but long holds it "
                          "until 100 ps"));
}

TEST(ScheduleVerifier, UsesOfNoLengthNeverOverlap) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  problem.addTask("a", ps(10), {{unit, ps(0), ps(10)}});
  problem.addTask("b", ps(0), {{unit, ps(0), ps(0)}});
  EXPECT_THAT(complaints(problem, {ps(0), ps(5)}), ElementsAre());
}

TEST(ScheduleVerifier, RepetitionOverlap) {
  Problem problem = makeProblem();
  Starts starts = {ps(0), ps(10), ps(10)};
  EXPECT_FALSE(verifyRepetition(problem, starts, ps(20)));
  auto violation = verifyRepetition(problem, starts, ps(19));
  ASSERT_TRUE(violation);
  EXPECT_EQ(describe(problem, *violation),
            "query[0] holds unit 'arrays' from 0 ps on in each repetition, but "
            "query[1] of another repetition holds it until 1 ps");
}

TEST(ScheduleVerifier, RepetitionShorterThanAUse) {
  auto violation =
      verifyRepetition(makeProblem(), {ps(0), ps(10), ps(10)}, ps(7));
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->task, violation->other);
}

namespace {
/// A valid schedule of a random problem in which every task holds a resource.
class Mutation : public testing::TestWithParam<unsigned> {
protected:
  void SetUp() override {
    std::mt19937 random(GetParam());
    for (unsigned i = 0; i < 3; ++i)
      problem.addResource("r" + llvm::Twine(i));
    for (unsigned i = 0; i < 30; ++i) {
      int64_t duration = 2 + draw(random, 9);
      problem.addTask("t" + llvm::Twine(i), ps(duration),
                      {{unsigned(draw(random, 2)), ps(0), ps(duration)}});
      if (i > 0)
        problem.addDependence(draw(random, i - 1), i);
    }
    starts = scheduleByList(problem,
                            llvm::cantFail(DependenceGraph::build(problem)));
    ASSERT_TRUE(verifySchedule(problem, starts).empty());
  }

  /// Whether a violation that involves `task` is found.
  bool caught(unsigned task) const {
    return llvm::any_of(
        verifySchedule(problem, starts), [&](const Violation &violation) {
          return violation.task == task || violation.other == task;
        });
  }

  Problem problem;
  Starts starts;
};
} // namespace

TEST_P(Mutation, StartOneEarlierThanPossible) {
  // In a schedule made by placement at the earliest time, each task touches its
  // release, a predecessor's end or a use of its resource.
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    starts[task] -= ps(1);
    EXPECT_TRUE(caught(task)) << task;
    starts[task] += ps(1);
  }
}

TEST_P(Mutation, StartAtTheStartOfAnotherTaskOfTheResource) {
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (unsigned other = 0; other < problem.numTasks(); ++other) {
      if (task == other ||
          problem.uses(task)[0].resource != problem.uses(other)[0].resource)
        continue;
      Picoseconds before = starts[task];
      starts[task] = starts[other];
      EXPECT_TRUE(caught(task)) << task << " at " << other;
      starts[task] = before;
    }
}

TEST_P(Mutation, SwapWithAPredecessor) {
  for (auto [predecessor, task] : problem.dependences()) {
    std::swap(starts[predecessor], starts[task]);
    EXPECT_TRUE(caught(task)) << predecessor << " and " << task;
    std::swap(starts[predecessor], starts[task]);
  }
}

TEST_P(Mutation, PredecessorDelayedPastItsSuccessor) {
  for (auto [predecessor, task] : problem.dependences()) {
    Picoseconds before = starts[predecessor];
    starts[predecessor] = starts[task] - problem.duration(predecessor) + ps(1);
    EXPECT_TRUE(caught(task)) << predecessor << " and " << task;
    starts[predecessor] = before;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Mutation, testing::Range(0u, 10u));

/// Uses that fit together are wrong if a weight is overwritten between them.
TEST(VerifyRepetition, TurnsAreNotMixed) {
  Problem problem;
  unsigned arrays = problem.addResource("arrays");
  problem.addTask("write a", ps(10), {{arrays, ps(0), ps(10)}});
  problem.addTask("a", ps(10), {{arrays, ps(0), ps(10)}});
  problem.addTask("write b", ps(10), {{arrays, ps(0), ps(10)}});
  Starts starts = {ps(0), ps(30), ps(50)};
  EXPECT_EQ(verifyRepetition(problem, starts, ps(40)), std::nullopt);
  problem.addTurn({arrays, {0, 1}});
  problem.addTurn({arrays, {2}});
  std::optional<Violation> violation =
      verifyRepetition(problem, starts, ps(40));
  ASSERT_TRUE(violation);
  EXPECT_EQ(describe(problem, *violation),
            "write b holds arrays from 10 ps on in each repetition, but write "
            "a of another repetition holds it until 40 ps");
  EXPECT_EQ(verifyRepetition(problem, starts, ps(60)), std::nullopt);
}
