// Rounding and pruning that make up for errors: against nearest rounding,
// against every choice there is, and on moments that say little.
#include "atleus/Compression/ErrorFeedback.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace atleus;
using testing::Each;
using testing::ElementsAre;
using testing::ElementsAreArray;

namespace {
/// Tokens and weights of one kernel.
struct Case {
  int64_t rows, columns;
  std::vector<float> tokens, weights;
  SecondMoments moments;

  explicit Case(int64_t rows, int64_t columns)
      : rows(rows), columns(columns), moments(rows) {}
};

class Source {
public:
  explicit Source(unsigned seed) : generator(seed) {}

  float normal() { return distribution(generator); }
  int64_t pick(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(generator() % (high - low + 1));
  }

private:
  std::mt19937 generator;
  std::normal_distribution<float> distribution;
};
} // namespace

/// Tokens whose features depend on each other: as many mixtures of `sources`
/// numbers as there are features, plus a little of their own.
static Case makeCase(Source &source, int64_t rows, int64_t columns,
                     int64_t tokens, int64_t sources, float own = 0.3f) {
  Case result(rows, columns);
  Eigen::MatrixXf mixing = Eigen::MatrixXf::NullaryExpr(
      sources, rows, [&] { return source.normal(); });
  for (int64_t token = 0; token < tokens; ++token) {
    Eigen::RowVectorXf hidden = Eigen::RowVectorXf::NullaryExpr(
        sources, [&] { return source.normal(); });
    Eigen::RowVectorXf values = hidden * mixing;
    for (float value : values)
      result.tokens.push_back(value + own * source.normal());
  }
  for (int64_t i = 0; i < rows * columns; ++i)
    result.weights.push_back(source.normal());
  result.moments.add(result.tokens);
  return result;
}

/// A grid of blocks whose largest magnitudes are on it, symmetric or from the
/// least to the greatest weight.
static RoundingGrid makeGrid(const Case &layer, unsigned bits,
                             int64_t blockRows, int64_t blockColumns,
                             bool affine = false) {
  RoundingGrid grid;
  grid.rows = layer.rows;
  grid.columns = layer.columns;
  grid.blockRows = blockRows;
  grid.blockColumns = blockColumns;
  grid.minimum = affine ? 0 : -(1 << (bits - 1));
  grid.maximum = affine ? (1 << bits) - 1 : (1 << (bits - 1)) - 1;
  int64_t perRow = (layer.columns - 1) / blockColumns + 1;
  int64_t blocks = ((layer.rows - 1) / blockRows + 1) * perRow;
  std::vector<float> low(blocks), high(blocks);
  for (int64_t row = 0; row < layer.rows; ++row)
    for (int64_t column = 0; column < layer.columns; ++column) {
      int64_t block = row / blockRows * perRow + column / blockColumns;
      float weight = layer.weights[row * layer.columns + column];
      low[block] = std::min(low[block], weight);
      high[block] = std::max(high[block], weight);
    }
  for (int64_t block = 0; block < blocks; ++block) {
    float range = affine ? high[block] - low[block]
                         : 2 * std::max(-low[block], high[block]);
    grid.scales.push_back(
        range /
        static_cast<float>(grid.maximum - (affine ? 0 : -grid.maximum)));
    if (affine)
      grid.zeroPoints.push_back(
          static_cast<int32_t>(std::lround(-low[block] / grid.scales.back())));
  }
  return grid;
}

static double errorOf(const Case &layer, llvm::ArrayRef<float> reals) {
  std::vector<float> changes(reals.begin(), reals.end());
  for (size_t i = 0; i < changes.size(); ++i)
    changes[i] -= layer.weights[i];
  return layer.moments.outputError(changes);
}

static double errorOf(const Case &layer, const RoundingGrid &grid,
                      llvm::ArrayRef<int32_t> integers) {
  return errorOf(layer, grid.toReals(integers));
}

//===----------------------------------------------------------------------===//
// Moments
//===----------------------------------------------------------------------===//

TEST(SecondMoments, AreSumsOfProducts) {
  SecondMoments moments(2);
  moments.add({1, 2, 3, 4});
  moments.add({-1, 5});
  EXPECT_EQ(moments.getNumRows(), 3);
  EXPECT_EQ(moments.get(0, 0), 11);
  EXPECT_EQ(moments.get(1, 0), 9);
  EXPECT_EQ(moments.get(0, 1), 9);
  EXPECT_THAT(moments.getDiagonal(), ElementsAre(11, 45));
  // |(1, 2) (1, -1)'|^2 and so on.
  EXPECT_EQ(moments.outputError({1, -1}), 1 + 1 + 36);
}

