// Tests of the ranges that methods of calibration choose.
#include "atleus/Compression/ClippingThreshold.h"

#include "llvm/ADT/StringRef.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace atleus;

static constexpr CalibrationMethod allMethods[] = {
    CalibrationMethod::MinMax, CalibrationMethod::Percentile,
    CalibrationMethod::Entropy, CalibrationMethod::MeanSquaredError};

static ActivationHistogram histogramOf(llvm::ArrayRef<float> values) {
  ActivationHistogram histogram;
  EXPECT_TRUE(histogram.add(values));
  return histogram;
}

namespace {
/// Numbers of a shape that activations have.
struct Shape {
  const char *name;
  float (*draw)(std::mt19937 &random);
};
} // namespace

static const Shape shapes[] = {
    {"normal",
     [](std::mt19937 &r) { return std::normal_distribution<float>()(r); }},
    {"relu",
     [](std::mt19937 &r) {
       return std::max(0.0f, std::normal_distribution<float>()(r));
     }},
    {"negative",
     [](std::mt19937 &r) {
       return -std::exponential_distribution<float>()(r);
     }},
    {"shifted",
     [](std::mt19937 &r) { return std::normal_distribution<float>(3, 1)(r); }},
    {"heavy tail",
     [](std::mt19937 &r) {
       float x = std::normal_distribution<float>()(r);
       return x * x * x;
     }},
    {"uniform",
     [](std::mt19937 &r) {
       return std::uniform_real_distribution<float>(-1, 4)(r);
     }},
    {"sixteenths",
     [](std::mt19937 &r) { return static_cast<float>(r() % 17) / 16; }},
    {"rare outliers",
     [](std::mt19937 &r) {
       float x = std::normal_distribution<float>()(r);
       return r() % 2000 == 0 ? x * 60 : x;
     }},
};

static std::vector<float> draw(const Shape &shape, unsigned seed,
                               size_t count = 20000) {
  std::mt19937 random(seed);
  std::vector<float> values(count);
  for (float &value : values)
    value = shape.draw(random);
  return values;
}

/// The mean squared error of storing numbers, one by one.
static double measureError(llvm::ArrayRef<float> values, UniformScale scale,
                           UniformCode code) {
  double sum = 0;
  for (float value : values) {
    double stored =
        std::clamp(std::nearbyint(static_cast<double>(value) / scale.scale) +
                       static_cast<double>(scale.zeroPoint),
                   static_cast<double>(code.least()),
                   static_cast<double>(code.greatest()));
    double error =
        value - (stored - static_cast<double>(scale.zeroPoint)) * scale.scale;
    sum += error * error;
  }
  return sum / static_cast<double>(values.size());
}

//===----------------------------------------------------------------------===//
// What holds for every method
//===----------------------------------------------------------------------===//

TEST(ClippingThreshold, NumbersWithoutARange) {
  for (CalibrationMethod method : allMethods)
    for (bool symmetric : {true, false})
      for (const std::vector<float> &values :
           {std::vector<float>(), std::vector<float>(100, 0.0f),
            std::vector<float>(100, -0.0f)}) {
        ClippingRange range = findClippingRange(histogramOf(values),
                                                {method, 99.0}, {8, symmetric});
        EXPECT_EQ(range.low, 0);
        EXPECT_EQ(range.high, 0);
      }
}

/// One number, however small or large, is kept.
TEST(ClippingThreshold, ConstantNumbers) {
  for (CalibrationMethod method : allMethods)
    for (bool symmetric : {true, false})
      for (unsigned bits : {2u, 4u, 8u, 16u})
        for (float value : {1.0f, -3.7f, 1e-45f, -1e-39f, 3e38f}) {
          ClippingRange range =
              findClippingRange(histogramOf(std::vector<float>(9, value)),
                                {method, 50.0}, {bits, symmetric});
          EXPECT_EQ(value > 0 ? range.high : range.low, value);
          EXPECT_EQ(value > 0 ? range.low : range.high,
                    symmetric ? -value : 0.0f);
        }
}

TEST(ClippingThreshold, RangeLiesWithinTheNumbers) {
  for (const Shape &shape : shapes)
    for (CalibrationMethod method : allMethods)
      for (unsigned bits : {2u, 4u, 8u, 16u})
        for (bool symmetric : {true, false}) {
          SCOPED_TRACE(shape.name);
          ActivationHistogram histogram = histogramOf(draw(shape, bits, 4000));
          float least = std::min(0.0f, histogram.getLeast());
          float greatest = std::max(0.0f, histogram.getGreatest());
          float magnitude = std::max(-least, greatest);
          ClippingRange range =
              findClippingRange(histogram, {method, 99.0}, {bits, symmetric});
          EXPECT_GE(range.low, symmetric ? -magnitude : least);
          EXPECT_LE(range.high, symmetric ? magnitude : greatest);
          EXPECT_LT(range.low, range.high);
          if (symmetric) {
            EXPECT_EQ(range.low, -range.high);
          }
        }
}

