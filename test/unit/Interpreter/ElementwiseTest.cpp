// Tests of elementwise kernels; values from NumPy in double precision.
#include "TensorFixture.h"

#include "atleus/Interpreter/Elementwise.h"

#include <cmath>

using namespace atleus;
using namespace atleus::kernels;
using llvm::ArrayRef;
using ElementwiseTest = TensorFixture;

static Tensor ok(llvm::Expected<Tensor> result) {
  return llvm::cantFail(std::move(result));
}

TEST_F(ElementwiseTest, functions_of_floats) {
  struct Case {
    Unary function;
    std::vector<float> expected;
  } cases[] = {
      {Unary::Erf,
       {-0.99997791f, -0.52049988f, 0.0f, 0.67780119f, 0.99959305f}},
      {Unary::Tanh,
       {-0.99505475f, -0.46211716f, 0.0f, 0.60436778f, 0.9866143f}},
      {Unary::Sigmoid,
       {0.047425873f, 0.37754067f, 0.5f, 0.66818777f, 0.92414182f}},
      {Unary::Silu,
       {-0.14227762f, -0.18877033f, 0.0f, 0.46773144f, 2.3103545f}},
      {Unary::Gelu,
       {-0.0040496941f, -0.15426877f, 0.0f, 0.53062544f, 2.4844758f}},
      {Unary::GeluTanh,
       {-0.0036373921f, -0.15428599f, 0.0f, 0.53057013f, 2.4849157f}},
      {Unary::Exp, {0.049787068f, 0.60653066f, 1.0f, 2.0137527f, 12.182494f}},
      {Unary::Sin,
       {-0.14112001f, -0.47942554f, 0.0f, 0.64421769f, 0.59847214f}},
      {Unary::Cos, {-0.9899925f, 0.87758256f, 1.0f, 0.76484219f, -0.80114362f}},
      {Unary::Abs, {3, 0.5f, 0, 0.7f, 2.5f}},
      {Unary::Negate, {3, 0.5f, 0, -0.7f, -2.5f}},
      {Unary::Sign, {-1, -1, 0, 1, 1}},
      {Unary::Relu, {0, 0, 0, 0.7f, 2.5f}},
      {Unary::Floor, {-3, -1, 0, 0, 2}},
      {Unary::Ceil, {-3, 0, 0, 1, 3}},
      {Unary::Round, {-3, 0, 0, 1, 2}},
  };
  Tensor x = floats({5}, {-3, -0.5f, 0, 0.7f, 2.5f});
  Tensor wide = convert(x, f64);
  for (const Case &c : cases) {
    SCOPED_TRACE(static_cast<int>(c.function));
    expectNear(unary(c.function, x), c.expected, 2e-6f);
    expectNear(unary(c.function, wide), c.expected, 2e-6f);
  }
}

TEST_F(ElementwiseTest, functions_of_positive_floats) {
  struct Case {
    Unary function;
    std::vector<float> expected;
  } cases[] = {
      {Unary::Log, {-1.3862944f, 0.0f, 0.69314718f, 2.1972246f, -6.9077553f}},
      {Unary::Sqrt, {0.5f, 1.0f, 1.4142136f, 3.0f, 0.031622777f}},
      {Unary::Rsqrt, {2.0f, 1.0f, 0.70710678f, 0.33333333f, 31.622777f}},
      {Unary::Reciprocal, {4.0f, 1.0f, 0.5f, 0.11111111f, 1000.0f}},
  };
  Tensor x = floats({5}, {0.25f, 1, 2, 9, 1e-3f});
  for (const Case &c : cases) {
    SCOPED_TRACE(static_cast<int>(c.function));
    expectNear(unary(c.function, x), c.expected, 1e-4f);
  }
}

/// Compares a vectorized function with the C++ library's in double.
static void expectRelativeError(Unary function, double (*exact)(double),
                                float low, float high, double bound,
                                mlir::Type f32) {
  constexpr int64_t count = 200001;
  Tensor x({count}, f32);
  llvm::MutableArrayRef<float> values = x.mutableAs<float>();
  for (int64_t i = 0; i < count; ++i)
    values[i] = low + (high - low) * (static_cast<float>(i) / (count - 1));
  Tensor y = unary(function, x);
  for (int64_t i = 0; i < count; ++i) {
    double expected = exact(x.as<float>()[i]);
    ASSERT_NEAR(y.as<float>()[i], expected, bound * std::fabs(expected))
        << "at " << x.as<float>()[i];
  }
}

