// Levels over time.
#include "atleus/Report/TimeProfile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

using namespace atleus;
using testing::DoubleNear;
using testing::ElementsAre;

static constexpr Picoseconds ps(int64_t count) { return Picoseconds(count); }

TEST(TimeProfile, AddsWholeSteps) {
  TimeProfile profile(ps(20), 4);
  profile.add(ps(0), ps(10), 1);
  profile.add(ps(5), ps(10), 1);
  EXPECT_THAT(profile.getMeans(), ElementsAre(1, 2, 0, 0));
}

TEST(TimeProfile, AddsPartsOfSteps) {
  TimeProfile profile(ps(20), 4);
  profile.add(ps(6), ps(8), 10);
  profile.add(ps(13), ps(20), 5);
  EXPECT_THAT(profile.getMeans(),
              ElementsAre(DoubleNear(0, 1e-9), DoubleNear(4, 1e-9),
                          DoubleNear(2, 1e-9), DoubleNear(5, 1e-9)));
}

TEST(TimeProfile, IgnoresWhatTakesNoTime) {
  TimeProfile profile(ps(20), 2);
  profile.add(ps(20), ps(20), 7);
  EXPECT_THAT(profile.getMeans(), ElementsAre(0, 0));
}

TEST(TimeProfile, HasStepsOfEmptySchedules) {
  TimeProfile profile(ps(0), 3);
  EXPECT_THAT(profile.getMeans(), ElementsAre(0, 0, 0));
}

TEST(TimeProfile, FindsSteps) {
  TimeProfile profile(ps(10), 3);
  EXPECT_EQ(profile.getBegin(0), ps(0));
  EXPECT_EQ(profile.getBegin(1), ps(3));
  EXPECT_EQ(profile.getBegin(3), ps(10));
  EXPECT_EQ(profile.findStep(ps(0)), 0u);
  EXPECT_EQ(profile.findStep(ps(9)), 2u);
  EXPECT_EQ(profile.findStep(ps(10)), 2u);
  TimeProfile longest(ps(int64_t{1} << 62), 1000);
  EXPECT_EQ(longest.findStep(ps(int64_t{1} << 61)), 500u);
}

/// Whatever is added, levels times lengths of steps are what was added.
TEST(TimeProfile, KeepsSums) {
  std::mt19937 random(1);
  for (unsigned numSteps : {1, 7, 100, 1000}) {
    TimeProfile profile(ps(1000), numSteps);
    double sum = 0;
    for (unsigned i = 0; i < 300; ++i) {
      int64_t begin = random() % 1000;
      int64_t end = begin + random() % (1001 - begin);
      double level = random() % 10;
      profile.add(ps(begin), ps(end), level);
      sum += level * (end - begin);
    }
    std::vector<double> means = profile.getMeans();
    EXPECT_NEAR(std::accumulate(means.begin(), means.end(), 0.0) * 1000 /
                    numSteps,
                sum, 1e-6 * sum);
  }
}
