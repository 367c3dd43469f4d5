// Tests of matrix products against loops over the definition.
#include "TensorFixture.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/MatrixProduct.h"

#include "llvm/Support/Parallel.h"

using namespace atleus;
using namespace atleus::kernels;
using llvm::ArrayRef;
using MatrixProductTest = TensorFixture;

/// Product of [m, k] by [k, n] or [n, k] by the definition.
template <typename Sum>
static std::vector<Sum> naive(const Tensor &lhs, const Tensor &rhs,
                              bool transposed, ArrayRef<int64_t> lhsZeros = {},
                              ArrayRef<int64_t> rhsZeros = {}) {
  int64_t m = lhs.getDim(0), k = lhs.getDim(1);
  int64_t n = rhs.getDim(transposed ? 0 : 1);
  std::vector<Sum> result(m * n);
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j) {
      Sum sum = 0;
      int64_t zero =
          rhsZeros.empty() ? 0 : rhsZeros[rhsZeros.size() > 1 ? j : 0];
      int64_t lhsZero =
          lhsZeros.empty() ? 0 : lhsZeros[lhsZeros.size() > 1 ? i : 0];
      for (int64_t l = 0; l < k; ++l)
        sum += (lhs.getFloat(i * k + l) - lhsZero) *
               (rhs.getFloat(transposed ? j * k + l : l * n + j) - zero);
      result[i * n + j] = sum;
    }
  return result;
}

TEST_F(MatrixProductTest, sizes_and_transposes) {
  int64_t sizes[][3] = {{1, 1, 1},   {1, 300, 40}, {17, 5, 3},
                        {300, 2, 7}, {3, 4, 0},    {257, 513, 65}};
  for (auto [m, n, k] : sizes)
    for (bool transposed : {false, true}) {
      Tensor a = randomFloats({m, k});
      Tensor b = randomFloats(transposed ? Shape{n, k} : Shape{k, n});
      Tensor result = matmul(a, b, transposed);
      std::vector<double> expected = naive<double>(a, b, transposed);
      for (int64_t i = 0; i < m * n; ++i)
        ASSERT_NEAR(result.as<float>()[i], expected[i], 1e-5)
            << m << "x" << n << "x" << k << " at " << i;
    }
}

TEST_F(MatrixProductTest, leading_dimensions_broadcast) {
  Tensor a = randomFloats({2, 1, 3, 4}), b = randomFloats({5, 4, 2});
  Tensor result = matmul(a, b);
  ASSERT_EQ(result.getShape(), ArrayRef<int64_t>({2, 5, 3, 2}));
  for (int64_t i = 0; i < 2; ++i)
    for (int64_t j = 0; j < 5; ++j) {
      Tensor left =
          Tensor::of<float>({3, 4}, f32, a.as<float>().slice(i * 12, 12));
      Tensor right =
          Tensor::of<float>({4, 2}, f32, b.as<float>().slice(j * 8, 8));
      std::vector<double> expected = naive<double>(left, right, false);
      for (int64_t e = 0; e < 6; ++e)
        ASSERT_NEAR(result.as<float>()[(i * 5 + j) * 6 + e], expected[e], 1e-5);
    }
}

TEST_F(MatrixProductTest, one_right_operand_serves_all_batches) {
  Tensor a = randomFloats({2, 3, 4}), b = randomFloats({1, 4, 5});
  Tensor batched = matmul(a, b);
  EXPECT_EQ(batched.getShape(), ArrayRef<int64_t>({2, 3, 5}));
  Tensor flat = matmul(a.withShape({6, 4}), b.withShape({4, 5}));
  EXPECT_EQ(batched.as<float>(), flat.as<float>());
}

TEST_F(MatrixProductTest, integers_wrap_around) {
  Tensor a = longs({1, 2}, {INT64_MAX, 3}), b = longs({2, 1}, {2, 5});
  EXPECT_EQ(matmul(a, b).as<int64_t>()[0], 13);
  Tensor c = Tensor::of<int32_t>({2, 2}, i32, {1, 2, 3, 4});
  EXPECT_EQ(matmul(c, c, true).as<int32_t>(),
            ArrayRef<int32_t>({5, 11, 11, 25}));
}

