// Tests of quantized values and of their products.
#include "TensorFixture.h"

#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Quantization.h"

#include <cmath>

using namespace atleus;
using namespace atleus::kernels;
using namespace mlir::quant;
using llvm::ArrayRef;
using nn::RunTimeScales;

namespace {
struct QuantizationTest : public TensorFixture {
  mlir::Type perTensor(double scale, int64_t zeroPoint = 0) {
    return UniformQuantizedType::get(QuantizationFlags::Signed, i8, f32, scale,
                                     zeroPoint, -128, 127);
  }
  mlir::Type perAxis(ArrayRef<double> scales, int32_t axis,
                     ArrayRef<int64_t> zeroPoints = {}) {
    llvm::SmallVector<int64_t> zeros(scales.size(), 0);
    return UniformQuantizedPerAxisType::get(
        QuantizationFlags::Signed, i8, f32, scales,
        zeroPoints.empty() ? ArrayRef<int64_t>(zeros) : zeroPoints, axis, -128,
        127);
  }
  /// Blocks of 2 x 2 of a 4 x 4 tensor, with scales 0.5, 1, 2, 4.
  mlir::Type blocks() {
    auto grid = mlir::RankedTensorType::get({2, 2}, f32);
    auto scales = mlir::DenseElementsAttr::get<float>(grid, {0.5f, 1, 2, 4});
    auto zeros = mlir::DenseElementsAttr::get<int8_t>(
        mlir::RankedTensorType::get({2, 2}, i8), {0});
    return UniformQuantizedSubChannelType::get(QuantizationFlags::Signed, i8,
                                               f32, scales, zeros, {0, 1},
                                               {2, 2}, -128, 127);
  }
  mlir::Type dynamic() {
    return AnyQuantizedType::get(QuantizationFlags::Signed, i8, f32, -128, 127);
  }
  mlir::Type affine() { return AnyQuantizedType::get(0, i8, f32, 0, 255); }
  Tensor quantized(const Tensor &x, mlir::Type type) {
    return llvm::cantFail(quantize(x, type));
  }
};
} // namespace

TEST_F(QuantizationTest, rounds_to_even_and_saturates) {
  Tensor x = floats({8}, {0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 300, -300, NAN});
  EXPECT_EQ(quantized(x, perTensor(1.0)).as<int8_t>(),
            ArrayRef<int8_t>({0, 2, 2, 0, -2, 127, -128, 0}));
  EXPECT_EQ(quantized(x, perTensor(1.0, 10)).as<int8_t>(),
            ArrayRef<int8_t>({10, 12, 12, 10, 8, 127, -128, 10}));
  Tensor infinite = floats({2}, {INFINITY, -INFINITY});
  EXPECT_EQ(quantized(infinite, perTensor(0.1)).as<int8_t>(),
            ArrayRef<int8_t>({127, -128}));
}

TEST_F(QuantizationTest, unsigned_narrow_and_wide_storage) {
  mlir::Type u8 = UniformQuantizedType::get(0, i8, f32, 0.5, 128, 0, 255);
  Tensor q = quantized(floats({3}, {-100, 0, 3}), u8);
  EXPECT_EQ(q.as<uint8_t>(), ArrayRef<uint8_t>({0, 128, 134}));
  expectNear(llvm::cantFail(dequantize(q, f32)), {-64, 0, 3});
  mlir::Type i4 = UniformQuantizedType::get(QuantizationFlags::Signed,
                                            integer(4), f32, 1.0, 0, -8, 7);
  EXPECT_EQ(quantized(floats({2}, {9, -9}), i4).as<int8_t>(),
            ArrayRef<int8_t>({7, -8}));
  mlir::Type wide = UniformQuantizedType::get(
      QuantizationFlags::Signed, i32, f32, 0.25, 0, INT32_MIN, INT32_MAX);
  Tensor w = quantized(floats({2}, {2097152.25f, -1e30f}), wide);
  EXPECT_EQ(w.as<int32_t>(), ArrayRef<int32_t>({8388609, INT32_MIN}));
}

