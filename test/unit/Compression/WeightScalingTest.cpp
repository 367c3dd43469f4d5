// Tests of the scales of blocks of weights.
#include "atleus/Compression/WeightScaling.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

using namespace atleus;

static WeightScaling request(const float *data, int64_t rows, int64_t columns,
                             int64_t blockRows, int64_t blockColumns,
                             UniformCode code = {}) {
  WeightScaling weights;
  weights.data = reinterpret_cast<const char *>(data);
  weights.rows = rows;
  weights.columns = columns;
  weights.blockRows = blockRows;
  weights.blockColumns = blockColumns;
  weights.code = code;
  return weights;
}

static std::vector<float> highs(const WeightScaling &weights) {
  std::vector<float> values;
  for (const ClippingRange &range : weights.ranges)
    values.push_back(range.high);
  return values;
}

TEST(WeightScaling, BlocksWithRaggedEdges) {
  const float data[] = {1, -5, 0, 2,  7, //
                        3, 2,  0, -9, 0, //
                        4, 4,  8, 1,  -6};
  WeightScaling weights = request(data, 3, 5, 2, 3);
  findWeightScales(weights);
  EXPECT_EQ(highs(weights), std::vector<float>({3, 7, 8, 1}));
  std::vector<float> lows;
  for (const ClippingRange &range : weights.ranges)
    lows.push_back(range.low);
  EXPECT_EQ(lows, std::vector<float>({-5, -9, 4, -6}));
  ASSERT_EQ(weights.scales.size(), 4u);
  EXPECT_EQ(weights.scales[1].scale, 9.0f / 127);
}

TEST(WeightScaling, ColumnsRowsAndAll) {
  const float data[] = {1, -5, 0, //
                        3, 2,  0};
  WeightScaling columns = request(data, 2, 3, 2, 1);
  findWeightScales(columns);
  EXPECT_EQ(highs(columns), std::vector<float>({3, 2, 0}));
  EXPECT_EQ(columns.scales[2].scale, 1.0f);
  EXPECT_EQ(columns.countZeroBlocks(), 1);
  WeightScaling rows = request(data, 2, 3, 1, 3);
  findWeightScales(rows);
  EXPECT_EQ(highs(rows), std::vector<float>({1, 3}));
  WeightScaling all = request(data, 2, 3, 2, 3);
  findWeightScales(all);
  EXPECT_EQ(all.scales.front().scale, 5.0f / 127);
}

TEST(WeightScaling, NoWeights) {
  WeightScaling noRows = request(nullptr, 0, 2, 1, 1);
  findWeightScales(noRows);
  EXPECT_TRUE(noRows.scales.empty());
  WeightScaling noColumns = request(nullptr, 2, 0, 2, 1);
  findWeightScales(noColumns);
  EXPECT_TRUE(noColumns.scales.empty());
}

TEST(WeightScaling, NotFiniteWeightsHaveNoScales) {
  const float data[] = {1, NAN, 2, 3};
  WeightScaling weights = request(data, 2, 2, 1, 2);
  findWeightScales(weights);
  EXPECT_TRUE(weights.scales.empty());
  EXPECT_TRUE(std::isnan(weights.ranges[0].high));
  EXPECT_EQ(weights.ranges[1].high, 3);
}

/// Matrices of several chunks, at an address that no float has.
TEST(WeightScaling, LargeAndMisaligned) {
  constexpr int64_t rows = 1500, columns = 700;
  std::vector<char> bytes(rows * columns * 4 + 1);
  std::vector<float> values(rows * columns);
  std::mt19937 random(3);
  std::normal_distribution<float> normal;
  for (float &value : values)
    value = normal(random);
  std::memcpy(bytes.data() + 1, values.data(), values.size() * 4);
  struct Blocks {
    int64_t rows, columns;
  };
  for (Blocks block : {Blocks{rows, 1}, Blocks{1, columns}, Blocks{128, 32},
                       Blocks{rows, columns}, Blocks{7, 699}}) {
    WeightScaling weights = request(values.data(), rows, columns, block.rows,
                                    block.columns, {8, /*symmetric=*/false});
    weights.data = bytes.data() + 1;
    findWeightScales(weights);
    std::vector<ClippingRange> expected(weights.ranges.size(),
                                        {INFINITY, -INFINITY});
    for (int64_t i = 0; i < rows * columns; ++i) {
      ClippingRange &range =
          expected[i / columns / block.rows * weights.gridColumns() +
                   i % columns / block.columns];
      range.low = std::min(range.low, values[i]);
      range.high = std::max(range.high, values[i]);
    }
    for (auto [found, range] : llvm::zip_equal(weights.ranges, expected)) {
      ASSERT_EQ(found.low, range.low);
      ASSERT_EQ(found.high, range.high);
    }
  }
}

