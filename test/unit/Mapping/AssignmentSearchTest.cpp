// The assignment model on problems that are solved by hand, and the search
// against all assignments.
#include "atleus/Mapping/AssignmentSearch.h"

#include "atleus/Support/CounterRandom.h"

#include "gtest/gtest.h"

using namespace atleus;

static Alternative onCrossbars(int64_t time, int64_t arrays, int64_t energy) {
  Alternative way;
  way.duration = Picoseconds(time);
  way.arrays = arrays;
  way.energy = Femtojoules(energy);
  way.streams = true;
  return way;
}

static Alternative onSystolic(int64_t time, int64_t load, int64_t energy) {
  Alternative way;
  way.unit = 0;
  way.duration = Picoseconds(time);
  way.load = Picoseconds(load);
  way.energy = Femtojoules(energy);
  return way;
}

/// `count` equal kernels of which each streams into the next one.
static AssignmentProblem makeChain(unsigned count,
                                   llvm::ArrayRef<Alternative> ways) {
  AssignmentProblem problem;
  problem.units = 1;
  problem.arrays = 1000;
  for (unsigned i = 0; i < count; ++i) {
    AssignmentKernel &kernel = problem.kernels.emplace_back();
    kernel.alternatives.append(ways.begin(), ways.end());
    kernel.blocks = 10;
    kernel.maxReplicas = 10;
    if (i > 0)
      kernel.inputs.push_back({i - 1, true});
  }
  return problem;
}

TEST(AssignmentProblem, KernelsStreamIntoEachOther) {
  AssignmentProblem problem = makeChain(3, {onCrossbars(1000, 10, 5)});
  // The second and third start one block of 100 after the one before.
  AssignmentEstimate estimate = estimateAssignment(problem, {0, 0, 0});
  EXPECT_EQ(estimate.latency, Picoseconds(1200));
  EXPECT_EQ(estimate.energy, Femtojoules(15));
  EXPECT_EQ(estimate.arrays, 30);
}

TEST(AssignmentProblem, IdlePowerCountsOverTheLatency) {
  AssignmentProblem problem = makeChain(1, {onCrossbars(1000, 10, 5)});
  problem.idleFemtojoulesPerPicosecond = 0.5;
  EXPECT_EQ(estimateAssignment(problem, {0}).energy, Femtojoules(505));
}

TEST(AssignmentProblem, LoadsRunAheadOfKernels) {
  AssignmentProblem problem = makeChain(3, {onSystolic(100, 250, 0)});
  problem.memoryLatency = Picoseconds(7);
  // The memory is the bottleneck: three loads, and the last kernel.
  AssignmentEstimate estimate = estimateAssignment(problem, {0, 0, 0});
  EXPECT_EQ(estimate.latency, Picoseconds(3 * 250 + 7 + 100));
  EXPECT_EQ(estimate.load, Picoseconds(750));
}

TEST(AssignmentProblem, SpareArraysBecomeReplicas) {
  AssignmentProblem problem = makeChain(1, {onCrossbars(1000, 100, 0)});
  problem.maxReplicas = 16;
  problem.arrays = 450;
  std::vector<Picoseconds> durations;
  estimateAssignment(problem, {0}, &durations);
  EXPECT_EQ(durations.front(), Picoseconds(250));
  problem.arrays = 5000; // More than it has blocks for.
  estimateAssignment(problem, {0}, &durations);
  EXPECT_EQ(durations.front(), Picoseconds(100));
}

TEST(AssignmentProblem, FasterWeightsOfASegmentGetFewerReplicas) {
  AssignmentProblem problem = makeChain(2, {onCrossbars(1000, 100, 0)});
  problem.kernels[1].alternatives.front().duration = Picoseconds(500);
  problem.maxReplicas = 16;
  problem.arrays = 600; // 4 of the slow one, 2 of the fast one.
  std::vector<Picoseconds> durations;
  estimateAssignment(problem, {0, 0}, &durations);
  EXPECT_EQ(durations[0], Picoseconds(250));
  EXPECT_EQ(durations[1], Picoseconds(250));
}

TEST(AssignmentProblem, RewrittenWeightsTakeTurnsInSlots) {
  Alternative rewritten = onCrossbars(1000, 10, 0);
  rewritten.layout = 0;
  rewritten.write = Picoseconds(300);
  AssignmentProblem problem = makeChain(3, {rewritten});
  // Two are written before their inputs come, the third after the first ended.
  AssignmentEstimate estimate = estimateAssignment(problem, {0, 0, 0});
  EXPECT_EQ(estimate.latency, Picoseconds(1300 + 300 + 1000));
  EXPECT_EQ(estimate.arrays, 20);
}

