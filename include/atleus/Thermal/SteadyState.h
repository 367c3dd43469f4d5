// The temperatures that constant powers keep up.
//
// Two ways to the same numbers. `solveSteadyState` is for one power map: it
// needs no factorization, only a few iterations. `SteadyStateFactorization` is
// for many maps on one network: factorizing takes as long as a hundred
// solutions of the first kind, and then a solution is several times faster. For
// thousands per second, see ThermalResponse.h.
#ifndef ATLEUS_THERMAL_STEADYSTATE_H
#define ATLEUS_THERMAL_STEADYSTATE_H

#include "atleus/Thermal/ThermalNetwork.h"

#include <Eigen/SparseCholesky>

namespace atleus {

/// Rises over the air's temperature, in K, of all nodes whose powers are given
/// in W. Conjugate gradients, exact up to `tolerance` of the powers' norm.
///
/// A stack of uniform layers without overhang is diagonal in cosines over the
/// die but for tridiagonal blocks of its layers; its inverse is the
/// preconditioner. Only what leaves through the edges of the die is left to the
/// iterations. A stack that asks for too many of them is factorized.
Eigen::VectorXd solveSteadyState(const ThermalNetwork &network,
                                 const Eigen::VectorXd &power,
                                 double tolerance = 1e-10);

/// A network, factorized.
class SteadyStateFactorization {
public:
  explicit SteadyStateFactorization(const ThermalNetwork &network);

  /// Rises over the air's temperature, in K, of all nodes whose powers are
  /// given in W.
  Eigen::VectorXd solve(const Eigen::VectorXd &power) const {
    return factors.solve(power);
  }

private:
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>, Eigen::Lower,
                        Eigen::AMDOrdering<int>>
      factors;
};

} // namespace atleus

#endif // ATLEUS_THERMAL_STEADYSTATE_H