TEST_F(ElementwiseTest, vectorized_functions_are_accurate_to_a_few_units) {
  constexpr double units = 3 * 0x1p-23;
  expectRelativeError(Unary::Exp, std::exp, -87, 88.7f, units, f32);
  expectRelativeError(Unary::Erf, std::erf, -6, 6, units, f32);
  expectRelativeError(Unary::Erf, std::erf, -1e-3f, 1e-3f, units, f32);
  expectRelativeError(Unary::Tanh, std::tanh, -10, 10, units, f32);
  expectRelativeError(Unary::Tanh, std::tanh, -1e-3f, 1e-3f, units, f32);
}

TEST_F(ElementwiseTest, ends_of_the_range_of_floats) {
  float infinity = INFINITY;
  Tensor x = floats({6}, {-infinity, -200, -100, 89, infinity, NAN});
  Tensor exponentials = unary(Unary::Exp, x);
  ArrayRef<float> e = exponentials.as<float>();
  EXPECT_EQ(e[0], 0.0f);
  EXPECT_EQ(e[1], 0.0f);
  EXPECT_NEAR(e[2], 3.7835e-44f, 1.5e-45f) << "denormal";
  EXPECT_EQ(e[3], infinity);
  EXPECT_EQ(e[4], infinity);
  EXPECT_TRUE(std::isnan(e[5]));
  for (Unary function : {Unary::Erf, Unary::Tanh}) {
    Tensor result = unary(function, x);
    ArrayRef<float> y = result.as<float>();
    EXPECT_EQ(y[0], -1.0f);
    EXPECT_EQ(y[4], 1.0f);
    EXPECT_TRUE(std::isnan(y[5]));
  }
  Tensor sigmoids = unary(Unary::Sigmoid, x);
  EXPECT_EQ(sigmoids.as<float>()[0], 0.0f);
  EXPECT_EQ(sigmoids.as<float>()[4], 1.0f);
  EXPECT_TRUE(std::isnan(unary(Unary::Relu, x).as<float>()[5]));
}

TEST_F(ElementwiseTest, unary_of_integers_and_booleans) {
  Tensor x = longs({4}, {-5, 0, 7, INT64_MIN});
  EXPECT_EQ(unary(Unary::Abs, x).as<int64_t>(),
            ArrayRef<int64_t>({5, 0, 7, INT64_MIN}));
  EXPECT_EQ(unary(Unary::Sign, x).as<int64_t>(),
            ArrayRef<int64_t>({-1, 0, 1, -1}));
  EXPECT_EQ(unary(Unary::Relu, x).as<int64_t>(),
            ArrayRef<int64_t>({0, 0, 7, 0}));
  Tensor b = bools({2}, {true, false});
  EXPECT_EQ(unary(Unary::Not, b).as<bool>(), ArrayRef<bool>({false, true}));
}

TEST_F(ElementwiseTest, half_floats_are_rounded_once) {
  Tensor x = convert(floats({2}, {1.0f, 2.5f}), f16);
  Tensor y = unary(Unary::Exp, x);
  EXPECT_EQ(y.getElementType(), f16);
  EXPECT_EQ(y.getFloat(0), static_cast<float>(Float16(std::exp(1.0f))));
  Tensor sum = ok(binary(Binary::Add, x, x));
  EXPECT_EQ(sum.getElementType(), f16);
  EXPECT_EQ(sum.getFloat(1), 5.0);
}

TEST_F(ElementwiseTest, broadcasting_in_every_position) {
  std::vector<std::pair<Shape, Shape>> shapes = {
      {{2, 3, 4}, {2, 3, 4}}, {{2, 3, 4}, {4}},       {{2, 3, 4}, {3, 1}},
      {{2, 3, 4}, {}},        {{2, 1, 4}, {1, 3, 1}}, {{1}, {5, 2}},
      {{3, 1}, {1, 4}},       {{0, 3}, {3}},          {{2, 1, 1}, {2, 3, 4}},
  };
  for (auto &[a, b] : shapes) {
    Tensor x = randomFloats(a), y = randomFloats(b);
    Shape shape = *broadcastShapes(a, b);
    Tensor result = ok(binary(Binary::Subtract, x, y));
    ASSERT_EQ(result.getShape(), ArrayRef<int64_t>(shape));
    for (int64_t i = 0; i < result.numElements(); ++i) {
      int64_t rest = i, indexA = 0, indexB = 0, stepA = 1, stepB = 1;
      for (int64_t d = shape.size() - 1, k = 1; d >= 0; --d, ++k) {
        int64_t index = rest % shape[d];
        rest /= shape[d];
        if (int64_t at = static_cast<int64_t>(a.size()) - k; at >= 0) {
          indexA += a[at] == 1 ? 0 : index * stepA;
          stepA *= a[at];
        }
        if (int64_t at = static_cast<int64_t>(b.size()) - k; at >= 0) {
          indexB += b[at] == 1 ? 0 : index * stepB;
          stepB *= b[at];
        }
      }
      ASSERT_EQ(result.as<float>()[i],
                x.as<float>()[indexA] - y.as<float>()[indexB])
          << formatShape(a) << " and " << formatShape(b) << " at " << i;
    }
  }
  EXPECT_EQ(broadcastShapes({2, 3}, {4, 3}), std::nullopt);
}

