// Temperatures over time against closed forms.
#include "atleus/Thermal/SteadyState.h"
#include "atleus/Thermal/Transient.h"

#include "ThermalCase.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace atleus;
using namespace atleus::test;
using Eigen::VectorXd;

/// The largest error of one cell that 10 W heat, for `steps` steps to the time
/// constant.
static double errorOfOneCell(int steps) {
  ThermalNetwork network(makePlate(), {1, 1});
  double resistance = 1 / network.getConductances().coeff(0, 0);
  double constant = resistance * network.getCapacities()[0];
  TransientSolver solver(network, constant / steps);
  double largest = 0;
  for (int i = 1; i <= 3 * steps; ++i) {
    solver.advance(VectorXd::Constant(1, 10.0));
    double exact = 10 * resistance * (1 - std::exp(-double(i) / steps));
    largest = std::max(largest, std::abs(solver.getTemperatures()[0] - exact));
  }
  return largest;
}

TEST(Transient, OneCellFollowsItsExponential) {
  EXPECT_LT(errorOfOneCell(20), 5e-4);
  // Of order two: half the step, a quarter of the error.
  EXPECT_NEAR(errorOfOneCell(10) / errorOfOneCell(20), 4, 0.1);
}

TEST(Transient, ASlabFollowsItsSeries) {
  // Heat enters one face of a slab, whose other face stays cold.
  constexpr int layers = 40;
  constexpr double thickness = 1e-3, conductivity = 120, heat = 1.75e6;
  ThermalStack stack = makePlate();
  stack.position = NodePosition::Middle;
  stack.heatTransfer = 1e12;
  stack.layers.assign(layers,
                      {thickness / layers, 0.01, conductivity, heat, true});
  ThermalNetwork network(stack, {1, 1});
  constexpr double constant = thickness * thickness * heat / conductivity;
  TransientSolver solver(network, constant / 200);
  VectorXd power = VectorXd::Zero(layers);
  power[0] = 50;
  double steady = 50 / 1e-4 * thickness / conductivity;
  for (int i = 1; i <= 400; ++i) {
    solver.advance(power);
    double series = 0;
    for (int n = 0; n < 200; ++n) {
      double root = (n + 0.5) * 3.14159265358979323846;
      series += std::exp(-root * root * i / 200) / (root * root);
    }
    EXPECT_NEAR(solver.getTemperatures()[0], steady * (1 - 2 * series),
                0.005 * steady);
  }
}

TEST(Transient, SettlesAtTheSteadyState) {
  ThermalNetwork network(makePackage(), {4, 4});
  VectorXd power = VectorXd::Zero(network.getNumNodes());
  power[5] = 20;
  TransientSolver solver(network, 10);
  for (int i = 0; i < 200; ++i)
    solver.advance(power);
  EXPECT_LT((solver.getTemperatures() - solveSteadyState(network, power))
                .cwiseAbs()
                .maxCoeff(),
            1e-6);
}

TEST(Transient, LongStepsDoNotRing) {
  // A thin layer settles at once in a step a million times its time constant.
  ThermalNetwork network(makePlate(), {4, 4});
  VectorXd power = VectorXd::Zero(network.getNumNodes());
  power[0] = 10;
  TransientSolver solver(network, 1e4);
  solver.advance(power);
  EXPECT_LT((solver.getTemperatures() - solveSteadyState(network, power))
                .cwiseAbs()
                .maxCoeff(),
            1e-3);
}

TEST(Transient, CoolsDownWithoutPower) {
  ThermalNetwork network(makePackage(), {2, 2});
  TransientSolver solver(network, 0.1);
  solver.setTemperatures(VectorXd::Constant(network.getNumNodes(), 50.0));
  VectorXd none = VectorXd::Zero(network.getNumNodes());
  double before = 50;
  for (int i = 0; i < 20; ++i) {
    solver.advance(none);
    double now = solver.getTemperatures().maxCoeff();
    EXPECT_LT(now, before);
    before = now;
  }
  EXPECT_GT(solver.getTemperatures().minCoeff(), 0);
}

TEST(Transient, TheAirThatMovesAlongSlowsTheSinkDown) {
  ThermalStack stack = makePackage();
  ThermalNetwork plain(stack, {2, 2});
  stack.airCapacity = 140.4;
  ThermalNetwork slow(stack, {2, 2});
  EXPECT_NEAR(slow.getCapacities().sum() - plain.getCapacities().sum(), 140.4,
              1e-9);
}
