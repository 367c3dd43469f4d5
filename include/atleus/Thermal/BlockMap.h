// Blocks of a floorplan on the cells of a grid.
#ifndef ATLEUS_THERMAL_BLOCKMAP_H
#define ATLEUS_THERMAL_BLOCKMAP_H

#include "atleus/Thermal/ThermalNetwork.h"

namespace atleus {

/// A rectangle of a layer, in metres from the die's lower left corner.
struct FloorplanBlock {
  int64_t layer = 0;
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

/// Spreads the power of blocks evenly over the cells that they cover, and
/// averages temperatures over them. A cell that a block covers in part counts
/// in part, so the grid need not divide the blocks.
class BlockMap {
public:
  /// The blocks lie within the die and are not empty.
  BlockMap(const ThermalNetwork &network,
           const std::vector<FloorplanBlock> &blocks);

  /// Powers of all nodes from those of the blocks, in W.
  Eigen::VectorXd spread(const Eigen::VectorXd &power) const {
    return shares * power;
  }
  /// The mean over each block.
  Eigen::VectorXd average(const Eigen::VectorXd &temperatures) const {
    return shares.transpose() * temperatures;
  }
  /// The highest temperature of a cell that a block covers in part at least.
  Eigen::VectorXd maximum(const Eigen::VectorXd &temperatures) const;

  int64_t getNumBlocks() const { return shares.cols(); }

private:
  /// The share of each block (column) that lies in each node (row).
  Eigen::SparseMatrix<double> shares;
};

} // namespace atleus

#endif // ATLEUS_THERMAL_BLOCKMAP_H
