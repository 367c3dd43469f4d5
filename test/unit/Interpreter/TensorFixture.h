// What the tests of kernels share: a context, short ways to make tensors, and
// reproducible random values.
#ifndef ATLEUS_TEST_UNIT_INTERPRETER_TENSORFIXTURE_H
#define ATLEUS_TEST_UNIT_INTERPRETER_TENSORFIXTURE_H

#include "atleus/Interpreter/Tensor.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <limits>
#include <random>

namespace atleus {

struct TensorFixture : public ::testing::Test {
  TensorFixture() {
    context.loadDialect<mlir::quant::QuantDialect>();
    f32 = mlir::Float32Type::get(&context);
    f64 = mlir::Float64Type::get(&context);
    f16 = mlir::Float16Type::get(&context);
    bf16 = mlir::BFloat16Type::get(&context);
    i1 = integer(1);
    i8 = integer(8);
    i32 = integer(32);
    i64 = integer(64);
  }

  mlir::Type integer(unsigned width) {
    return mlir::IntegerType::get(&context, width);
  }
  mlir::Type unsignedInteger(unsigned width) {
    return mlir::IntegerType::get(&context, width, mlir::IntegerType::Unsigned);
  }

  Tensor floats(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<float> values) {
    return Tensor::of<float>(shape, f32, values);
  }
  Tensor longs(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> values) {
    return Tensor::of<int64_t>(shape, i64, values);
  }
  Tensor bools(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<bool> values) {
    return Tensor::of<bool>(shape, i1, values);
  }

  /// Values in [-1, 1).
  Tensor randomFloats(llvm::ArrayRef<int64_t> shape) {
    Tensor result(shape, f32);
    std::uniform_real_distribution<float> distribution(-1, 1);
    for (float &value : result.mutableAs<float>())
      value = distribution(generator);
    return result;
  }

  /// Integers of the whole range of T, with its ends more often than by chance.
  template <typename T>
  Tensor randomIntegers(llvm::ArrayRef<int64_t> shape, mlir::Type type) {
    Tensor result(shape, type);
    int64_t low = std::numeric_limits<T>::min();
    int64_t high = std::numeric_limits<T>::max();
    std::uniform_int_distribution<int64_t> distribution(low - 8, high + 8);
    for (T &value : result.mutableAs<T>())
      value = std::clamp(distribution(generator), low, high);
    return result;
  }

  mlir::MLIRContext context;
  mlir::Type f32, f64, f16, bf16, i1, i8, i32, i64;
  std::mt19937 generator{1};
};

/// Expects floats that differ from `expected` by at most `tolerance`.
inline void expectNear(const Tensor &actual, llvm::ArrayRef<float> expected,
                       float tolerance = 1e-6f) {
  ASSERT_EQ(actual.numElements(), static_cast<int64_t>(expected.size()));
  for (size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(actual.getFloat(i), expected[i], tolerance) << "element " << i;
}

/// The message of a failed result.
template <typename T>
std::string messageOf(llvm::Expected<T> result) {
  return result ? "no error" : llvm::toString(result.takeError());
}

} // namespace atleus

#endif // ATLEUS_TEST_UNIT_INTERPRETER_TENSORFIXTURE_H