TEST(SecondMoments, AddUpInAnyGrouping) {
  // More features than a tile has, and more rows than are added in float.
  Source source(1);
  int64_t features = 300, count = 700;
  std::vector<float> rows;
  for (int64_t i = 0; i < features * count; ++i)
    rows.push_back(source.normal());
  SecondMoments whole(features), first(features), second(features);
  whole.add(rows);
  llvm::ArrayRef<float> batch(rows);
  first.add(batch.take_front(features * 123));
  second.add(batch.drop_front(features * 123));
  first.merge(second);
  EXPECT_EQ(first.getNumRows(), count);
  EXPECT_EQ(SecondMoments::numBytes(features),
            8 * (256 * 256 + 44 * 256 + 44 * 44));
  for (int64_t i = 0; i < features; i += 7)
    for (int64_t j = 0; j < features; j += 11) {
      double expected = 0;
      for (int64_t row = 0; row < count; ++row)
        expected += static_cast<double>(rows[row * features + i]) *
                    rows[row * features + j];
      EXPECT_NEAR(whole.get(i, j), expected, 1e-3);
      EXPECT_NEAR(first.get(i, j), expected, 1e-3);
    }
}

TEST(SecondMoments, GiveTheErrorOfOutputs) {
  Source source(2);
  Case layer = makeCase(source, 270, 3, 40, 20);
  std::vector<float> changes;
  for (int64_t i = 0; i < 270 * 3; ++i)
    changes.push_back(source.normal());
  double expected = 0;
  for (int64_t token = 0; token < 40; ++token)
    for (int64_t column = 0; column < 3; ++column) {
      double sum = 0;
      for (int64_t i = 0; i < 270; ++i)
        sum += static_cast<double>(layer.tokens[token * 270 + i]) *
               changes[i * 3 + column];
      expected += sum * sum;
    }
  EXPECT_NEAR(layer.moments.outputError(changes), expected, 1e-5 * expected);
}

//===----------------------------------------------------------------------===//
// Rounding
//===----------------------------------------------------------------------===//

TEST(ErrorFeedback, IndependentInputsRoundToNearest) {
  Source source(3);
  for (bool affine : {false, true}) {
    Case layer(70, 9);
    for (int64_t i = 0; i < 70; ++i) {
      std::vector<float> token(70);
      token[i] = 1 + 0.1f * static_cast<float>(i);
      layer.moments.add(token);
    }
    for (int64_t i = 0; i < 70 * 9; ++i)
      layer.weights.push_back(source.normal());
    RoundingGrid grid = makeGrid(layer, 4, 32, 4, affine);
    EXPECT_EQ(ErrorFeedback(layer.moments).round(layer.weights, grid),
              grid.roundToNearest(layer.weights));
  }
}

TEST(ErrorFeedback, TheSecondWeightMakesUpForTheFirst) {
  // Both inputs are the same: only the sum of the weights counts.
  SecondMoments moments(2);
  moments.add({1, 1});
  RoundingGrid grid{2, 1, 2, 1, {1.0f}, {}, -8, 7};
  ErrorFeedback feedback(moments, {1e-3, FeedbackOrder::Given});
  EXPECT_THAT(grid.roundToNearest({0.4f, 0.4f}), ElementsAre(0, 0));
  EXPECT_THAT(feedback.round({0.4f, 0.4f}, grid), ElementsAre(0, 1));
  EXPECT_THAT(feedback.round({0.6f, 0.7f}, grid), ElementsAre(1, 0));
  // What the grid cannot hold passes on as well.
  EXPECT_THAT(feedback.round({9.0f, 0.0f}, grid), ElementsAre(7, 2));
}

TEST(ErrorFeedback, LargestInputsAreDecidedFirst) {
  SecondMoments moments(2);
  moments.add({1, 10});
  RoundingGrid grid{2, 1, 2, 1, {1.0f}, {}, -8, 7};
  // 4 of 10.4 + 0.3 are lost, and the small input makes up for them.
  EXPECT_THAT(ErrorFeedback(moments, {1e-5, FeedbackOrder::LargestInputs})
                  .round({0.3f, 1.4f}, grid),
              ElementsAre(4, 1));
  EXPECT_THAT(ErrorFeedback(moments, {1e-5, FeedbackOrder::Given})
                  .round({0.3f, 1.4f}, grid),
              ElementsAre(0, 1));
}

