// An order of the nodes of a grid in which neighbours in the order are
// neighbours in the grid, and those that are near in the order are near in the
// grid, too.
#ifndef ATLEUS_MAPPING_SPACEFILLINGCURVE_H
#define ATLEUS_MAPPING_SPACEFILLINGCURVE_H

#include <cstdint>
#include <vector>

namespace atleus {

/// A place in a grid.
struct GridPoint {
  int64_t x = 0, y = 0;

  bool operator==(const GridPoint &other) const {
    return x == other.x && y == other.y;
  }
};

/// All points of a grid of `width` x `height`, both positive, along a Hilbert
/// curve for rectangles of any size: halves are cut at even places as long as
/// there are any, so that each point is one step from the point before, but for
/// one diagonal step where both sides are odd or the longer side is odd.
/// Source: J. Cerveny, generalized Hilbert curve, 2018.
std::vector<GridPoint> orderAlongCurve(int64_t width, int64_t height);

} // namespace atleus

#endif // ATLEUS_MAPPING_SPACEFILLINGCURVE_H
