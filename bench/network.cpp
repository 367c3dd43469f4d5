// How long latencies, routes and load estimates of a network of 64 nodes take.
#include "atleus/Cost/NoCLoad.h"

#include <benchmark/benchmark.h>

using namespace atleus;

static NoCConstants makeMesh(arch::Routing routing) {
  NoCConstants noc;
  noc.dims = {4, 4, 4};
  noc.routing = routing;
  noc.virtualChannels = 4;
  noc.bufferFlits = 8;
  noc.linkBits = 128;
  noc.maxPacketFlits = 16;
  return noc;
}

static void timeTransfer(benchmark::State &state) {
  NoCConstants noc = makeMesh(arch::Routing::XYZ);
  for (auto step : state) {
    (void)step;
    benchmark::DoNotOptimize(
        transferTiming(noc, {3, 1}, transferSize(noc, 65536)));
  }
}
BENCHMARK(timeTransfer)->Name("latency and occupancy of a transfer");

static void routeInOrder(benchmark::State &state) {
  NoCRouting routing(makeMesh(arch::Routing::XYZ));
  for (auto step : state) {
    (void)step;
    benchmark::DoNotOptimize(routing.length(0u, 63u));
  }
}
BENCHMARK(routeInOrder)->Name("longest route, xyz");

static void makeTable(benchmark::State &state) {
  NoCConstants noc = makeMesh(arch::Routing::UpDown);
  for (auto step : state) {
    (void)step;
    benchmark::DoNotOptimize(NoCRouting(noc));
  }
}
BENCHMARK(makeTable)->Name("routing table, up_down");

static void checkDeadlock(benchmark::State &state) {
  NoCRouting routing(makeMesh(arch::Routing::UpDown));
  for (auto step : state) {
    (void)step;
    benchmark::DoNotOptimize(findDependenceCycle(routing));
  }
}
BENCHMARK(checkDeadlock)->Name("channel dependences of all pairs");

/// Each node sends to all, or to one node.
static std::vector<TrafficDemand> makeTraffic(bool uniform) {
  std::vector<TrafficDemand> demands;
  for (unsigned from = 0; from < 64; ++from) {
    if (!uniform) {
      demands.push_back({from, 63 - from, 1});
      continue;
    }
    for (unsigned to = 0; to < 64; ++to)
      demands.push_back({from, to, 1.0 / 64});
  }
  return demands;
}

static void addTraffic(benchmark::State &state) {
  NoCConstants noc = makeMesh(arch::Routing::XYZ);
  NoCRouting routing(noc);
  std::vector<TrafficDemand> demands = makeTraffic(state.range(0) != 0);
  for (auto step : state) {
    (void)step;
    benchmark::DoNotOptimize(
        NoCLoad(noc, routing, demands).largestChannelLoad());
  }
}
BENCHMARK(addTraffic)->Name("channel loads")->Arg(0)->Arg(1);

static void estimateLatency(benchmark::State &state) {
  NoCConstants noc = makeMesh(arch::Routing::XYZ);
  NoCRouting routing(noc);
  NoCLoad load(noc, routing, makeTraffic(state.range(0) != 0));
  double half = load.saturationLoad(16) / 2;
  for (auto step : state) {
    (void)step;
    benchmark::DoNotOptimize(load.estimate(16, half));
  }
}
BENCHMARK(estimateLatency)->Name("latency at half load")->Arg(0)->Arg(1);

BENCHMARK_MAIN();