/// A number that occurs everywhere and a few others: all are kept, for there
/// are levels enough.
TEST(ClippingThreshold, FewDistinctNumbersAreKept) {
  std::vector<float> values(1000, 0.0f);
  for (int i = 0; i < 30; ++i)
    values[i] = i % 2 == 0 ? 1.0f : -0.5f;
  ActivationHistogram histogram = histogramOf(values);
  for (CalibrationMethod method :
       {CalibrationMethod::MinMax, CalibrationMethod::Entropy,
        CalibrationMethod::MeanSquaredError})
    for (bool symmetric : {true, false}) {
      ClippingRange range =
          findClippingRange(histogram, {method}, {8, symmetric});
      EXPECT_NEAR(range.high, 1.0f, 0.01f);
      EXPECT_NEAR(range.low, symmetric ? -1.0f : -0.5f, 0.01f);
    }
}

TEST(ClippingThreshold, MinMaxIsTheRange) {
  ActivationHistogram histogram = histogramOf({-0.5f, 1.5f, 0.25f});
  ClippingRange affine = findClippingRange(histogram, {}, {8, false});
  EXPECT_EQ(affine.low, -0.5f);
  EXPECT_EQ(affine.high, 1.5f);
  ClippingRange symmetric = findClippingRange(histogram, {}, {8, true});
  EXPECT_EQ(symmetric.low, -1.5f);
  EXPECT_EQ(symmetric.high, 1.5f);
  // Zero belongs to the range.
  ClippingRange positive =
      findClippingRange(histogramOf({2.0f, 3.0f}), {}, {8, false});
  EXPECT_EQ(positive.low, 0.0f);
  EXPECT_EQ(positive.high, 3.0f);
}

//===----------------------------------------------------------------------===//
// Percentiles
//===----------------------------------------------------------------------===//

/// What numpy.percentile of the sorted numbers is, in its default method.
static double percentileOfSorted(llvm::ArrayRef<float> sorted,
                                 double percentile) {
  double position = percentile / 100 * static_cast<double>(sorted.size() - 1);
  size_t below = static_cast<size_t>(position);
  size_t above = std::min(sorted.size() - 1, below + 1);
  double share = position - static_cast<double>(below);
  return sorted[below] +
         (static_cast<double>(sorted[above]) - sorted[below]) * share;
}

TEST(ClippingThreshold, PercentileIsThatOfTheNumbers) {
  for (const Shape &shape : shapes) {
    SCOPED_TRACE(shape.name);
    std::vector<float> values = draw(shape, 11), magnitudes;
    for (float value : values)
      magnitudes.push_back(std::fabs(value));
    ActivationHistogram histogram = histogramOf(values);
    double width = std::ldexp(1.0, histogram.getExponent());
    llvm::sort(values);
    llvm::sort(magnitudes);
    for (double percentile :
         {0.01, 1.0, 12.5, 50.0, 90.0, 99.9, 99.99, 100.0}) {
      EXPECT_NEAR(findPercentile(histogram, percentile),
                  percentileOfSorted(values, percentile), width);
      EXPECT_NEAR(findMagnitudePercentile(histogram, percentile),
                  percentileOfSorted(magnitudes, percentile), width);
    }
  }
}

/// numpy.percentile([-4, -1, 0, 2, 3, 10], [10, 50, 75]) and of the absolute
/// values.
TEST(ClippingThreshold, PercentileAsNumPy) {
  ActivationHistogram histogram = histogramOf({-4, -1, 0, 2, 3, 10});
  EXPECT_FLOAT_EQ(findPercentile(histogram, 10), -2.5f);
  EXPECT_FLOAT_EQ(findPercentile(histogram, 50), 1.0f);
  EXPECT_FLOAT_EQ(findPercentile(histogram, 75), 2.75f);
  EXPECT_FLOAT_EQ(findMagnitudePercentile(histogram, 10), 0.5f);
  EXPECT_FLOAT_EQ(findMagnitudePercentile(histogram, 50), 2.5f);
  EXPECT_FLOAT_EQ(findMagnitudePercentile(histogram, 75), 3.75f);
}

TEST(ClippingThreshold, PercentileIsMonotone) {
  for (const Shape &shape : shapes)
    for (bool symmetric : {true, false}) {
      SCOPED_TRACE(shape.name);
      ActivationHistogram histogram = histogramOf(draw(shape, 3, 3000));
      ClippingRange last;
      for (double percentile = 0.5; percentile <= 100; percentile += 0.5) {
        ClippingRange range = findClippingRange(
            histogram, {CalibrationMethod::Percentile, percentile},
            {8, symmetric});
        EXPECT_GE(range.high, last.high);
        EXPECT_LE(range.low, last.low);
        last = range;
      }
      ClippingRange whole = findClippingRange(histogram, {}, {8, symmetric});
      EXPECT_EQ(last.low, whole.low);
      EXPECT_EQ(last.high, whole.high);
    }
}

//===----------------------------------------------------------------------===//
// Squared error
//===----------------------------------------------------------------------===//

