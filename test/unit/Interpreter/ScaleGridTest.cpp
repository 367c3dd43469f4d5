// Scales follow the elements that layout ops move.
#include "TensorFixture.h"

#include "atleus/Interpreter/DataMovement.h"

using namespace atleus;
using llvm::ArrayRef;

namespace {
struct ScaleGridTest : public TensorFixture {
  int64_t draw(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(generator);
  }

  /// A tensor of floats that carries random scales, each of which its elements
  /// have as their value.
  Tensor drawScaled(ArrayRef<int64_t> shape) {
    Shape blocks;
    for (int64_t size : shape)
      blocks.push_back(draw(0, 2) == 0 ? size : draw(1, size));
    ScaleGrid grid = ScaleGrid::ofBlocks(shape, blocks);
    for (size_t i = 0; i < grid.scales.size(); ++i) {
      grid.scales[i] = static_cast<float>(draw(1, 1000));
      grid.zeroPoints[i] = -static_cast<int64_t>(grid.scales[i]);
    }
    return withScales(shape, std::move(grid));
  }
  Tensor withScales(ArrayRef<int64_t> shape, ScaleGrid grid) {
    Tensor result = kernels::filled(shape, f32, 0);
    llvm::MutableArrayRef<float> elements = result.mutableAs<float>();
    for (size_t i = 0; i < elements.size(); ++i)
      elements[i] = grid.scales[blockOf(grid, shape, i)];
    result.setRunTimeScales(std::move(grid));
    return result;
  }
  static size_t blockOf(const ScaleGrid &grid, ArrayRef<int64_t> shape,
                        int64_t element) {
    Shape index(shape.size());
    for (size_t d = shape.size(); d-- > 0; element /= shape[d])
      index[d] = element % shape[d];
    return grid.blockAt(index);
  }
  /// Expects that every element still has its scale and zero point.
  static void expectOwnScales(const Tensor &moved) {
    const ScaleGrid *grid = moved.getRunTimeScales();
    ASSERT_TRUE(grid);
    ASSERT_EQ(grid->grid.size(), moved.getShape().size());
    for (int64_t i = 0; i < moved.numElements(); ++i) {
      size_t block = blockOf(*grid, moved.getShape(), i);
      ASSERT_LT(block, grid->scales.size());
      ASSERT_EQ(grid->scales[block], moved.as<float>()[i])
          << formatShape(moved.getShape()) << " at " << i;
      ASSERT_EQ(grid->zeroPoints[block], -moved.as<float>()[i]);
    }
  }
};
} // namespace

TEST_F(ScaleGridTest, every_element_keeps_its_scale) {
  for (int trial = 0; trial < 400; ++trial) {
    Shape shape = {draw(1, 3), draw(1, 6), draw(1, 6), draw(1, 8)};
    Tensor x = drawScaled(shape);
    expectOwnScales(x);
    Shape order = {0, 1, 2, 3};
    std::shuffle(order.begin(), order.end(), generator);
    expectOwnScales(kernels::transpose(x, order));
    Shape offsets, sizes, strides;
    for (int64_t size : shape) {
      offsets.push_back(draw(0, size - 1));
      bool backwards = draw(0, 3) == 0;
      int64_t room = backwards ? offsets.back() : size - 1 - offsets.back();
      strides.push_back((backwards ? -1 : 1) * draw(1, 2));
      sizes.push_back(1 + draw(0, room / std::abs(strides.back())));
    }
    expectOwnScales(kernels::slice(x, offsets, sizes, strides));
    expectOwnScales(kernels::expand(
        x.withShape({shape[0], 1, shape[1], shape[2], shape[3]}),
        {2, shape[0], 3, shape[1], shape[2], shape[3]}));
    int64_t axis = draw(0, 3);
    Tensor indices = longs({2, 2}, {0, shape[axis] - 1, -1, shape[axis] / 2});
    expectOwnScales(llvm::cantFail(kernels::gather(x, indices, axis)));
    expectOwnScales(llvm::cantFail(kernels::gather(x, longs({}, {0}), axis)));
    Shape other(shape);
    other[axis] = draw(1, 5);
    expectOwnScales(kernels::concat({x, drawScaled(other), x}, axis));
    if (HasFatalFailure())
      return;
  }
}

TEST_F(ScaleGridTest, reshaped_elements_keep_their_scales) {
  for (int trial = 0; trial < 400; ++trial) {
    // The same factors, put together in two ways.
    Shape factors;
    for (int64_t i = draw(1, 6); i > 0; --i)
      factors.push_back(draw(1, 4));
    auto group = [&] {
      Shape shape;
      for (int64_t factor : factors)
        if (shape.empty() || draw(0, 1))
          shape.push_back(factor);
        else
          shape.back() *= factor;
      return shape;
    };
    Shape to = group();
    if (draw(0, 4) == 0)
      std::shuffle(to.begin(), to.end(), generator);
    expectOwnScales(drawScaled(group()).withShape(to));
    if (HasFatalFailure())
      return;
  }
}

