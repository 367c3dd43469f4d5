// The temperatures of blocks as a matrix times their powers.
#ifndef ATLEUS_THERMAL_THERMALRESPONSE_H
#define ATLEUS_THERMAL_THERMALRESPONSE_H

#include "atleus/Thermal/BlockMap.h"

namespace atleus {

/// What a watt in each block warms each block by. Because a network is linear,
/// this answers every power map of these blocks exactly, with as many
/// multiplications as there are pairs of blocks: for search, which moves power
/// between the nodes of one machine. It costs one factorization and a solution
/// per block to build.
class ThermalResponse {
public:
  ThermalResponse(const ThermalNetwork &network, const BlockMap &blocks);

  /// The mean rise over the air's temperature of each block, in K, from the
  /// powers of the blocks, in W.
  Eigen::VectorXd getTemperatures(const Eigen::VectorXd &power) const {
    return responses * power;
  }

  /// The rises (rows) that a watt in a block (column) causes, in K/W.
  const Eigen::MatrixXd &getMatrix() const { return responses; }

private:
  Eigen::MatrixXd responses;
};

} // namespace atleus

#endif // ATLEUS_THERMAL_THERMALRESPONSE_H
