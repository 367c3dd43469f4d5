// Mean, deviation and quantiles of lists of numbers.
#include "atleus/Support/SampleStatistics.h"

#include "gtest/gtest.h"

#include <cmath>
#include <vector>

using namespace atleus;

TEST(SampleStatisticsTest, OneNumberDoesNotDeviate) {
  SampleStatistics statistics = summarize({0.75});
  EXPECT_EQ(statistics.count, 1);
  EXPECT_EQ(statistics.mean, 0.75);
  EXPECT_EQ(statistics.deviation, 0);
  EXPECT_EQ(statistics.smallest, 0.75);
  EXPECT_EQ(statistics.largest, 0.75);
  for (double quantile : statistics.quantiles)
    EXPECT_EQ(quantile, 0.75);
}

TEST(SampleStatisticsTest, EqualNumbersDoNotDeviate) {
  SampleStatistics statistics = summarize(std::vector<double>(7, 0.25));
  EXPECT_EQ(statistics.deviation, 0);
  EXPECT_EQ(statistics.standardError(), 0);
}

/// As numpy.mean, numpy.std(ddof=1) and numpy.quantile have them.
TEST(SampleStatisticsTest, NumbersAreAsNumPyHasThem) {
  SampleStatistics statistics = summarize({3, 1, 4, 1, 5, 9, 2, 6});
  EXPECT_EQ(statistics.count, 8);
  EXPECT_DOUBLE_EQ(statistics.mean, 3.875);
  EXPECT_DOUBLE_EQ(statistics.deviation, 2.748376143938713);
  EXPECT_DOUBLE_EQ(statistics.standardError(),
                   2.748376143938713 / std::sqrt(8));
  EXPECT_EQ(statistics.smallest, 1);
  EXPECT_EQ(statistics.largest, 9);
  std::array<double, 5> expected = {1, 1.75, 3.5, 5.25, 7.95};
  for (size_t i = 0; i < expected.size(); ++i)
    EXPECT_DOUBLE_EQ(statistics.quantiles[i], expected[i]);
}

TEST(SampleStatisticsTest, QuantilesOf101NumbersAreNumbersOfTheList) {
  std::vector<double> numbers;
  for (int i = 100; i >= 0; --i)
    numbers.push_back(i * i);
  SampleStatistics statistics = summarize(numbers);
  for (size_t i = 0; i < quantilePercents.size(); ++i)
    EXPECT_EQ(statistics.quantiles[i],
              static_cast<double>(quantilePercents[i] * quantilePercents[i]));
}

TEST(SampleStatisticsTest, TheOrderDoesNotMatter) {
  std::vector<double> numbers;
  for (int i = 1; i < 100; ++i)
    numbers.push_back(1.0 / i);
  SampleStatistics forward = summarize(numbers);
  std::vector<double> reversed(numbers.rbegin(), numbers.rend());
  SampleStatistics backward = summarize(reversed);
  EXPECT_EQ(forward.mean, backward.mean);
  EXPECT_EQ(forward.deviation, backward.deviation);
  EXPECT_EQ(forward.quantiles, backward.quantiles);
}
