// Blocks of tokens and columns of products with streamed weights.
#include "atleus/Mapping/StreamedTiling.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <random>

using namespace atleus;

namespace {
/// A core of `side` x `side` cells that takes `fold` for each block of as many
/// tokens and columns.
struct Core {
  int64_t side = 64, fold = 1000, perToken = 50, perResult = 0, perColumn = 1;
  /// Tokens that have room.
  int64_t room = int64_t(1) << 40;
  bool loadsAhead = true;
};
} // namespace

static int64_t divideUp(int64_t a, int64_t b) { return (a + b - 1) / b; }

static std::optional<StreamedBlock> price(const Core &core,
                                          const StreamedProduct &product,
                                          int64_t tokenBlocks,
                                          int64_t columnBlocks) {
  int64_t tokens = divideUp(product.tokens, tokenBlocks);
  int64_t columns = divideUp(product.columns, columnBlocks);
  if (tokens > core.room)
    return std::nullopt;
  return StreamedBlock{divideUp(product.tokens, tokens) *
                           divideUp(product.columns, columns),
                       Picoseconds(core.perToken * tokens),
                       Picoseconds(core.perResult * tokens * columns),
                       Picoseconds(core.fold * divideUp(tokens, core.side) *
                                   divideUp(columns, core.side)),
                       Picoseconds(core.perColumn * columns),
                       core.loadsAhead};
}

static std::optional<StreamedTiling> choose(const Core &core,
                                            const StreamedProduct &product) {
  return chooseStreamedTiling(product, [&](int64_t tokens, int64_t columns) {
    return price(core, product, tokens, columns);
  });
}

static StreamedProduct product(int64_t tokens, int64_t columns, int64_t nodes) {
  return {tokens, columns, nodes, nodes, columns};
}

TEST(StreamedTiling, TakesInputsOneByOneAndTasksInTurn) {
  StreamedBlock block{5,
                      Picoseconds(10),
                      Picoseconds(3),
                      Picoseconds(7),
                      Picoseconds(1),
                      /*loadsAhead=*/true};
  EXPECT_EQ(getStreamedTime(block, 4), Picoseconds(10 + 2 * 7 + 3));
  block.load = Picoseconds(6);
  EXPECT_EQ(getStreamedTime(block, 4), Picoseconds(30))
      << "the memory brings five blocks of columns";
  block.load = Picoseconds(2);
  block.loadsAhead = false;
  EXPECT_EQ(getStreamedTime(block, 4), Picoseconds(10 + 3 * 2 + 2 * 7 + 3))
      << "the fourth node begins when three others have been served";
}

TEST(StreamedTiling, CutsColumnsAloneWhereTokensComeFast) {
  Core core;
  core.perToken = 0;
  auto found = choose(core, product(128, 768, 16));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->tokenBlocks, 1);
  EXPECT_EQ(found->columnBlocks, 16);
}

TEST(StreamedTiling, CutsTokensWhereTheyComeSlowly) {
  // 6,400 for all tokens and 2,000 for two folds, or half and as many folds.
  Core core;
  auto found = choose(core, product(128, 768, 16));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->tokenBlocks, 4);
  EXPECT_EQ(found->columnBlocks, 4);
  EXPECT_EQ(found->time, Picoseconds(32 * 50 + 3000));
}

TEST(StreamedTiling, ReadsTheWeightNoMoreOftenThanTheMemoryCan) {
  // All columns take 768 * 6 once.
  Core core;
  core.perColumn = 6;
  auto found = choose(core, product(128, 768, 16));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->tokenBlocks, 1);
  core.perColumn = 3;
  EXPECT_EQ(choose(core, product(128, 768, 16))->tokenBlocks, 2);
}

TEST(StreamedTiling, DoesNotWaitForTheMemoryInsteadOfTokens) {
  Core core;
  core.perToken = 30;
  core.perColumn = 3;
  EXPECT_EQ(choose(core, product(128, 768, 16))->tokenBlocks, 2);
  core.loadsAhead = false;
  EXPECT_EQ(choose(core, product(128, 768, 16))->tokenBlocks, 1);
}

TEST(StreamedTiling, DoesNotReadTheWeightAnewForLittle) {
  Core core;
  core.perToken = 1;
  EXPECT_EQ(choose(core, product(128, 768, 16))->tokenBlocks, 1)
      << "half of 128 of 2,128";
}

TEST(StreamedTiling, OneTokenIsOneBlock) {
  EXPECT_EQ(choose({}, product(1, 768, 16))->tokenBlocks, 1);
}

TEST(StreamedTiling, CutsUntilTokensHaveRoom) {
  Core core;
  core.perToken = 0;
  core.room = 2;
  // More blocks than nodes, since nothing less can be.
  EXPECT_EQ(choose(core, product(128, 768, 16))->tokenBlocks, 64);
  core.room = 0;
  EXPECT_FALSE(choose(core, product(128, 768, 16)));
}

TEST(StreamedTiling, TakesNoMoreColumnsThanHaveRoom) {
  Core core;
  StreamedProduct wide = product(128, 3072, 16);
  wide.mostColumns = 100;
  auto found = choose(core, wide);
  ASSERT_TRUE(found);
  EXPECT_LE(divideUp(3072, found->columnBlocks), 100);
  EXPECT_EQ(found->tokenBlocks * found->columnBlocks % 16, 0)
      << "no node is left without a task in the last turn";
}

/// Nothing that may be tried is faster by more than a tenth, and what reads the
/// weight less often is slower.
TEST(StreamedTiling, IsNearTheFastestWithTheFewestBlocksOfTokens) {
  std::mt19937 random(3);
  auto draw = [&](int64_t least, int64_t most) {
    return std::uniform_int_distribution<int64_t>(least, most)(random);
  };
  unsigned cutTokens = 0;
  for (int trial = 0; trial < 300; ++trial) {
    Core core{int64_t(1) << draw(2, 7),
              draw(1, 2000),
              draw(0, 200),
              draw(0, 3),
              draw(0, 20),
              int64_t(1) << 40};
    StreamedProduct drawn = product(draw(1, 300), draw(1, 2000), draw(1, 32));
    drawn.tasks = drawn.nodes * draw(1, 3);
    auto found = choose(core, drawn);
    ASSERT_TRUE(found);
    cutTokens += found->tokenBlocks > 1;
    EXPECT_GE(found->columnBlocks, 1);
    EXPECT_LE(found->columnBlocks, drawn.columns);
    for (int64_t tokenBlocks = 1;
         tokenBlocks <= std::min(drawn.nodes, drawn.tokens); tokenBlocks *= 2) {
      int64_t columnBlocks = std::min(
          drawn.columns, std::max<int64_t>(1, drawn.tasks / tokenBlocks));
      Picoseconds time = getStreamedTime(
          *price(core, drawn, tokenBlocks, columnBlocks), drawn.nodes);
      EXPECT_LE(found->time.count(), time.count() + time.count() / 10 + 10);
      if (tokenBlocks < found->tokenBlocks)
        EXPECT_GT(time, found->time);
    }
  }
  EXPECT_GT(cutTokens, 50u);
  EXPECT_LT(cutTokens, 250u);
}