TEST_F(ElementwiseTest, large_tensors_are_cut_into_chunks) {
  Tensor x = randomFloats({70, 1001}), bias = randomFloats({1001});
  Tensor result = ok(binary(Binary::Add, x, bias));
  for (int64_t i = 0; i < x.numElements(); ++i)
    ASSERT_EQ(result.as<float>()[i],
              x.as<float>()[i] + bias.as<float>()[i % 1001]);
}

TEST_F(ElementwiseTest, arithmetic_of_floats) {
  Tensor a = floats({4}, {7, -7, 7.5f, NAN});
  Tensor b = floats({4}, {2, 3, -2, 1});
  Tensor product = ok(binary(Binary::Multiply, a, b));
  EXPECT_EQ(product.as<float>().take_front(3), ArrayRef<float>({14, -21, -15}));
  EXPECT_TRUE(std::isnan(product.as<float>()[3]));
  EXPECT_EQ(ok(binary(Binary::Divide, a, b)).as<float>()[2], -3.75f);
  Tensor remainder = ok(binary(Binary::Modulo, a, b));
  EXPECT_EQ(remainder.as<float>()[1], -1.0f) << "the sign of the left operand";
  EXPECT_EQ(ok(binary(Binary::Power, a, b)).as<float>()[1], -343.0f);
  for (Binary function : {Binary::Maximum, Binary::Minimum}) {
    EXPECT_TRUE(std::isnan(ok(binary(function, a, b)).as<float>()[3]));
    EXPECT_TRUE(std::isnan(ok(binary(function, b, a)).as<float>()[3]));
  }
  EXPECT_EQ(ok(binary(Binary::Maximum, a, b)).as<float>()[1], 3.0f);
  EXPECT_EQ(ok(binary(Binary::Minimum, a, b)).as<float>()[1], -7.0f);
}

TEST_F(ElementwiseTest, arithmetic_of_integers) {
  Tensor a = longs({5}, {7, -7, 7, -7, INT64_MIN});
  Tensor b = longs({5}, {2, 2, -2, -2, -1});
  EXPECT_EQ(ok(binary(Binary::Divide, a, b)).as<int64_t>(),
            ArrayRef<int64_t>({3, -3, -3, 3, INT64_MIN}));
  EXPECT_EQ(ok(binary(Binary::Modulo, a, b)).as<int64_t>(),
            ArrayRef<int64_t>({1, 1, -1, -1, 0}));
  Tensor base = longs({5}, {3, -2, 2, -1, 1});
  Tensor exponent = longs({5}, {4, 3, -1, -3, -2});
  EXPECT_EQ(ok(binary(Binary::Power, base, exponent)).as<int64_t>(),
            ArrayRef<int64_t>({81, -8, 0, -1, 1}));
  Tensor large = longs({1}, {INT64_MAX}), one = longs({1}, {1});
  EXPECT_EQ(ok(binary(Binary::Add, large, one)).as<int64_t>()[0], INT64_MIN);
}

TEST_F(ElementwiseTest, narrow_integers_wrap_around) {
  Tensor a = Tensor::of<int8_t>({2}, i8, {127, -100});
  Tensor b = Tensor::of<int8_t>({2}, i8, {1, 100});
  EXPECT_EQ(ok(binary(Binary::Add, a, b)).as<int8_t>(),
            ArrayRef<int8_t>({-128, 0}));
  Tensor u = Tensor::of<uint8_t>({1}, unsignedInteger(8), {200});
  EXPECT_EQ(ok(binary(Binary::Add, u, u)).as<uint8_t>()[0], 144);
}

TEST_F(ElementwiseTest, integer_division_by_zero_is_an_error) {
  Tensor a = longs({2}, {1, 2}), b = longs({2}, {1, 0});
  EXPECT_EQ(messageOf(binary(Binary::Divide, a, b)),
            "integer division by zero");
  EXPECT_EQ(messageOf(binary(Binary::Modulo, a, b)),
            "integer division by zero");
  Tensor zero = floats({1}, {0}), one = floats({1}, {1});
  EXPECT_EQ(ok(binary(Binary::Divide, one, zero)).as<float>()[0], INFINITY);
}

