// Tests of how far apart two tensors are.
#include "../Interpreter/TensorFixture.h"

#include "atleus/Comparison/Difference.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

#include <cmath>

using namespace mlir;
using namespace atleus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {
struct DifferenceTest : public TensorFixture {
  Difference measure(const Tensor &found, const Tensor &expected) {
    return llvm::cantFail(measureDifference(found, expected));
  }
  float infinity = std::numeric_limits<float>::infinity();
  float nan = std::numeric_limits<float>::quiet_NaN();
};
} // namespace

TEST_F(DifferenceTest, the_worst_place_relative_to_the_largest_expected) {
  Difference difference = measure(floats({2, 3}, {1, 2, 3, 4, 5.5f, -8}),
                                  floats({2, 3}, {1, 2, 3, 4, 5, -8}));
  EXPECT_DOUBLE_EQ(difference.error, 0.5 / 8);
  EXPECT_THAT(difference.index, ElementsAre(1, 1));
  EXPECT_EQ(difference.found, 5.5);
  EXPECT_EQ(difference.expected, 5);
  EXPECT_EQ(difference.largest, 8);
}

TEST_F(DifferenceTest, equal_tensors_do_not_differ) {
  Tensor x = randomFloats({4, 5});
  EXPECT_EQ(measure(x, x).error, 0);
}

TEST_F(DifferenceTest, absolute_where_zeros_are_expected) {
  EXPECT_DOUBLE_EQ(measure(floats({2}, {0, 3}), floats({2}, {0, 0})).error, 3);
}

TEST_F(DifferenceTest, a_scalar_has_an_empty_index) {
  Difference difference = measure(floats({}, {2}), floats({}, {1}));
  EXPECT_EQ(difference.error, 1);
  EXPECT_THAT(difference.index, IsEmpty());
}

TEST_F(DifferenceTest, nothing_to_compare_is_equal) {
  EXPECT_EQ(measure(floats({0, 3}, {}), floats({0, 3}, {})).error, 0);
}

TEST_F(DifferenceTest, equal_infinities_and_nans_do_not_differ) {
  Tensor x = floats({4}, {infinity, -infinity, nan, 1});
  EXPECT_EQ(measure(x, x).error, 0);
  EXPECT_EQ(measure(x, x).largest, 1);
}

TEST_F(DifferenceTest, a_nan_or_infinity_on_one_side_is_infinitely_far) {
  Tensor ones = floats({2}, {1, 1});
  for (float special : {infinity, -infinity, nan}) {
    Tensor other = floats({2}, {1, special});
    EXPECT_TRUE(std::isinf(measure(ones, other).error));
    EXPECT_TRUE(std::isinf(measure(other, ones).error));
    EXPECT_THAT(measure(other, ones).index, ElementsAre(1));
  }
  EXPECT_TRUE(std::isinf(
      measure(floats({1}, {infinity}), floats({1}, {-infinity})).error));
}

TEST_F(DifferenceTest, integers_differ_by_their_values) {
  Difference difference = measure(longs({2}, {7, 10}), longs({2}, {7, -20}));
  EXPECT_DOUBLE_EQ(difference.error, 30.0 / 20);
  EXPECT_EQ(measure(bools({2}, {true, false}), bools({2}, {true, true})).error,
            1);
}

TEST_F(DifferenceTest, quantized_against_floats_by_what_they_stand_for) {
  Type type = quant::UniformQuantizedType::get(quant::QuantizationFlags::Signed,
                                               i8, f32, 0.5, 1, -128, 127);
  Tensor stored = Tensor::of<int8_t>({2}, type, {5, -3});
  EXPECT_EQ(measure(stored, floats({2}, {2, -2})).error, 0);
  EXPECT_EQ(measure(floats({2}, {2, -2}), stored).error, 0);
}

TEST_F(DifferenceTest, quantized_against_integers_by_what_is_stored) {
  Type type = quant::UniformQuantizedType::get(0, i8, f32, 0.5, 128, 0, 255);
  Tensor stored = Tensor::of<uint8_t>({2}, type, {200, 3});
  Tensor integers = Tensor::of<uint8_t>({2}, unsignedInteger(8), {200, 3});
  EXPECT_EQ(measure(stored, integers).error, 0);
}

TEST_F(DifferenceTest, shapes_must_be_equal) {
  EXPECT_EQ(
      messageOf(measureDifference(floats({2}, {1, 2}), floats({1, 2}, {1, 2}))),
      "shape is 2, expected 1x2");
}

TEST_F(DifferenceTest, formats_an_index) {
  EXPECT_EQ(formatIndex({}), "[]");
  EXPECT_EQ(formatIndex({0, 12, 3}), "[0, 12, 3]");
}