TEST_F(QuantizationTest, scales_per_axis) {
  Tensor x = floats({2, 3}, {1, 2, 3, 4, 5, 6});
  Tensor first = quantized(x, perAxis({1, 2}, 0));
  EXPECT_EQ(first.as<int8_t>(), ArrayRef<int8_t>({1, 2, 3, 2, 2, 3}));
  Tensor last = quantized(x, perAxis({1, 0.5, 3}, 1));
  EXPECT_EQ(last.as<int8_t>(), ArrayRef<int8_t>({1, 4, 1, 4, 10, 2}));
  Tensor shifted = quantized(x, perAxis({1, 0.5, 3}, 1, {0, 1, -1}));
  EXPECT_EQ(shifted.as<int8_t>(), ArrayRef<int8_t>({1, 5, 0, 4, 11, 1}));
  expectNear(llvm::cantFail(dequantize(shifted, f32)), {1, 2, 3, 4, 5, 6});
}

TEST_F(QuantizationTest, scales_per_block) {
  Tensor x = filled({4, 4}, f32, 4);
  Tensor q = quantized(x, blocks());
  EXPECT_EQ(q.as<int8_t>(),
            ArrayRef<int8_t>({8, 8, 4, 4, 8, 8, 4, 4, 2, 2, 1, 1, 2, 2, 1, 1}));
  expectNear(llvm::cantFail(dequantize(q, f32)), std::vector<float>(16, 4.0f));
}

TEST_F(QuantizationTest, dynamic_scale_travels_with_the_value) {
  Tensor q = quantized(floats({3}, {0.5f, -2.54f, 1}), dynamic());
  ASSERT_TRUE(q.getRunTimeScale());
  EXPECT_FLOAT_EQ(*q.getRunTimeScale(), 0.02f);
  EXPECT_EQ(q.as<int8_t>(), ArrayRef<int8_t>({25, -127, 50}));
  expectNear(llvm::cantFail(dequantize(q.withShape({3, 1}), f32)),
             {0.5f, -2.54f, 1}, 1e-2f);
  Tensor zeros = quantized(Tensor::zeros({2}, f32), dynamic());
  EXPECT_EQ(zeros.getRunTimeScale(), 1.0f);
  EXPECT_EQ(zeros.as<int8_t>(), ArrayRef<int8_t>({0, 0}));
}

TEST_F(QuantizationTest, values_without_a_scale) {
  EXPECT_EQ(messageOf(quantize(floats({1}, {NAN}), dynamic())),
            "value to quantize holds NaN or infinity, so it has no scale");
  Tensor bare = Tensor::of<int8_t>({1}, dynamic(), {1});
  EXPECT_EQ(messageOf(dequantize(bare, f32)), "quantized value has no scale");
  mlir::Type negative = perTensor(-0.5);
  EXPECT_EQ(messageOf(quantize(floats({1}, {1}), negative)),
            "scale must be a positive number, found -0.500000");
}

TEST_F(QuantizationTest, product_is_the_product_of_the_real_values) {
  Tensor x = quantized(randomFloats({2, 3, 16}), perTensor(1.0 / 127, 3));
  std::vector<double> scales = {0.005, 0.01, 0.015, 0.02, 0.025};
  Tensor w = quantized(randomFloats({16, 5}), perAxis(scales, 1));
  Tensor wt = quantized(randomFloats({5, 16}), perAxis(scales, 0));
  Tensor bias = randomFloats({5});
  for (const auto &[weight, transposed] :
       {std::pair(w, false), std::pair(wt, true)}) {
    Tensor result =
        llvm::cantFail(quantizedProduct(x, weight, transposed, bias));
    Tensor expected =
        linear(llvm::cantFail(dequantize(x, f32)),
               llvm::cantFail(dequantize(weight, f32)), bias, transposed);
    ASSERT_EQ(result.getShape(), ArrayRef<int64_t>({2, 3, 5}));
    for (int64_t i = 0; i < 30; ++i)
      EXPECT_NEAR(result.as<float>()[i], expected.as<float>()[i], 1e-5);
  }
}

TEST_F(QuantizationTest, product_adds_scaled_blocks_of_rows) {
  Tensor x = quantized(randomFloats({3, 4}), dynamic());
  Tensor w =
      quantized(convert(randomIntegers<int8_t>({4, 4}, i8), f32), blocks());
  Tensor result = llvm::cantFail(quantizedProduct(x, w, false));
  Tensor expected = matmul(llvm::cantFail(dequantize(x, f32)),
                           llvm::cantFail(dequantize(w, f32)));
  for (int64_t i = 0; i < 12; ++i)
    EXPECT_NEAR(result.as<float>()[i], expected.as<float>()[i], 1e-4);
}

