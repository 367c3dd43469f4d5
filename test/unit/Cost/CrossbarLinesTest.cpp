// Counts and times of crossbars that leave out lines of pruned weights.
#include "atleus/Cost/CrossbarModel.h"

#include <gtest/gtest.h>

using namespace atleus;

/// 128 x 128 arrays of 2-bit cells, so that 32 weights of 8 bits lie beside each
/// other.
static CrossbarConstants makeCore(arch::Sparsity sparsity) {
  CrossbarConstants core;
  core.rows = core.columns = core.activeRows = core.columnsPerAdc = 128;
  core.cellBits = 2;
  core.encoding = arch::Encoding::Differential;
  core.read = Picoseconds(100'000);
  core.sparsity = sparsity;
  return core;
}

/// 10 vectors by 768 x 3072 weights, in blocks of 128 x 16.
static MatrixProduct makeProduct(int64_t keptRows, int64_t keptColumns,
                                 int64_t rowsPerScale = 0) {
  MatrixProduct product;
  product.m = 10, product.k = 768, product.n = 3072;
  product.lhsBits = product.rhsBits = 8;
  product.staticRhs = true;
  product.rowsPerScale = rowsPerScale;
  product.sparsity.kept = 1;
  product.sparsity.blockRows = 128, product.sparsity.blockColumns = 16;
  product.sparsity.keptRows = keptRows;
  product.sparsity.keptColumns = keptColumns;
  return product;
}

static CrossbarCounts countDense(const CrossbarConstants &core,
                                 const MatrixProduct &product) {
  return countCrossbar(core, product.m, product.k, product.n, product.lhsBits,
                       product.rhsBits, product.rowsPerScale);
}

TEST(CrossbarLines, WithoutTheSkillNothingIsGained) {
  CrossbarConstants core = makeCore(arch::Sparsity::None);
  for (const MatrixProduct &product :
       {makeProduct(64, 0), makeProduct(0, 8), makeProduct(64, 0, 128)}) {
    CrossbarCounts counts = countCrossbarProduct(core, product);
    CrossbarCounts dense = countDense(core, product);
    EXPECT_EQ(counts.arrays, dense.arrays);
    EXPECT_EQ(counts.dacDrives, dense.dacDrives);
    EXPECT_EQ(counts.conversions, dense.conversions);
    EXPECT_EQ(counts.shiftAdds, dense.shiftAdds);
    EXPECT_EQ(productInterval(core, product),
              vectorInterval(core, 8, product.rowsPerScale));
  }
}

TEST(CrossbarLines, HalfOfTheRowsTakeHalfOfEverything) {
  CrossbarConstants core = makeCore(arch::Sparsity::Lines);
  CrossbarCounts counts = countCrossbarProduct(core, makeProduct(64, 0));
  CrossbarCounts dense = countDense(core, makeProduct(64, 0));
  EXPECT_EQ(dense.arrays, 6 * 192);
  EXPECT_EQ(counts.arrays, 3 * 192);
  EXPECT_EQ(counts.arrayPasses * 2, dense.arrayPasses);
  EXPECT_EQ(counts.dacDrives * 2, dense.dacDrives);
  EXPECT_EQ(counts.inputBits * 2, dense.inputBits);
  EXPECT_EQ(counts.conversions * 2, dense.conversions);
  // A vector takes as long: all arrays work at once.
  EXPECT_EQ(productInterval(core, makeProduct(64, 0)),
            vectorInterval(core, 8));
}

TEST(CrossbarLines, HalfOfTheColumnsAreNotConverted) {
  CrossbarConstants core = makeCore(arch::Sparsity::Lines);
  CrossbarCounts counts = countCrossbarProduct(core, makeProduct(0, 8));
  CrossbarCounts dense = countDense(core, makeProduct(0, 8));
  EXPECT_EQ(counts.arrays * 2, dense.arrays);
  EXPECT_EQ(counts.dacDrives * 2, dense.dacDrives);
  EXPECT_EQ(counts.conversions * 2, dense.conversions);
}

TEST(CrossbarLines, OffsetsNeedTheSumOfTheInputsOfEachColumnOfArrays) {
  CrossbarConstants core = makeCore(arch::Sparsity::Lines);
  CrossbarCounts counts = countCrossbarProduct(core, makeProduct(64, 0));
  core.encoding = arch::Encoding::Offset;
  MatrixProduct product = makeProduct(64, 0);
  product.sparsity.blockColumns = 32;
  CrossbarCounts offset = countCrossbarProduct(core, product);
  EXPECT_EQ(offset.arrays, 3 * 96);
  // 10 vectors, 384 inputs for each of 96 columns of arrays; half as many
  // conversions.
  EXPECT_EQ(offset.shiftAdds,
            counts.shiftAdds - counts.conversions / 2 + 10 * 384 * 96);
}

TEST(CrossbarLines, BlocksWithScalesAreDrivenOneAfterAnother) {
  CrossbarConstants core = makeCore(arch::Sparsity::Lines);
  // An array holds what is left of two blocks.
  MatrixProduct halves = makeProduct(64, 0, 128);
  CrossbarCounts counts = countCrossbarProduct(core, halves);
  EXPECT_EQ(counts.arrays * 2, countDense(core, halves).arrays);
  EXPECT_EQ(counts.conversions, countDense(core, halves).conversions);
  EXPECT_EQ(productInterval(core, halves), vectorInterval(core, 8, 128) * 2);
}

TEST(CrossbarLines, BlocksWithScalesMayLieInTwoArrays) {
  CrossbarConstants core = makeCore(arch::Sparsity::Lines);
  // Blocks begin at rows 0, 85, 170, ... 425 of 510; arrays at 0, 128, 256 and
  // 384 so hold parts of 2, 3, 2 and 2 blocks.
  MatrixProduct product = makeProduct(85, 0, 128);
  CrossbarCounts counts = countCrossbarProduct(core, product);
  EXPECT_EQ(counts.arrays, 4 * 192);
  EXPECT_EQ(counts.conversions, 9 * 3072 * 8 * 8 * 10);
  EXPECT_EQ(productInterval(core, product), vectorInterval(core, 8) * 3);
}
