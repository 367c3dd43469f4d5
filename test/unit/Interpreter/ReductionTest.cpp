// Tests of reductions.
#include "TensorFixture.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Reduction.h"

#include <cmath>

using namespace atleus;
using namespace atleus::kernels;
using llvm::ArrayRef;
using ReductionTest = TensorFixture;

TEST_F(ReductionTest, each_kind) {
  Tensor x = floats({2, 3}, {1, 2, 6, -1, 0, 4});
  struct Case {
    Reduction reduction;
    std::vector<float> rows, columns;
    float all;
  } cases[] = {
      {Reduction::Sum, {9, 3}, {0, 2, 10}, 12},
      {Reduction::Mean, {3, 1}, {0, 1, 5}, 2},
      {Reduction::Maximum, {6, 4}, {1, 2, 6}, 6},
      {Reduction::Minimum, {1, -1}, {-1, 0, 4}, -1},
      {Reduction::Product, {12, 0}, {-1, 0, 24}, 0},
  };
  for (const Case &c : cases) {
    Tensor rows = reduce(c.reduction, x, {1}, false);
    EXPECT_EQ(rows.getShape(), ArrayRef<int64_t>({2}));
    EXPECT_EQ(rows.as<float>(), ArrayRef<float>(c.rows));
    Tensor columns = reduce(c.reduction, x, {0}, true);
    EXPECT_EQ(columns.getShape(), ArrayRef<int64_t>({1, 3}));
    EXPECT_EQ(columns.as<float>(), ArrayRef<float>(c.columns));
    Tensor all = reduce(c.reduction, x, {0, 1}, false);
    EXPECT_EQ(all.getRank(), 0);
    EXPECT_EQ(all.as<float>()[0], c.all);
  }
}

TEST_F(ReductionTest, dimensions_that_are_not_neighbours) {
  Tensor x = randomFloats({3, 4, 5});
  Tensor result = reduce(Reduction::Sum, x, {0, 2}, true);
  ASSERT_EQ(result.getShape(), ArrayRef<int64_t>({1, 4, 1}));
  for (int64_t j = 0; j < 4; ++j) {
    double sum = 0;
    for (int64_t i = 0; i < 3; ++i)
      for (int64_t k = 0; k < 5; ++k)
        sum += x.as<float>()[(i * 4 + j) * 5 + k];
    EXPECT_NEAR(result.as<float>()[j], sum, 1e-6);
  }
}

TEST_F(ReductionTest, integers) {
  Tensor x = longs({4}, {7, -2, 3, -1});
  EXPECT_EQ(reduce(Reduction::Sum, x, {0}, false).as<int64_t>()[0], 7);
  EXPECT_EQ(reduce(Reduction::Mean, x, {0}, false).as<int64_t>()[0], 1);
  EXPECT_EQ(reduce(Reduction::Product, x, {0}, false).as<int64_t>()[0], 42);
  EXPECT_EQ(reduce(Reduction::Minimum, x, {0}, false).as<int64_t>()[0], -2);
  Tensor mean = reduce(Reduction::Mean, longs({2}, {-3, 0}), {0}, false);
  EXPECT_EQ(mean.as<int64_t>()[0], -1) << "truncated toward zero";
  Tensor bytes = Tensor::of<int8_t>({2}, i8, {100, 100});
  Tensor sum = reduce(Reduction::Sum, bytes, {0}, false);
  EXPECT_EQ(sum.getElementType(), i8);
  EXPECT_EQ(sum.as<int8_t>()[0], -56);
}

TEST_F(ReductionTest, no_elements_give_the_neutral_element) {
  Tensor x = Tensor::zeros({2, 0}, f32);
  EXPECT_EQ(reduce(Reduction::Sum, x, {1}, false).as<float>()[1], 0);
  EXPECT_EQ(reduce(Reduction::Product, x, {1}, false).as<float>()[1], 1);
  EXPECT_EQ(reduce(Reduction::Maximum, x, {1}, false).as<float>()[1],
            -INFINITY);
  EXPECT_TRUE(
      std::isnan(reduce(Reduction::Mean, x, {1}, false).as<float>()[0]));
}

TEST_F(ReductionTest, no_axes_change_nothing) {
  Tensor x = floats({2}, {1, 2});
  EXPECT_TRUE(identical(reduce(Reduction::Sum, x, {}, false), x));
}

TEST_F(ReductionTest, nan_stays) {
  Tensor x = floats({3}, {1, NAN, 2});
  for (Reduction reduction : {Reduction::Maximum, Reduction::Minimum})
    EXPECT_TRUE(std::isnan(reduce(reduction, x, {0}, false).as<float>()[0]));
}

TEST_F(ReductionTest, half_floats_are_summed_in_float) {
  Tensor x = convert(floats({4096}, std::vector<float>(4096, 1.0f)), f16);
  Tensor sum = reduce(Reduction::Sum, x, {0}, false);
  EXPECT_EQ(sum.getElementType(), f16);
  EXPECT_EQ(sum.getFloat(0), 4096.0);
}

TEST_F(ReductionTest, first_maximum) {
  Tensor x = floats({2, 4}, {1, 5, 5, 2, 0, -1, NAN, 7});
  Tensor last = argMax(x, 1, false);
  EXPECT_EQ(last.getShape(), ArrayRef<int64_t>({2}));
  EXPECT_EQ(last.as<int64_t>(), ArrayRef<int64_t>({1, 2}));
  Tensor first = argMax(longs({2, 3}, {1, 2, 3, 3, 2, 1}), 0, true);
  EXPECT_EQ(first.getShape(), ArrayRef<int64_t>({1, 3}));
  EXPECT_EQ(first.as<int64_t>(), ArrayRef<int64_t>({1, 0, 0}));
}

TEST_F(ReductionTest, running_sums) {
  Tensor x = longs({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_EQ(cumulativeSum(x, 1).as<int64_t>(),
            ArrayRef<int64_t>({1, 3, 6, 4, 9, 15}));
  EXPECT_EQ(cumulativeSum(x, 0).as<int64_t>(),
            ArrayRef<int64_t>({1, 2, 3, 5, 7, 9}));
  EXPECT_EQ(cumulativeSum(floats({2}, {0.5f, 0.25f}), 0).as<float>(),
            ArrayRef<float>({0.5f, 0.75f}));
  EXPECT_EQ(x.as<int64_t>()[1], 2) << "the operand is not changed";
}
