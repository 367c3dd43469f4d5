// Tests of pruning: numbers of patterns, and which weights they keep.
#include "atleus/Compression/PruningPattern.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

using namespace atleus;
using llvm::ArrayRef;
using nn::SparseMask;
using nn::SparsePattern;
using testing::ElementsAre;
using testing::HasSubstr;

static std::string messageOf(const PruningRequest &request,
                             const WeightShape &shape = {64, 64, false}) {
  llvm::Expected<SparsePattern> pattern = choosePattern(request, shape);
  return pattern ? "" : llvm::toString(pattern.takeError());
}

static SparsePattern choose(const PruningRequest &request,
                            const WeightShape &shape) {
  return llvm::cantFail(choosePattern(request, shape));
}

TEST(PruningPattern, SparsityLiesInItsRange) {
  PruningRequest request;
  request.sparsity = 1;
  EXPECT_EQ(messageOf(request),
            "sparsity must be at least 0 and less than 1, found 1");
  request.sparsity = -0.5;
  EXPECT_THAT(messageOf(request), HasSubstr("found -0.5"));
  request.sparsity = std::nan("");
  EXPECT_THAT(messageOf(request), HasSubstr("found nan"));
  request.sparsity = 0;
  EXPECT_EQ(messageOf(request), "");
}

TEST(PruningPattern, RefusesSizes) {
  PruningRequest request;
  request.blockRows = -1;
  EXPECT_EQ(messageOf(request),
            "rows of a block must not be negative, found -1");
  request = {};
  request.blockColumns = -2;
  EXPECT_THAT(messageOf(request), HasSubstr("columns of a block"));
  request = {};
  request.group = -3;
  EXPECT_THAT(messageOf(request), HasSubstr("weights of a group"));
  request = {};
  request.kept = -4;
  EXPECT_THAT(messageOf(request), HasSubstr("weights kept of a group"));
}

TEST(PruningPattern, RefusesGroups) {
  PruningRequest request;
  request.kind = PruningKind::NOfM;
  request.group = 4, request.kept = 5;
  EXPECT_EQ(messageOf(request), "a group of 4 weights cannot keep 5");
  request.kind = PruningKind::Hierarchical;
  request.kept = 1;
  EXPECT_EQ(messageOf(request),
            "groups that keep 1 of 4 weights leave less than the 50.0% that a "
            "sparsity of 0.5 keeps");
}

TEST(PruningPattern, TransposedWeightsHaveTransposedPatterns) {
  PruningRequest request;
  request.blockRows = 16, request.blockColumns = 8;
  SparsePattern pattern = choose(request, {64, 32, true});
  EXPECT_EQ(pattern.rows, 32);
  EXPECT_EQ(pattern.columns, 64);
  EXPECT_EQ(pattern.blockRows, 8);
  EXPECT_EQ(pattern.blockColumns, 16);
  EXPECT_EQ(pattern.lineDimension, 1u);
  EXPECT_EQ(pattern.groupDimension, 1u);
}

TEST(PruningPattern, BlocksAreNotLargerThanTheMatrix) {
  PruningRequest request;
  request.kind = PruningKind::Block;
  request.blockRows = 128, request.blockColumns = 0;
  SparsePattern pattern = choose(request, {100, 30, false});
  EXPECT_EQ(pattern.blockRows, 100);
  EXPECT_EQ(pattern.blockColumns, 30);
  EXPECT_EQ(pattern.keptLines, 50);
}

TEST(PruningPattern, HierarchicalLevelsShareTheSparsity) {
  PruningRequest request;
  request.blockRows = 128, request.blockColumns = 32;
  // Groups keep 3 of 4, so lines keep two thirds.
  SparsePattern pattern = choose(request, {768, 3072, false});
  EXPECT_EQ(pattern.group, 4);
  EXPECT_EQ(pattern.kept, 3);
  EXPECT_EQ(pattern.keptLines, 85);
  EXPECT_EQ(nn::countKept(pattern) * 2, pattern.size());
}