TEST_F(ElementwiseTest, logic) {
  Tensor a = bools({4}, {0, 0, 1, 1}), b = bools({4}, {0, 1, 0, 1});
  EXPECT_EQ(ok(binary(Binary::And, a, b)).as<bool>(),
            ArrayRef<bool>({0, 0, 0, 1}));
  EXPECT_EQ(ok(binary(Binary::Or, a, b)).as<bool>(),
            ArrayRef<bool>({0, 1, 1, 1}));
  EXPECT_EQ(ok(binary(Binary::Xor, a, b)).as<bool>(),
            ArrayRef<bool>({0, 1, 1, 0}));
}

TEST_F(ElementwiseTest, comparisons) {
  struct Case {
    Comparison comparison;
    std::vector<int> expected;
  } cases[] = {
      {Comparison::Equal, {0, 1, 0, 0}},
      {Comparison::Less, {1, 0, 0, 0}},
      {Comparison::LessEqual, {1, 1, 0, 0}},
      {Comparison::Greater, {0, 0, 1, 0}},
      {Comparison::GreaterEqual, {0, 1, 1, 0}},
  };
  Tensor a = floats({4}, {1, 2, 3, NAN}), b = floats({4}, {2, 2, 2, 2});
  for (const Case &c : cases) {
    Tensor result = compare(c.comparison, a, b);
    EXPECT_EQ(result.getElementType(), i1);
    for (int i = 0; i < 4; ++i)
      EXPECT_EQ(result.as<bool>()[i], c.expected[i] != 0)
          << static_cast<int>(c.comparison) << " at " << i;
  }
  Tensor u = Tensor::of<uint8_t>({1}, unsignedInteger(8), {200});
  Tensor v = Tensor::of<uint8_t>({1}, unsignedInteger(8), {100});
  EXPECT_TRUE(compare(Comparison::Greater, u, v).as<bool>()[0]);
}

TEST_F(ElementwiseTest, select_broadcasts_all_operands) {
  Tensor condition = bools({2, 1}, {true, false});
  Tensor then = floats({3}, {1, 2, 3}), otherwise = floats({}, {-1});
  Tensor result = select(condition, then, otherwise);
  EXPECT_EQ(result.getShape(), ArrayRef<int64_t>({2, 3}));
  EXPECT_EQ(result.as<float>(), ArrayRef<float>({1, 2, 3, -1, -1, -1}));
}

TEST_F(ElementwiseTest, clip) {
  Tensor x = floats({4}, {-2, 0.5f, 9, NAN});
  Tensor result = clip(x, 0, 6);
  EXPECT_EQ(result.as<float>().take_front(3), ArrayRef<float>({0, 0.5f, 6}));
  EXPECT_TRUE(std::isnan(result.as<float>()[3]));
  Tensor n = Tensor::of<int8_t>({3}, i8, {-100, 3, 100});
  EXPECT_EQ(clip(n, -4.5, 1e30).as<int8_t>(), ArrayRef<int8_t>({-4, 3, 100}));
  EXPECT_EQ(clip(n, 1e30, 1e30).as<int8_t>()[1], 127);
}

TEST_F(ElementwiseTest, conversion_between_all_kinds) {
  Tensor x = floats({7}, {-1.9f, 1.9f, 300, -1e30f, 1e30f, NAN, 0});
  EXPECT_EQ(convert(x, i64).as<int64_t>(),
            ArrayRef<int64_t>({-1, 1, 300, INT64_MIN, INT64_MAX, 0, 0}));
  EXPECT_EQ(convert(x, i8).as<int8_t>(),
            ArrayRef<int8_t>({-1, 1, 127, -128, 127, 0, 0}));
  EXPECT_EQ(convert(x, unsignedInteger(8)).as<uint8_t>(),
            ArrayRef<uint8_t>({0, 1, 255, 0, 255, 0, 0}));
  EXPECT_EQ(convert(x, i1).as<bool>(), ArrayRef<bool>({1, 1, 1, 1, 1, 1, 0}));
  Tensor n = longs({3}, {-1, 256, 65504});
  EXPECT_EQ(convert(n, i8).as<int8_t>(), ArrayRef<int8_t>({-1, 0, -32}));
  expectNear(convert(n, f32), {-1, 256, 65504});
  expectNear(convert(n, f16), {-1, 256, 65504});
  expectNear(convert(n, bf16), {-1, 256, 65536});
  EXPECT_EQ(convert(bools({2}, {1, 0}), f32).as<float>(),
            ArrayRef<float>({1, 0}));
  EXPECT_EQ(convert(n, i64).bytes().data(), n.bytes().data())
      << "the same type shares the elements";
}
