// Tests of the packing of weights into the arrays of cores.
#include "atleus/Transforms/ArrayPacking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

using namespace atleus;
using llvm::SmallVector;
using testing::ElementsAre;

using Pieces = SmallVector<ArrayPiece>;

constexpr FitPolicy policies[] = {FitPolicy::NextFit, FitPolicy::FirstFit,
                                  FitPolicy::BestFit, FitPolicy::WorstFit};

/// A weight of `rows` x `columns` arrays, each of which holds 32 features.
static ArrayDemand demandOf(int64_t rows, int64_t columns) {
  return {rows, columns * 32, /*columnsPerFeature=*/4,
          /*columnsPerArray=*/128};
}

/// Number of the core of each weight's first piece.
static SmallVector<int64_t> firstCores(llvm::ArrayRef<Pieces> packing) {
  SmallVector<int64_t> cores;
  for (const Pieces &pieces : packing)
    cores.push_back(pieces.front().core);
  return cores;
}

TEST(ArrayDemand, CountsArraysOfPartialColumns) {
  ArrayDemand demand{/*gridRows=*/3, /*features=*/33, /*columnsPerFeature=*/4,
                     /*columnsPerArray=*/128};
  EXPECT_EQ(demand.arrays(), 6);
  EXPECT_EQ(demand.arrays(32), 3);
  EXPECT_EQ(demand.featuresIn(5), 32);
  EXPECT_EQ(demand.featuresIn(2), 0);
}

TEST(ArrayDemand, FeatureWiderThanAnArray) {
  ArrayDemand demand{/*gridRows=*/1, /*features=*/2, /*columnsPerFeature=*/16,
                     /*columnsPerArray=*/12};
  EXPECT_EQ(demand.arrays(), 3);
  EXPECT_EQ(demand.featuresIn(1), 0);
  EXPECT_EQ(demand.featuresIn(2), 1);
}

TEST(ArrayPacking, CutsAWeightLargerThanACore) {
  auto packing = packArrays({demandOf(6, 24)}, /*cores=*/2,
                            /*arraysPerCore=*/96, FitPolicy::FirstFit);
  ASSERT_TRUE(packing);
  EXPECT_THAT(packing->front(), ElementsAre(ArrayPiece{0, 0, 512, 96, 0, 6},
                                            ArrayPiece{1, 512, 256, 48, 0, 6}));
}

TEST(ArrayPacking, KeepsAWeightWholeWhereACoreHasRoom) {
  ArrayPacker packer(/*cores=*/2, /*arraysPerCore=*/10, FitPolicy::FirstFit);
  packer.add(demandOf(1, 6));
  auto pieces = packer.add(demandOf(1, 8));
  ASSERT_TRUE(pieces);
  EXPECT_THAT(*pieces, ElementsAre(ArrayPiece{1, 0, 256, 8, 0, 1}));
}

