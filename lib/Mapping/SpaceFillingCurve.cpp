// A generalized Hilbert curve by recursive halving.
#include "atleus/Mapping/SpaceFillingCurve.h"

#include <cassert>
#include <cstdlib>

using namespace atleus;

namespace {
/// The sides of a rectangle that the curve fills: it enters at a corner, ends
/// at the far end of `major`, and is wide along `minor`.
struct Rectangle {
  GridPoint corner, major, minor;
};
} // namespace

static GridPoint operator+(GridPoint a, GridPoint b) {
  return {a.x + b.x, a.y + b.y};
}
static GridPoint operator-(GridPoint a, GridPoint b) {
  return {a.x - b.x, a.y - b.y};
}
static GridPoint operator-(GridPoint a) { return {-a.x, -a.y}; }

static int64_t lengthOf(GridPoint side) { return std::abs(side.x + side.y); }

static GridPoint directionOf(GridPoint side) {
  return {(side.x > 0) - (side.x < 0), (side.y > 0) - (side.y < 0)};
}

/// Half of a side, at an even place if it is longer than 2.
static GridPoint halfOf(GridPoint side) {
  GridPoint half = {side.x / 2, side.y / 2};
  if (lengthOf(half) % 2 != 0 && lengthOf(side) > 2)
    return half + directionOf(side);
  return half;
}

static void fill(const Rectangle &area, std::vector<GridPoint> &points) {
  GridPoint start = area.corner;
  GridPoint along = directionOf(area.major), across = directionOf(area.minor);
  int64_t length = lengthOf(area.major), width = lengthOf(area.minor);
  if (length == 1 || width == 1) {
    GridPoint step = width == 1 ? along : across;
    for (int64_t i = 0; i < length * width; ++i, start = start + step)
      points.push_back(start);
    return;
  }
  GridPoint halfMajor = halfOf(area.major), halfMinor = halfOf(area.minor);
  if (2 * length > 3 * width) { // Long: two in a row.
    fill({start, halfMajor, area.minor}, points);
    fill({start + halfMajor, area.major - halfMajor, area.minor}, points);
    return;
  }
  // Up, across, and down again.
  fill({start, halfMinor, halfMajor}, points);
  fill({start + halfMinor, area.major, area.minor - halfMinor}, points);
  fill({start + (area.major - along) + (halfMinor - across), -halfMinor,
        -(area.major - halfMajor)},
       points);
}

std::vector<GridPoint> atleus::orderAlongCurve(int64_t width, int64_t height) {
  assert(width > 0 && height > 0 && "a grid has nodes");
  std::vector<GridPoint> points;
  points.reserve(width * height);
  if (width >= height)
    fill({{0, 0}, {width, 0}, {0, height}}, points);
  else
    fill({{0, 0}, {0, height}, {width, 0}}, points);
  return points;
}
