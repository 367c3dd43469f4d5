// Prefetching through operand buffers: by hand, and at the edges. SCALE-Sim's
// table is compared in ReferenceTablesTest.cpp.
#include "atleus/Cost/CoreModel.h"

#include "gtest/gtest.h"

using namespace atleus;

static SystolicConstants makeArray(int64_t side, arch::Dataflow dataflow) {
  SystolicConstants array;
  array.rows = array.columns = side;
  array.dataflow = dataflow;
  return array;
}

/// Buffers of `words` words of a byte, `perCycle` of which move in a cycle.
static PrefetchBuffers makeBuffers(arch::Prefetch order, int64_t words,
                                   int64_t perCycle) {
  OperandBuffer buffer{words, 8, 8 * perCycle};
  return {order, buffer, buffer, buffer};
}

static const arch::Dataflow dataflows[] = {arch::Dataflow::WeightStationary,
                                           arch::Dataflow::OutputStationary,
                                           arch::Dataflow::InputStationary};

TEST(SystolicPrefetch, OperandsThatFitHalfABufferNeverStall) {
  for (arch::Dataflow dataflow : dataflows)
    for (arch::Prefetch order :
         {arch::Prefetch::Stored, arch::Prefetch::Demand}) {
      PrefetchCounts counts = countPrefetch(
          makeArray(8, dataflow), makeBuffers(order, 8192, 1), 30, 40, 50);
      EXPECT_EQ(counts.stalls, 0);
    }
}

TEST(SystolicPrefetch, OneWordPerOperand) {
  for (arch::Dataflow dataflow : dataflows)
    for (arch::Prefetch order :
         {arch::Prefetch::Stored, arch::Prefetch::Demand}) {
      PrefetchCounts counts = countPrefetch(makeArray(1, dataflow),
                                            makeBuffers(order, 1, 1), 1, 1, 1);
      EXPECT_EQ(counts.stalls, 0);
      EXPECT_EQ(counts.lhsFetches, 1);
      EXPECT_EQ(counts.rhsFetches, 1);
    }
}

TEST(SystolicPrefetch, OnDemandTheSecondHalfIsWaitedFor) {
  // One fold of 4 x 4 weights takes 2 * 4 + 4 + 100 - 2 cycles; of the 400
  // inputs 50 are there, and 350 come in as many cycles after the request.
  SystolicConstants array = makeArray(4, arch::Dataflow::WeightStationary);
  PrefetchBuffers buffers = makeBuffers(arch::Prefetch::Demand, 100, 1);
  buffers.result.words = 10'000;
  PrefetchCounts counts = countPrefetch(array, buffers, 100, 4, 4);
  EXPECT_EQ(counts.lhsFetches, 400);
  EXPECT_EQ(counts.rhsFetches, 16);
  EXPECT_EQ(counts.stalls, 351 - 110);
  // Four passes through the array leave time for it.
  EXPECT_EQ(countPrefetch(array, buffers, 100, 4, 4, 4).stalls, 0);
  // Wider words take longer.
  buffers.lhs.wordBits = 16;
  EXPECT_EQ(countPrefetch(array, buffers, 100, 4, 4).stalls, 701 - 110);
}

TEST(SystolicPrefetch, OnDemandEachPassOverALargeOperandFetchesItAgain) {
  SystolicConstants array = makeArray(4, arch::Dataflow::WeightStationary);
  PrefetchBuffers buffers = makeBuffers(arch::Prefetch::Demand, 100, 1000);
  PrefetchCounts counts = countPrefetch(array, buffers, 100, 4, 12);
  EXPECT_EQ(counts.lhsFetches, 2000); // 1200 words in cycles of 1000
  // An output-stationary tile of weights stays while rows of tiles follow.
  array.dataflow = arch::Dataflow::OutputStationary;
  buffers.rhs.bitsPerCycle = 8;
  EXPECT_EQ(countPrefetch(array, buffers, 100, 12, 12).rhsFetches, 144);
  EXPECT_EQ(countPrefetch(array, buffers, 100, 25, 12).rhsFetches,
            25 * 25 * 12);
}

