// Weights that are loaded ahead or rewritten cost what they cost elsewhere.
#include "atleus/Cost/WeightPrices.h"
#include "atleus/Cost/Endurance.h"

#include <gtest/gtest.h>

using namespace atleus;

static SystolicCore makeCore() {
  SystolicCore core;
  core.array.rows = core.array.columns = 8;
  core.array.dataflow = arch::Dataflow::OutputStationary;
  core.array.clock = Picoseconds(1000);
  core.array.macBits = 8;
  core.array.mac = Femtojoules(300);
  core.bufferBytesPerCycle = 64;
  core.bufferByte = Femtojoules(50);
  MemoryConstants memory;
  memory.bytesPerSecond = 8'000'000'000;
  memory.latency = Picoseconds(50'000);
  memory.burstBytes = 32;
  memory.bit = Femtojoules(4000);
  core.memory = memory;
  return core;
}

static Work makeWork(int64_t m) {
  Work work;
  MatrixProduct product;
  product.m = m;
  product.k = 64;
  product.n = 32;
  product.lhsBits = product.rhsBits = 8;
  product.staticRhs = true;
  work.products.push_back(product);
  work.bytesRead = m * 64;
  work.bytesWritten = m * 32 * 4;
  work.parameterBytes = 64 * 32 + 4;
  return work;
}

/// Bringing the weight and multiplying takes the energy of both at once, and no
/// time of the memory in the product.
TEST(WeightPrices, LoadAndProductAddUp) {
  SystolicCore core = makeCore();
  for (int64_t m : {1, 8, 200}) {
    Work work = makeWork(m);
    Price together = *priceOnSystolic(core, work, nullptr);
    Price product = *priceOnLoadedSystolic(core, work, nullptr);
    ParameterLoad load = loadParameters(core, work);
    EXPECT_EQ(load.bytes, 2052);
    EXPECT_EQ(load.price.stream, together.stream);
    // 65 bursts at 8 bytes per ns, after 50 ns.
    EXPECT_EQ(load.price.stream, Picoseconds(260'000));
    EXPECT_EQ(load.price.duration, Picoseconds(310'000));
    EXPECT_EQ(product.stream, Picoseconds());
    EXPECT_EQ(product.energy[EnergyComponent::Dram], Femtojoules());
    EnergyBreakdown sum = product.energy;
    sum += load.price.energy;
    EXPECT_EQ(sum.component, together.energy.component);
    EXPECT_EQ(together.duration, std::max(product.duration, load.price.stream) +
                                     core.memory->latency);
  }
}

TEST(Endurance, YearsAtARate) {
  TierWear wear;
  wear.writesPerInference = 2;
  wear.enduranceWrites = 100'000'001;
  EXPECT_EQ(wear.countInferences(), 50'000'000);
  // One inference every millisecond: 50,000 seconds.
  EXPECT_NEAR(wear.getYears(Picoseconds(1'000'000'000)), 50000 / 31557600.0,
              1e-12);
}