TEST(ErrorFeedback, IsBetterThanNearestRounding) {
  Source source(4);
  double logSum = 0;
  int worse = 0, count = 0;
  for (unsigned bits = 2; bits <= 8; ++bits)
    for (int64_t block : {0, 1, 2})
      for (bool affine : {false, true}) {
        Case layer =
            makeCase(source, source.pick(20, 150), source.pick(1, 40), 200, 10);
        RoundingGrid grid =
            makeGrid(layer, bits, block == 2 ? 16 : layer.rows,
                     block == 0 ? layer.columns : (block == 1 ? 1 : 8), affine);
        std::vector<int32_t> integers =
            ErrorFeedback(layer.moments).round(layer.weights, grid);
        EXPECT_THAT(integers, Each(testing::AllOf(testing::Ge(grid.minimum),
                                                  testing::Le(grid.maximum))));
        double nearest =
            errorOf(layer, grid, grid.roundToNearest(layer.weights));
        double found = errorOf(layer, grid, integers);
        worse += found > nearest;
        logSum += std::log(found / nearest);
        ++count;
      }
  EXPECT_EQ(worse, 0);
  // On these inputs a third of the error is left, in the geometric mean.
  EXPECT_LT(std::exp(logSum / count), 0.35);
}

/// The least error of one column over every choice of integers.
static double searchAll(const Case &layer, const RoundingGrid &grid) {
  double least = std::numeric_limits<double>::infinity();
  std::vector<int32_t> integers(layer.rows, grid.minimum);
  for (;;) {
    least = std::min(least, errorOf(layer, grid, integers));
    size_t i = 0;
    while (i < integers.size() && integers[i] == grid.maximum)
      integers[i++] = grid.minimum;
    if (i == integers.size())
      return least;
    ++integers[i];
  }
}

TEST(ErrorFeedback, IsNearTheBestOfAllChoices) {
  Source source(5);
  double excess = 0, nearestExcess = 0;
  int optimal = 0, count = 60;
  for (int i = 0; i < count; ++i) {
    Case layer = makeCase(source, 5, 1, 50, 2);
    RoundingGrid grid = makeGrid(layer, 2, 5, 1);
    double least = searchAll(layer, grid);
    double found = errorOf(
        layer, grid, ErrorFeedback(layer.moments).round(layer.weights, grid));
    double nearest = errorOf(layer, grid, grid.roundToNearest(layer.weights));
    EXPECT_GE(found, least * (1 - 1e-9));
    optimal += found <= least * (1 + 1e-9);
    excess += found / least;
    nearestExcess += nearest / least;
  }
  EXPECT_GT(optimal, count / 4);
  EXPECT_LT(excess / count, 0.5 * nearestExcess / count);
}

/// The algorithm as its paper writes it: with the upper Cholesky factor of the
/// inverse of H, whose row carries the error of a weight to all later ones.
static std::vector<int32_t>
roundAsPublished(const Case &layer, const RoundingGrid &grid, double damping) {
  int64_t size = layer.rows;
  Eigen::MatrixXd hessian =
      Eigen::MatrixXd::NullaryExpr(size, size, [&](int64_t i, int64_t j) {
        return layer.moments.get(i, j);
      });
  hessian.diagonal().array() += damping * hessian.diagonal().mean();
  Eigen::MatrixXd upper = hessian.inverse().llt().matrixU();
  std::vector<int32_t> integers(layer.weights.size());
  for (int64_t column = 0; column < layer.columns; ++column) {
    Eigen::VectorXd left = Eigen::VectorXd::NullaryExpr(size, [&](int64_t row) {
      return layer.weights[row * layer.columns + column];
    });
    for (int64_t row = 0; row < size; ++row) {
      int64_t block = grid.blockAt(row, column);
      int32_t integer = grid.round(static_cast<float>(left[row]), block);
      integers[row * layer.columns + column] = integer;
      double error = (left[row] - grid.real(integer, block)) / upper(row, row);
      left.tail(size - row) -=
          error * upper.row(row).tail(size - row).transpose();
    }
  }
  return integers;
}

TEST(ErrorFeedback, IsThePublishedAlgorithm) {
  Source source(16);
  for (unsigned bits : {2, 3, 4, 8}) {
    // More rows than are decided before a matrix product.
    Case layer = makeCase(source, 150, 7, 300, 12);
    RoundingGrid grid = makeGrid(layer, bits, 32, 4, bits == 3);
    EXPECT_EQ(ErrorFeedback(layer.moments, {0.01, FeedbackOrder::Given})
                  .round(layer.weights, grid),
              roundAsPublished(layer, grid, 0.01))
        << bits << " bits";
  }
}

