// Batched products of floats and integers.
#include "ProductPlan.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/MatrixProduct.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

template <typename T>
static Tensor multiplyFloats(const Tensor &lhs, const Tensor &rhs,
                             bool transposeRhs, const T *bias) {
  ProductPlan plan(lhs.getShape(), rhs.getShape(), transposeRhs);
  Tensor result(plan.resultShape, lhs.getElementType());
  const T *left = lhs.as<T>().data(), *right = rhs.as<T>().data();
  T *out = result.mutableAs<T>().data();
  plan.forEachBlock([&](const ProductBlock &block) {
    T *corner = out + block.offsets.result + block.rowBegin * plan.n +
                block.columnBegin;
    multiplyBlock(plan, block, 0, plan.k, left, right, corner, plan.n);
    if (!bias)
      return;
    for (int64_t row = block.rowBegin; row < block.rowEnd; ++row) {
      T *values = out + block.offsets.result + row * plan.n;
      for (int64_t i = block.columnBegin; i < block.columnEnd; ++i)
        values[i] += bias[i];
    }
  });
  return result;
}

/// Integers of any width, wrapping around. Not on the way of any kernel that
/// takes time.
template <typename T>
static Tensor multiplyIntegers(const Tensor &lhs, const Tensor &rhs,
                               bool transposeRhs) {
  ProductPlan plan(lhs.getShape(), rhs.getShape(), transposeRhs);
  Tensor result(plan.resultShape, lhs.getElementType());
  const T *left = lhs.as<T>().data(), *right = rhs.as<T>().data();
  T *out = result.mutableAs<T>().data();
  int64_t stepInner = transposeRhs ? 1 : plan.n;
  int64_t stepColumn = transposeRhs ? plan.k : 1;
  plan.forEachBlock([&](const ProductBlock &block) {
    for (int64_t row = block.rowBegin; row < block.rowEnd; ++row)
      for (int64_t i = block.columnBegin; i < block.columnEnd; ++i) {
        const T *a = left + block.offsets.lhs + row * plan.k;
        const T *b = right + block.offsets.rhs + i * stepColumn;
        uint64_t sum = 0;
        for (int64_t inner = 0; inner < plan.k; ++inner)
          sum += static_cast<uint64_t>(a[inner]) *
                 static_cast<uint64_t>(b[inner * stepInner]);
        out[block.offsets.result + row * plan.n + i] = static_cast<T>(sum);
      }
  });
  return result;
}

Tensor kernels::matmul(const Tensor &lhs, const Tensor &rhs,
                       bool transposeRhs) {
  assert(lhs.getElementType() == rhs.getElementType());
  return dispatchElement(lhs.getKind(), [&](auto tag) -> Tensor {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_floating_point_v<T>) {
      return multiplyFloats<T>(lhs, rhs, transposeRhs, nullptr);
    } else if constexpr (std::is_integral_v<T>) {
      return multiplyIntegers<T>(lhs, rhs, transposeRhs);
    } else {
      Type type = lhs.getElementType();
      Type wide = Float32Type::get(type.getContext());
      return convert(
          matmul(convert(lhs, wide), convert(rhs, wide), transposeRhs), type);
    }
  });
}

/// A vector as a matrix of one row, so that products take it.
static Tensor withTwoDimensions(const Tensor &input) {
  return input.getRank() == 1 ? input.withShape({1, input.getDim(0)}) : input;
}

Tensor kernels::linear(const Tensor &input, const Tensor &weight,
                       const Tensor &bias, bool transposed) {
  Type type = input.getElementType();
  if (getElementBytes(input.getKind()) == 2) {
    Type wide = Float32Type::get(type.getContext());
    return convert(linear(convert(input, wide), convert(weight, wide),
                          bias ? convert(bias, wide) : bias, transposed),
                   type);
  }
  Tensor rows = withTwoDimensions(input);
  Tensor result =
      input.getKind() == ElementKind::Float64
          ? multiplyFloats<double>(rows, weight, transposed,
                                   bias ? bias.as<double>().data() : nullptr)
          : multiplyFloats<float>(rows, weight, transposed,
                                  bias ? bias.as<float>().data() : nullptr);
  Shape shape(input.getShape());
  shape.back() = result.getShape().back();
  return result.withShape(shape);
}
