// Tests of histograms with ranges that grow.
#include "atleus/Compression/ActivationHistogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace atleus;

static std::vector<float> draw(unsigned seed, size_t count, float scale) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, scale);
  std::vector<float> values(count);
  for (float &value : values)
    value = normal(random);
  return values;
}

static ActivationHistogram histogramOf(llvm::ArrayRef<float> values) {
  ActivationHistogram histogram;
  EXPECT_TRUE(histogram.add(values));
  return histogram;
}

static void expectEqual(const ActivationHistogram &a,
                        const ActivationHistogram &b) {
  EXPECT_EQ(a.getCount(), b.getCount());
  EXPECT_EQ(a.getLeast(), b.getLeast());
  EXPECT_EQ(a.getGreatest(), b.getGreatest());
  EXPECT_EQ(a.getExponent(), b.getExponent());
  EXPECT_EQ(a.getFirstIndex(), b.getFirstIndex());
  ASSERT_EQ(a.getBins().size(), b.getBins().size());
  for (auto [left, right] : llvm::zip_equal(a.getBins(), b.getBins())) {
    ASSERT_EQ(left.count, right.count);
    ASSERT_EQ(left.least, right.least);
    ASSERT_EQ(left.greatest, right.greatest);
  }
}

TEST(ActivationHistogram, Empty) {
  ActivationHistogram histogram;
  EXPECT_TRUE(histogram.add({}));
  EXPECT_TRUE(histogram.isEmpty());
  EXPECT_EQ(histogram.getLeast(), 0);
  EXPECT_EQ(histogram.getGreatest(), 0);
  histogram.merge(ActivationHistogram());
  EXPECT_TRUE(histogram.isEmpty());
}

TEST(ActivationHistogram, RejectsWhatIsNotFinite) {
  ActivationHistogram histogram = histogramOf({1.0f, 2.0f});
  ActivationHistogram before = histogram;
  EXPECT_FALSE(histogram.add({3.0f, NAN, 5.0f}));
  EXPECT_FALSE(histogram.add({-NAN}));
  EXPECT_FALSE(histogram.add({3.0f, INFINITY}));
  EXPECT_FALSE(histogram.add({-INFINITY, 1.0f}));
  expectEqual(histogram, before);
}

TEST(ActivationHistogram, EqualNumbersAreOneBin) {
  for (float value : {0.0f, -0.0f, 1.0f, -3.7f, 1e-45f, 3e38f, -3e38f}) {
    ActivationHistogram histogram =
        histogramOf(std::vector<float>(1000, value));
    ASSERT_EQ(histogram.getBins().size(), 1u);
    EXPECT_EQ(histogram.getBins()[0].count, 1000u);
    EXPECT_EQ(histogram.getBins()[0].least, value);
    EXPECT_EQ(histogram.getBins()[0].greatest, value);
    EXPECT_EQ(histogram.getBins()[0].center(), value);
  }
}

TEST(ActivationHistogram, WholeRangeOfFloats) {
  constexpr float largest = std::numeric_limits<float>::max();
  ActivationHistogram histogram = histogramOf({-largest, -1e-45f, 0, largest});
  EXPECT_EQ(histogram.getCount(), 4u);
  EXPECT_LE(histogram.getBins().size(),
            size_t(ActivationHistogram::maximumBins));
  EXPECT_EQ(histogram.getLeast(), -largest);
  EXPECT_EQ(histogram.getGreatest(), largest);
}

/// Every number lies in the bin that the header says.
TEST(ActivationHistogram, BinsHoldTheirNumbers) {
  std::vector<float> values = draw(1, 5000, 3);
  ActivationHistogram histogram = histogramOf(values);
  double width = std::ldexp(1.0, histogram.getExponent());
  std::vector<uint64_t> counts(histogram.getBins().size());
  for (float value : values)
    ++counts[static_cast<int64_t>(std::floor(value / width)) -
             histogram.getFirstIndex()];
  for (auto [i, bin] : llvm::enumerate(histogram.getBins())) {
    ASSERT_EQ(bin.count, counts[i]);
    if (bin.count == 0)
      continue;
    double begin = width * static_cast<double>(histogram.getFirstIndex() +
                                               static_cast<int64_t>(i));
    ASSERT_GE(bin.least, begin);
    ASSERT_LE(bin.least, bin.greatest);
    ASSERT_LT(bin.greatest, begin + width);
  }
  EXPECT_GE(histogram.getBins().size(),
            size_t(ActivationHistogram::maximumBins / 2));
}

/// The order of the numbers, and how they were cut into parts, do not matter.
TEST(ActivationHistogram, OrderAndPartsDoNotMatter) {
  std::vector<float> values;
  for (float scale : {1e-3f, 1.0f, 1e4f, 1e-40f, 30.0f})
    llvm::append_range(values, draw(values.size(), 700, scale));
  ActivationHistogram whole = histogramOf(values);
  std::mt19937 random(5);
  for (int trial = 0; trial < 20; ++trial) {
    std::shuffle(values.begin(), values.end(), random);
    std::vector<ActivationHistogram> parts;
    ActivationHistogram grown;
    for (llvm::ArrayRef<float> rest = values; !rest.empty();) {
      size_t count = std::min<size_t>(rest.size(), 1 + random() % 900);
      parts.push_back(histogramOf(rest.take_front(count)));
      EXPECT_TRUE(grown.add(rest.take_front(count)));
      rest = rest.drop_front(count);
    }
    expectEqual(grown, whole);
    std::shuffle(parts.begin(), parts.end(), random);
    ActivationHistogram merged;
    for (const ActivationHistogram &part : parts)
      merged.merge(part);
    expectEqual(merged, whole);
  }
}
