// Blocks of a floorplan on the cells of a grid.
#include "atleus/Thermal/BlockMap.h"

#include <algorithm>
#include <cmath>

using namespace atleus;

namespace {
/// A range of cells along one axis that an interval touches.
struct CellRange {
  int64_t first;
  int64_t last;
};
} // namespace

/// Slivers of a cell that are only there because of rounding do not count.
static constexpr double tolerance = 1e-9;

static CellRange findCells(double begin, double end, double cell,
                           int64_t count) {
  auto first = static_cast<int64_t>(std::floor(begin / cell + tolerance));
  auto last = static_cast<int64_t>(std::ceil(end / cell - tolerance)) - 1;
  first = std::clamp<int64_t>(first, 0, count - 1);
  return {first, std::clamp<int64_t>(last, first, count - 1)};
}

static double overlap(double begin, double end, double cell, int64_t index) {
  return std::min(end, (index + 1) * cell) - std::max(begin, index * cell);
}

BlockMap::BlockMap(const ThermalNetwork &network,
                   const std::vector<FloorplanBlock> &blocks)
    : shares(network.getNumNodes(), static_cast<Eigen::Index>(blocks.size())) {
  CellGrid grid = network.getGrid();
  double cellX = network.getStack().dieX / grid.x;
  double cellY = network.getStack().dieY / grid.y;
  std::vector<Eigen::Triplet<double>> entries;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const FloorplanBlock &block = blocks[i];
    double right = block.x + block.width, top = block.y + block.height;
    CellRange alongX = findCells(block.x, right, cellX, grid.x);
    CellRange alongY = findCells(block.y, top, cellY, grid.y);
    for (int64_t y = alongY.first; y <= alongY.last; ++y)
      for (int64_t x = alongX.first; x <= alongX.last; ++x)
        entries.emplace_back(network.getCell(block.layer, x, y), i,
                             overlap(block.x, right, cellX, x) *
                                 overlap(block.y, top, cellY, y) /
                                 (block.width * block.height));
  }
  shares.setFromTriplets(entries.begin(), entries.end());
}

Eigen::VectorXd BlockMap::maximum(const Eigen::VectorXd &temperatures) const {
  Eigen::VectorXd result(shares.cols());
  for (Eigen::Index block = 0; block < shares.cols(); ++block) {
    double highest = -HUGE_VAL;
    for (Eigen::SparseMatrix<double>::InnerIterator cell(shares, block); cell;
         ++cell)
      highest = std::max(highest, temperatures[cell.row()]);
    result[block] = highest;
  }
  return result;
}
