// What lies in buffers, by hand-written schedules, and against a count of every
// single moment.
#include "atleus/Scheduling/BufferOccupancy.h"
#include "RandomProblem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

namespace {
/// A hand-written schedule.
struct Case {
  /// A task of the core of a node.
  unsigned task(unsigned node, int64_t bits, int64_t start, int64_t end,
                llvm::ArrayRef<unsigned> after = {}) {
    return problem.addStep(Deposit{node, Bits(bits), ps(start), ps(end)},
                           Reading{node, ps(end)}, after);
  }
  /// A transfer whose last flit leaves at `left` and whose head arrives at
  /// `arrival`.
  unsigned transfer(unsigned from, unsigned to, int64_t bits, int64_t left,
                    int64_t arrival, int64_t end,
                    llvm::ArrayRef<unsigned> after, Keep keep = Keep::ForAll) {
    return problem.addStep(Deposit{to, Bits(bits), ps(arrival), ps(end), keep},
                           Reading{from, ps(left), /*byCore=*/false}, after);
  }
  /// A task of a memory or a host beside a node.
  unsigned outside(unsigned node, int64_t bits, int64_t start, int64_t end,
                   llvm::ArrayRef<unsigned> after = {}) {
    return problem.addStep(
        Deposit{node, Bits(bits), ps(start), ps(end), Keep::ForCore},
        Reading{node, ps(end), /*byCore=*/false}, after);
  }

  /// By step, from when until when its data stays.
  std::vector<std::pair<int64_t, int64_t>> stays() const {
    std::vector<std::pair<int64_t, int64_t>> result;
    for (const Stay &stay : findStays(problem, starts()))
      result.emplace_back(stay.begin.count(), stay.end.count());
    return result;
  }
  /// The peak of each of two buffers: bits and time.
  std::vector<std::pair<int64_t, int64_t>> peaks(int64_t period) const {
    std::vector<std::pair<int64_t, int64_t>> result;
    for (const Peak &peak :
         findPeaks(findStays(problem, starts()), 2, ps(period)))
      result.emplace_back(peak.size.count(), peak.time.count());
    return result;
  }

  /// Times of the cases are those of the schedule, not of each step.
  std::vector<Picoseconds> starts() const {
    return std::vector<Picoseconds>(problem.numSteps());
  }

  BufferProblem problem;
};
} // namespace

TEST(BufferOccupancy, NothingStaysInAnEmptySchedule) {
  Case c;
  EXPECT_THAT(c.stays(), IsEmpty());
  EXPECT_THAT(c.peaks(10), ElementsAre(Pair(0, 0), Pair(0, 0)));
}

TEST(BufferOccupancy, AResultWithoutReaderStaysUntilItIsComplete) {
  Case c;
  c.task(0, 64, 5, 10);
  EXPECT_THAT(c.stays(), ElementsAre(Pair(5, 10)));
  EXPECT_THAT(c.peaks(20), ElementsAre(Pair(64, 5), Pair(0, 0)));
}

/// A multicast leaves its data in two buffers, in each until it is read there.
TEST(BufferOccupancy, DataOfSeveralBuffersStaysInEachUntilItIsReadThere) {
  Case c;
  unsigned maker = c.task(0, 0, 0, 10);
  unsigned sent =
      c.problem.addStep({Deposit{0, Bits(64), ps(12), ps(20)},
                         Deposit{1, Bits(64), ps(15), ps(20)}},
                        Reading{2, ps(14), /*byCore=*/false}, maker);
  c.task(0, 0, 20, 30, sent);
  c.task(1, 0, 40, 50, sent);
  EXPECT_THAT(c.stays(), ElementsAre(Pair(12, 30), Pair(15, 50)));
  EXPECT_THAT(c.peaks(100), ElementsAre(Pair(64, 12), Pair(64, 15)));
}

TEST(BufferOccupancy, AResultStaysUntilItsReaderHasEnded) {
  Case c;
  unsigned a = c.task(0, 64, 0, 10);
  c.task(0, 8, 30, 45, {a});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 45), Pair(30, 45)));
  EXPECT_THAT(c.peaks(50), ElementsAre(Pair(72, 30), Pair(0, 0)));
}

TEST(BufferOccupancy, DataWithTwoReadersLiesThereOnce) {
  Case c;
  unsigned a = c.task(0, 64, 0, 10);
  c.task(0, 1, 10, 20, {a});
  c.task(0, 1, 20, 30, {a});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 30), Pair(10, 20), Pair(20, 30)));
  // What ends makes room for what begins at the same time.
  EXPECT_THAT(c.peaks(30), ElementsAre(Pair(65, 10), Pair(0, 0)));
}