TEST_F(QuantizationTest, products_that_cannot_be_scaled) {
  Tensor x = quantized(randomFloats({4, 4}), perAxis({1, 1, 1, 1}, 1));
  EXPECT_EQ(messageOf(quantizedProduct(x, x, false)),
            "left operand of a product has 4 scales along the dimension that "
            "is summed over");
}

//===----------------------------------------------------------------------===//
// Scales of vectors and matrices
//===----------------------------------------------------------------------===//

TEST_F(QuantizationTest, quantizing_a_part_gives_the_part) {
  Tensor x = randomFloats({3, 4, 6, 5});
  for (mlir::Type type : {dynamic(), affine()})
    for (auto scales : {RunTimeScales::Vector, RunTimeScales::Matrix}) {
      Tensor whole = llvm::cantFail(quantize(x, type, scales));
      // A token, or a head.
      bool isVector = scales == RunTimeScales::Vector;
      Shape offsets = {2, 1, isVector ? 3 : 0, 0};
      Shape sizes = {1, 2, isVector ? 2 : 6, 5}, strides = {1, 1, 1, 1};
      Tensor part = slice(whole, offsets, sizes, strides);
      Tensor alone = llvm::cantFail(
          quantize(slice(x, offsets, sizes, strides), type, scales));
      EXPECT_TRUE(identical(part, alone));
      EXPECT_EQ(*part.getRunTimeScales(), *alone.getRunTimeScales());
      EXPECT_EQ(whole.getRunTimeScales()->scales.size(), isVector ? 72u : 12u);
    }
}

TEST_F(QuantizationTest, each_vector_uses_all_integers) {
  Tensor x = floats({3, 2}, {0.5f, -1.27f, 100, 127, 0, 0});
  Tensor q = llvm::cantFail(quantize(x, dynamic(), RunTimeScales::Vector));
  EXPECT_EQ(q.as<int8_t>(), ArrayRef<int8_t>({50, -127, 100, 127, 0, 0}));
  EXPECT_EQ(q.getRunTimeScales()->scales,
            (std::vector<float>{1.27f / 127, 1, 1}));
  EXPECT_EQ(q.getRunTimeScale(), std::nullopt);
}

TEST_F(QuantizationTest, a_vector_of_nan_does_no_harm_to_others) {
  Tensor x = floats({3, 2}, {1, NAN, 2, 3, INFINITY, 4});
  for (mlir::Type type : {dynamic(), affine()}) {
    Tensor q = llvm::cantFail(quantize(x, type, RunTimeScales::Vector));
    Tensor y = llvm::cantFail(dequantize(q, f32));
    Tensor w = quantized(floats({2, 1}, {1, 1}), perTensor(1));
    Tensor sums = llvm::cantFail(quantizedProduct(q, w, false));
    for (int64_t row = 0; row < 3; ++row) {
      EXPECT_EQ(std::isnan(y.getFloat(2 * row)), row != 1);
      EXPECT_EQ(std::isnan(sums.getFloat(row)), row != 1);
    }
    EXPECT_NEAR(sums.getFloat(1), 5, 0.05);
  }
}

