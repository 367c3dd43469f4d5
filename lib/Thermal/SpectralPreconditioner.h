// The inverse of a stack in cosines over the die.
#ifndef ATLEUS_LIB_THERMAL_SPECTRALPRECONDITIONER_H
#define ATLEUS_LIB_THERMAL_SPECTRALPRECONDITIONER_H

#include "atleus/Thermal/ThermalNetwork.h"

#include <Eigen/Cholesky>

namespace atleus {

/// Solves G T = P with a part of G: in a basis of cosines over the die (one of
/// x times one of y, the same in all layers), the blocks that hold the
/// amplitudes of one cosine in all layers. Without overhang that is all of G,
/// and the blocks are tridiagonal. The nodes of the overhang join the block of
/// the constant function, which is what warms them.
class SpectralPreconditioner {
public:
  explicit SpectralPreconditioner(const ThermalNetwork &network);

  Eigen::VectorXd solve(const Eigen::VectorXd &power) const;

private:
  void factorizeModes(const ThermalNetwork &network);
  void factorizeConstant(const ThermalNetwork &network);
  /// From values in cells to amplitudes, all layers side by side, or back.
  void transform(Eigen::Ref<Eigen::MatrixXd> values, bool isForward) const;

  int64_t numLayers;
  CellGrid grid;
  /// Column k holds cosine k at the cells.
  Eigen::MatrixXd cosinesX;
  Eigen::MatrixXd cosinesY;
  /// The LDL' factors of the blocks, a row per cosine and a column per layer:
  /// the inverse of D, and what L has between a layer and the next.
  Eigen::ArrayXXd pivots;
  Eigen::ArrayXXd couplings;
  /// The block of the constant function and the overhang.
  Eigen::LLT<Eigen::MatrixXd> constant;
};

} // namespace atleus

#endif // ATLEUS_LIB_THERMAL_SPECTRALPRECONDITIONER_H
