// Tests of kernels that rearrange elements.
#include "TensorFixture.h"

#include "atleus/Interpreter/DataMovement.h"

#include <numeric>

using namespace atleus;
using namespace atleus::kernels;
using llvm::ArrayRef;

namespace {
struct DataMovementTest : public TensorFixture {
  /// 0, 1, 2, ...
  Tensor counting(ArrayRef<int64_t> shape) {
    Tensor result(shape, i64);
    llvm::MutableArrayRef<int64_t> values = result.mutableAs<int64_t>();
    std::iota(values.begin(), values.end(), 0);
    return result;
  }
  void expectValues(const Tensor &tensor, ArrayRef<int64_t> shape,
                    ArrayRef<int64_t> values) {
    EXPECT_EQ(tensor.getShape(), shape);
    EXPECT_EQ(tensor.as<int64_t>(), values);
  }
};
} // namespace

TEST_F(DataMovementTest, transpose) {
  expectValues(transpose(counting({2, 3}), {1, 0}), {3, 2}, {0, 3, 1, 4, 2, 5});
  expectValues(transpose(counting({2, 2, 2}), {0, 2, 1}), {2, 2, 2},
               {0, 2, 1, 3, 4, 6, 5, 7});
  expectValues(transpose(counting({2, 1, 3}), {2, 1, 0}), {3, 1, 2},
               {0, 3, 1, 4, 2, 5});
  Tensor x = counting({4, 3, 5, 7});
  Tensor back = transpose(transpose(x, {2, 0, 3, 1}), {1, 3, 0, 2});
  EXPECT_TRUE(identical(back, x));
}

TEST_F(DataMovementTest, transpose_of_every_element_width) {
  for (mlir::Type type : {i1, i8, f16, f32, f64}) {
    Tensor x = filled({2, 3}, type, 1);
    Tensor y = transpose(x, {1, 0});
    EXPECT_EQ(y.getElementType(), type);
    EXPECT_EQ(y.getFloat(5), 1.0);
  }
}

TEST_F(DataMovementTest, slice_with_strides) {
  expectValues(slice(counting({3, 4}), {1, 0}, {2, 2}, {1, 2}), {2, 2},
               {4, 6, 8, 10});
  expectValues(slice(counting({6}), {5}, {3}, {-2}), {3}, {5, 3, 1});
  expectValues(slice(counting({2, 3}), {1, 2}, {2, 3}, {-1, -1}), {2, 3},
               {5, 4, 3, 2, 1, 0});
  expectValues(slice(counting({2, 3}), {2, 0}, {0, 3}, {1, 1}), {0, 3}, {});
}

TEST_F(DataMovementTest, expand) {
  expectValues(expand(counting({2, 1}), {2, 2, 3}), {2, 2, 3},
               {0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1});
  expectValues(expand(counting({}), {3}), {3}, {0, 0, 0});
  expectValues(expand(counting({1}), {0}), {0}, {});
}

TEST_F(DataMovementTest, concat) {
  Tensor a = counting({2, 2}), b = counting({2, 1});
  expectValues(concat({a, b, a}, 1), {2, 5}, {0, 1, 0, 0, 1, 2, 3, 1, 2, 3});
  expectValues(concat({a, a}, 0), {4, 2}, {0, 1, 2, 3, 0, 1, 2, 3});
  expectValues(concat({a, counting({2, 0})}, 1), {2, 2}, {0, 1, 2, 3});
}

TEST_F(DataMovementTest, pad) {
  expectValues(pad(counting({2, 2}), {1, 0}, {0, 2}, -1), {3, 4},
               {-1, -1, -1, -1, 0, 1, -1, -1, 2, 3, -1, -1});
  expectValues(pad(counting({0}), {1}, {1}, 7), {2}, {7, 7});
  Tensor f = pad(floats({1}, {2}), {1}, {1}, 0.5);
  EXPECT_EQ(f.as<float>(), ArrayRef<float>({0.5f, 2, 0.5f}));
  // A last dimension of one element is padded too.
  expectValues(pad(counting({3, 1}), {0, 1}, {0, 0}, 9), {3, 2},
               {9, 0, 9, 1, 9, 2});
}

TEST_F(DataMovementTest, gather) {
  Tensor x = counting({3, 2});
  Tensor indices = longs({2, 2}, {2, 0, -1, 1});
  expectValues(llvm::cantFail(gather(x, indices, 0)), {2, 2, 2},
               {4, 5, 0, 1, 4, 5, 2, 3});
  Tensor columns = Tensor::of<int32_t>({3}, i32, {1, 0, -2});
  expectValues(llvm::cantFail(gather(x, columns, 1)), {3, 3},
               {1, 0, 0, 3, 2, 2, 5, 4, 4});
  Tensor scalar = longs({}, {1});
  expectValues(llvm::cantFail(gather(x, scalar, 0)), {2}, {2, 3});
}

TEST_F(DataMovementTest, gather_out_of_range) {
  Tensor x = counting({3, 2});
  EXPECT_EQ(messageOf(gather(x, longs({2}, {0, 3}), 0)),
            "index 3 is out of range for dimension 0 of size 3");
  EXPECT_EQ(messageOf(gather(x, longs({1}, {-3}), 1)),
            "index -3 is out of range for dimension 1 of size 2");
}

TEST_F(DataMovementTest, run_time_scales_go_along) {
  Tensor x = counting({2, 3});
  x.setRunTimeScale(0.5f);
  Tensor zero = counting({1});
  EXPECT_EQ(transpose(x, {1, 0}).getRunTimeScale(), 0.5f);
  EXPECT_EQ(slice(x, {0, 0}, {1, 1}, {1, 1}).getRunTimeScale(), 0.5f);
  EXPECT_EQ(expand(x, {4, 2, 3}).getRunTimeScale(), 0.5f);
  EXPECT_EQ(gather(x, zero, 0)->getRunTimeScale(), 0.5f);
  EXPECT_EQ(concat({x, x}, 0).getRunTimeScale(), 0.5f);
}

TEST_F(DataMovementTest, triangles) {
  Tensor x = filled({3, 3}, i64, 1);
  expectValues(triangle(x, true, 0), {3, 3}, {1, 1, 1, 0, 1, 1, 0, 0, 1});
  expectValues(triangle(x, false, 0), {3, 3}, {1, 0, 0, 1, 1, 0, 1, 1, 1});
  expectValues(triangle(x, true, 1), {3, 3}, {0, 1, 1, 0, 0, 1, 0, 0, 0});
  expectValues(triangle(x, false, -1), {3, 3}, {0, 0, 0, 1, 0, 0, 1, 1, 0});
  Tensor batch = triangle(filled({2, 1, 2}, i64, 1), false, 0);
  expectValues(batch, {2, 1, 2}, {1, 0, 1, 0});
  expectValues(triangle(x, true, INT64_MAX), {3, 3},
               {0, 0, 0, 0, 0, 0, 0, 0, 0});
  expectValues(triangle(x, false, INT64_MAX), {3, 3},
               {1, 1, 1, 1, 1, 1, 1, 1, 1});
  EXPECT_EQ(x.as<int64_t>()[3], 1) << "the operand is not changed";
}

TEST_F(DataMovementTest, ranges) {
  expectValues(range(2, 7, 2, &context), {3}, {2, 4, 6});
  expectValues(range(5, 0, -2, &context), {3}, {5, 3, 1});
  expectValues(range(3, 3, 1, &context), {0}, {});
  expectValues(range(5, 0, 1, &context), {0}, {});
}
