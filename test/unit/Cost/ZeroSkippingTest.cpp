// Tests of what cores that skip zeros compute.
#include "atleus/Cost/ZeroSkipping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::arch;
using testing::HasSubstr;

constexpr Sparsity skills[] = {Sparsity::None, Sparsity::Lines,
                               Sparsity::Groups, Sparsity::Hierarchical,
                               Sparsity::Any};

/// 16 vectors by 256 x 64 weights.
static MatrixProduct productOf(const WeightSparsity &sparsity,
                               int64_t rowsPerScale = 0) {
  MatrixProduct product;
  product.m = 16, product.k = 256, product.n = 64;
  product.staticRhs = true;
  product.rowsPerScale = rowsPerScale;
  product.sparsity = sparsity;
  return product;
}

static WeightSparsity groups() {
  WeightSparsity sparsity;
  sparsity.kept = 128 * 64, sparsity.longestColumn = 128;
  sparsity.group = 4, sparsity.keptInGroup = 2;
  return sparsity;
}

/// Blocks of 128 x 32 that keep 96 rows.
static WeightSparsity rowLines() {
  WeightSparsity sparsity;
  sparsity.kept = 192 * 64, sparsity.longestColumn = 192;
  sparsity.blockRows = 128, sparsity.blockColumns = 32;
  sparsity.keptRows = 96;
  return sparsity;
}

/// The same blocks, which keep 24 columns.
static WeightSparsity columnLines() {
  WeightSparsity sparsity = rowLines();
  sparsity.keptRows = 0, sparsity.keptColumns = 24;
  sparsity.longestColumn = 256;
  return sparsity;
}

static WeightSparsity hierarchical() {
  WeightSparsity sparsity = rowLines();
  sparsity.group = 4, sparsity.keptInGroup = 2;
  sparsity.kept = 96 * 64, sparsity.longestColumn = 96;
  return sparsity;
}

static WeightSparsity anywhere() {
  WeightSparsity sparsity;
  sparsity.kept = 128 * 64, sparsity.longestColumn = 150;
  return sparsity;
}

static std::vector<std::array<int64_t, 4>> parts(Sparsity skill,
                                                 const MatrixProduct &product) {
  std::vector<std::array<int64_t, 4>> result;
  for (const DenseProduct &part : skipZeros(skill, product))
    result.push_back({part.count, part.k, part.n, part.inputs});
  return result;
}

using Parts = std::vector<std::array<int64_t, 4>>;

TEST(ZeroSkipping, DenseProductsStayAsTheyAre) {
  for (Sparsity skill : skills) {
    EXPECT_FALSE(skipsZeros(skill, productOf({})));
    EXPECT_EQ(parts(skill, productOf({})), (Parts{{1, 256, 64, 256}}));
    EXPECT_EQ(parts(skill, productOf({}, 128)), (Parts{{2, 128, 64, 128}}));
    EXPECT_EQ(computedMacs(skill, productOf({})), 16 * 256 * 64);
  }
}

TEST(ZeroSkipping, WhatIsNotSkippedIsComputed) {
  for (const WeightSparsity &sparsity :
       {groups(), rowLines(), columnLines(), hierarchical(), anywhere()}) {
    MatrixProduct product = productOf(sparsity);
    EXPECT_EQ(explainComputedZeros(Sparsity::None, product), "skips nothing");
    EXPECT_EQ(parts(Sparsity::None, product), (Parts{{1, 256, 64, 256}}));
    EXPECT_EQ(computedMacs(Sparsity::None, product), product.macs());
  }
}

TEST(ZeroSkipping, EachSkillSkipsItsPatterns) {
  struct Expectation {
    WeightSparsity sparsity;
    bool lines, groups, hierarchical, any;
  };
  for (const Expectation &expected :
       {Expectation{groups(), false, true, true, true},
        Expectation{rowLines(), true, false, true, true},
        Expectation{columnLines(), true, false, true, true},
        Expectation{hierarchical(), true, false, true, true},
        Expectation{anywhere(), false, false, false, true}}) {
    MatrixProduct product = productOf(expected.sparsity);
    EXPECT_EQ(skipsZeros(Sparsity::Lines, product), expected.lines);
    EXPECT_EQ(skipsZeros(Sparsity::Groups, product), expected.groups);
    EXPECT_EQ(skipsZeros(Sparsity::Hierarchical, product),
              expected.hierarchical);
    EXPECT_EQ(skipsZeros(Sparsity::Any, product), expected.any);
  }
  EXPECT_EQ(explainComputedZeros(Sparsity::Lines, productOf(groups())),
            "skips whole lines of blocks only");
  EXPECT_EQ(explainComputedZeros(Sparsity::Groups, productOf(hierarchical())),
            "skips zeros of balanced groups only");
  EXPECT_EQ(explainComputedZeros(Sparsity::Hierarchical, productOf(anywhere())),
            "skips lines of blocks and zeros of balanced groups only");
}