TEST(BufferOccupancy, ATransferTakesDataFromOneBufferToAnother) {
  Case c;
  unsigned a = c.task(0, 64, 0, 10);
  unsigned b = c.transfer(0, 1, 64, 18, 15, 25, {a});
  c.task(1, 8, 40, 50, {b});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 18), Pair(15, 50), Pair(40, 50)));
  EXPECT_THAT(c.peaks(50), ElementsAre(Pair(64, 0), Pair(72, 40)));
}

TEST(BufferOccupancy, ATransferWithoutReaderStaysUntilItHasEnded) {
  Case c;
  unsigned a = c.task(0, 64, 0, 10);
  c.transfer(0, 1, 64, 18, 15, 25, {a});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 18), Pair(15, 25)));
}

TEST(BufferOccupancy, ATaskOfAnotherNodeReadsNothing) {
  Case c;
  unsigned a = c.task(0, 64, 0, 10);
  c.task(1, 8, 40, 50, {a});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 10), Pair(40, 50)));
}

TEST(BufferOccupancy, TimesCountFromTheStartOfEachStep) {
  Case c;
  unsigned a = c.task(0, 64, 2, 10);
  c.transfer(0, 1, 32, 18, 15, 25, {a});
  std::vector<std::pair<int64_t, int64_t>> stays;
  for (const Stay &stay : findStays(c.problem, {ps(100), ps(1000)}))
    stays.emplace_back(stay.begin.count(), stay.end.count());
  EXPECT_THAT(stays, ElementsAre(Pair(102, 1018), Pair(1015, 1025)));
}

TEST(BufferOccupancy, WhatAStepKeepsForItselfEndsWithIt) {
  Case c;
  unsigned a =
      c.problem.addStep({Deposit{0, Bits(64), ps(0), ps(10)},
                         Deposit{0, Bits(32), ps(0), ps(10), Keep::ForItself}},
                        Reading{0, ps(10)}, {});
  c.task(0, 8, 20, 30, {a});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 30), Pair(0, 10), Pair(20, 30)));
}

TEST(BufferOccupancy, WhatIsForOthersGoesWithTheLastOfThem) {
  Case c;
  unsigned a =
      c.problem.addStep({Deposit{0, Bits(8), ps(0), ps(10)},
                         Deposit{0, Bits(56), ps(0), ps(10), Keep::ForOthers}},
                        Reading{0, ps(10)}, {});
  c.transfer(0, 1, 56, 18, 15, 25, {a});
  c.task(0, 8, 40, 50, {a});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 50), Pair(0, 18), Pair(15, 25),
                                     Pair(40, 50)));
}

TEST(BufferOccupancy, AStepThatReadsNothingKeepsNothing) {
  Case c;
  unsigned a = c.task(0, 64, 0, 10);
  c.problem.addStep({}, std::nullopt, a, StepKind::Brings);
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 10)));
}

TEST(BufferOccupancy, ABarrierPassesReadersOn) {
  Case c;
  unsigned a = c.task(0, 64, 0, 10);
  unsigned b = c.task(1, 32, 0, 10);
  unsigned inner = c.problem.addBarrier({a, b});
  unsigned outer = c.problem.addBarrier({inner});
  c.task(0, 8, 20, 30, {outer});
  c.task(1, 8, 40, 50, {inner});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 30), Pair(0, 50), Pair(20, 30),
                                     Pair(40, 50)));
}

TEST(BufferOccupancy, DataOfNoBitsOrNoTimeIsLeftOut) {
  Case c;
  c.task(0, 0, 0, 10);
  c.task(0, 64, 5, 5);
  EXPECT_THAT(c.stays(), IsEmpty());
}

TEST(BufferOccupancy, AMemoryPassesTheBufferBy) {
  Case c;
  unsigned read = c.outside(0, 64, 0, 10);
  c.transfer(0, 1, 64, 20, 15, 25, {read});
  unsigned result = c.task(1, 8, 30, 40);
  unsigned back = c.transfer(1, 0, 8, 42, 45, 50, {result}, Keep::ForCore);
  c.outside(0, 0, 50, 60, {back});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(15, 25), Pair(30, 42)));
}

TEST(BufferOccupancy, WhatTheCoreReadsOfAMemoryEntersTheBuffer) {
  Case c;
  unsigned read = c.outside(0, 64, 0, 10);
  c.task(0, 8, 12, 20, {read});
  unsigned arrived = c.transfer(1, 0, 16, 5, 5, 9, {}, Keep::ForCore);
  c.task(0, 8, 20, 26, {arrived});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 20), Pair(12, 20), Pair(5, 26),
                                     Pair(20, 26)));
}

TEST(BufferOccupancy, AMemoryReadsWhatTheCoreHasMade) {
  Case c;
  unsigned a = c.task(0, 64, 0, 10);
  c.outside(0, 0, 30, 45, {a});
  EXPECT_THAT(c.stays(), ElementsAre(Pair(0, 45)));
}

