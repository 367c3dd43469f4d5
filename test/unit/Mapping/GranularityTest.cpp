// Sizes of tasks: the fill of pipelines against what each task costs.
#include "atleus/Mapping/Granularity.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <numeric>

using namespace atleus;

/// A kernel of `tokens`, 2 to some power, each of which takes `perToken`, in
/// tasks that cost `perTask` more.
static GranularKernel kernel(int64_t tokens, int64_t perToken, int64_t perTask,
                             int64_t units, unsigned resource,
                             llvm::SmallVector<unsigned, 2> producers = {}) {
  GranularKernel result;
  result.resource = resource;
  result.units = units;
  result.producers = std::move(producers);
  for (int64_t size = 1; size <= tokens; size *= 2) {
    Picoseconds time(perToken * size + perTask);
    result.sizes.push_back({tokens / size, time, time, /*parts=*/1});
  }
  return result;
}

static constexpr int64_t noLimit = int64_t(1) << 40;

TEST(Granularity, OneStageTakesOneTask) {
  EXPECT_EQ(chooseGranularity({kernel(64, 10, 5, 1, 0)}, noLimit),
            std::vector<unsigned>{6});
}

TEST(Granularity, AChainTakesSmallTasksThatCostNothing) {
  std::vector<GranularKernel> chain = {kernel(64, 10, 0, 1, 0),
                                       kernel(64, 10, 0, 1, 1, {0}),
                                       kernel(64, 10, 0, 1, 2, {1})};
  // 640 + 30 s: 2 tokens are 3 % more than 1.
  EXPECT_EQ(chooseGranularity(chain, noLimit),
            (std::vector<unsigned>{0, 0, 0}));
}

TEST(Granularity, CostsOfTasksMakeThemLarger) {
  std::vector<unsigned> before(3);
  for (int64_t perTask : {1, 10, 100, 1000}) {
    std::vector<GranularKernel> chain = {kernel(64, 10, perTask, 1, 0),
                                         kernel(64, 10, perTask, 1, 1, {0}),
                                         kernel(64, 10, perTask, 1, 2, {1})};
    std::vector<unsigned> chosen = chooseGranularity(chain, noLimit);
    EXPECT_GE(chosen, before);
    before = std::move(chosen);
  }
  EXPECT_EQ(before, (std::vector<unsigned>{6, 6, 6}));
}

/// Blocks of columns of the same tokens come side by side, and one after
/// another where there are more than units; the next kernel waits for all of
/// them.
TEST(Granularity, PartsOfABlockAreOneBlock) {
  auto estimate = [](int64_t tasks, int64_t parts) {
    GranularKernel product;
    product.units = 4;
    product.sizes = {{tasks, Picoseconds(10), Picoseconds(12), parts}};
    return estimateSegment({product}, {0}, {0});
  };
  EXPECT_EQ(estimate(4, 4), Picoseconds(12));
  EXPECT_EQ(estimate(8, 8), Picoseconds(22)) << "two turns fill, none is left";
  EXPECT_EQ(estimate(8, 4), Picoseconds(22)) << "a second block of tokens";
  EXPECT_EQ(estimate(8, 2), Picoseconds(22)) << "two blocks at once, twice";
  EXPECT_EQ(estimate(8, 1), Picoseconds(22));
  EXPECT_EQ(estimate(6, 3), Picoseconds(22)) << "the fourth unit is idle";
  EXPECT_EQ(estimate(16, 8), Picoseconds(42));
}

TEST(Granularity, KeepsAllUnitsBusy) {
  EXPECT_EQ(chooseGranularity({kernel(64, 10, 1, 16, 0)}, noLimit),
            std::vector<unsigned>{2});
}

TEST(Granularity, ParallelKernelsFillAtOnce) {
  // Both read the first kernel, and nothing the two of them.
  std::vector<GranularKernel> fork = {kernel(8, 10, 0, 1, 0),
                                      kernel(8, 10, 0, 1, 1, {0}),
                                      kernel(8, 10, 0, 1, 2, {0})};
  EXPECT_EQ(estimateSegment(fork, {0, 1, 2}, {1, 1, 1}), Picoseconds(60 + 40));
}

