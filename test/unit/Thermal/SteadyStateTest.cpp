// Steady temperatures against HotSpot and 3D-ICE, and at the edges.
#include "atleus/Thermal/SteadyState.h"
#include "atleus/Thermal/ThermalResponse.h"

#include "ThermalCase.h"

#include "gtest/gtest.h"

using namespace atleus;
using namespace atleus::test;
using Eigen::VectorXd;

/// Compares the blocks of a case; `rounding` is what the table's digits and the
/// peer's own solver leave open, in K.
static void expectEqual(const ThermalCase &entry, double rounding) {
  SCOPED_TRACE(entry.name);
  ThermalNetwork network(entry.stack, entry.grid);
  BlockMap blocks(network, entry.blocks);
  VectorXd rises = solveSteadyState(network, blocks.spread(entry.power));
  VectorXd means = blocks.average(rises).array() + entry.stack.ambient;
  EXPECT_LT((means - entry.expected).cwiseAbs().maxCoeff(), rounding);
  if (entry.expectedMaximum.size() == 0)
    return;
  VectorXd maxima = blocks.maximum(rises).array() + entry.stack.ambient;
  EXPECT_LT((maxima - entry.expectedMaximum).cwiseAbs().maxCoeff(), rounding);
}

TEST(SteadyState, EqualsHotSpotOnEveryBlock) {
  std::vector<ThermalCase> cases = readHotSpotCases();
  EXPECT_EQ(cases.size(), 50u);
  for (const ThermalCase &entry : cases)
    expectEqual(entry, 0.012);
}

TEST(SteadyState, Equals3DICEOnEveryBlock) {
  std::vector<ThermalCase> cases = read3DICECases();
  EXPECT_EQ(cases.size(), 34u);
  for (const ThermalCase &entry : cases)
    expectEqual(entry, 0.0011);
}

//===----------------------------------------------------------------------===//
// Edges
//===----------------------------------------------------------------------===//

TEST(SteadyState, OneCellIsOneResistor) {
  ThermalNetwork network(makePlate(), {1, 1});
  VectorXd rises = solveSteadyState(network, VectorXd::Constant(1, 10.0));
  // 10 W through 0.1 mm of silicon and the air's 1 K/W.
  EXPECT_NEAR(rises[0], 10 * (1e-4 / 120 + 1e-4) / 1e-4, 1e-9);
}

TEST(SteadyState, OneLayerInTheMiddleIsHalfAsFarFromTheAir) {
  ThermalStack stack = makePlate();
  stack.position = NodePosition::Middle;
  ThermalNetwork network(stack, {1, 1});
  VectorXd rises = solveSteadyState(network, VectorXd::Constant(1, 10.0));
  EXPECT_NEAR(rises[0], 10 * (0.5e-4 / 120 + 1e-4) / 1e-4, 1e-9);
}

TEST(SteadyState, WithoutPowerEverythingIsAsWarmAsTheAir) {
  ThermalNetwork network(makePackage(), {8, 8});
  VectorXd rises =
      solveSteadyState(network, VectorXd::Zero(network.getNumNodes()));
  EXPECT_EQ(rises.cwiseAbs().maxCoeff(), 0);
}

TEST(SteadyState, ATierWithoutPowerIsAsWarmAsWhatPassesThroughIt) {
  ThermalNetwork network(makePackage(), {8, 8});
  BlockMap tiers(network, {{0, 0, 0, 0.01, 0.01}, {2, 0, 0, 0.01, 0.01}});
  auto solve = [&](double far, double near) {
    VectorXd power(2);
    power << far, near;
    return tiers.average(solveSteadyState(network, tiers.spread(power))).eval();
  };
  // With all power at the sink the tier behind it is equally warm.
  EXPECT_NEAR(solve(0, 20)[0], solve(0, 20)[1], 1e-8);
  // With all power far from the sink, the tiers differ by the way between.
  EXPECT_NEAR(solve(20, 0)[0] - solve(20, 0)[1],
              20 * (1e-4 / 120 + 2e-5 / 4) / 1e-4, 1e-8);
}

TEST(SteadyState, AllPowerLeavesThroughTheAir) {
  ThermalStack stack = makePackage();
  ThermalNetwork network(stack, {6, 10});
  VectorXd power = VectorXd::Zero(network.getNumNodes());
  power[network.getCell(0, 5, 0)] = 7;
  VectorXd rises = solveSteadyState(network, power);
  // What flows between nodes adds up to nothing, so this is what leaves.
  VectorXd flows =
      network.getConductances().selfadjointView<Eigen::Lower>() * rises;
  EXPECT_NEAR(flows.sum(), 7, 1e-8);
  EXPECT_GT(rises.minCoeff(), 0);
}