TEST(SystolicPrefetch, StoredOrderReturnsToWhatHasPassed) {
  // Sets of two words, two sets to a row of four weights: the window holds 50
  // of the 64 sets of the tile, which is loaded from row 31 up to row 0. It
  // moves on to the last rows once, then around to the first half of row 7,
  // and on to its second half.
  SystolicConstants array = makeArray(4, arch::Dataflow::WeightStationary);
  array.rows = 32;
  PrefetchBuffers buffers = makeBuffers(arch::Prefetch::Stored, 200, 1);
  PrefetchCounts counts = countPrefetch(array, buffers, 1, 32, 4);
  EXPECT_EQ(counts.rhsFetches, 100 + 3 * 100);
  EXPECT_GT(counts.stalls, 0);
  buffers.order = arch::Prefetch::Demand;
  EXPECT_EQ(countPrefetch(array, buffers, 1, 32, 4).rhsFetches, 128);
}

TEST(SystolicPrefetch, MoreBandwidthNeverStallsLonger) {
  for (arch::Dataflow dataflow : dataflows)
    for (arch::Prefetch order :
         {arch::Prefetch::Stored, arch::Prefetch::Demand}) {
      int64_t last = std::numeric_limits<int64_t>::max();
      for (int64_t bandwidth : {1, 2, 4, 8, 16, 64, 1024}) {
        int64_t stalls =
            countPrefetch(makeArray(16, dataflow),
                          makeBuffers(order, 2048, bandwidth), 129, 65, 130)
                .stalls;
        EXPECT_LE(stalls, last);
        last = stalls;
      }
    }
}

TEST(SystolicPrefetch, ASlowInterfaceOfTheResultStallsTheArray) {
  SystolicConstants array = makeArray(16, arch::Dataflow::OutputStationary);
  PrefetchBuffers buffers = makeBuffers(arch::Prefetch::Stored, 1 << 20, 1024);
  EXPECT_EQ(countPrefetch(array, buffers, 256, 1, 256).stalls, 0);
  buffers.result = {1024, 8, 8};
  // 65,536 results at one per cycle, all but the last 1,024 and the time until
  // the first half is full, against 256 folds of 31 cycles.
  int64_t stalls = countPrefetch(array, buffers, 256, 1, 256).stalls;
  EXPECT_NEAR(stalls, 65'536 - 1024 - 256 * 31, 600);
}

TEST(SystolicPrefetch, ManyFoldsAreScaledFromTheFirst) {
  SystolicConstants array = makeArray(8, arch::Dataflow::WeightStationary);
  PrefetchBuffers buffers = makeBuffers(arch::Prefetch::Stored, 1024, 1);
  PrefetchCounts some = countPrefetch(array, buffers, 64, 128, 128);
  PrefetchCounts many = countPrefetch(array, buffers, 64, 128, 1280);
  EXPECT_NEAR(many.lhsFetches, 10 * some.lhsFetches, 0.06 * many.lhsFetches);
}

TEST(SystolicPrefetch, PricesWaitWhenTheMachineHasOperandBuffers) {
  SystolicCore core;
  core.array = makeArray(32, arch::Dataflow::WeightStationary);
  core.array.clock = Picoseconds(1000);
  core.accumulatorBits = 8;
  core.bufferBytesPerCycle = 16;
  core.operandBufferBytes = 2048;
  Work work;
  MatrixProduct product;
  product.m = product.n = 128;
  product.k = 64;
  product.lhsBits = product.rhsBits = 8;
  work.products.push_back(product);
  PrefetchCounts counts = countPrefetch(
      core.array, makeBuffers(arch::Prefetch::Stored, 2048, 16), 128, 64, 128);
  EXPECT_GT(counts.stalls, 0);
  EXPECT_EQ(systolicStallCycles(core, work), counts.stalls);
  Price price = *priceOnSystolic(core, work, nullptr);
  EXPECT_EQ(price.duration.count(), 1000 * (1776 + counts.stalls));
  EXPECT_EQ(price.bottleneck, Bottleneck::Bandwidth);
}