//===----------------------------------------------------------------------===//
// Clipping
//===----------------------------------------------------------------------===//

/// The squared error of storing numbers, one by one in double.
static double errorOf(llvm::ArrayRef<float> values, UniformScale scale,
                      UniformCode code) {
  double sum = 0;
  for (float value : values) {
    double stored = std::nearbyint(static_cast<double>(value) / scale.scale) +
                    static_cast<double>(scale.zeroPoint);
    stored = std::min(std::max(stored, static_cast<double>(code.least())),
                      static_cast<double>(code.greatest()));
    double error =
        value - (stored - static_cast<double>(scale.zeroPoint)) * scale.scale;
    sum += error * error;
  }
  return sum;
}

TEST(WeightScaling, MeasuredError) {
  std::mt19937 random(19);
  std::normal_distribution<float> normal;
  for (size_t count : {1u, 15u, 17u, 1024u, 3000u})
    for (bool symmetric : {true, false})
      for (unsigned bits : {2u, 4u, 8u}) {
        std::vector<float> values(count);
        for (float &value : values)
          value = normal(random);
        UniformCode code{bits, symmetric};
        UniformScale scale = chooseScale({-1.5f, 2.0f}, code);
        double expected = errorOf(values, scale, code);
        EXPECT_NEAR(measureSquaredError(values, scale, code), expected,
                    1e-3 * expected);
      }
  EXPECT_EQ(measureSquaredError({}, {}, {}), 0);
}

/// Clipping for the least error is no worse than none, of weights of many
/// shapes, and much better for few bits.
TEST(WeightScaling, ClippingNeverCosts) {
  std::mt19937 random(23);
  std::normal_distribution<float> normal;
  for (int trial = 0; trial < 300; ++trial) {
    UniformCode code{2 + static_cast<unsigned>(trial) % 7, trial % 3 != 0};
    std::vector<float> values(1 + random() % 500);
    for (float &value : values) {
      value = normal(random);
      value = trial % 4 == 0 ? value * value * value
                             : (trial % 4 == 1 ? std::fabs(value) : value);
    }
    ClippingRange range = {*llvm::min_element(values),
                           *llvm::max_element(values)};
    double unclipped =
        measureSquaredError(values, chooseScale(range, code), code);
    double clipped = measureSquaredError(
        values, chooseScale(clipForSquaredError(values, range, code), code),
        code);
    EXPECT_LE(clipped, unclipped);
  }
  std::vector<float> values(4096);
  for (float &value : values)
    value = normal(random);
  ClippingRange range = {*llvm::min_element(values),
                         *llvm::max_element(values)};
  UniformCode code{4, true};
  EXPECT_LT(errorOf(values,
                    chooseScale(clipForSquaredError(values, range, code), code),
                    code),
            0.75 * errorOf(values, chooseScale(range, code), code));
}

TEST(WeightScaling, ClippingOfZerosAndDenormals) {
  std::vector<float> values(8, 0.0f);
  WeightScaling weights = request(values.data(), 2, 4, 2, 2, {4, true});
  weights.clipping = WeightClipping::MeanSquaredError;
  findWeightScales(weights);
  EXPECT_EQ(weights.scales[0].scale, 1.0f);
  EXPECT_EQ(weights.scales[1].scale, 1.0f);
  EXPECT_EQ(weights.countZeroBlocks(), 2);
  values.assign(8, 1e-44f);
  findWeightScales(weights);
  EXPECT_EQ(weights.scales[0].scale, 0x1p-126f);
}

TEST(WeightScaling, BlocksAreClippedApart) {
  // The second column has one weight that is far from the others.
  std::vector<float> data(256);
  for (size_t i = 0; i < data.size(); ++i)
    data[i] = std::sin(static_cast<float>(i));
  data[255] = 6;
  WeightScaling weights = request(data.data(), 128, 2, 128, 1, {3, true});
  findWeightScales(weights);
  std::vector<UniformScale> unclipped = weights.scales;
  weights.clipping = WeightClipping::MeanSquaredError;
  findWeightScales(weights);
  EXPECT_GT(weights.scales[0].scale, 0.7f * unclipped[0].scale);
  EXPECT_LT(weights.scales[1].scale, 0.5f * unclipped[1].scale);
}