TEST(AssignmentSearch, TakesTheFasterOne) {
  AssignmentProblem problem =
      makeChain(4, {onCrossbars(1000, 10, 5), onSystolic(100, 10, 50)});
  auto found = searchAssignment(problem, AssignmentGoal::Latency, {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->assignment, (Assignment{1, 1, 1, 1}));
  EXPECT_TRUE(found->isExact);
  found = searchAssignment(problem, AssignmentGoal::Energy, {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->assignment, (Assignment{0, 0, 0, 0}));
  EXPECT_EQ(found->bound, 20);
}

TEST(AssignmentSearch, KeepsWithinTheArrays) {
  AssignmentProblem problem =
      makeChain(4, {onCrossbars(100, 10, 5), onSystolic(1000, 10, 50)});
  problem.arrays = 25;
  auto found = searchAssignment(problem, AssignmentGoal::Energy, {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->estimate.arrays, 20);
  EXPECT_EQ(found->estimate.energy, Femtojoules(110));
}

TEST(AssignmentSearch, FindsNothingWhereNothingFits) {
  AssignmentProblem problem = makeChain(2, {onCrossbars(100, 10, 5)});
  problem.arrays = 15;
  EXPECT_FALSE(searchAssignment(problem, AssignmentGoal::Latency, {}));
}

TEST(AssignmentSearch, EqualKernelsOfALargeModelGoTheSameWay) {
  AssignmentProblem problem =
      makeChain(400, {onCrossbars(1000, 10, 5), onSystolic(100, 90, 50)});
  problem.arrays = 4000;
  auto found = searchAssignment(problem, AssignmentGoal::Energy, {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->assignment, Assignment(400, 0));
  EXPECT_TRUE(found->isExact); // The bound proves it.
}

//===----------------------------------------------------------------------===//
// Random problems
//===----------------------------------------------------------------------===//

namespace {
/// Random numbers one after another.
class RandomStream {
public:
  explicit RandomStream(uint64_t seed) : key(keyOfSeed(seed)) {}
  uint64_t next() { return philox({counter++, 0, 0, 0}, key)[0]; }

private:
  RandomKey key;
  uint32_t counter = 0;
};
} // namespace

static AssignmentProblem makeRandom(RandomStream &random, unsigned kernels) {
  auto upTo = [&](uint64_t most) {
    return static_cast<int64_t>(1 + random.next() % most);
  };
  AssignmentProblem problem;
  problem.units = 2;
  problem.arrays = upTo(300);
  problem.maxReplicas = upTo(4);
  problem.memoryLatency = Picoseconds(upTo(50));
  problem.idleFemtojoulesPerPicosecond = 0.125 * static_cast<double>(upTo(9));
  for (unsigned i = 0; i < kernels; ++i) {
    AssignmentKernel &kernel = problem.kernels.emplace_back();
    kernel.blocks = upTo(8);
    kernel.maxReplicas = upTo(8);
    for (unsigned j = 0; j < i; ++j)
      if (random.next() % i < 2)
        kernel.inputs.push_back({j, random.next() % 2 == 0});
    kernel.alternatives.push_back(onSystolic(upTo(500), upTo(300), upTo(900)));
    kernel.alternatives.back().arrival = Picoseconds(upTo(100));
    kernel.alternatives.back().unit = static_cast<int>(random.next() % 2);
    if (random.next() % 4 != 0)
      kernel.alternatives.push_back(
          onCrossbars(upTo(1500), upTo(60), upTo(900)));
    if (random.next() % 4 == 0) {
      Alternative rewritten = onCrossbars(upTo(900), 7, upTo(900));
      rewritten.layout = static_cast<int>(random.next() % 2);
      rewritten.load = rewritten.write = Picoseconds(upTo(100));
      kernel.alternatives.push_back(rewritten);
    }
  }
  return problem;
}

/// The least value of all assignments that fit.
static double findLeast(const AssignmentProblem &problem, AssignmentGoal goal) {
  Assignment candidate(problem.kernels.size(), 0);
  double least = std::numeric_limits<double>::infinity();
  while (true) {
    if (countArrays(problem, candidate) <= problem.arrays)
      least = std::min(least,
                       valueOf(estimateAssignment(problem, candidate), goal));
    size_t digit = 0;
    while (digit < candidate.size() &&
           ++candidate[digit] == problem.kernels[digit].alternatives.size())
      candidate[digit++] = 0;
    if (digit == candidate.size())
      return least;
  }
}

TEST(AssignmentSearch, IsExactForSmallProblemsAndNeverBelowItsBound) {
  RandomStream random(7);
  unsigned exact = 0;
  for (unsigned trial = 0; trial < 60; ++trial) {
    AssignmentProblem problem = makeRandom(random, 1 + trial % 7);
    for (AssignmentGoal goal : {AssignmentGoal::Latency, AssignmentGoal::Energy,
                                AssignmentGoal::EnergyDelay}) {
      auto found = searchAssignment(problem, goal, {});
      ASSERT_TRUE(found);
      double least = findLeast(problem, goal);
      double value = valueOf(found->estimate, goal);
      EXPECT_GE(value, least);
      EXPECT_LE(found->bound, least);
      if (found->isExact) {
        ++exact;
        EXPECT_EQ(value, least) << "trial " << trial;
      }
      EXPECT_LE(found->estimate.arrays, problem.arrays);
    }
  }
  EXPECT_EQ(exact, 180u);
}

TEST(AssignmentSearch, TheLatencyBoundHoldsForEveryAssignment) {
  RandomStream random(8);
  for (unsigned trial = 0; trial < 200; ++trial) {
    AssignmentProblem problem = makeRandom(random, 6);
    std::vector<Picoseconds> durations;
    estimateAssignment(problem, Assignment(6, 0), &durations);
    Picoseconds bound = boundLatency(problem, durations);
    EXPECT_LE(static_cast<double>(bound.count()),
              findLeast(problem, AssignmentGoal::Latency));
  }
}

TEST(AssignmentSearch, IsAtLeastAsGoodAsWhatItStartsFrom) {
  RandomStream random(9);
  for (unsigned trial = 0; trial < 6; ++trial) {
    AssignmentProblem problem = makeRandom(random, 60);
    Assignment start(60, 0); // No crossbar: it fits.
    for (AssignmentGoal goal :
         {AssignmentGoal::Latency, AssignmentGoal::EnergyDelay}) {
      auto found = searchAssignment(problem, goal, {start});
      ASSERT_TRUE(found);
      EXPECT_LE(valueOf(found->estimate, goal),
                valueOf(estimateAssignment(problem, start), goal));
      auto again = searchAssignment(problem, goal, {start});
      EXPECT_EQ(found->assignment, again->assignment);
    }
  }
}