/// Products of values with scales of their own are those of the real values.
TEST_F(QuantizationTest, products_of_tokens_and_heads) {
  for (int trial = 0; trial < 60; ++trial) {
    bool transposed = trial % 2;
    int64_t k = 1 + trial % 19, rhsHeads = trial % 3 == 0 ? 1 : 3;
    Tensor left = randomFloats({2, 3, 5, k});
    Tensor right = randomFloats(transposed ? Shape{2, rhsHeads, 4, k}
                                           : Shape{2, rhsHeads, k, 4});
    // Rows and heads of very different sizes.
    for (auto [i, value] : llvm::enumerate(left.mutableAs<float>()))
      value *= static_cast<float>(1 + i / k * 7 % 50);
    for (auto [i, value] : llvm::enumerate(right.mutableAs<float>()))
      value *= static_cast<float>(1 + i / (4 * k) * 11);
    auto scales = transposed && trial % 4 == 1 ? RunTimeScales::Vector
                                               : RunTimeScales::Matrix;
    Tensor lhs = llvm::cantFail(quantize(
        left, trial % 5 < 2 ? affine() : dynamic(), RunTimeScales::Vector));
    Tensor rhs = llvm::cantFail(
        quantize(right, trial % 7 < 3 ? affine() : dynamic(), scales));
    Tensor found = llvm::cantFail(quantizedProduct(lhs, rhs, transposed));
    Tensor expected = matmul(llvm::cantFail(dequantize(lhs, f32)),
                             llvm::cantFail(dequantize(rhs, f32)), transposed);
    ASSERT_EQ(found.getShape(), expected.getShape());
    for (int64_t i = 0; i < found.numElements(); ++i)
      ASSERT_NEAR(found.getFloat(i), expected.getFloat(i),
                  1e-5 * (1 + std::abs(expected.getFloat(i))) * 50)
          << "trial " << trial << " element " << i;
    // A head alone has the same sums, bit for bit.
    Shape strides(4, 1);
    Tensor head = slice(lhs, {1, 2, 1, 0}, {1, 1, 3, k}, strides);
    Shape sizes(rhs.getShape());
    sizes[0] = sizes[1] = 1;
    Tensor matrix = slice(rhs, {1, rhsHeads - 1, 0, 0}, sizes, strides);
    EXPECT_TRUE(
        identical(llvm::cantFail(quantizedProduct(head, matrix, transposed)),
                  slice(found, {1, 2, 1, 0}, {1, 1, 3, 4}, strides)));
  }
}

TEST_F(QuantizationTest, one_scale_in_many_places_is_one_scale) {
  Tensor x = randomFloats({4, 6}), y = randomFloats({6, 3});
  Tensor lhs = quantized(x, affine()), rhs = quantized(y, affine());
  ScaleGrid rows = ScaleGrid::ofBlocks({4, 6}, {1, 6});
  llvm::fill(rows.scales, *lhs.getRunTimeScale());
  llvm::fill(rows.zeroPoints, lhs.getRunTimeZeroPoint());
  Tensor same = lhs;
  same.setRunTimeScales(rows);
  EXPECT_TRUE(identical(llvm::cantFail(quantizedProduct(lhs, rhs, false)),
                        llvm::cantFail(quantizedProduct(same, rhs, false))));
}

TEST_F(QuantizationTest, convolution_of_quantized_operands) {
  ConvolutionWindow window;
  window.kernel = {2, 2};
  window.pads = {1, 0, 0, 1};
  window.groups = 2;
  Tensor x = quantized(randomFloats({2, 4, 5, 5}), perTensor(1.0 / 100, -20));
  Tensor w = quantized(randomFloats({4, 2, 2, 2}),
                       perAxis({0.01, 0.02, 0.03, 0.04}, 0));
  Tensor bias = randomFloats({4});
  Tensor result = llvm::cantFail(quantizedConvolution(x, w, bias, window));
  Tensor expected =
      convolution(llvm::cantFail(dequantize(x, f32)),
                  llvm::cantFail(dequantize(w, f32)), bias, window);
  ASSERT_EQ(result.getShape(), expected.getShape());
  for (int64_t i = 0; i < result.numElements(); ++i)
    ASSERT_NEAR(result.as<float>()[i], expected.as<float>()[i], 1e-5);
}

TEST_F(QuantizationTest, convolutions_that_cannot_be_scaled) {
  ConvolutionWindow window;
  Tensor x = quantized(randomFloats({1, 2, 1, 1}), perTensor(1));
  Tensor perChannel = quantized(randomFloats({2, 2, 1, 1}), perAxis({1, 2}, 1));
  EXPECT_EQ(messageOf(quantizedConvolution(x, perChannel, Tensor(), window)),
            "weight of a convolution must have one scale, or one for each "
            "feature");
  Tensor shifted =
      quantized(randomFloats({2, 2, 1, 1}), perAxis({1, 2}, 0, {1, 1}));
  EXPECT_EQ(messageOf(quantizedConvolution(x, shifted, Tensor(), window)),
            "weight of a convolution with a scale for each feature must have "
            "no zero points");
  Tensor input = quantized(randomFloats({1, 2, 1, 1}), perAxis({1, 2}, 1));
  EXPECT_EQ(
      messageOf(quantizedConvolution(input, perChannel, Tensor(), window)),
      "input of a convolution must have one scale, found 2");
}
