// Tests of the scales of equidistant codes.
#include "atleus/Compression/UniformCode.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace atleus;

TEST(UniformCode, Integers) {
  UniformCode signedByte{8, /*symmetric=*/true};
  EXPECT_EQ(signedByte.least(), -128);
  EXPECT_EQ(signedByte.greatest(), 127);
  UniformCode unsignedNibble{4, /*symmetric=*/false};
  EXPECT_EQ(unsignedNibble.least(), 0);
  EXPECT_EQ(unsignedNibble.greatest(), 15);
  EXPECT_EQ(unsignedNibble.levels(), 16);
  EXPECT_EQ(UniformCode({16, true}).greatest(), 32767);
}

TEST(UniformCode, SymmetricScaleCoversTheLargerMagnitude) {
  UniformScale scale = chooseScale({-0.5f, 254.0f}, {8, true});
  EXPECT_EQ(scale.scale, 2.0f);
  EXPECT_EQ(scale.zeroPoint, 0);
  EXPECT_EQ(chooseScale({-3.5f, 1.0f}, {4, true}).scale, 0.5f);
}

TEST(UniformCode, AffineScaleCoversTheRange) {
  UniformScale scale = chooseScale({-0.5f, 1.5f}, {8, false});
  EXPECT_EQ(scale.scale, 2.0f / 255);
  EXPECT_EQ(scale.zeroPoint, 64);
}

TEST(UniformCode, AffineRangeIsWidenedToZero) {
  UniformScale positive = chooseScale({5.0f, 10.0f}, {8, false});
  EXPECT_EQ(positive.scale, 10.0f / 255);
  EXPECT_EQ(positive.zeroPoint, 0);
  UniformScale negative = chooseScale({-10.0f, -5.0f}, {8, false});
  EXPECT_EQ(negative.zeroPoint, 255);
}

TEST(UniformCode, ZerosHaveTheScaleOne) {
  for (bool symmetric : {true, false}) {
    UniformScale scale = chooseScale({-0.0f, 0.0f}, {8, symmetric});
    EXPECT_EQ(scale.scale, 1.0f);
    EXPECT_EQ(scale.zeroPoint, 0);
  }
}

TEST(UniformCode, ScalesAreNormalAndFinite) {
  constexpr float largest = std::numeric_limits<float>::max();
  for (bool symmetric : {true, false}) {
    EXPECT_EQ(chooseScale({-1e-42f, 1e-42f}, {8, symmetric}).scale, 0x1p-126f);
    EXPECT_TRUE(
        std::isfinite(chooseScale({-largest, largest}, {2, symmetric}).scale));
  }
}

/// 0 is always a number of the code, and a number within the range lies at most
/// half a step, or in an affine code one step, from one.
TEST(UniformCode, RangeIsCovered) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  for (int i = 0; i < 2000; ++i) {
    UniformCode code{2 + static_cast<unsigned>(i) % 15, i % 2 == 0};
    float a = normal(random) * 8, b = normal(random);
    ClippingRange range = {std::min({a, b, 0.0f}), std::max({a, b, 0.0f})};
    UniformScale scale = chooseScale(range, code);
    ASSERT_GE(scale.zeroPoint, code.least());
    ASSERT_LE(scale.zeroPoint, code.greatest());
    double low = static_cast<double>(code.least() - scale.zeroPoint) *
                 static_cast<double>(scale.scale);
    double high = static_cast<double>(code.greatest() - scale.zeroPoint) *
                  static_cast<double>(scale.scale);
    double slack = code.symmetric ? 1e-5 : scale.scale * 0.5001;
    ASSERT_LE(low, range.low + slack);
    ASSERT_GE(high, range.high - slack);
  }
}