TEST(SteadyState, ALongDieIsAsWarmWhicheverWayItLies) {
  ThermalStack wide = makePackage();
  wide.dieY = 0.004;
  for (ThermalLayer &layer : wide.layers)
    layer.side = std::max(layer.side, 0.01);
  ThermalStack high = wide;
  std::swap(high.dieX, high.dieY);
  ThermalNetwork first(wide, {20, 8}), second(high, {8, 20});
  VectorXd power = VectorXd::Zero(first.getNumNodes());
  VectorXd turned = power;
  power[first.getCell(0, 17, 2)] = 3;
  turned[second.getCell(0, 2, 17)] = 3;
  VectorXd rises = solveSteadyState(first, power);
  VectorXd turnedRises = solveSteadyState(second, turned);
  for (int64_t layer = 0; layer < first.getNumLayers(); ++layer)
    for (int64_t y = 0; y < 8; ++y)
      for (int64_t x = 0; x < 20; ++x)
        EXPECT_NEAR(rises[first.getCell(layer, x, y)],
                    turnedRises[second.getCell(layer, y, x)], 1e-7);
}

TEST(SteadyState, EverySideOfEveryLayerMayDiffer) {
  // A plate in the middle that reaches beyond both of its neighbours.
  ThermalStack stack = makePackage();
  stack.layers[4].side = 0.05;
  stack.layers[5].side = 0.02;
  stack.setConvection(0.5);
  ThermalNetwork network(stack, {8, 8});
  VectorXd power = VectorXd::Zero(network.getNumNodes());
  power[0] = 10;
  VectorXd rises = solveSteadyState(network, power);
  VectorXd flows =
      network.getConductances().selfadjointView<Eigen::Lower>() * rises;
  EXPECT_NEAR(flows.sum(), 10, 1e-8);
  EXPECT_GE(rises.minCoeff(), 0);
}

TEST(SteadyState, AVerticalLayerPassesNothingOn) {
  ThermalStack stack = makePlate();
  stack.layers[0].isLateral = false;
  ThermalNetwork network(stack, {4, 4});
  VectorXd power = VectorXd::Zero(network.getNumNodes());
  power[5] = 1;
  VectorXd rises = solveSteadyState(network, power);
  EXPECT_NEAR(rises[5], 16 * (1e-4 / 120 + 1e-4) / 1e-4, 1e-9);
  rises[5] = 0;
  EXPECT_NEAR(rises.cwiseAbs().maxCoeff(), 0, 1e-12);
}

TEST(SteadyState, BlocksNeedNotBeMadeOfWholeCells) {
  ThermalNetwork network(makePackage(), {10, 10});
  BlockMap blocks(network, makeBlocks({0}, 3));
  VectorXd power = VectorXd::LinSpaced(9, 0, 8);
  EXPECT_NEAR(blocks.spread(power).sum(), power.sum(), 1e-12);
  // Equal powers per area are equal powers per cell.
  VectorXd even = blocks.spread(VectorXd::Constant(9, 1.0));
  EXPECT_NEAR(even[0], 9.0 / 100, 1e-12);
  EXPECT_NEAR(even[44], 9.0 / 100, 1e-12);
  VectorXd constant = VectorXd::Constant(network.getNumNodes(), 5.0);
  EXPECT_NEAR(blocks.average(constant)[4], 5, 1e-12);
}

TEST(SteadyState, ABlockMayBeSmallerThanACell) {
  ThermalNetwork network(makePackage(), {2, 2});
  BlockMap blocks(network, {{0, 0.0051, 0.001, 0.0001, 0.0001}});
  VectorXd cells = blocks.spread(VectorXd::Constant(1, 3.0));
  EXPECT_NEAR(cells[network.getCell(0, 1, 0)], 3, 1e-12);
  EXPECT_NEAR(cells.sum(), 3, 1e-12);
}

//===----------------------------------------------------------------------===//
// The same by factorization
//===----------------------------------------------------------------------===//

TEST(SteadyState, TheFactorizationFindsTheSame) {
  for (const ThermalStack &stack : {makePlate(), makePackage()}) {
    ThermalNetwork network(stack, {12, 9});
    SteadyStateFactorization factors(network);
    VectorXd power = VectorXd::Zero(network.getNumNodes());
    power[3] = 4;
    power[50] = 9;
    EXPECT_LT((factors.solve(power) - solveSteadyState(network, power))
                  .cwiseAbs()
                  .maxCoeff(),
              1e-7);
  }
}

TEST(ThermalResponse, AddsUpWhatEachBlockDoes) {
  ThermalNetwork network(makePackage(), {8, 8});
  BlockMap blocks(network, makeBlocks({0, 2}, 2));
  ThermalResponse response(network, blocks);
  VectorXd power = VectorXd::LinSpaced(8, 1, 3);
  VectorXd expected =
      blocks.average(solveSteadyState(network, blocks.spread(power)));
  EXPECT_LT((response.getTemperatures(power) - expected).norm(), 1e-7);
  // A heats B as B heats A.
  const Eigen::MatrixXd &matrix = response.getMatrix();
  EXPECT_LT((matrix - matrix.transpose()).norm(), 1e-9);
  EXPECT_GT(matrix.minCoeff(), 0);
}
