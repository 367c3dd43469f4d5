// Temperatures over time.
#include "atleus/Thermal/Transient.h"

#include <cmath>

using namespace atleus;
using Eigen::VectorXd;

/// The stages end after this part of a step and after all of it: 1 - 1/sqrt(2).
static const double stage = 1 - std::sqrt(0.5);

TransientSolver::TransientSolver(const ThermalNetwork &network, double step)
    : network(network), step(step),
      temperatures(VectorXd::Zero(network.getNumNodes())) {
  Eigen::SparseMatrix<double> matrix =
      network.getConductances() * (stage * step);
  matrix.diagonal() += network.getCapacities();
  factors.compute(matrix);
}

void TransientSolver::advance(const VectorXd &power) {
  auto conductances = network.getConductances().selfadjointView<Eigen::Lower>();
  // The rates of change at the ends of the stages.
  VectorXd first = factors.solve(power - conductances * temperatures);
  temperatures += (1 - stage) * step * first;
  VectorXd second = factors.solve(power - conductances * temperatures);
  temperatures += stage * step * second;
}