TEST_F(MatrixProductTest, other_floats) {
  Tensor a = randomFloats({4, 6}), b = randomFloats({6, 5});
  std::vector<double> expected = naive<double>(a, b, false);
  Tensor wide = matmul(convert(a, f64), convert(b, f64));
  Tensor half = matmul(convert(a, f16), convert(b, f16));
  EXPECT_EQ(half.getElementType(), f16);
  for (int64_t i = 0; i < 20; ++i) {
    EXPECT_NEAR(wide.as<double>()[i], expected[i], 1e-14);
    EXPECT_NEAR(half.getFloat(i), expected[i], 5e-3);
  }
}

TEST_F(MatrixProductTest, linear_adds_the_bias) {
  Tensor x = floats({2, 1, 2}, {1, 2, 3, 4});
  Tensor w = floats({2, 3}, {1, 0, 2, 0, 1, 3});
  Tensor b = floats({3}, {10, 20, 30});
  Tensor result = linear(x, w, b);
  EXPECT_EQ(result.getShape(), ArrayRef<int64_t>({2, 1, 3}));
  EXPECT_EQ(result.as<float>(), ArrayRef<float>({11, 22, 38, 13, 24, 48}));
  Tensor transposed = floats({3, 2}, {1, 0, 0, 1, 2, 3});
  EXPECT_EQ(linear(x, transposed, b, true).as<float>(), result.as<float>());
  Tensor vector = linear(floats({2}, {1, 2}), w, Tensor());
  EXPECT_EQ(vector.getShape(), ArrayRef<int64_t>({3}));
  EXPECT_EQ(vector.as<float>(), ArrayRef<float>({1, 2, 8}));
}

TEST_F(MatrixProductTest, result_does_not_depend_on_the_number_of_threads) {
  Tensor a = randomFloats({300, 200}), b = randomFloats({200, 600});
  llvm::ThreadPoolStrategy saved = llvm::parallel::strategy;
  Tensor many = matmul(a, b);
  llvm::parallel::strategy = llvm::hardware_concurrency(1);
  Tensor one = matmul(a, b);
  llvm::parallel::strategy = saved;
  EXPECT_TRUE(identical(many, one));
}

//===----------------------------------------------------------------------===//
// Exact products
//===----------------------------------------------------------------------===//

static void expectExact(const Tensor &lhs, const Tensor &rhs, bool transposed,
                        const ZeroPoints &zeros = {}) {
  Tensor result = llvm::cantFail(exactProduct(lhs, rhs, transposed, zeros));
  std::vector<int64_t> expected =
      naive<int64_t>(lhs, rhs, transposed, zeros.lhs, zeros.rhs);
  ASSERT_EQ(result.numElements(), static_cast<int64_t>(expected.size()));
  for (size_t i = 0; i < expected.size(); ++i)
    ASSERT_EQ(result.as<int32_t>()[i], expected[i])
        << formatShape(lhs.getShape()) << " by " << formatShape(rhs.getShape())
        << " at " << i;
}

TEST_F(MatrixProductTest, products_of_bytes_are_exact) {
  for (int64_t k : {0, 1, 63, 64, 1023, 1024, 1025, 3072, 5000})
    for (bool transposed : {false, true}) {
      Tensor a = randomIntegers<int8_t>({5, k}, i8);
      Tensor b =
          randomIntegers<int8_t>(transposed ? Shape{7, k} : Shape{k, 7}, i8);
      expectExact(a, b, transposed);
    }
}

TEST_F(MatrixProductTest, extreme_bytes_are_exact) {
  // All products have the largest magnitude and one sign; one odd term at the
  // end is lost if a partial sum passes 2^24 in floats.
  for (int8_t value : {int8_t(-128), int8_t(127)})
    for (int64_t k : {1024, 1025, 2049, 4097}) {
      Tensor a({3, k}, i8), b({k, 3}, i8);
      llvm::fill(a.mutableAs<int8_t>(), value);
      llvm::fill(b.mutableAs<int8_t>(), value);
      a.mutableAs<int8_t>()[k - 1] = 1;
      for (int64_t i = 0; i < 3; ++i)
        b.mutableAs<int8_t>()[(k - 1) * 3 + i] = 1;
      expectExact(a, b, false);
    }
}