TEST(Granularity, KernelsOnOneResourceTakeTurns) {
  std::vector<GranularKernel> both = {kernel(8, 10, 0, 2, 0),
                                      kernel(8, 10, 0, 2, 0)};
  EXPECT_EQ(estimateSegment(both, {0, 1}, {1, 1}), Picoseconds(2 * 40));
}

TEST(Granularity, HeadsHaveASizeOfTheirOwn) {
  GranularKernel heads = kernel(64, 10, 200, 16, 0);
  heads.hasHeads = true;
  for (TaskSize &size : heads.sizes)
    size.tasks *= 16;
  std::vector<GranularKernel> kernels = {heads, kernel(64, 40, 1, 1, 1, {0}),
                                         kernel(64, 40, 1, 1, 2, {1})};
  std::vector<unsigned> chosen = chooseGranularity(kernels, noLimit);
  EXPECT_GT(chosen[0], chosen[1]);
  EXPECT_EQ(chosen[1], chosen[2]);
}

TEST(Granularity, BlocksGrowUntilTasksAreFewEnough) {
  std::vector<GranularKernel> chain;
  for (unsigned i = 0; i < 8; ++i) {
    chain.push_back(kernel(256, 10, 0, 1, i));
    if (i > 0)
      chain.back().producers = {i - 1};
  }
  auto count = [&](int64_t limit) {
    std::vector<unsigned> chosen = chooseGranularity(chain, limit);
    int64_t tasks = 0;
    for (size_t i = 0; i < chain.size(); ++i)
      tasks += chain[i].getSize(chosen[i]).tasks;
    return tasks;
  };
  int64_t most = count(noLimit);
  for (int64_t limit : {1000, 300, 100, 50, 16}) {
    // Each task has a transfer.
    int64_t tasks = count(limit);
    EXPECT_LE(2 * tasks, limit);
    EXPECT_LE(tasks, most);
    most = tasks;
  }
  EXPECT_EQ(count(1), 8) << "one task of each kernel is the least";
}

TEST(Granularity, WhatIsAwaitedTakesLargeBlocks) {
  // The second stage is the longest; the third is of another segment, so that
  // nothing streams out of the first's other reader.
  std::vector<GranularKernel> kernels = {kernel(64, 10, 0, 1, 0),
                                         kernel(64, 100, 0, 1, 1, {0}),
                                         kernel(64, 1, 0, 1, 2, {0})};
  std::vector<unsigned> chosen = chooseGranularity(kernels, noLimit);
  EXPECT_LE(chosen[0], 2u);
  EXPECT_EQ(chosen[2], 6u) << "64 tokens take less than one of the longest";
}

TEST(Granularity, ManyTransfersMakeBlocksLarge) {
  std::vector<GranularKernel> chain = {kernel(64, 10, 0, 1, 0),
                                       kernel(64, 10, 0, 1, 1, {0})};
  auto choose = [&](int64_t transfers) {
    chain[1].transfers = transfers;
    return chooseGranularity(chain, 400)[1];
  };
  EXPECT_LT(choose(1), choose(12));
}

TEST(Granularity, SegmentsChooseApart) {
  std::vector<GranularKernel> kernels = {
      kernel(64, 10, 0, 1, 0), kernel(64, 10, 0, 1, 1, {0}),
      kernel(64, 10, 500, 1, 2), kernel(64, 10, 500, 1, 3, {2})};
  kernels[2].segment = kernels[3].segment = 1;
  std::vector<unsigned> chosen = chooseGranularity(kernels, noLimit);
  EXPECT_LT(chosen[0], chosen[2]);
}

TEST(Granularity, OfNothingIsNothing) {
  EXPECT_TRUE(chooseGranularity({}, noLimit).empty());
}