TEST(ZeroSkipping, GroupsShortenTheSum) {
  // All inputs are fetched.
  EXPECT_EQ(parts(Sparsity::Groups, productOf(groups())),
            (Parts{{1, 128, 64, 256}}));
  EXPECT_EQ(computedMacs(Sparsity::Groups, productOf(groups())),
            16 * 128 * 64);
  // The last of 25 rows are a group of one, which keeps one.
  MatrixProduct ragged = productOf(groups());
  ragged.k = 25;
  EXPECT_EQ(parts(Sparsity::Groups, ragged), (Parts{{1, 13, 64, 25}}));
}

TEST(ZeroSkipping, RowsOfBlocksShortenTheSum) {
  // Each block of columns has inputs of its own.
  EXPECT_EQ(parts(Sparsity::Lines, productOf(rowLines())),
            (Parts{{2, 192, 32, 192}}));
  MatrixProduct ragged = productOf(rowLines());
  ragged.n = 40;
  EXPECT_EQ(parts(Sparsity::Lines, ragged),
            (Parts{{1, 192, 32, 192}, {1, 192, 8, 192}}));
}

TEST(ZeroSkipping, ColumnsOfBlocksNarrowTheProduct) {
  EXPECT_EQ(parts(Sparsity::Lines, productOf(columnLines())),
            (Parts{{2, 128, 48, 128}}));
}

TEST(ZeroSkipping, HierarchicalWeightsShortenTheSumTwice) {
  EXPECT_EQ(parts(Sparsity::Hierarchical, productOf(hierarchical())),
            (Parts{{2, 96, 32, 192}}));
  EXPECT_EQ(computedMacs(Sparsity::Hierarchical, productOf(hierarchical())),
            16 * 96 * 64);
  // Groups are beyond a core that skips lines.
  EXPECT_EQ(parts(Sparsity::Lines, productOf(hierarchical())),
            (Parts{{2, 192, 32, 192}}));
  EXPECT_EQ(computedMacs(Sparsity::Lines, productOf(hierarchical())),
            16 * 192 * 64);
}

TEST(ZeroSkipping, ColumnsWaitForTheLongest) {
  EXPECT_EQ(parts(Sparsity::Any, productOf(anywhere())),
            (Parts{{1, 150, 64, 256}}));
  // Those that wait compute nothing.
  EXPECT_EQ(computedMacs(Sparsity::Any, productOf(anywhere())), 16 * 128 * 64);
}

TEST(ZeroSkipping, ScalesOfRowsAreHeeded) {
  EXPECT_EQ(parts(Sparsity::Lines, productOf(rowLines(), 128)),
            (Parts{{4, 96, 32, 96}}));
  EXPECT_EQ(parts(Sparsity::Groups, productOf(groups(), 64)),
            (Parts{{4, 32, 64, 64}}));
  EXPECT_EQ(explainComputedZeros(Sparsity::Lines, productOf(rowLines(), 64)),
            "adds up blocks of 64 rows with scales of their own, which cut "
            "through blocks of 128");
  EXPECT_EQ(explainComputedZeros(Sparsity::Groups, productOf(groups(), 6)),
            "adds up blocks of 6 rows with scales of their own, which cut "
            "through groups of 4");
  EXPECT_THAT(explainComputedZeros(Sparsity::Any, productOf(anywhere(), 64)),
              HasSubstr("cannot skip zeros anywhere in blocks of 64 rows"));
}

TEST(ZeroSkipping, ComputesNoMoreThanTheDenseProduct) {
  for (Sparsity skill : skills)
    for (const WeightSparsity &sparsity :
         {groups(), rowLines(), columnLines(), hierarchical(), anywhere()})
      for (int64_t n : {1, 31, 32, 33, 64}) {
        MatrixProduct product = productOf(sparsity);
        product.n = n;
        product.sparsity = sparsity.ofColumns(n, 64);
        EXPECT_LE(computedMacs(skill, product), product.macs());
        for (const DenseProduct &part : skipZeros(skill, product)) {
          EXPECT_LE(part.k, part.inputs);
          EXPECT_LE(part.inputs, product.k);
          EXPECT_LE(part.n, n);
        }
      }
}
