// Curves through grids of all small sizes.
#include "atleus/Mapping/SpaceFillingCurve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

using namespace atleus;

static int64_t distance(GridPoint a, GridPoint b) {
  return std::abs(a.x - b.x) + std::abs(a.y - b.y);
}

TEST(SpaceFillingCurve, VisitsEveryPointOnce) {
  for (int64_t width = 1; width <= 9; ++width)
    for (int64_t height = 1; height <= 9; ++height) {
      std::set<std::pair<int64_t, int64_t>> seen;
      for (GridPoint point : orderAlongCurve(width, height)) {
        EXPECT_TRUE(point.x >= 0 && point.x < width);
        EXPECT_TRUE(point.y >= 0 && point.y < height);
        EXPECT_TRUE(seen.insert({point.x, point.y}).second);
      }
      EXPECT_EQ(seen.size(), static_cast<size_t>(width * height));
    }
}

TEST(SpaceFillingCurve, StepsToNeighbours) {
  for (int64_t width = 1; width <= 9; ++width)
    for (int64_t height = 1; height <= 9; ++height) {
      std::vector<GridPoint> points = orderAlongCurve(width, height);
      int diagonals = 0;
      for (size_t i = 1; i < points.size(); ++i) {
        int64_t step = distance(points[i - 1], points[i]);
        EXPECT_LE(step, 2) << width << "x" << height << " at " << i;
        diagonals += step == 2;
      }
      bool even = std::max(width, height) % 2 == 0;
      EXPECT_LE(diagonals, even ? 0 : 1) << width << "x" << height;
    }
}

TEST(SpaceFillingCurve, KeepsQuartersTogether) {
  std::vector<GridPoint> points = orderAlongCurve(4, 4);
  for (size_t i = 0; i < points.size(); ++i)
    EXPECT_LE(distance(points[i / 4 * 4], points[i]), 2);
}
