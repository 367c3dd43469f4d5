// How fast temperatures are found: four dies in HotSpot's package.
#include "atleus/Thermal/SteadyState.h"
#include "atleus/Thermal/ThermalResponse.h"
#include "atleus/Thermal/Transient.h"

#include <benchmark/benchmark.h>

using namespace atleus;
using Eigen::VectorXd;

/// Nine layers: four dies, three bonds, spreader and sink.
static ThermalNetwork makeNetwork(const benchmark::State &state) {
  constexpr double side = 0.01;
  ThermalStack stack;
  stack.dieX = stack.dieY = side;
  for (int tier = 0; tier < 4; ++tier) {
    if (tier > 0)
      stack.layers.push_back({2e-5, side, 4, 4e6, true});
    stack.layers.push_back({1e-4, side, 120, 1.75e6, true});
  }
  stack.layers.push_back({1e-3, 0.03, 400, 3.55e6, true});
  stack.layers.push_back({6.9e-3, 0.06, 400, 3.55e6, true});
  stack.setConvection(0.1);
  return ThermalNetwork(stack, {state.range(0), state.range(0)});
}

/// 4 x 4 nodes on each die.
static BlockMap makeNodes(const ThermalNetwork &network) {
  std::vector<FloorplanBlock> nodes;
  nodes.reserve(64);
  for (int node = 0; node < 64; ++node)
    nodes.push_back({node / 16 * 2, node % 4 * 0.0025, node / 4 % 4 * 0.0025,
                     0.0025, 0.0025});
  return BlockMap(network, nodes);
}

static VectorXd makePower(const ThermalNetwork &network) {
  return makeNodes(network).spread(VectorXd::LinSpaced(64, 0, 1));
}

static void solveOneMap(benchmark::State &state) {
  ThermalNetwork network = makeNetwork(state);
  VectorXd power = makePower(network);
  for (auto _ : state)
    benchmark::DoNotOptimize(solveSteadyState(network, power));
}
BENCHMARK(solveOneMap)
    ->Arg(16)
    ->Arg(32)
    ->Arg(64)
    ->Unit(benchmark::kMillisecond);

static void factorize(benchmark::State &state) {
  ThermalNetwork network = makeNetwork(state);
  for (auto _ : state)
    benchmark::DoNotOptimize(SteadyStateFactorization(network));
}
BENCHMARK(factorize)->Arg(16)->Arg(32)->Arg(64)->Unit(benchmark::kMillisecond);

static void solveFactorized(benchmark::State &state) {
  ThermalNetwork network = makeNetwork(state);
  SteadyStateFactorization factors(network);
  VectorXd power = makePower(network);
  for (auto _ : state)
    benchmark::DoNotOptimize(factors.solve(power));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(solveFactorized)
    ->Arg(16)
    ->Arg(32)
    ->Arg(64)
    ->Unit(benchmark::kMillisecond);

static void stepTransient(benchmark::State &state) {
  ThermalNetwork network = makeNetwork(state);
  TransientSolver solver(network, 1e-3);
  VectorXd power = makePower(network);
  for (auto _ : state)
    solver.advance(power);
}
BENCHMARK(stepTransient)->Arg(32)->Arg(64)->Unit(benchmark::kMillisecond);

static void applyResponse(benchmark::State &state) {
  ThermalNetwork network = makeNetwork(state);
  ThermalResponse response(network, makeNodes(network));
  VectorXd power = VectorXd::LinSpaced(64, 0, 1);
  for (auto _ : state)
    benchmark::DoNotOptimize(response.getTemperatures(power));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(applyResponse)->Arg(32)->Unit(benchmark::kMicrosecond);

BENCHMARK_MAIN();