TEST(ClippingThreshold, EstimatedErrorIsTheMeasuredOne) {
  for (const Shape &shape : shapes)
    for (unsigned bits : {2u, 4u, 6u, 8u})
      for (bool symmetric : {true, false})
        for (float part : {1.0f, 0.7f, 0.2f}) {
          SCOPED_TRACE(shape.name);
          std::vector<float> values = draw(shape, 17);
          ActivationHistogram histogram = histogramOf(values);
          UniformCode code{bits, symmetric};
          UniformScale scale = chooseScale(
              {histogram.getLeast() * part, histogram.getGreatest() * part},
              code);
          double measured = measureError(values, scale, code);
          EXPECT_NEAR(estimateSquaredError(histogram, scale, code), measured,
                      0.02 * measured + 1e-12);
        }
}

/// Against rounding alone, clipping for the least error does not make it
/// larger.
TEST(ClippingThreshold, ErrorIsNotAboveThatOfMinMax) {
  for (const Shape &shape : shapes)
    for (unsigned bits : {2u, 3u, 4u, 6u, 8u, 16u})
      for (bool symmetric : {true, false}) {
        SCOPED_TRACE(shape.name);
        std::vector<float> values = draw(shape, bits);
        ActivationHistogram histogram = histogramOf(values);
        UniformCode code{bits, symmetric};
        auto measure = [&](CalibrationMethod method) {
          return measureError(
              values,
              chooseScale(findClippingRange(histogram, {method}, code), code),
              code);
        };
        EXPECT_LE(measure(CalibrationMethod::MeanSquaredError),
                  measure(CalibrationMethod::MinMax) * (1 + 1e-3) + 1e-14)
            << bits << symmetric;
      }
}

/// The search comes close to the best of many thresholds. Of few distinct
/// numbers the error jumps with the threshold, so that this is luck.
TEST(ClippingThreshold, ErrorIsNearTheLeast) {
  for (const Shape &shape : shapes)
    for (unsigned bits : {2u, 4u, 8u}) {
      if (llvm::StringRef(shape.name) == "sixteenths")
        continue;
      SCOPED_TRACE(shape.name);
      std::vector<float> values = draw(shape, 5, 5000);
      ActivationHistogram histogram = histogramOf(values);
      UniformCode code{bits, true};
      float magnitude =
          std::max(-histogram.getLeast(), histogram.getGreatest());
      double least = std::numeric_limits<double>::infinity();
      for (int i = 1; i <= 1000; ++i) {
        float threshold = magnitude * static_cast<float>(i) / 1000;
        least = std::min(
            least,
            measureError(values, chooseScale({-threshold, threshold}, code),
                         code));
      }
      ClippingRange range = findClippingRange(
          histogram, {CalibrationMethod::MeanSquaredError}, code);
      EXPECT_LE(measureError(values, chooseScale(range, code), code),
                least * 1.06 + 1e-12);
    }
}

//===----------------------------------------------------------------------===//
// Entropy
//===----------------------------------------------------------------------===//

/// Rare numbers far away are clipped, and what most of the numbers are is kept.
TEST(ClippingThreshold, EntropyClipsOutliers) {
  std::vector<float> values = draw(shapes[0], 23, 50000);
  for (int i = 0; i < 10; ++i)
    values[i] = i % 2 == 0 ? 100.0f : -100.0f;
  ActivationHistogram histogram = histogramOf(values);
  for (bool symmetric : {true, false}) {
    ClippingRange range = findClippingRange(
        histogram, {CalibrationMethod::Entropy}, {8, symmetric});
    EXPECT_LT(range.high, 20.0f);
    EXPECT_GT(range.high, 2.0f);
    EXPECT_GT(range.low, -20.0f);
    EXPECT_LT(range.low, -2.0f);
  }
}

/// Numbers of one sign leave the other side of an affine range empty.
TEST(ClippingThreshold, EntropyOfOneSign) {
  std::vector<float> values = draw(shapes[1], 29);
  values.push_back(50.0f);
  ActivationHistogram histogram = histogramOf(values);
  ClippingRange range =
      findClippingRange(histogram, {CalibrationMethod::Entropy}, {8, false});
  EXPECT_EQ(range.low, 0.0f);
  EXPECT_LT(range.high, 10.0f);
  EXPECT_GT(range.high, 2.0f);
}

/// Without clipping and with a level for each bin nothing is lost; clipping and
/// coarse levels lose something.
TEST(ClippingThreshold, Divergence) {
  std::vector<float> values = draw(shapes[0], 31);
  ActivationHistogram histogram = histogramOf(values);
  ClippingRange whole = findClippingRange(histogram, {}, {16, true});
  EXPECT_NEAR(estimateDivergence(histogram, whole, {16, true}), 0, 1e-9);
  double last = 0;
  for (unsigned bits : {8u, 6u, 4u, 2u}) {
    double divergence = estimateDivergence(histogram, whole, {bits, true});
    EXPECT_GT(divergence, last);
    last = divergence;
  }
  EXPECT_GT(estimateDivergence(histogram, {-1, 1}, {16, true}), 0.1);
  EXPECT_EQ(estimateDivergence(histogramOf({5.0f}), {-1, 1}, {8, true}),
            std::numeric_limits<double>::infinity());
}