TEST_F(ScaleGridTest, heads_and_tokens_stay_as_coarse_as_they_are) {
  // A scale for each of 8 tokens.
  Tensor tokens =
      withScales({2, 8, 12}, ScaleGrid::ofBlocks({2, 8, 12}, {1, 1, 12}));
  Tensor split = tokens.withShape({2, 8, 3, 4});
  EXPECT_EQ(split.getRunTimeScales()->grid, (ScaleGrid::Sizes{2, 8, 1, 1}));
  EXPECT_EQ(kernels::transpose(split, {0, 2, 1, 3}).getRunTimeScales()->grid,
            (ScaleGrid::Sizes{2, 1, 8, 1}));
  EXPECT_EQ(tokens.withShape({16, 12}).getRunTimeScales()->grid,
            (ScaleGrid::Sizes{16, 1}));
  // A scale for each of 3 heads.
  Tensor heads =
      withScales({2, 3, 8, 4}, ScaleGrid::ofBlocks({2, 3, 8, 4}, {1, 1, 8, 4}));
  Tensor merged = kernels::transpose(heads, {0, 2, 1, 3}).withShape({2, 8, 12});
  EXPECT_EQ(merged.getRunTimeScales()->grid, (ScaleGrid::Sizes{2, 1, 3}));
  EXPECT_EQ(merged.getRunTimeScales()->blockSizes, (ScaleGrid::Sizes{1, 8, 4}));
  Tensor again =
      kernels::transpose(merged.withShape({2, 8, 3, 4}), {0, 2, 1, 3});
  EXPECT_EQ(again.getRunTimeScales()->grid, heads.getRunTimeScales()->grid);
  EXPECT_EQ(kernels::slice(merged, {0, 0, 4}, {1, 8, 4}, {1, 1, 1})
                .getRunTimeScales()
                ->scales.size(),
            1u);
}

TEST_F(ScaleGridTest, tensors_with_one_scale_are_one_tensor) {
  Tensor x = floats({2, 3}, {1, 2, 3, 4, 5, 6}), y = x;
  x.setRunTimeScale(0.5f, 3);
  y.setRunTimeScale(0.25f, 3);
  Tensor same = kernels::concat({x, x}, 0);
  EXPECT_EQ(same.getRunTimeScale(), 0.5f);
  EXPECT_EQ(same.getRunTimeZeroPoint(), 3);
  Tensor different = kernels::concat({x, y}, 0);
  EXPECT_EQ(different.getRunTimeScale(), std::nullopt);
  EXPECT_EQ(different.getRunTimeScales()->scales,
            (std::vector<float>{0.5f, 0.25f}));
  // One of them has lost its scale, so that the whole has none.
  y.copyRunTimeScales(Tensor());
  EXPECT_FALSE(kernels::concat({x, y}, 0).getRunTimeScales());
}

TEST_F(ScaleGridTest, tiles_bring_their_scales) {
  for (int trial = 0; trial < 200; ++trial) {
    Shape shape = {draw(1, 7), draw(1, 9)};
    Tensor whole = drawScaled(shape);
    ScaleGrid collected = ScaleGrid::ofBlocks(shape, shape);
    int64_t height = draw(1, shape[0]), width = draw(1, shape[1]);
    for (int64_t row = 0; row < shape[0]; row += height)
      for (int64_t column = 0; column < shape[1]; column += width) {
        Shape sizes = {std::min(height, shape[0] - row),
                       std::min(width, shape[1] - column)};
        Tensor tile = kernels::slice(whole, {row, column}, sizes, {1, 1});
        collected.put(shape, {row, column}, sizes, *tile.getRunTimeScales());
      }
    Tensor copy = whole;
    copy.setRunTimeScales(collected);
    expectOwnScales(copy);
    if (HasFatalFailure())
      return;
  }
  // What has not come is not known.
  ScaleGrid part = ScaleGrid::ofBlocks({4, 6}, {4, 6});
  part.put({4, 6}, {1, 0}, {1, 6}, ScaleGrid::ofTensor({1, 6}, 2, 5));
  EXPECT_EQ(part.grid, (ScaleGrid::Sizes{4, 1}));
  EXPECT_EQ(part.scales[1], 2);
  EXPECT_EQ(part.zeroPoints[1], 5);
  for (size_t row : {0, 2, 3})
    EXPECT_TRUE(std::isnan(part.scales[row]));
}
