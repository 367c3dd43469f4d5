// Replicas by water filling against all allocations and against the relaxation.
#include "atleus/Mapping/ReplicaAllocation.h"

#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <limits>
#include <random>

using namespace atleus;

static ReplicatedStage stage(unsigned segment, int64_t arrays, int64_t tasks,
                             int64_t time, int64_t limit = 16) {
  return {segment, 0, arrays, tasks, Picoseconds(time), limit};
}

static std::vector<int64_t> allocate(const ReplicaProblem &problem) {
  return countReplicas(problem, allocateReplicas(problem));
}

static int64_t countArrays(const ReplicaProblem &problem,
                           const std::vector<int64_t> &replicas) {
  int64_t arrays = 0;
  for (size_t i = 0; i < replicas.size(); ++i)
    arrays += problem.stages[i].arrays * (replicas[i] - 1);
  return arrays;
}

TEST(ReplicaAllocation, MakesAllSlowestStagesFasterAtOnce) {
  ReplicaProblem problem{
      {stage(0, 4, 8, 10), stage(0, 4, 8, 10)}, {Picoseconds()}, {7}};
  EXPECT_EQ(allocate(problem), (std::vector<int64_t>{1, 1}))
      << "one of them alone saves nothing";
  problem.freeArrays = {8};
  EXPECT_EQ(allocate(problem), (std::vector<int64_t>{2, 2}));
}

TEST(ReplicaAllocation, TakesWhatSavesMostPerArray) {
  ReplicaProblem problem{{stage(0, 8, 8, 10), stage(1, 2, 8, 10)},
                         {Picoseconds(), Picoseconds()},
                         {9}};
  // The second weight takes a quarter of the arrays of the first: 2, 4 and 8
  // replicas save 40, 20 and 10 ps.
  EXPECT_EQ(allocate(problem), (std::vector<int64_t>{1, 4}));
}

TEST(ReplicaAllocation, SkipsNumbersThatSplitTasksNoBetter) {
  // Of eight tasks 5 to 7 replicas take two in turn, as 4 do.
  ReplicaProblem problem{{stage(0, 1, 8, 10)}, {Picoseconds()}, {5}};
  EXPECT_EQ(allocate(problem), std::vector<int64_t>{4});
  problem.freeArrays = {7};
  EXPECT_EQ(allocate(problem), std::vector<int64_t>{8});
  problem.freeArrays = {100};
  EXPECT_EQ(allocate(problem), std::vector<int64_t>{8});
}

TEST(ReplicaAllocation, StopsAtTheFloorTheLimitAndOneTask) {
  ReplicaProblem problem{{stage(0, 1, 8, 10)}, {Picoseconds(40)}, {100}};
  EXPECT_EQ(allocate(problem), std::vector<int64_t>{2});
  problem.floors = {Picoseconds()};
  problem.stages[0].limit = 3;
  EXPECT_EQ(allocate(problem), std::vector<int64_t>{3});
  problem.stages[0].tasks = 1;
  EXPECT_EQ(allocate(problem), std::vector<int64_t>{1});
}

TEST(ReplicaAllocation, KeepsPoolsApart) {
  ReplicaProblem problem{{stage(0, 4, 8, 10), stage(1, 4, 8, 10)},
                         {Picoseconds(), Picoseconds()},
                         {0, 4}};
  problem.stages[1].pool = 1;
  EXPECT_EQ(allocate(problem), (std::vector<int64_t>{1, 2}));
}

TEST(ReplicaAllocation, OfNothingIsNothing) {
  EXPECT_TRUE(allocateReplicas({}).empty());
}

TEST(ReplicaAllocation, DoesNotOverflow) {
  ReplicaProblem problem{
      {stage(0, 1, int64_t(1) << 40, int64_t(1) << 40)}, {Picoseconds()}, {8}};
  EXPECT_GT(allocate(problem)[0], 0);
}

/// Finds the first pool in which replicas take more than `room`.
static std::optional<unsigned> findFull(const ReplicaProblem &problem,
                                        llvm::ArrayRef<int64_t> replicas,
                                        llvm::ArrayRef<int64_t> room) {
  std::vector<int64_t> left(room.begin(), room.end());
  for (auto [stage, count] : llvm::zip_equal(problem.stages, replicas))
    left[stage.pool] -= stage.arrays * (count - 1);
  for (unsigned pool = 0; pool < left.size(); ++pool)
    if (left[pool] < 0)
      return pool;
  return std::nullopt;
}

