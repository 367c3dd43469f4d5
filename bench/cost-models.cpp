// How long one evaluation of each cost model takes: search calls them millions
// of times, so that each is to take less than a microsecond.
#include "atleus/Cost/CoreModel.h"
#include "atleus/Cost/HostModel.h"
#include "atleus/Cost/NoCModel.h"

#include <benchmark/benchmark.h>

using namespace atleus;

/// A layer of BERT-base's feed-forward on 128 tokens, or one head's scores.
static Work makeWork(int64_t m, int64_t k, int64_t n, bool isStatic) {
  Work work;
  MatrixProduct product;
  product.m = m;
  product.k = k;
  product.n = n;
  product.lhsBits = product.rhsBits = 8;
  product.staticRhs = isStatic;
  work.products.push_back(product);
  work.bytesRead = m * k;
  work.bytesWritten = m * n;
  return work;
}

static Work makeFeedForward() { return makeWork(128, 768, 3072, true); }
static Work makeScores() { return makeWork(128, 64, 128, false); }

static SystolicCore makeSystolicCore(int64_t side, int64_t operandBufferBytes,
                                     arch::Prefetch prefetch) {
  SystolicCore core;
  core.array.rows = core.array.columns = side;
  core.array.clock = Picoseconds(1000);
  core.bufferBytesPerCycle = 256;
  if (operandBufferBytes > 0)
    core.operandBufferBytes = operandBufferBytes;
  core.prefetch = prefetch;
  return core;
}

static void runSystolic(benchmark::State &state, const SystolicCore &core,
                        const Work &work) {
  for (auto step : state) {
    (void)step;
    benchmark::DoNotOptimize(priceOnSystolic(core, work, nullptr));
  }
}

static void systolic(benchmark::State &state) {
  runSystolic(state, makeSystolicCore(32, 0, arch::Prefetch::Stored),
              makeFeedForward());
}
BENCHMARK(systolic);

static void systolicDemand(benchmark::State &state) {
  runSystolic(state, makeSystolicCore(32, 65536, arch::Prefetch::Demand),
              makeFeedForward());
}
BENCHMARK(systolicDemand)->Name("systolic, prefetch on demand");

static void systolicFits(benchmark::State &state) {
  runSystolic(state, makeSystolicCore(32, 65536, arch::Prefetch::Stored),
              makeScores());
}
BENCHMARK(systolicFits)->Name("systolic, prefetch as stored, operands fit");

static void systolicStored(benchmark::State &state) {
  runSystolic(state, makeSystolicCore(32, 65536, arch::Prefetch::Stored),
              makeFeedForward());
}
BENCHMARK(systolicStored)->Name("systolic, prefetch as stored, 2,304 folds");

static void crossbar(benchmark::State &state) {
  CrossbarCore core;
  core.crossbar.tiles = 16;
  core.crossbar.arraysPerTile = 96;
  core.crossbar.rows = core.crossbar.columns = 128;
  core.crossbar.activeRows = core.crossbar.columnsPerAdc = 128;
  core.crossbar.cellBits = 2;
  core.crossbar.read = Picoseconds(100'000);
  core.crossbar.adcRatedBits = 8;
  core.crossbar.adcSamplesPerSecond = 1'280'000'000;
  core.crossbar.bufferBytesPerSecond = 32'000'000'000;
  Work work = makeFeedForward();
  for (auto step : state) {
    (void)step;
    benchmark::DoNotOptimize(priceOnCrossbar(core, work, nullptr));
  }
}
BENCHMARK(crossbar);

static void host(benchmark::State &state) {
  HostConstants host;
  host.operationsPerSecond = 100'000'000'000;
  host.bytesPerSecond = 16'000'000'000;
  Work work = makeFeedForward();
  for (auto step : state) {
    (void)step;
    benchmark::DoNotOptimize(priceOnHost(host, work));
  }
}
BENCHMARK(host);

static void transfer(benchmark::State &state) {
  NoCConstants noc;
  noc.dims = {4, 4, 4};
  noc.linkBits = 128;
  noc.bufferFlits = 8;
  noc.maxPacketFlits = 16;
  for (auto step : state) {
    (void)step;
    TransferSize size = transferSize(noc, 98'304);
    benchmark::DoNotOptimize(transferLatency(noc, {3, 1}, size.flits));
    benchmark::DoNotOptimize(transferEnergy(noc, {3, 1}, size.flits));
  }
}
BENCHMARK(transfer);

BENCHMARK_MAIN();