TEST_F(MatrixProductTest, mixed_signs_and_zero_points_are_exact) {
  Tensor a = randomIntegers<uint8_t>({9, 700}, unsignedInteger(8));
  Tensor b = randomIntegers<int8_t>({700, 11}, i8);
  expectExact(a, b, false);
  expectExact(a, b, false, {131, {}});
  expectExact(a, b, false, {131, {-7}});
  std::vector<int64_t> zeros;
  zeros.reserve(11);
  for (int64_t i = 0; i < 11; ++i)
    zeros.push_back(3 * i - 16);
  expectExact(a, b, false, {128, zeros});
  Tensor c = randomIntegers<int8_t>({11, 700}, i8);
  expectExact(a, c, true, {128, zeros});
  std::vector<int64_t> rows = {0, 255, 1, 128, 77, 3, 254, 9, 100};
  expectExact(a, b, false, {rows, zeros});
  expectExact(a, c, true, {rows, -7});
}

TEST_F(MatrixProductTest, matrices_of_a_batch_have_zero_points_of_their_own) {
  Tensor a = randomIntegers<uint8_t>({2, 3, 20}, unsignedInteger(8));
  std::vector<int64_t> rows = {1, 2, 3, 40, 50, 60}, columns;
  for (int64_t i = 0; i < 8; ++i)
    columns.push_back(5 * i - 9);
  for (bool transposed : {false, true}) {
    Tensor b = randomIntegers<int8_t>(
        transposed ? Shape{2, 4, 20} : Shape{2, 20, 4}, i8);
    Tensor sums = exactSums(a, b, transposed, {rows, columns});
    for (int64_t i = 0; i < 24; ++i) {
      int64_t batch = i / 12, row = i / 4 % 3, column = i % 4, sum = 0;
      for (int64_t l = 0; l < 20; ++l)
        sum +=
            (a.getInteger((batch * 3 + row) * 20 + l) - rows[batch * 3 + row]) *
            (b.getInteger(batch * 80 +
                          (transposed ? column * 20 + l : l * 4 + column)) -
             columns[batch * 4 + column]);
      ASSERT_EQ(sums.getInteger(i), sum) << i;
    }
  }
}

TEST_F(MatrixProductTest, operands_of_16_bits_are_exact) {
  Tensor a = randomIntegers<int16_t>({4, 100}, integer(16));
  Tensor b = randomIntegers<int8_t>({100, 5}, i8);
  expectExact(a, b, false);
  Tensor c = Tensor::of<int16_t>({1, 2}, integer(16), {32767, -32768});
  Tensor d = Tensor::of<int16_t>({2, 1}, integer(16), {32767, 32767});
  expectExact(c, d, false);
}

TEST_F(MatrixProductTest, exact_products_broadcast_batches) {
  Tensor a = randomIntegers<int8_t>({3, 1, 2, 8}, i8);
  Tensor b = randomIntegers<int8_t>({4, 5, 8}, i8);
  Tensor result = llvm::cantFail(exactProduct(a, b, true));
  ASSERT_EQ(result.getShape(), ArrayRef<int64_t>({3, 4, 2, 5}));
  Tensor floats = matmul(convert(a, f32), convert(b, f32), true);
  EXPECT_TRUE(identical(result, convert(floats, i32)));
}

TEST_F(MatrixProductTest, sums_that_may_overflow_are_refused) {
  Tensor a({1, 200000}, i8), b({200000, 1}, i8);
  llvm::fill(a.mutableAs<int8_t>(), -128);
  llvm::fill(b.mutableAs<int8_t>(), -128);
  EXPECT_EQ(messageOf(exactProduct(a, b)),
            "sum of 200000 products of up to 128 and 128 may not fit in 32 "
            "bits");
}