static std::vector<int64_t> fit(const ReplicaProblem &problem,
                                llvm::ArrayRef<int64_t> room,
                                unsigned *asked = nullptr) {
  return fitReplicas(problem, allocateReplicas(problem),
                     [&](llvm::ArrayRef<int64_t> replicas) {
                       if (asked)
                         ++*asked;
                       return findFull(problem, replicas, room);
                     });
}

TEST(ReplicaFitting, TakesAllStepsWhereThereIsRoom) {
  ReplicaProblem problem{{stage(0, 8, 8, 10), stage(1, 2, 8, 10)},
                         {Picoseconds(), Picoseconds()},
                         {30}};
  unsigned asked = 0;
  EXPECT_EQ(fit(problem, {30}, &asked), allocate(problem));
  EXPECT_EQ(asked, 1u);
}

TEST(ReplicaFitting, LaterStepsOfOtherPoolsAndSmallerOnesStillFit) {
  ReplicaProblem problem{
      {stage(0, 4, 2, 100), stage(1, 3, 2, 50), stage(2, 6, 2, 70)},
      {Picoseconds(), Picoseconds(), Picoseconds()},
      {7, 6}};
  problem.stages[2].pool = 1;
  EXPECT_EQ(allocate(problem), (std::vector<int64_t>{2, 2, 2}));
  EXPECT_EQ(fit(problem, {3, 6}), (std::vector<int64_t>{1, 2, 2}));
  EXPECT_EQ(fit(problem, {2, 6}), (std::vector<int64_t>{1, 1, 2}));
  EXPECT_EQ(fit(problem, {2, 5}), (std::vector<int64_t>{1, 1, 1}));
}

TEST(ReplicaFitting, TakesAStepForAllOfItsStagesOrNone) {
  ReplicaProblem problem{
      {stage(0, 2, 8, 10), stage(0, 5, 8, 10)}, {Picoseconds()}, {2, 5}};
  problem.stages[1].pool = 1;
  EXPECT_EQ(fit(problem, {2, 5}), (std::vector<int64_t>{2, 2}));
  EXPECT_EQ(fit(problem, {100, 4}), (std::vector<int64_t>{1, 1}));
}

/// The shortest time of all allocations of a problem, by trying them.
static Picoseconds tryAll(const ReplicaProblem &problem,
                          std::vector<int64_t> &replicas, size_t stage) {
  if (countArrays(problem, replicas) > problem.freeArrays[0])
    return Picoseconds::largest();
  if (stage == replicas.size())
    return getTime(problem, replicas);
  Picoseconds best = Picoseconds::largest();
  for (int64_t count = 1; count <= problem.stages[stage].limit; ++count) {
    replicas[stage] = count;
    best = std::min(best, tryAll(problem, replicas, stage + 1));
  }
  replicas[stage] = 1;
  return best;
}

static ReplicaProblem drawProblem(std::mt19937 &random, unsigned segments,
                                  unsigned stages, int64_t tasks,
                                  int64_t limit) {
  auto draw = [&](int64_t least, int64_t most) {
    return std::uniform_int_distribution<int64_t>(least, most)(random);
  };
  ReplicaProblem problem;
  int64_t arrays = 0;
  for (unsigned segment = 0; segment < segments; ++segment) {
    problem.floors.push_back(Picoseconds(draw(0, 20)));
    for (unsigned i = 0; i < stages; ++i) {
      problem.stages.push_back(
          stage(segment, draw(1, 6), draw(1, tasks), draw(1, 20), limit));
      arrays += problem.stages.back().arrays;
    }
  }
  problem.freeArrays = {draw(0, 2 * arrays)};
  return problem;
}

TEST(ReplicaAllocation, IsNearTheBestOfAllAllocations) {
  std::mt19937 random(1);
  double worst = 1, sum = 0;
  constexpr int trials = 150;
  for (int trial = 0; trial < trials; ++trial) {
    ReplicaProblem problem = drawProblem(random, 2, 2, 8, 4);
    std::vector<int64_t> found = allocate(problem);
    ASSERT_LE(countArrays(problem, found), problem.freeArrays[0]);
    std::vector<int64_t> replicas(problem.stages.size(), 1);
    Picoseconds best = tryAll(problem, replicas, 0);
    double ratio = static_cast<double>(getTime(problem, found).count()) /
                   static_cast<double>(best.count());
    worst = std::max(worst, ratio);
    sum += ratio;
  }
  EXPECT_LE(sum / trials, 1.03);
  EXPECT_LE(worst, 1.5);
}