TEST(ErrorFeedback, ColumnsDoNotDependOnEachOther) {
  Source source(6);
  Case layer = makeCase(source, 90, 300, 100, 9);
  RoundingGrid grid = makeGrid(layer, 3, 90, 1);
  ErrorFeedback feedback(layer.moments);
  std::vector<int32_t> all = feedback.round(layer.weights, grid);
  for (int64_t column : {0, 127, 128, 299}) {
    std::vector<float> weights;
    std::vector<int32_t> expected;
    for (int64_t row = 0; row < 90; ++row) {
      weights.push_back(layer.weights[row * 300 + column]);
      expected.push_back(all[row * 300 + column]);
    }
    RoundingGrid one{90, 1, 90, 1, {grid.scales[column]}, {}, -4, 3};
    EXPECT_EQ(feedback.round(weights, one), expected);
  }
}

//===----------------------------------------------------------------------===//
// Pruning
//===----------------------------------------------------------------------===//

/// About half of the weights, the smaller ones.
static std::vector<uint8_t> pruneSmall(const Case &layer) {
  std::vector<uint8_t> pruned;
  for (float weight : layer.weights)
    pruned.push_back(std::abs(weight) < 0.6745f);
  return pruned;
}

TEST(ErrorFeedback, PrunedWeightsAreZeroAndOthersMakeUpForThem) {
  Source source(7);
  Case layer = makeCase(source, 64, 30, 200, 12);
  std::vector<uint8_t> pruned = pruneSmall(layer);
  ErrorFeedback feedback(layer.moments);
  std::vector<float> kept = feedback.compensate(layer.weights, 30, pruned);
  std::vector<float> zeroed = layer.weights;
  RoundingGrid grid = makeGrid(layer, 4, 16, 10, /*affine=*/true);
  std::vector<int32_t> integers = feedback.round(layer.weights, grid, pruned);
  for (size_t i = 0; i < pruned.size(); ++i) {
    if (!pruned[i])
      continue;
    zeroed[i] = 0;
    EXPECT_EQ(kept[i], 0);
    EXPECT_EQ(integers[i], grid.zeroPoint(grid.blockAt(
                               i / 30, static_cast<int64_t>(i) % 30)));
  }
  EXPECT_LT(errorOf(layer, kept), 0.3 * errorOf(layer, zeroed));
  EXPECT_LT(errorOf(layer, grid, integers), 0.7 * errorOf(layer, zeroed));
}

TEST(ErrorFeedback, KeptWeightsComeNearTheLeastSquares) {
  Source source(8);
  for (int64_t tokens : {400, 40}) {
    Case layer = makeCase(source, 60, 8, tokens, 15);
    std::vector<uint8_t> pruned = pruneSmall(layer);
    double damping = 0.01 * layer.moments.getDiagonal().mean();
    std::vector<float> kept =
        ErrorFeedback(layer.moments).compensate(layer.weights, 8, pruned);
    Eigen::MatrixXd hessian =
        Eigen::MatrixXd::NullaryExpr(60, 60, [&](int64_t i, int64_t j) {
          return layer.moments.get(i, j) + (i == j ? damping : 0);
        });
    double found = 0, least = 0;
    for (int64_t column = 0; column < 8; ++column) {
      // Rows and columns of pruned weights out of the way, then H c = H w.
      Eigen::MatrixXd system = hessian;
      Eigen::VectorXd change(60), zeroed = Eigen::VectorXd::Zero(60);
      for (int64_t row = 0; row < 60; ++row) {
        int64_t index = row * 8 + column;
        change[row] = kept[index] - layer.weights[index];
        if (pruned[index])
          zeroed[row] = layer.weights[index];
      }
      Eigen::VectorXd right = hessian * zeroed;
      for (int64_t row = 0; row < 60; ++row)
        if (pruned[row * 8 + column]) {
          system.row(row).setZero();
          system.col(row).setZero();
          system(row, row) = 1;
          right[row] = 0;
        }
      Eigen::VectorXd best = system.fullPivLu().solve(right) - zeroed;
      found += change.dot(hessian * change);
      least += best.dot(hessian * best);
    }
    EXPECT_GE(found, least * (1 - 1e-4));
    EXPECT_LE(found, least * 1.25);
  }
}

TEST(ErrorFeedback, NothingPrunedChangesNothing) {
  Source source(9);
  Case layer = makeCase(source, 30, 5, 60, 6);
  std::vector<uint8_t> none(150, 0), all(150, 1);
  ErrorFeedback feedback(layer.moments);
  EXPECT_EQ(feedback.compensate(layer.weights, 5, none), layer.weights);
  EXPECT_THAT(feedback.compensate(layer.weights, 5, all), Each(0.0f));
}

