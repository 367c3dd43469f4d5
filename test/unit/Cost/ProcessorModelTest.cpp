// The roofline of a processor core.
#include "atleus/Cost/ProcessorModel.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace atleus;
using testing::HasSubstr;

/// A core of round numbers: 1 MAC, 0.1 operations and 0.2 bytes in a
/// picosecond.
static ProcessorCore makeCore() {
  ProcessorCore core;
  core.processor.macsPerSecond = 1'000'000'000'000;
  core.processor.macBits = 8;
  core.processor.mac = Femtojoules(1000);
  core.processor.operationsPerSecond = 100'000'000'000;
  core.processor.operation = Femtojoules(5000);
  core.processor.bytesPerSecond = 200'000'000'000;
  core.processor.byte = Femtojoules(2500);
  core.processor.latency = Picoseconds(1000);
  return core;
}

static MemoryConstants makeMemory() {
  MemoryConstants memory;
  memory.capacityBytes = 1 << 30;
  memory.bytesPerSecond = 10'000'000'000;
  memory.latency = Picoseconds(100'000);
  memory.burstBytes = 32;
  memory.bit = Femtojoules(4000);
  return memory;
}

static Work makeProduct(int64_t m, int64_t k, int64_t n, unsigned bits = 8) {
  Work work;
  MatrixProduct product;
  product.m = m;
  product.k = k;
  product.n = n;
  product.lhsBits = product.rhsBits = bits;
  work.products.push_back(product);
  return work;
}

static Price priceOf(const ProcessorCore &core, const Work &work) {
  std::optional<Price> price = priceOnProcessor(core, work, nullptr);
  EXPECT_TRUE(price);
  return price.value_or(Price());
}

TEST(ProcessorModel, NoWorkTakesTheLatency) {
  Price price = priceOf(makeCore(), Work());
  EXPECT_EQ(price.duration, Picoseconds(1000));
  EXPECT_EQ(price.energy.total(), Femtojoules(0));
  EXPECT_EQ(price.bottleneck, Bottleneck::Latency);
}

TEST(ProcessorModel, ProductsAreARoof) {
  Price price = priceOf(makeCore(), makeProduct(16, 64, 32));
  EXPECT_EQ(price.duration, Picoseconds(1000 + 16 * 64 * 32));
  EXPECT_EQ(price.energy[EnergyComponent::Processor],
            Femtojoules(16 * 64 * 32 * 1000));
  EXPECT_EQ(price.bottleneck, Bottleneck::MacArray);
}

TEST(ProcessorModel, ElementOperationsAreARoof) {
  Work work;
  work[VectorOperation::Exponential] = 3000;
  work[VectorOperation::Add] = 1000;
  Price price = priceOf(makeCore(), work);
  EXPECT_EQ(price.duration, Picoseconds(1000 + 40'000));
  EXPECT_EQ(price.energy[EnergyComponent::Processor], Femtojoules(4000 * 5000));
  EXPECT_EQ(price.bottleneck, Bottleneck::VectorUnit);
}

TEST(ProcessorModel, BytesAreARoof) {
  Work work = makeProduct(1, 1, 1);
  work.bytesRead = 1500;
  work.bytesWritten = 500;
  Price price = priceOf(makeCore(), work);
  EXPECT_EQ(price.duration, Picoseconds(1000 + 10'000));
  EXPECT_EQ(price.energy[EnergyComponent::Buffer], Femtojoules(2000 * 2500));
  EXPECT_EQ(price.bottleneck, Bottleneck::Bandwidth);
}

/// The roofs overlap: the work of all is as long as the longest.
TEST(ProcessorModel, RoofsOverlap) {
  Work work = makeProduct(16, 64, 32);
  work[VectorOperation::Add] = 3000;
  work.bytesRead = 6000;
  EXPECT_EQ(priceOf(makeCore(), work).duration, Picoseconds(1000 + 32'768));
}

/// The fastest rate divides less than a picosecond up to one.
TEST(ProcessorModel, RoundsUp) {
  ProcessorCore core = makeCore();
  core.processor.macsPerSecond = 3'000'000'000'000;
  EXPECT_EQ(priceOf(core, makeProduct(1, 1, 1)).duration, Picoseconds(1001));
  EXPECT_EQ(priceOf(core, makeProduct(1, 1, 4)).duration, Picoseconds(1002));
}

TEST(ProcessorModel, WideOperandsTakeAMacPerPairOfParts) {
  ProcessorConstants processor = makeCore().processor;
  EXPECT_EQ(processorMacs(processor, makeProduct(2, 3, 4, 8)), 24);
  EXPECT_EQ(processorMacs(processor, makeProduct(2, 3, 4, 9)), 4 * 24);
  EXPECT_EQ(processorMacs(processor, makeProduct(2, 3, 4, 32)), 16 * 24);
  Work mixed = makeProduct(2, 3, 4, 8);
  mixed.products[0].rhsBits = 16;
  EXPECT_EQ(processorMacs(processor, mixed), 2 * 24);
}

/// Parameters pass through the memory behind the core, in whole bursts, and
/// through the core's own.
TEST(ProcessorModel, StreamsParameters) {
  ProcessorCore core = makeCore();
  core.memory = makeMemory();
  Work work = makeProduct(1, 10, 10);
  work.parameterBytes = 100;
  Price price = priceOf(core, work);
  EXPECT_EQ(price.stream, Picoseconds(12'800));
  EXPECT_EQ(price.duration, Picoseconds(1000 + 100'000 + 12'800));
  EXPECT_EQ(price.energy[EnergyComponent::Dram], Femtojoules(128 * 8 * 4000));
  EXPECT_EQ(price.energy[EnergyComponent::Buffer], Femtojoules(100 * 2500));
  EXPECT_EQ(price.bottleneck, Bottleneck::Latency);
  work.parameterBytes = 10'000;
  EXPECT_EQ(priceOf(core, work).bottleneck, Bottleneck::Bandwidth);
}

TEST(ProcessorModel, ParametersNeedAMemory) {
  Work work = makeProduct(1, 10, 10);
  work.parameterBytes = 100;
  std::string reason;
  EXPECT_FALSE(priceOnProcessor(makeCore(), work, &reason));
  EXPECT_THAT(reason, HasSubstr("no memory to read 100 bytes of parameters"));
}
