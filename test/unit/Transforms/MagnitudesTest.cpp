// Tests of the search for largest magnitudes.
#include "atleus/Transforms/Magnitudes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

using namespace atleus;
using testing::ElementsAre;

static std::vector<float> search(const float *data, int64_t rows,
                                 int64_t columns, MagnitudeAxis axis) {
  MagnitudeSearch one{
      reinterpret_cast<const char *>(data), rows, columns, axis, {}};
  findMagnitudes(one);
  return one.magnitudes;
}

TEST(Magnitudes, ColumnsAndRows) {
  float data[] = {1,  -5, 0, //
                  -3, 2,  0};
  EXPECT_THAT(search(data, 2, 3, MagnitudeAxis::Columns), ElementsAre(3, 5, 0));
  EXPECT_THAT(search(data, 2, 3, MagnitudeAxis::Rows), ElementsAre(5, 3));
}

TEST(Magnitudes, InfinityAndNaNAreTheLargest) {
  float data[] = {1, -INFINITY, NAN, //
                  9, 2,         7};
  std::vector<float> found = search(data, 2, 3, MagnitudeAxis::Columns);
  EXPECT_EQ(found[0], 9);
  EXPECT_EQ(found[1], INFINITY);
  EXPECT_TRUE(std::isnan(found[2]));
}

TEST(Magnitudes, NoRows) {
  EXPECT_THAT(search(nullptr, 0, 2, MagnitudeAxis::Columns), ElementsAre(0, 0));
}

/// Matrices of several chunks, at an address that no float has.
TEST(Magnitudes, LargeAndMisaligned) {
  constexpr int64_t rows = 1500, columns = 700;
  std::vector<char> bytes(rows * columns * 4 + 1);
  std::vector<float> ofRow(rows), ofColumn(columns);
  std::mt19937 random(3);
  std::normal_distribution<float> normal;
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t j = 0; j < columns; ++j) {
      float value = normal(random);
      std::memcpy(bytes.data() + 1 + (i * columns + j) * 4, &value, 4);
      ofRow[i] = std::max(ofRow[i], std::fabs(value));
      ofColumn[j] = std::max(ofColumn[j], std::fabs(value));
    }
  MagnitudeSearch searches[] = {
      {bytes.data() + 1, rows, columns, MagnitudeAxis::Rows, {}},
      {bytes.data() + 1, rows, columns, MagnitudeAxis::Columns, {}}};
  findMagnitudes(searches);
  EXPECT_EQ(searches[0].magnitudes, ofRow);
  EXPECT_EQ(searches[1].magnitudes, ofColumn);
}

TEST(SymmetricScale, CoversTheMagnitude) {
  EXPECT_EQ(symmetricScale(254, 127), 2.0);
  EXPECT_EQ(symmetricScale(3.5f, 7), 0.5);
}

TEST(SymmetricScale, ZeroHasTheScaleOne) {
  EXPECT_EQ(symmetricScale(0, 127), 1.0);
}

TEST(SymmetricScale, DenormalMagnitudesHaveANormalScale) {
  EXPECT_EQ(symmetricScale(1e-42f, 127), 0x1p-126);
}
