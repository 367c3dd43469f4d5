// Tests of sums in registers of a stated width.
#include "TensorFixture.h"

#include "atleus/Interpreter/AccumulatedProduct.h"

using namespace atleus;
using namespace atleus::kernels;
using llvm::ArrayRef;

namespace {
struct AccumulatedProductTest : public TensorFixture {
  int64_t draw(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(generator);
  }
};
} // namespace

TEST(AccumulatorTest, wraps_or_saturates_at_its_ends) {
  Accumulator wrap = {8, Overflow::Wrap};
  EXPECT_EQ(wrap.largest(), 127);
  EXPECT_EQ(wrap.smallest(), -128);
  EXPECT_EQ(wrap.store(127), 127);
  EXPECT_EQ(wrap.store(128), -128);
  EXPECT_EQ(wrap.store(-129), 127);
  EXPECT_EQ(wrap.store(256), 0);
  Accumulator saturate = {8, Overflow::Saturate};
  EXPECT_EQ(saturate.store(128), 127);
  EXPECT_EQ(saturate.store(-129), -128);
  EXPECT_EQ(saturate.store(-128), -128);
  Accumulator wide = {64, Overflow::Saturate};
  EXPECT_EQ(wide.store(INT64_MAX), INT64_MAX);
  EXPECT_EQ(wide.store(INT64_MIN), INT64_MIN);
  EXPECT_TRUE(wrap.holds(127));
  EXPECT_FALSE(wrap.holds(128));
}

/// One element after another.
static int64_t definition(const Tensor &lhs, const Tensor &rhs, int64_t row,
                          int64_t column, bool transposed,
                          const ZeroPoints &zeroPoints,
                          const Accumulator &accumulator) {
  int64_t k = lhs.getShape().back(), n = rhs.getShape()[transposed ? 0 : 1];
  int64_t most = (int64_t(1) << (accumulator.bits - 1)) - 1, sum = 0;
  for (int64_t i = 0; i < k; ++i) {
    int64_t zero = 0;
    if (!zeroPoints.rhs.empty())
      zero = zeroPoints.rhs[zeroPoints.rhs.size() == 1 ? 0 : column];
    int64_t at = transposed ? column * k + i : i * n + column;
    int64_t lhsZero = 0;
    if (!zeroPoints.lhs.empty())
      lhsZero = zeroPoints.lhs[zeroPoints.lhs.size() == 1 ? 0 : row];
    sum +=
        (lhs.getInteger(row * k + i) - lhsZero) * (rhs.getInteger(at) - zero);
    if (accumulator.overflow == Overflow::Saturate) {
      sum = std::min(std::max(sum, -most - 1), most);
    } else {
      sum %= 2 * (most + 1);
      if (sum > most)
        sum -= 2 * (most + 1);
      if (sum < -most - 1)
        sum += 2 * (most + 1);
    }
  }
  return sum;
}

TEST_F(AccumulatedProductTest, terms_are_added_in_order) {
  for (int trial = 0; trial < 200; ++trial) {
    int64_t m = draw(1, 5), k = draw(1, 60), n = draw(1, 20);
    bool transposed = draw(0, 1), wide = draw(0, 1);
    Shape right = transposed ? Shape{n, k} : Shape{k, n};
    Tensor lhs = wide ? randomIntegers<int16_t>({m, k}, integer(16))
                      : randomIntegers<uint8_t>({m, k}, unsignedInteger(8));
    Tensor rhs = randomIntegers<int8_t>(right, i8);
    ZeroPoints zeroPoints;
    std::vector<int64_t> columns, rows;
    if (int64_t kind = draw(0, 2); kind > 0)
      for (int64_t i = 0; i < (kind == 1 ? 1 : n); ++i)
        columns.push_back(draw(-20, 20));
    if (int64_t kind = draw(0, 2); kind > 0)
      for (int64_t i = 0; i < (kind == 1 ? 1 : m); ++i)
        rows.push_back(draw(-100, 100));
    zeroPoints.lhs = rows;
    zeroPoints.rhs = columns;
    Accumulator accumulator;
    accumulator.bits = draw(8, 40);
    accumulator.overflow = static_cast<Overflow>(draw(0, 1));
    Tensor sums =
        accumulatedProduct(lhs, rhs, transposed, zeroPoints, accumulator);
    ASSERT_EQ(sums.getShape(), ArrayRef<int64_t>({m, n}));
    for (int64_t i = 0; i < m * n; ++i)
      ASSERT_EQ(sums.getInteger(i),
                definition(lhs, rhs, i / n, i % n, transposed, zeroPoints,
                           accumulator))
          << "k " << k << " bits " << accumulator.bits << " overflow "
          << static_cast<int>(accumulator.overflow);
  }
}

TEST_F(AccumulatedProductTest, order_decides_where_saturation_bites) {
  Accumulator accumulator = {8, Overflow::Saturate};
  Tensor x = Tensor::of<int8_t>({1, 3}, i8, {10, 10, -10});
  Tensor late = Tensor::of<int8_t>({3, 1}, i8, {10, 10, 10});
  // 100, then 127 instead of 200, then 27.
  EXPECT_EQ(accumulatedProduct(x, late, false, {}, accumulator).getInteger(0),
            27);
  Tensor y = Tensor::of<int8_t>({1, 3}, i8, {10, -10, 10});
  EXPECT_EQ(accumulatedProduct(y, late, false, {}, accumulator).getInteger(0),
            100);
}

TEST_F(AccumulatedProductTest, batches_saturate_on_their_own) {
  Accumulator accumulator = {8, Overflow::Saturate};
  Tensor x = Tensor::of<int8_t>({2, 1, 2}, i8, {10, 10, -10, -10});
  Tensor w = Tensor::of<int8_t>({2, 2, 1}, i8, {10, 10, 10, 3});
  Tensor sums = accumulatedProduct(x, w, false, {}, accumulator);
  EXPECT_EQ(sums.getInteger(0), 127);
  EXPECT_EQ(sums.getInteger(1), -128);
}

TEST_F(AccumulatedProductTest, wide_sums_are_exact) {
  Tensor x({1, 300}, integer(16)), w({300, 1}, integer(16));
  llvm::fill(x.mutableAs<int16_t>(), INT16_MIN);
  llvm::fill(w.mutableAs<int16_t>(), INT16_MIN);
  Tensor sums = exactSums(x, w);
  EXPECT_EQ(sums.getKind(), ElementKind::Int64);
  EXPECT_EQ(sums.getInteger(0), int64_t(300) << 30);
  Tensor one = exactSums(Tensor::of<int16_t>({1, 1}, integer(16), {3}),
                         Tensor::of<int16_t>({1, 1}, integer(16), {-4}));
  EXPECT_EQ(one.getKind(), ElementKind::Int32);
  EXPECT_EQ(one.getInteger(0), -12);
}

TEST_F(AccumulatedProductTest, largest_magnitude_counts_from_the_zero_point) {
  Tensor x = Tensor::of<int8_t>({3}, i8, {-128, 0, 127});
  EXPECT_EQ(largestMagnitude(x, 0), 128);
  EXPECT_EQ(largestMagnitude(x, -128), 255);
  EXPECT_EQ(largestMagnitude(x, 100), 228);
  EXPECT_EQ(
      largestMagnitude(Tensor::of<int8_t>({2, 2}, i8, {1, 5, -3, -4}), {4, -5}),
      3);
  EXPECT_EQ(largestMagnitude(Tensor::of<int8_t>({1}, i8, {5}), 3), 2);
  EXPECT_EQ(largestMagnitude(Tensor::zeros({0}, i8), 3), 0);
}
