// Chains of tasks that wait for each other.
#include "atleus/Scheduling/CriticalChain.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Support/CounterRandom.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;

static constexpr Picoseconds ps(int64_t count) { return Picoseconds(count); }

/// Links as "task:data", "task:resource" or "task".
static std::vector<std::string> describe(const Problem &problem,
                                         const Starts &starts) {
  static constexpr const char *suffix[] = {"", ":data", ":resource"};
  std::vector<std::string> result;
  for (const ChainLink &link : findCriticalChain(problem, starts))
    result.push_back(problem.taskName(link.task).str() +
                     suffix[static_cast<unsigned>(link.awaited)]);
  return result;
}

TEST(CriticalChain, IsEmptyWithoutTasks) {
  EXPECT_TRUE(findCriticalChain(Problem(), {}).empty());
}

TEST(CriticalChain, GoesThroughDataAndResources) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned other = problem.addResource("other");
  unsigned a = problem.addTask("a", ps(10), {{other, ps(0), ps(10)}});
  problem.addTask("b", ps(30), {{unit, ps(0), ps(30)}});
  unsigned c = problem.addTask("c", ps(5), {{unit, ps(0), ps(5)}});
  unsigned d = problem.addTask("d", ps(7), {{other, ps(0), ps(7)}});
  problem.addDependence(a, c);
  problem.addDependence(c, d);
  // c has its data at 10, but the unit is busy until 30.
  EXPECT_THAT(describe(problem, {ps(0), ps(0), ps(30), ps(35)}),
              ElementsAre("b", "c:resource", "d:data"));
}

TEST(CriticalChain, PrefersDataToResources) {
  Problem problem;
  unsigned unit = problem.addResource("unit");
  unsigned a = problem.addTask("a", ps(10));
  problem.addTask("b", ps(10), {{unit, ps(0), ps(10)}});
  unsigned c = problem.addTask("c", ps(5), {{unit, ps(0), ps(5)}});
  problem.addDependence(a, c);
  EXPECT_THAT(describe(problem, {ps(0), ps(0), ps(10)}),
              ElementsAre("a", "c:data"));
}

TEST(CriticalChain, HeedsWhenWithinATaskAResourceIsHeld) {
  Problem problem;
  unsigned port = problem.addResource("port");
  problem.addTask("a", ps(20), {{port, ps(5), ps(10)}});
  problem.addTask("b", ps(40), {{port, ps(3), ps(10)}});
  // The port is free at 15, and b takes it 3 after its start.
  EXPECT_THAT(describe(problem, {ps(0), ps(12)}),
              ElementsAre("a", "b:resource"));
}

TEST(CriticalChain, EndsWithWhatStartsAtItsRelease) {
  Problem problem;
  unsigned a = problem.addTask("a", ps(10));
  unsigned b = problem.addTask("b", ps(10), {}, ps(50));
  problem.addDependence(a, b);
  EXPECT_THAT(describe(problem, {ps(0), ps(50)}), ElementsAre("b"));
  EXPECT_THAT(describe(problem, {ps(0), ps(60)}), ElementsAre("a", "b:data"));
}

/// In schedules of the list scheduler nothing waits for nothing: each task of a
/// chain begins when one of the resources of the one before is free, or when
/// that one ends.
TEST(CriticalChain, HasNoGapsInListSchedules) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    auto draw = [&](uint32_t counter) {
      return philox({counter, 0, 0, 0}, keyOfSeed(seed))[0];
    };
    Problem problem;
    for (unsigned i = 0; i < 4; ++i)
      problem.addResource("r" + llvm::Twine(i));
    for (unsigned i = 0; i < 60; ++i) {
      Picoseconds length(1 + draw(i) % 20);
      problem.addTask("t" + llvm::Twine(i), length,
                      {{unsigned(draw(1000 + i) % 4), ps(0), length}});
      for (unsigned k = 0; k < 2 && i > 0; ++k)
        problem.addDependence(draw(2000 + 2 * i + k) % i, i);
    }
    Starts starts =
        scheduleByList(problem, cantFail(DependenceGraph::build(problem)));
    std::vector<ChainLink> chain = findCriticalChain(problem, starts);
    ASSERT_FALSE(chain.empty());
    EXPECT_EQ(starts[chain.front().task], ps(0));
    for (size_t i = 1; i < chain.size(); ++i)
      EXPECT_EQ(starts[chain[i].task], starts[chain[i - 1].task] +
                                           problem.duration(chain[i - 1].task));
    unsigned last = chain.back().task;
    EXPECT_EQ(starts[last] + problem.duration(last), makespan(problem, starts));
  }
}