TEST(BufferOccupancy, RepeatedInferencesShareTheBuffer) {
  Case c;
  unsigned a = c.task(0, 64, 0, 10);
  c.task(0, 8, 20, 25, {a});
  EXPECT_THAT(c.peaks(25), ElementsAre(Pair(72, 20), Pair(0, 0)));
  // From 0 to 25 is twice 10 and 5 more; from 20 to 25 is a half of a period.
  EXPECT_THAT(c.peaks(10), ElementsAre(Pair(3 * 64 + 8, 0), Pair(0, 0)));
  // With 12, the second stay begins at 8 of one and ends at 1 of the next.
  EXPECT_THAT(c.peaks(12), ElementsAre(Pair(3 * 64 + 8, 0), Pair(0, 0)));
  EXPECT_THAT(c.peaks(1), ElementsAre(Pair(25 * 64 + 5 * 8, 0), Pair(0, 0)));
}

TEST(BufferOccupancy, SumsBeyond64BitsAreTheLargestNumber) {
  Case c;
  int64_t largest = std::numeric_limits<int64_t>::max();
  c.task(0, largest, 0, 10);
  c.task(0, largest, 0, 10);
  EXPECT_THAT(c.peaks(10), ElementsAre(Pair(largest, 0), Pair(0, 0)));
}

TEST(BufferOccupancy, LevelsAreTheChanges) {
  Case c;
  unsigned a = c.task(0, 64, 2, 10);
  c.task(0, 8, 20, 25, {a});
  c.task(0, 8, 25, 30);
  std::vector<std::pair<int64_t, int64_t>> levels;
  std::vector<std::vector<Level>> found =
      findLevels(findStays(c.problem, c.starts()), 1, ps(100));
  for (const Level &level : found.front())
    levels.emplace_back(level.time.count(), level.size.count());
  EXPECT_THAT(levels, ElementsAre(Pair(0, 0), Pair(2, 64), Pair(20, 72),
                                  Pair(25, 8), Pair(30, 0)));
}

TEST(BufferOccupancy, OccupantsAreNamedLargestFirst) {
  Case c;
  unsigned a = c.task(0, 16, 0, 10);
  unsigned b = c.task(0, 64, 0, 10);
  c.task(1, 99, 0, 20);
  unsigned last = c.task(0, 32, 15, 20, {a, b});
  std::vector<std::pair<unsigned, int64_t>> occupants;
  std::vector<Stay> stays = findStays(c.problem, c.starts());
  for (const Occupant &occupant : findOccupants(stays, 0, ps(15), ps(20)))
    occupants.emplace_back(occupant.step, occupant.size.count());
  EXPECT_THAT(occupants, ElementsAre(Pair(b, 64), Pair(last, 32), Pair(a, 16)));
}

//===----------------------------------------------------------------------===//
// Random stays
//===----------------------------------------------------------------------===//

namespace {
class RandomStays : public testing::TestWithParam<unsigned> {
protected:
  void SetUp() override {
    std::mt19937 random(GetParam());
    for (unsigned i = 0; i < 40; ++i) {
      Picoseconds begin = ps(draw(random, 60));
      stays.push_back({i, unsigned(draw(random, 1)), Bits(1 + draw(random, 9)),
                       begin, begin + ps(1 + draw(random, 50))});
    }
    period = ps(1 + draw(random, 110));
  }

  /// What lies in a buffer at a moment of a period, counted over many.
  int64_t count(unsigned buffer, int64_t time) const {
    int64_t sum = 0;
    for (const Stay &stay : stays)
      for (int64_t t = time; t < 200; t += period.count())
        if (stay.buffer == buffer && stay.begin <= ps(t) && ps(t) < stay.end)
          sum += stay.size.count();
    return sum;
  }

  std::vector<Stay> stays;
  Picoseconds period;
};
} // namespace

TEST_P(RandomStays, PeakIsTheHighestOfAllMoments) {
  std::vector<Peak> peaks = findPeaks(stays, 2, period);
  for (unsigned buffer : {0u, 1u}) {
    int64_t highest = 0, first = 0;
    for (int64_t time = 0; time < period.count(); ++time)
      if (int64_t sum = count(buffer, time); sum > highest) {
        highest = sum;
        first = time;
      }
    EXPECT_EQ(peaks[buffer].size.count(), highest);
    EXPECT_EQ(peaks[buffer].time.count(), first);
  }
}

TEST_P(RandomStays, OccupantsAddUpToTheLevel) {
  std::vector<std::vector<Level>> levels = findLevels(stays, 2, period);
  for (unsigned buffer : {0u, 1u})
    for (const Level &level : levels[buffer]) {
      int64_t sum = 0;
      for (const Occupant &occupant :
           findOccupants(stays, buffer, level.time, period))
        sum += occupant.size.count();
      EXPECT_EQ(sum, level.size.count());
      EXPECT_EQ(sum, count(buffer, level.time.count()));
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomStays, testing::Range(0u, 20u));
