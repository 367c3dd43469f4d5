// Tests of how weights lie in arrays.
#include "dialects/PIM/ArrayLayout.h"

#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::pim;

/// 128 x 128 arrays, 4 columns for a weight.
static ArrayGrid gridOf(int64_t k, int64_t n) { return {k, n, 4, 128, 128}; }

static WeightSparsity rowLines(int64_t rows, int64_t columns, int64_t kept) {
  WeightSparsity sparsity;
  sparsity.kept = 1;
  sparsity.blockRows = rows, sparsity.blockColumns = columns;
  sparsity.keptRows = kept;
  return sparsity;
}

static WeightSparsity columnLines(int64_t rows, int64_t columns, int64_t kept) {
  WeightSparsity sparsity = rowLines(rows, columns, 0);
  sparsity.keptColumns = kept;
  return sparsity;
}

TEST(ArrayLayout, DenseWeightsLieSideBySide) {
  ArrayLayout layout = layOutDense(gridOf(768, 3072));
  EXPECT_EQ(layout.gridRows, 6);
  EXPECT_EQ(layout.gridColumns(), 96);
  EXPECT_EQ(layout.arrays(), 576);
  EXPECT_EQ(layOutDense(gridOf(129, 33)).arrays(), 4);
}

TEST(ArrayLayout, KeptRowsOfAllBlocksLieSideBySide) {
  ArrayLayout layout = layOutLines(gridOf(768, 3072), rowLines(128, 32, 64));
  EXPECT_EQ(layout.writtenRows, 384);
  EXPECT_EQ(layout.gridRows, 3);
  EXPECT_EQ(layout.arrays(), 288);
  // Rows that are left over take an array of their own.
  EXPECT_EQ(layOutLines(gridOf(768, 3072), rowLines(128, 32, 65)).gridRows, 4);
  // The last block has 32 rows and keeps 16.
  layout = layOutLines(gridOf(160, 32), rowLines(128, 32, 64));
  EXPECT_EQ(layout.writtenRows, 80);
  EXPECT_EQ(layout.arrays(), 1);
}

TEST(ArrayLayout, NarrowBlocksLeaveColumnsEmpty) {
  ArrayLayout layout = layOutLines(gridOf(768, 64), rowLines(128, 8, 64));
  EXPECT_EQ(layout.arrayColumns, 32);
  EXPECT_EQ(layout.gridColumns(), 8);
  EXPECT_EQ(layout.arrays(), 24);
}

TEST(ArrayLayout, KeptColumnsOfAllBlocksLieSideBySide) {
  ArrayLayout layout = layOutLines(gridOf(256, 128), columnLines(128, 32, 16));
  EXPECT_EQ(layout.writtenColumns, 64);
  EXPECT_EQ(layout.gridRows, 2);
  EXPECT_EQ(layout.gridColumns(), 2);
  EXPECT_EQ(layout.units, 4);
  EXPECT_EQ(layout.featuresPerUnit, 32);
  // Blocks of few rows leave wordlines empty.
  layout = layOutLines(gridOf(256, 128), columnLines(32, 32, 16));
  EXPECT_EQ(layout.arrayRows, 32);
  EXPECT_EQ(layout.arrays(), 16);
}

TEST(ArrayLayout, BlocksAreCutIntoWhatAnArrayHolds) {
  ArrayGrid grid = gridOf(768, 768);
  EXPECT_EQ(fitBlocks(grid, rowLines(128, 32, 64)).blockColumns, 32);
  EXPECT_EQ(fitBlocks(grid, rowLines(128, 768, 64)).blockColumns, 32);
  EXPECT_EQ(fitBlocks(grid, rowLines(128, 48, 64)).blockColumns, 16);
  EXPECT_EQ(fitBlocks(grid, rowLines(128, 10, 64)).blockColumns, 10);
  EXPECT_EQ(fitBlocks(grid, rowLines(256, 32, 64)).blockRows, 256);
  EXPECT_EQ(fitBlocks(grid, columnLines(256, 32, 16)).blockRows, 128);
  EXPECT_EQ(fitBlocks(grid, columnLines(256, 32, 16)).blockColumns, 32);
  // A weight that is wider than an array.
  EXPECT_EQ(fitBlocks({64, 8, 16, 128, 12}, rowLines(8, 4, 4)).blockColumns, 1);
}

TEST(ArrayLayout, NothingLeftOutTakesAsManyArrays) {
  for (int64_t k : {1, 127, 128, 200, 768})
    for (int64_t n : {1, 31, 32, 100, 768}) {
      ArrayGrid grid = gridOf(k, n);
      EXPECT_EQ(layOutLines(grid, rowLines(128, 32, 128)).arrays(),
                layOutDense(grid).arrays());
      EXPECT_EQ(layOutLines(grid, columnLines(128, 32, 32)).arrays(),
                layOutDense(grid).arrays());
    }
}

TEST(ArrayLayout, DenseWeightsAreCutBetweenRowsOfArrays) {
  ArrayGrid grid = gridOf(768, 64);
  EXPECT_EQ(layOutDense(grid).rowsPerUnit, 128);
  EXPECT_EQ(layOutDense(grid).gridRowsPerUnit, 1);
  // Scales of fewer rows than an array has, of more, and of all.
  for (auto [rowsPerScale, rows] :
       {std::pair(32, 128), std::pair(256, 256), std::pair(768, 128)}) {
    grid.rowsPerScale = rowsPerScale;
    EXPECT_EQ(layOutDense(grid).rowsPerUnit, rows);
    EXPECT_EQ(layOutDense(grid).gridRowsPerUnit, rows / 128);
  }
}

TEST(ArrayLayout, KeptRowsAreCutWhereTheyFillArrays) {
  // 48 of 64 rows: eight blocks fill three arrays.
  ArrayLayout layout = layOutLines(gridOf(1024, 64), rowLines(64, 32, 48));
  EXPECT_EQ(layout.rowsPerUnit, 512);
  EXPECT_EQ(layout.gridRowsPerUnit, 3);
  // Of the rows in between no array has all.
  layout = layOutLines(gridOf(512, 64), rowLines(64, 32, 47));
  EXPECT_EQ(layout.rowsPerUnit, 128 * 64);
}

TEST(ArrayLayout, KeptColumnsAreCutBetweenBlocks) {
  ArrayGrid grid = gridOf(256, 128);
  ArrayLayout layout = layOutLines(grid, columnLines(32, 32, 16));
  EXPECT_EQ(layout.rowsPerUnit, 32);
  EXPECT_EQ(layout.gridRowsPerUnit, 1);
  grid.rowsPerScale = 64;
  layout = layOutLines(grid, columnLines(32, 32, 16));
  EXPECT_EQ(layout.rowsPerUnit, 64);
  EXPECT_EQ(layout.gridRowsPerUnit, 2);
}

TEST(ArrayLayout, CutsGoThroughNoArray) {
  for (int64_t kept : {8, 16, 24, 32})
    for (int64_t rowsPerScale : {0, 32, 96, 512}) {
      ArrayGrid grid = gridOf(4096, 64);
      grid.rowsPerScale = rowsPerScale;
      WeightSparsity lines = rowLines(32, 32, kept);
      ArrayLayout layout = layOutLines(grid, lines);
      EXPECT_EQ(layout.rowsPerUnit % std::max<int64_t>(rowsPerScale, 1), 0);
      EXPECT_EQ(lines.rowsLeft(layout.rowsPerUnit),
                layout.gridRowsPerUnit * grid.rows);
    }
}
