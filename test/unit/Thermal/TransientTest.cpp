// Temperatures over time against closed forms and HotSpot.
#include "atleus/Thermal/Transient.h"
#include "atleus/Thermal/SteadyState.h"

#include "ThermalCase.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
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

/// The numbers of a line.
static VectorXd readLine(llvm::StringRef line) {
  llvm::SmallVector<llvm::StringRef> words;
  line.split(words, '\t', -1, /*KeepEmpty=*/false);
  VectorXd values(words.size());
  for (auto [i, word] : llvm::enumerate(words))
    EXPECT_FALSE(word.trim().getAsDouble(values[i])) << word.str();
  return values;
}

TEST(Transient, EqualsHotSpotOnEveryNode) {
  // HotSpot scales every heat capacity by a factor fitted to another tool.
  constexpr double factor = 0.333;
  ThermalStack stack;
  stack.dieX = stack.dieY = 0.01;
  stack.ambient = 318.15;
  for (int tier = 0; tier < 4; ++tier) {
    stack.layers.push_back({1e-4, 0.01, 120, factor * 1.75e6, true});
    stack.layers.push_back({2e-5, 0.01, 4, factor * 4e6, true});
  }
  stack.layers.push_back({1e-3, 0.03, 400, factor * 3.55e6, true});
  stack.layers.push_back({6.9e-3, 0.06, 400, factor * 3.55e6, true});
  stack.setConvection(0.1);
  ThermalNetwork network(stack, {8, 8});
  BlockMap nodes(network, makeBlocks({0, 2, 4, 6}, 4));

  auto file = llvm::MemoryBuffer::getFile(
      ATLEUS_SOURCE_DIR "/test/unit/Thermal/Inputs/hotspot-transient.tsv");
  ASSERT_TRUE(file);
  llvm::SmallVector<llvm::StringRef> lines;
  (*file)->getBuffer().split(lines, '\n', -1, /*KeepEmpty=*/false);
  llvm::erase_if(lines,
                 [](llvm::StringRef line) { return line.starts_with("#"); });
  ASSERT_EQ(lines.size(), 21u);
  VectorXd power = nodes.spread(readLine(lines[0]));
  TransientSolver solver(network, 0.5e-3);
  for (llvm::StringRef line : llvm::drop_begin(lines)) {
    for (int i = 0; i < 20; ++i)
      solver.advance(power);
    VectorXd means =
        nodes.average(solver.getTemperatures()).array() + stack.ambient;
    EXPECT_LT((means - readLine(line)).cwiseAbs().maxCoeff(), 0.006);
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