//===----------------------------------------------------------------------===//
// Moments that say little
//===----------------------------------------------------------------------===//

/// Everything is defined, and no worse than without feedback.
static void checkDefined(const Case &layer, double damping) {
  for (FeedbackOrder order :
       {FeedbackOrder::Given, FeedbackOrder::LargestInputs}) {
    ErrorFeedback feedback(layer.moments, {damping, order});
    RoundingGrid grid = makeGrid(layer, 3, 4, 4);
    std::vector<int32_t> integers = feedback.round(layer.weights, grid);
    EXPECT_LE(errorOf(layer, grid, integers),
              errorOf(layer, grid, grid.roundToNearest(layer.weights)) *
                  (1 + 1e-6));
    std::vector<uint8_t> pruned = pruneSmall(layer);
    std::vector<float> kept =
        feedback.compensate(layer.weights, layer.columns, pruned);
    std::vector<float> zeroed = layer.weights;
    for (size_t i = 0; i < kept.size(); ++i) {
      EXPECT_TRUE(std::isfinite(kept[i])) << i;
      zeroed[i] = pruned[i] ? 0 : zeroed[i];
    }
    EXPECT_LE(errorOf(layer, kept), errorOf(layer, zeroed) * (1 + 1e-6));
  }
}

TEST(ErrorFeedback, DeadInputs) {
  Source source(10);
  Case layer = makeCase(source, 40, 6, 100, 5);
  for (size_t i = 0; i < layer.tokens.size(); ++i)
    if (i % 40 % 3 == 0)
      layer.tokens[i] = 0;
  layer.moments = SecondMoments(40);
  layer.moments.add(layer.tokens);
  for (double damping : {0.0, 0.01})
    checkDefined(layer, damping);
  RoundingGrid grid = makeGrid(layer, 3, 40, 1);
  std::vector<int32_t> nearest = grid.roundToNearest(layer.weights);
  std::vector<int32_t> found =
      ErrorFeedback(layer.moments).round(layer.weights, grid);
  for (int64_t i = 0; i < 40 * 6; ++i)
    if (i / 6 % 3 == 0)
      EXPECT_EQ(found[i], nearest[i]);
}

TEST(ErrorFeedback, NoInputsAtAll) {
  Source source(11);
  Case layer = makeCase(source, 12, 5, 0, 1);
  checkDefined(layer, 0);
  checkDefined(layer, 0.01);
}

TEST(ErrorFeedback, FewerTokensThanFeatures) {
  Source source(12);
  for (double damping : {0.0, 1e-12, 0.01})
    checkDefined(makeCase(source, 80, 6, 7, 3), damping);
}

TEST(ErrorFeedback, ConstantInputs) {
  Source source(13);
  Case layer(16, 4);
  layer.tokens.assign(16 * 20, 0.7f);
  layer.moments.add(layer.tokens);
  for (int64_t i = 0; i < 64; ++i)
    layer.weights.push_back(source.normal());
  for (double damping : {0.0, 0.01})
    checkDefined(layer, damping);
}

TEST(ErrorFeedback, OneRowAndOneColumn) {
  Source source(14);
  checkDefined(makeCase(source, 1, 5, 10, 1), 0);
  checkDefined(makeCase(source, 30, 1, 50, 4), 0);
  checkDefined(makeCase(source, 1, 1, 1, 1), 0.01);
}

TEST(ErrorFeedback, TinyAndHugeInputs) {
  // Squares of the smallest vanish, and those of the largest overflow.
  Source source(15);
  for (float scale : {1e-30f, 1e-8f, 1e12f, 1e25f}) {
    Case layer = makeCase(source, 20, 4, 50, 4);
    for (float &value : layer.tokens)
      value *= scale;
    layer.moments = SecondMoments(20);
    layer.moments.add(layer.tokens);
    ErrorFeedback feedback(layer.moments);
    RoundingGrid grid = makeGrid(layer, 4, 20, 1);
    std::vector<int32_t> integers = feedback.round(layer.weights, grid);
    bool outOfRange = scale < 1e-20f || scale > 1e20f;
    EXPECT_EQ(integers == grid.roundToNearest(layer.weights), outOfRange)
        << scale;
    for (float weight :
         feedback.compensate(layer.weights, 4, pruneSmall(layer)))
      EXPECT_TRUE(std::isfinite(weight)) << scale;
  }
}
