// Tests of the codes of NF4.
#include "atleus/Compression/NormalFloat.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace atleus;

TEST(NormalFloat, NumbersAreInOrderAndReachOne) {
  EXPECT_TRUE(llvm::is_sorted(normalFloat4));
  EXPECT_EQ(normalFloat4.front(), -1);
  EXPECT_EQ(normalFloat4[7], 0);
  EXPECT_EQ(normalFloat4.back(), 1);
}

/// The paper makes the numbers of quantiles of the normal distribution: 8 for
/// the negative half and 9 for the other, which share 0.
TEST(NormalFloat, NumbersAreQuantiles) {
  // The number below which a normal one lies with the probability p.
  auto quantile = [](double p) {
    double low = -10, high = 10;
    for (int i = 0; i < 200; ++i) {
      double middle = (low + high) / 2;
      (std::erfc(-middle / std::sqrt(2.0)) / 2 < p ? low : high) = middle;
    }
    return low;
  };
  constexpr double offset = 0.9677083;
  for (int i = 0; i < 8; ++i) {
    double p = offset + (0.5 - offset) * i / 7;
    EXPECT_NEAR(normalFloat4[i], -quantile(p) / quantile(offset), 1e-6);
  }
  for (int i = 0; i < 9; ++i) {
    double p = offset + (0.5 - offset) * i / 8;
    EXPECT_NEAR(normalFloat4[15 - i], quantile(p) / quantile(offset), 1e-6);
  }
}

TEST(NormalFloat, NumbersEncodeThemselves) {
  for (auto [index, value] : llvm::enumerate(normalFloat4))
    EXPECT_EQ(encodeNormalFloat4(value), index);
}

TEST(NormalFloat, TheNearestNumberIsTaken) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> uniform(-1.2f, 1.2f);
  for (int i = 0; i < 10000; ++i) {
    float value = uniform(random);
    float error = std::fabs(normalFloat4[encodeNormalFloat4(value)] - value);
    for (float other : normalFloat4)
      ASSERT_LE(error, std::fabs(other - value) + 1e-7f);
  }
}

TEST(NormalFloat, Extremes) {
  EXPECT_EQ(encodeNormalFloat4(INFINITY), 15);
  EXPECT_EQ(encodeNormalFloat4(-INFINITY), 0);
  EXPECT_EQ(encodeNormalFloat4(NAN), 7);
  EXPECT_EQ(encodeNormalFloat4(-0.0f), 7);
}

TEST(NormalFloat, BlocksHaveScalesOfTheirOwn) {
  const float weights[] = {0.5f, -2.0f, 0, 0, 0, 1e-42f, 3};
  uint8_t indices[7];
  float scales[4];
  ASSERT_TRUE(encodeNormalFloat4(weights, 2, indices, scales));
  EXPECT_EQ(scales[0], 2);
  EXPECT_EQ(scales[1], 1);
  EXPECT_EQ(scales[2], 0x1p-126f);
  EXPECT_EQ(scales[3], 3);
  EXPECT_EQ(llvm::ArrayRef(indices),
            llvm::ArrayRef<uint8_t>({10, 0, 7, 7, 7, 7, 15}));
}

TEST(NormalFloat, RejectsWhatIsNotFinite) {
  uint8_t indices[2];
  float scales[1];
  for (float value : {INFINITY, -INFINITY, NAN})
    EXPECT_FALSE(encodeNormalFloat4({1.0f, value}, 2, indices, scales));
  EXPECT_TRUE(encodeNormalFloat4({}, 2, {}, {}));
}
