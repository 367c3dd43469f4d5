// Tests of the packing of copies into the arrays of cores.
#include "atleus/Transforms/ArrayPacking.h"

#include "llvm/ADT/SmallSet.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

using namespace atleus;
using llvm::SmallVector;
using testing::ElementsAre;

TEST(CopyPacking, SpreadsCopies) {
  auto cores = packCopies({{3, 2}, {4, 1}}, /*cores=*/3, /*arraysPerCore=*/8);
  ASSERT_TRUE(cores);
  EXPECT_THAT((*cores)[1], ElementsAre(0)) << "the larger one first";
  EXPECT_THAT((*cores)[0], ElementsAre(1, 2));
}

TEST(CopyPacking, FillsCoresWhereSpreadingLeavesNoRoom) {
  // In the emptiest cores 5 + 4 and 5 + 4 leave twice 1 of 10.
  auto cores = packCopies({{5, 1}, {5, 1}, {4, 1}, {4, 1}, {2, 1}},
                          /*cores=*/2, /*arraysPerCore=*/10);
  ASSERT_TRUE(cores);
  EXPECT_EQ((*cores)[0], (*cores)[1]);
  EXPECT_EQ((*cores)[2], (*cores)[4]);
}

TEST(CopyPacking, CopiesOfOneThingAreApart) {
  EXPECT_TRUE(packCopies({{1, 3}}, /*cores=*/3, /*arraysPerCore=*/100));
  EXPECT_FALSE(packCopies({{1, 4}}, /*cores=*/3, /*arraysPerCore=*/100));
}

TEST(CopyPacking, ComesBesideWhatIsThere) {
  ArrayPacker packer(/*cores=*/3, /*arraysPerCore=*/8, FitPolicy::WorstFit);
  CoresOfCopies cores = {{*packer.addReplica(4, {})}, {}};
  EXPECT_EQ(packCopies({{4, 3}, {5, 1}}, packer, cores), 0u)
      << "the larger one takes the second core, and 4 more have no room there";
  EXPECT_THAT(cores[1], ElementsAre(1));
  EXPECT_THAT(cores[0], ElementsAre(0, 2));
  cores = {{0}, {}};
  EXPECT_FALSE(packCopies({{4, 3}, {3, 1}}, packer, cores));
  EXPECT_THAT(cores[0], ElementsAre(0, 1, 2));
}

TEST(CopyPacking, NoneAreNothing) {
  auto cores = packCopies({{5, 0}}, /*cores=*/1, /*arraysPerCore=*/1);
  ASSERT_TRUE(cores);
  EXPECT_TRUE((*cores)[0].empty());
}

TEST(CopyPacking, NoArrayIsUsedTwiceOnRandomInput) {
  std::mt19937 random(11);
  auto draw = [&](int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(random);
  };
  unsigned packed = 0;
  for (int trial = 0; trial < 500; ++trial) {
    int64_t numCores = draw(1, 8), capacity = draw(4, 40);
    SmallVector<CopyDemand> demands;
    for (int64_t i = 0, count = draw(1, 8); i < count; ++i)
      demands.push_back({draw(1, 12), draw(0, numCores)});
    auto cores = packCopies(demands, numCores, capacity);
    int64_t inOneCore = 0;
    for (const CopyDemand &demand : demands)
      inOneCore += demand.copies > 0 ? demand.arrays : 0;
    if (!cores) {
      EXPECT_GT(inOneCore, capacity) << "each core has room for one of each";
      continue;
    }
    ++packed;
    SmallVector<int64_t> used(numCores, 0);
    for (auto [demand, of] : llvm::zip_equal(demands, *cores)) {
      EXPECT_EQ(static_cast<int64_t>(of.size()), demand.copies);
      llvm::SmallSet<int64_t, 8> different(of.begin(), of.end());
      EXPECT_EQ(different.size(), of.size());
      for (int64_t core : of)
        used[core] += demand.arrays;
    }
    for (int64_t arrays : used)
      EXPECT_LE(arrays, capacity);
  }
  EXPECT_GT(packed, 150u);
  EXPECT_LT(packed, 500u);
}
