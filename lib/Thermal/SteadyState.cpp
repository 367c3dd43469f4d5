// The temperatures that constant powers keep up.
#include "atleus/Thermal/SteadyState.h"

#include "SpectralPreconditioner.h"

using namespace atleus;
using Eigen::VectorXd;

/// What conjugate gradients need in practice is a tenth of it.
static constexpr int maxIterations = 300;

VectorXd atleus::solveSteadyState(const ThermalNetwork &network,
                                  const VectorXd &power, double tolerance) {
  SpectralPreconditioner preconditioner(network);
  auto matrix = network.getConductances().selfadjointView<Eigen::Lower>();
  VectorXd solution = preconditioner.solve(power);
  VectorXd residual = power - matrix * solution;
  VectorXd scaled = preconditioner.solve(residual);
  VectorXd direction = scaled;
  double product = residual.dot(scaled);
  double limit = tolerance * power.norm();
  for (int i = 0; i < maxIterations; ++i) {
    if (residual.norm() <= limit)
      return solution;
    VectorXd image = matrix * direction;
    double step = product / direction.dot(image);
    solution += step * direction;
    residual -= step * image;
    scaled = preconditioner.solve(residual);
    double next = residual.dot(scaled);
    direction = scaled + next / product * direction;
    product = next;
  }
  return SteadyStateFactorization(network).solve(power);
}

SteadyStateFactorization::SteadyStateFactorization(
    const ThermalNetwork &network) {
  factors.compute(network.getConductances());
}
