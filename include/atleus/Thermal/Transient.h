// Temperatures over time.
#ifndef ATLEUS_THERMAL_TRANSIENT_H
#define ATLEUS_THERMAL_TRANSIENT_H

#include "atleus/Thermal/ThermalNetwork.h"

#include <Eigen/SparseCholesky>

namespace atleus {

/// A network that warms up or cools down in steps of equal length.
///
/// Each step is one of the diagonally implicit Runge-Kutta method of two stages
/// and order two that is L-stable (Alexander, SIAM J. Numer. Anal. 14, 1977):
/// steps may be much longer than the time constants of thin layers, which then
/// follow without ringing. Both stages solve with the same matrix, which is
/// factorized once.
///
///   TransientSolver die(network, /*step=*/1e-3);
///   for (const Eigen::VectorXd &power : trace)
///     die.advance(power);
class TransientSolver {
public:
  /// Starts at the air's temperature. The network outlives the solver; `step`
  /// is in seconds.
  TransientSolver(const ThermalNetwork &network, double step);

  /// Passes one step with constant powers, in W.
  void advance(const Eigen::VectorXd &power);

  /// Rises over the air's temperature, in K, now.
  const Eigen::VectorXd &getTemperatures() const { return temperatures; }
  void setTemperatures(const Eigen::VectorXd &values) { temperatures = values; }
  double getStep() const { return step; }

private:
  const ThermalNetwork &network;
  double step;
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>, Eigen::Lower,
                        Eigen::AMDOrdering<int>>
      factors;
  Eigen::VectorXd temperatures;
};

} // namespace atleus

#endif // ATLEUS_THERMAL_TRANSIENT_H