TEST(ArrayPacking, PoliciesChooseTheCore) {
  // Decreasing: 6, 5, 2, 2 on cores of 9.
  SmallVector<ArrayDemand> demands = {demandOf(1, 2), demandOf(1, 6),
                                      demandOf(1, 5), demandOf(1, 2)};
  auto coresWith = [&](FitPolicy policy) {
    auto packing =
        packArrays(demands, /*cores=*/3, /*arraysPerCore=*/9, policy);
    return firstCores(*packing);
  };
  EXPECT_THAT(coresWith(FitPolicy::NextFit), ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(coresWith(FitPolicy::FirstFit), ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(coresWith(FitPolicy::BestFit), ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(coresWith(FitPolicy::WorstFit), ElementsAre(2, 0, 1, 2));
}

TEST(ArrayPacking, FirstFitReturnsToAnEarlierCoreAndNextFitDoesNot) {
  for (auto [policy, core] :
       {std::pair(FitPolicy::FirstFit, 0), std::pair(FitPolicy::NextFit, 1)}) {
    ArrayPacker packer(/*cores=*/2, /*arraysPerCore=*/10, policy);
    packer.add(demandOf(1, 6));
    packer.add(demandOf(1, 7));
    EXPECT_EQ(packer.add(demandOf(1, 3))->front().core, core);
  }
}

TEST(ArrayPacking, BestFitFillsTheFullestCore) {
  ArrayPacker packer(/*cores=*/2, /*arraysPerCore=*/10, FitPolicy::BestFit);
  packer.add(demandOf(1, 6));
  packer.add(demandOf(1, 8));
  EXPECT_EQ(packer.add(demandOf(1, 2))->front().core, 1);
}

TEST(ArrayPacking, AFailedAddTakesNothing) {
  ArrayPacker packer(/*cores=*/2, /*arraysPerCore=*/10, FitPolicy::NextFit);
  packer.add(demandOf(1, 6));
  EXPECT_FALSE(packer.add(demandOf(1, 15)));
  EXPECT_EQ(packer.freeArrays(), 14);
  EXPECT_TRUE(packer.add(demandOf(1, 14)));
  EXPECT_EQ(packer.freeArrays(), 0);
}

TEST(ArrayPacking, ReportsTheShortage) {
  ArrayShortage shortage;
  EXPECT_FALSE(packArrays({demandOf(2, 4), demandOf(2, 5), demandOf(2, 4)},
                          /*cores=*/1, /*arraysPerCore=*/20,
                          FitPolicy::FirstFit, &shortage));
  EXPECT_EQ(shortage.demand, 2u);
  EXPECT_EQ(shortage.freeArrays, 2);
}

TEST(ArrayDemand, CutsRowsIntoFullCores) {
  EXPECT_THAT(demandOf(11, 1).cutRows(11), ElementsAre(11));
  EXPECT_THAT(demandOf(11, 1).cutRows(10), ElementsAre(10, 1));
  EXPECT_THAT(demandOf(12, 1).cutRows(4), ElementsAre(4, 4, 4));
  ArrayDemand pairs = demandOf(11, 1);
  pairs.gridRowsPerCut = 2;
  EXPECT_THAT(pairs.cutRows(5), ElementsAre(4, 4, 3));
  EXPECT_THAT(pairs.cutRows(1), ElementsAre(11)) << "no cut is possible";
}

TEST(ArrayPacking, AColumnOfArraysLargerThanACoreIsCutAlongItsRows) {
  auto packing = packArrays({demandOf(11, 2)}, /*cores=*/3,
                            /*arraysPerCore=*/10, FitPolicy::FirstFit);
  ASSERT_TRUE(packing);
  EXPECT_THAT(packing->front(), ElementsAre(ArrayPiece{0, 0, 32, 10, 0, 10},
                                            ArrayPiece{1, 32, 32, 10, 0, 10},
                                            ArrayPiece{2, 0, 64, 2, 10, 1}));
}

TEST(ArrayPacking, RowsAreCutShorterWhereCoresAreNotEmpty) {
  ArrayPacker packer(/*cores=*/3, /*arraysPerCore=*/10, FitPolicy::FirstFit);
  for (int i = 0; i < 3; ++i)
    packer.add(demandOf(1, 6));
  auto pieces = packer.add(demandOf(11, 1));
  ASSERT_TRUE(pieces);
  EXPECT_THAT(*pieces, ElementsAre(ArrayPiece{0, 0, 32, 4, 0, 4},
                                   ArrayPiece{1, 0, 32, 4, 4, 4},
                                   ArrayPiece{2, 0, 32, 3, 8, 3}));
}

TEST(ArrayPacking, RowsWithoutRoomTakeNothing) {
  ArrayPacker packer(/*cores=*/2, /*arraysPerCore=*/10, FitPolicy::FirstFit);
  EXPECT_FALSE(packer.add(demandOf(11, 2)));
  EXPECT_EQ(packer.freeArrays(), 20);
  ArrayDemand whole = demandOf(11, 1);
  whole.gridRowsPerCut = 11;
  EXPECT_FALSE(packer.add(whole));
  EXPECT_EQ(whole.leastArrays(10), 11);
  EXPECT_EQ(demandOf(11, 1).leastArrays(10), 1);
  EXPECT_EQ(demandOf(11, 1).leastArrays(11), 11);
  EXPECT_TRUE(packer.add(demandOf(11, 1)));
  EXPECT_EQ(packer.freeArrays(), 9);
}

TEST(ArrayPacking, EveryPolicyTakesWhatFirstFitInOrderTakes) {
  // Largest first puts 3 + 3 into one core of 7 and loses an array in each.
  SmallVector<ArrayDemand> demands = {demandOf(3, 1), demandOf(2, 1),
                                      demandOf(2, 1), demandOf(3, 1),
                                      demandOf(2, 1), demandOf(2, 1)};
  for (FitPolicy policy : policies)
    EXPECT_TRUE(packArrays(demands, /*cores=*/2, /*arraysPerCore=*/7, policy));
}

/// Checks that the pieces of `demand` are its rows in order and of each its
/// features in order, each of these in a core of its own, and adds their arrays
/// to `used`.
static void checkPieces(const ArrayDemand &demand, const Pieces &pieces,
                        llvm::SmallVectorImpl<int64_t> &used) {
  int64_t nextRow = 0, next = 0;
  SmallVector<int64_t> cores;
  for (const ArrayPiece &piece : pieces) {
    EXPECT_EQ(piece.firstGridRow, nextRow);
    EXPECT_EQ(piece.firstFeature, next);
    EXPECT_GT(piece.features, 0);
    ArrayDemand part = demand;
    part.gridRows = piece.gridRows;
    EXPECT_EQ(piece.arrays, part.arrays(piece.features));
    EXPECT_FALSE(llvm::is_contained(cores, piece.core));
    cores.push_back(piece.core);
    used[piece.core] += piece.arrays;
    next += piece.features;
    if (next < demand.features)
      continue;
    nextRow += piece.gridRows;
    next = 0;
    cores.clear();
  }
  EXPECT_EQ(nextRow, demand.gridRows);
  EXPECT_EQ(next, 0);
}

TEST(ArrayPacking, NoArrayIsUsedTwiceOnRandomInput) {
  std::mt19937 random(7);
  auto number = [&](int64_t low, int64_t high) {
    return low + static_cast<int64_t>(random() % (high - low + 1));
  };
  unsigned packed = 0;
  for (int trial = 0; trial < 400; ++trial) {
    int64_t cores = number(1, 6), capacity = number(4, 60);
    SmallVector<ArrayDemand> demands;
    for (int64_t i = 0, count = number(1, 12); i < count; ++i)
      demands.push_back(
          {number(1, 9), number(1, 300), number(1, 8), number(1, 4) * 32});
    ArrayPacker online(cores, capacity, FitPolicy::FirstFit);
    bool taken = llvm::all_of(demands, [&](const ArrayDemand &demand) {
      return online.add(demand).has_value();
    });
    for (FitPolicy policy : policies) {
      auto packing = packArrays(demands, cores, capacity, policy);
      EXPECT_TRUE(packing || !taken);
      if (!packing)
        continue;
      ++packed;
      SmallVector<int64_t> used(cores, 0);
      for (auto [demand, pieces] : llvm::zip_equal(demands, *packing))
        checkPieces(demand, pieces, used);
      for (int64_t arrays : used)
        EXPECT_LE(arrays, capacity);
    }
  }
  EXPECT_GT(packed, 200u);
}
