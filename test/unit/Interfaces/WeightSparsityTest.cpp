// Tests of the counts of zeros in weights.
#include "dialects/Interfaces/WeightSparsity.h"

#include <gtest/gtest.h>

using namespace atleus;

TEST(WeightSparsity, DenseWeightsKeepEverything) {
  WeightSparsity sparsity;
  EXPECT_FALSE(sparsity.any());
  EXPECT_EQ(sparsity.rowsLeft(10), 10);
  EXPECT_EQ(sparsity.columnsLeft(10), 10);
  EXPECT_EQ(sparsity.elementsLeft(10), 10);
}

TEST(WeightSparsity, SmallerPiecesKeepTheirShareRoundedUp) {
  WeightSparsity sparsity;
  sparsity.kept = 1;
  sparsity.blockRows = sparsity.blockColumns = 8, sparsity.keptRows = 3;
  EXPECT_EQ(sparsity.rowsLeft(16), 6);
  EXPECT_EQ(sparsity.rowsLeft(17), 7);
  EXPECT_EQ(sparsity.rowsLeft(19), 8);
  EXPECT_EQ(sparsity.columnsLeft(17), 17);
  sparsity.keptRows = 0, sparsity.keptColumns = 3;
  EXPECT_EQ(sparsity.columnsLeft(17), 7);
  EXPECT_EQ(sparsity.rowsLeft(17), 17);
  sparsity.group = 4, sparsity.keptInGroup = 2;
  EXPECT_EQ(sparsity.elementsLeft(11), 6);
}

TEST(WeightSparsity, PartsAddUpToTheWholeOrMore) {
  WeightSparsity sparsity;
  sparsity.kept = 1000, sparsity.indexBits = 333;
  WeightSparsity third = sparsity.ofColumns(1, 3);
  EXPECT_EQ(third.kept, 334);
  EXPECT_EQ(third.indexBits, 111);
  EXPECT_EQ(sparsity.ofColumns(3, 3), sparsity);
}

TEST(WeightSparsity, BytesCountValuesAndIndex) {
  WeightSparsity sparsity;
  sparsity.kept = 10, sparsity.indexBits = 17;
  EXPECT_EQ(sparsity.packedBytes(8), 13);
  EXPECT_EQ(sparsity.packedBytes(4), 8);
}
