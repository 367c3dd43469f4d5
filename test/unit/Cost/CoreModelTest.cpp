// Prices of work on cores, memory and host.
#include "atleus/Cost/CoreModel.h"
#include "atleus/Cost/HostModel.h"

#include "gtest/gtest.h"

using namespace atleus;

static VectorConstants makeUnit() {
  VectorConstants unit;
  unit.lanes = 10;
  unit.clock = Picoseconds(1000);
  unit.cycles[static_cast<unsigned>(VectorOperation::Add)] = 1;
  unit.energy[static_cast<unsigned>(VectorOperation::Add)] = Femtojoules(100);
  unit.cycles[static_cast<unsigned>(VectorOperation::Exponential)] = 4;
  unit.energy[static_cast<unsigned>(VectorOperation::Exponential)] =
      Femtojoules(2000);
  return unit;
}

static MemoryConstants makeMemory() {
  MemoryConstants memory;
  memory.bytesPerSecond = 64'000'000'000;
  memory.latency = Picoseconds(100'000);
  memory.burstBytes = 32;
  memory.bit = Femtojoules(3900);
  return memory;
}

static CrossbarCore makeCrossbarCore() {
  CrossbarCore core;
  core.crossbar.rows = core.crossbar.columns = 128;
  core.crossbar.activeRows = core.crossbar.columnsPerAdc = 128;
  core.crossbar.cellBits = 2;
  core.crossbar.read = Picoseconds(100'000);
  core.crossbar.adcRatedBits = 8;
  core.crossbar.adcSamplesPerSecond = 1'280'000'000;
  core.crossbar.adcConversion = Femtojoules(1670);
  core.crossbar.bufferBytesPerSecond = 32'000'000'000;
  core.crossbar.bufferBit = Femtojoules(80);
  core.crossbar.busBit = Femtojoules(54);
  core.crossbar.pipeline = Picoseconds(600'000);
  core.vector = makeUnit();
  return core;
}

static SystolicCore makeSystolicCore() {
  SystolicCore core;
  core.array.rows = core.array.columns = 32;
  core.array.clock = Picoseconds(1000);
  core.array.mac = Femtojoules(300);
  core.bufferBytesPerCycle = 256;
  core.bufferByte = Femtojoules(2500);
  core.vector = makeUnit();
  core.memory = makeMemory();
  return core;
}

static Work makeProduct(int64_t m, int64_t k, int64_t n, bool staticRhs) {
  Work work;
  MatrixProduct product;
  product.m = m;
  product.k = k;
  product.n = n;
  product.lhsBits = product.rhsBits = 8;
  product.staticRhs = staticRhs;
  work.products.push_back(product);
  return work;
}

TEST(CrossbarCore, PricesAStaticProductAtTheIntervalOfVectors) {
  CrossbarCore core = makeCrossbarCore();
  Work work = makeProduct(16, 768, 768, true);
  std::optional<Price> price = priceOnCrossbar(core, work, nullptr);
  ASSERT_TRUE(price);
  EXPECT_EQ(price->duration.count(), 16 * 800'000 + 600'000);
  EXPECT_EQ(price->bottleneck, Bottleneck::ArrayRead);
  EXPECT_EQ(price->energy[EnergyComponent::AnalogToDigital].count(),
            16ll * 8 * 6 * 768 * 4 * 1670);
  core.crossbar.read = Picoseconds(50'000);
  EXPECT_EQ(priceOnCrossbar(core, work, nullptr)->bottleneck,
            Bottleneck::AnalogToDigital);
}

TEST(CrossbarCore, BatchesAreFurtherVectors) {
  Work work = makeProduct(4, 128, 32, true);
  work.products[0].batch = 3;
  EXPECT_EQ(
      priceOnCrossbar(makeCrossbarCore(), work, nullptr)->duration.count(),
      12 * 800'000 + 600'000);
}

TEST(CrossbarCore, RefusesTwoDynamicOperands) {
  std::string reason;
  EXPECT_FALSE(priceOnCrossbar(makeCrossbarCore(),
                               makeProduct(128, 64, 128, false), &reason));
  EXPECT_EQ(reason, "a crossbar holds static operands only; the product of "
                    "128x64 by 64x128 has two dynamic operands");
  EXPECT_FALSE(priceOnCrossbar(makeCrossbarCore(),
                               makeProduct(128, 64, 128, false), nullptr));
}

TEST(CrossbarCore, RefusesOperationsWithoutAUnit) {
  CrossbarCore core = makeCrossbarCore();
  Work work = makeProduct(1, 128, 32, true);
  work[VectorOperation::Divide] = 7;
  std::string reason;
  EXPECT_FALSE(priceOnCrossbar(core, work, &reason));
  EXPECT_EQ(reason, "the core's vector unit has no 'divide' operation");
  core.vector.reset();
  EXPECT_FALSE(priceOnCrossbar(core, work, &reason));
  EXPECT_EQ(reason,
            "the core has no vector unit; the work has 7 'divide' operations");
}

TEST(CrossbarCore, BiasHidesBehindTheProductsUntilItDominates) {
  Work work = makeProduct(1, 128, 32, true);
  work[VectorOperation::Add] = 32;
  Price hidden = *priceOnCrossbar(makeCrossbarCore(), work, nullptr);
  EXPECT_EQ(hidden.duration.count(), 800'000 + 600'000);
  EXPECT_EQ(hidden.energy[EnergyComponent::VectorUnit].count(), 3200);
  work[VectorOperation::Add] = 100'000;
  Price bound = *priceOnCrossbar(makeCrossbarCore(), work, nullptr);
  EXPECT_EQ(bound.duration.count(), 10'000'000 + 600'000);
  EXPECT_EQ(bound.bottleneck, Bottleneck::VectorUnit);
}

TEST(CrossbarCore, TheBufferCanBeTheLimit) {
  Work work = makeProduct(1, 128, 32, true);
  work.bytesRead = 64'000;
  Price price = *priceOnCrossbar(makeCrossbarCore(), work, nullptr);
  // Written and read, and carried to the arrays.
  EXPECT_EQ(price.duration.count(), 2 * 2'000'000 + 600'000);
  EXPECT_EQ(price.bottleneck, Bottleneck::Bandwidth);
  EXPECT_EQ(price.energy[EnergyComponent::Buffer].count(),
            64'000ll * 8 * (2 * 80 + 54));
}

TEST(CrossbarCore, WhatTheVectorUnitReadsDoesNotPassTheBus) {
  Work work;
  work[VectorOperation::Add] = 32;
  work.bytesRead = 128;
  Price price = *priceOnCrossbar(makeCrossbarCore(), work, nullptr);
  EXPECT_EQ(price.energy[EnergyComponent::Buffer].count(), 2 * 128 * 8 * 80);
}

TEST(SystolicCore, PricesADynamicProduct) {
  Work work = makeProduct(32, 32, 32, false);
  Price price = *priceOnSystolic(makeSystolicCore(), work, nullptr);
  EXPECT_EQ(price.duration.count(), 1000 * (2 * 32 + 32 + 32 - 2));
  EXPECT_EQ(price.bottleneck, Bottleneck::MacArray);
  EXPECT_EQ(price.energy[EnergyComponent::SystolicMac].count(),
            32 * 32 * 32 * 300);
  EXPECT_EQ(price.energy[EnergyComponent::Buffer].count(),
            (1024 + 1024 + 4096) * 2500);
  EXPECT_EQ(price.energy[EnergyComponent::Dram].count(), 0);
}

TEST(SystolicCore, ReadsParametersFromMemory) {
  Work work = makeProduct(1, 1024, 1024, true);
  work.parameterBytes = 1 << 20;
  SystolicCore core = makeSystolicCore();
  Price price = *priceOnSystolic(core, work, nullptr);
  EXPECT_EQ(price.duration.count(),
            100'000 + 1000ll * 1024 * (2 * 32 + 32 + 1 - 2));
  EXPECT_EQ(price.energy[EnergyComponent::Dram].count(), (8ll << 20) * 3900);
  core.memory->bytesPerSecond = 1'000'000'000;
  price = *priceOnSystolic(core, work, nullptr);
  EXPECT_EQ(price.duration.count(), 1'048'576'000 + 100'000);
  EXPECT_EQ(price.bottleneck, Bottleneck::Bandwidth);
  core.memory.reset();
  std::string reason;
  EXPECT_FALSE(priceOnSystolic(core, work, &reason));
  EXPECT_EQ(reason, "the core has no memory to read 1,048,576 bytes of "
                    "parameters from");
}

TEST(SystolicCore, StallsWhenTheBufferIsSlow) {
  Work work = makeProduct(32, 32, 32, false);
  SystolicCore core = makeSystolicCore();
  EXPECT_EQ(systolicStallCycles(core, work), 0);
  core.bufferBytesPerCycle = 32;
  EXPECT_EQ(systolicStallCycles(core, work), 6144 / 32 - 126);
  Price price = *priceOnSystolic(core, work, nullptr);
  EXPECT_EQ(price.duration.count(), 1000 * 192);
  EXPECT_EQ(price.bottleneck, Bottleneck::Bandwidth);
}

TEST(SystolicCore, ElementOperationsFollowTheProducts) {
  Work work = makeProduct(32, 32, 32, false);
  work[VectorOperation::Exponential] = 1001;
  Price price = *priceOnSystolic(makeSystolicCore(), work, nullptr);
  EXPECT_EQ(price.duration.count(), 1000 * 126 + 1000 * 401);
  EXPECT_EQ(price.bottleneck, Bottleneck::VectorUnit);
  EXPECT_EQ(price.energy[EnergyComponent::VectorUnit].count(), 2'002'000);
  work[VectorOperation::Lookup] = 1;
  std::string reason;
  EXPECT_FALSE(priceOnSystolic(makeSystolicCore(), work, &reason));
  EXPECT_EQ(reason, "the core's vector unit has no 'lookup' operation");
}

TEST(MemoryModel, MovesWholeBursts) {
  MemoryConstants memory = makeMemory();
  EXPECT_EQ(bytesMoved(memory, 33), 64);
  EXPECT_EQ(accessTime(memory, 33).count(), 100'000 + 1000);
  EXPECT_EQ(accessEnergy(memory, 33).count(), 64 * 8 * 3900);
  EXPECT_EQ(accessTime(memory, 0).count(), 0);
}

TEST(HostModel, IsARooflineThatIsNeverFree) {
  HostConstants host;
  host.operationsPerSecond = 100'000'000'000;
  host.bytesPerSecond = 16'000'000'000;
  host.latency = Picoseconds(10'000'000);
  host.operation = Femtojoules(1000);
  host.byte = Femtojoules(2000);
  Price empty = priceOnHost(host, Work());
  EXPECT_EQ(empty.duration.count(), 10'000'000);
  EXPECT_EQ(empty.bottleneck, Bottleneck::Latency);
  Work work = makeProduct(100, 1000, 1000, false);
  work.bytesRead = 1000;
  Price compute = priceOnHost(host, work);
  EXPECT_EQ(compute.duration.count(), 10'000'000 + 2'000'000'000);
  EXPECT_EQ(compute.energy[EnergyComponent::Host].count(),
            200'000'000ll * 1000 + 1000 * 2000);
  work.parameterBytes = 1'600'000'000;
  EXPECT_EQ(priceOnHost(host, work).bottleneck, Bottleneck::Bandwidth);
}