TEST(PruningPattern, StatedGroupsDecideAlone) {
  PruningRequest request;
  request.kind = PruningKind::NOfM;
  request.sparsity = 0.5;
  request.group = 8, request.kept = 2;
  EXPECT_EQ(nn::countKept(choose(request, {64, 4, false})), 64);
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

TEST(PruningMask, KeepsTheFirstOfEqualWeights) {
  PruningRequest request;
  request.kind = PruningKind::Unstructured;
  WeightShape shape{2, 3, false};
  std::vector<float> weights(6, 1.0f);
  EXPECT_THAT(findMask(choose(request, shape), weights, {}, 3).pruned,
              ElementsAre(0, 0, 0, 1, 1, 1));
}

TEST(PruningMask, ComparesTinyWeights) {
  // Their squares would all be zero.
  PruningRequest request;
  request.kind = PruningKind::Unstructured;
  std::vector<float> weights = {1e-30f, -3e-30f, 2e-30f, 0};
  EXPECT_THAT(findMask(choose(request, {4, 1, false}), weights, {}, 2).pruned,
              ElementsAre(1, 0, 0, 1));
}

TEST(PruningMask, BlocksKeepLinesWithTheLargestNorms) {
  PruningRequest request;
  request.kind = PruningKind::Block;
  request.blockRows = request.blockColumns = 2;
  WeightShape shape{2, 4, false};
  std::vector<float> weights = {3, 0, 1, 1, 2, 2, 0, 2};
  // Norms 3 and 2.83 in the left block, 1.41 and 2 in the right one.
  EXPECT_THAT(findMask(choose(request, shape), weights, {}).pruned,
              ElementsAre(0, 0, 1, 1, 1, 1, 0, 0));
  request.lines = PrunedLines::Columns;
  EXPECT_THAT(findMask(choose(request, shape), weights, {}).pruned,
              ElementsAre(0, 1, 1, 0, 0, 1, 1, 0));
}

TEST(PruningMask, InputScalesWeighRows) {
  PruningRequest request;
  request.kind = PruningKind::NOfM;
  request.group = 2, request.kept = 1;
  std::vector<float> weights = {3, 3, 2, 2}, scales = {1, 10};
  WeightShape shape{2, 2, false};
  EXPECT_THAT(findMask(choose(request, shape), weights, {scales, 0}).pruned,
              ElementsAre(1, 1, 0, 0));
  shape.transposed = true;
  EXPECT_THAT(findMask(choose(request, shape), weights, {scales, 1}).pruned,
              ElementsAre(1, 0, 1, 0));
}

//===----------------------------------------------------------------------===//
// Properties
//===----------------------------------------------------------------------===//

namespace {
struct Case {
  PruningRequest request;
  WeightShape shape;
  std::vector<float> weights;

  float magnitude(int64_t input, int64_t feature) const {
    return std::abs(weights[place(input, feature)]);
  }
  int64_t place(int64_t input, int64_t feature) const {
    return shape.transposed ? feature * shape.inputs + input
                            : input * shape.features + feature;
  }
};
} // namespace

static Case randomCase(unsigned seed) {
  std::mt19937 engine(seed);
  auto pick = [&](int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(engine);
  };
  Case result;
  PruningRequest &request = result.request;
  request.kind = static_cast<PruningKind>(seed % 5);
  request.sparsity = static_cast<double>(pick(0, 99)) / 100;
  request.blockRows = pick(0, 40);
  request.blockColumns = pick(0, 40);
  request.lines = pick(0, 1) ? PrunedLines::Rows : PrunedLines::Columns;
  request.group = pick(0, 12);
  result.shape = {pick(1, 50), pick(1, 50), pick(0, 1) == 1};
  // Few different values, so that many are equal.
  std::normal_distribution<float> normal;
  bool coarse = pick(0, 1) == 1;
  for (int64_t i = 0; i < result.shape.inputs * result.shape.features; ++i) {
    float weight = normal(engine);
    result.weights.push_back(coarse ? std::round(weight) : weight);
  }
  return result;
}

static int64_t ceilOf(int64_t a, int64_t b) { return (a + b - 1) / b; }

class PruningProperty : public testing::TestWithParam<unsigned> {
protected:
  /// Lines of the matrix, and blocks along its inputs.
  int64_t lineTotal() const {
    return pattern.lineDimension == 0 ? pattern.rows : pattern.columns;
  }
  double blocksAlong() const {
    int64_t size =
        random.shape.transposed ? pattern.blockColumns : pattern.blockRows;
    return pattern.hasLines() ? static_cast<double>(ceilOf(inputs(), size)) : 1;
  }
  int64_t inputs() const { return random.shape.inputs; }
  int64_t features() const { return random.shape.features; }
  bool isPruned(int64_t input, int64_t feature) const {
    return mask.pruned[random.place(input, feature)] != 0;
  }
  int64_t numKept() const { return llvm::count(mask.pruned, 0); }

  Case random = randomCase(GetParam());
  SparsePattern pattern = choose(random.request, random.shape);
  int64_t anywhere = keptAnywhere(random.request.sparsity, pattern.size());
  SparseMask mask = findMask(pattern, random.weights, {}, anywhere);
};

TEST_P(PruningProperty, KeepsAsManyAsThePatternSays) {
  EXPECT_EQ(numKept(),
            pattern.isUnstructured() ? anywhere : nn::countKept(pattern));
}

TEST_P(PruningProperty, SparsityIsMetWithinAGroup) {
  // Each level rounds by at most one line of a block and one weight of a group,
  // and once more at the edge.
  double share =
      static_cast<double>(numKept()) / static_cast<double>(pattern.size());
  double granularity = 1.0 / static_cast<double>(pattern.size());
  if (pattern.hasLines())
    granularity +=
        1.0 / static_cast<double>(pattern.blockLines()) +
        static_cast<double>(ceilOf(lineTotal(), pattern.blockLines())) /
            static_cast<double>(lineTotal());
  if (pattern.hasGroups())
    granularity +=
        1.0 / static_cast<double>(std::min(pattern.group, inputs())) +
        blocksAlong() / static_cast<double>(inputs());
  EXPECT_NEAR(share, 1 - random.request.sparsity, granularity);
}

TEST_P(PruningProperty, UnstructuredKeepsTheLargest) {
  if (!pattern.isUnstructured())
    return;
  float smallestKept = std::numeric_limits<float>::infinity(),
        largestPruned = 0;
  for (auto [weight, zero] : llvm::zip_equal(random.weights, mask.pruned))
    if (zero)
      largestPruned = std::max(largestPruned, std::abs(weight));
    else
      smallestKept = std::min(smallestKept, std::abs(weight));
  EXPECT_LE(largestPruned, smallestKept);
}

TEST_P(PruningProperty, GroupsAreBalancedAndKeepTheirLargest) {
  if (pattern.hasLines() || !pattern.hasGroups())
    return;
  for (int64_t feature = 0; feature < features(); ++feature)
    for (int64_t begin = 0; begin < inputs(); begin += pattern.group) {
      int64_t end = std::min(inputs(), begin + pattern.group), kept = 0;
      float smallestKept = std::numeric_limits<float>::infinity();
      float largestPruned = 0;
      for (int64_t input = begin; input < end; ++input) {
        float magnitude = random.magnitude(input, feature);
        if (isPruned(input, feature)) {
          largestPruned = std::max(largestPruned, magnitude);
          continue;
        }
        ++kept;
        smallestKept = std::min(smallestKept, magnitude);
      }
      EXPECT_EQ(kept, ceilOf((end - begin) * pattern.kept, pattern.group));
      EXPECT_LE(largestPruned, smallestKept);
    }
}

TEST_P(PruningProperty, BlocksKeepTheirLargestLines) {
  if (!pattern.hasLines())
    return;
  ArrayRef<uint8_t> flags = mask.prunedLines;
  for (const nn::MatrixBlock &block : nn::listBlocks(pattern)) {
    double smallestKept = std::numeric_limits<double>::infinity();
    double largestPruned = 0;
    int64_t kept = 0, lines = block.lines(pattern.lineDimension);
    for (int64_t line = 0; line < lines; ++line) {
      double square = 0;
      int64_t notPruned = 0;
      for (int64_t i = 0; i < block.lines(1 - pattern.lineDimension); ++i) {
        bool rows = pattern.lineDimension == 0;
        int64_t place = (block.rowBegin + (rows ? line : i)) * pattern.columns +
                        block.columnBegin + (rows ? i : line);
        double weight = random.weights[place];
        square += weight * weight;
        notPruned += mask.pruned[place] == 0;
      }
      if (flags[line]) {
        EXPECT_EQ(notPruned, 0);
        largestPruned = std::max(largestPruned, square);
      } else {
        ++kept;
        smallestKept = std::min(smallestKept, square);
      }
    }
    EXPECT_EQ(kept, ceilOf(lines * pattern.keptLines, pattern.blockLines()));
    EXPECT_LE(largestPruned, smallestKept);
    flags = flags.drop_front(lines);
  }
}

TEST_P(PruningProperty, StorageHoldsTheMask) {
  llvm::Expected<SparseMask> decoded =
      nn::decodeIndex(pattern, numKept(), nn::encodeIndex(pattern, mask));
  ASSERT_TRUE(static_cast<bool>(decoded))
      << llvm::toString(decoded.takeError());
  EXPECT_EQ(decoded->pruned, mask.pruned);
}

INSTANTIATE_TEST_SUITE_P(Weights, PruningProperty, testing::Range(0u, 200u));