/// What fits has room, is made of the first steps of each segment, and leaves
/// no room for the next one of any.
TEST(ReplicaFitting, LeavesNoRoomForMoreOnRandomInput) {
  std::mt19937 random(4);
  unsigned partly = 0;
  for (int trial = 0; trial < 200; ++trial) {
    ReplicaProblem problem = drawProblem(random, 6, 2, 16, 8);
    problem.freeArrays.push_back(problem.freeArrays[0]);
    for (ReplicatedStage &stage : problem.stages)
      stage.pool = random() % 2;
    std::vector<int64_t> room;
    for (int64_t arrays : problem.freeArrays)
      room.push_back(arrays * (50 + random() % 51) / 100);
    unsigned asked = 0;
    std::vector<int64_t> found = fit(problem, room, &asked);
    std::vector<ReplicaStep> steps = allocateReplicas(problem);
    EXPECT_FALSE(findFull(problem, found, room));
    EXPECT_LE(asked, 8 * (steps.size() + 1));
    std::vector<bool> ended(problem.floors.size());
    std::vector<int64_t> taken(problem.stages.size(), 1);
    for (const ReplicaStep &step : steps) {
      unsigned segment = problem.stages[step.changes.front().stage].segment;
      bool isTaken =
          llvm::all_of(step.changes, [&](const ReplicaStep::Change &change) {
            return found[change.stage] >= change.replicas;
          });
      std::vector<int64_t> more = found;
      for (const ReplicaStep::Change &change : step.changes)
        (isTaken ? taken : more)[change.stage] = change.replicas;
      if (!isTaken && !ended[segment]) {
        EXPECT_TRUE(findFull(problem, more, room)) << "trial " << trial;
      }
      EXPECT_FALSE(isTaken && ended[segment]);
      ended[segment] = ended[segment] || !isTaken;
      partly += !isTaken;
    }
    EXPECT_EQ(taken, found);
  }
  EXPECT_GT(partly, 100u);
}

/// A time that no allocation undercuts: tasks and replicas are divisible, and
/// an array costs `price`.
static double relax(const ReplicaProblem &problem, double price) {
  double bound = -price * static_cast<double>(problem.freeArrays[0]);
  for (unsigned segment = 0; segment < problem.floors.size(); ++segment) {
    // time + price * arrays is convex in time and least where a stage changes
    // to more than one replica, at the root, or at the floor.
    std::vector<double> times = {
        std::max(1.0, double(problem.floors[segment].count()))};
    double weighted = 0;
    for (const ReplicatedStage &stage : problem.stages)
      if (stage.segment == segment) {
        times.push_back(double(stage.getTime(1).count()));
        weighted += double(stage.arrays) * times.back();
      }
    for (double step = 1; step < 1000; step *= 1.02)
      times.push_back(step);
    times.push_back(std::sqrt(price * weighted));
    double best = std::numeric_limits<double>::max();
    for (double time : times) {
      if (time < times.front())
        continue;
      double cost = time;
      for (const ReplicatedStage &stage : problem.stages)
        if (stage.segment == segment)
          cost += price * double(stage.arrays) *
                  (std::max(1.0, double(stage.getTime(1).count()) / time) - 1);
      best = std::min(best, cost);
    }
    bound += best;
  }
  return bound;
}

TEST(ReplicaAllocation, IsNearTheRelaxationOfManyTasks) {
  std::mt19937 random(2);
  for (int trial = 0; trial < 20; ++trial) {
    ReplicaProblem problem = drawProblem(random, 12, 4, 1, 64);
    for (ReplicatedStage &stage : problem.stages)
      stage.tasks = 64;
    for (Picoseconds &floor : problem.floors)
      floor = Picoseconds(200);
    double bound = 0;
    for (double price = 0.01; price < 100; price *= 1.1)
      bound = std::max(bound, relax(problem, price));
    std::vector<int64_t> found = allocate(problem);
    ASSERT_LE(countArrays(problem, found), problem.freeArrays[0]);
    double time = double(getTime(problem, found).count());
    EXPECT_GE(time * 1.02, bound);
    EXPECT_LE(time, 1.25 * bound);
  }
}
