// Batched products of floats and integers, and exact products of narrow
// integers by way of floats.
#include "ProductPlan.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Parallel.h"

#include "llvm/Support/MathExtras.h"

#include <limits>

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

//===----------------------------------------------------------------------===//
// Exact products
//===----------------------------------------------------------------------===//

namespace {
/// An operand of an exact product as floats, and the largest magnitude in it.
template <typename T>
struct WideOperand {
  std::vector<T> values;
  int64_t magnitude = 0;
};
} // namespace

/// Converts integers to floats. `zeroPoint(i)` is subtracted from element i.
template <typename T, typename ZeroPoint>
static WideOperand<T> widen(const Tensor &tensor, ZeroPoint zeroPoint) {
  WideOperand<T> result;
  result.values.resize(tensor.numElements());
  dispatchElement(tensor.getKind(), [&](auto tag) {
    using From = typename decltype(tag)::Type;
    if constexpr (std::is_integral_v<From> && sizeof(From) <= 2) {
      ArrayRef<From> from = tensor.as<From>();
      int32_t low = 0, high = 0;
      for (size_t i = 0; i < from.size(); ++i) {
        int32_t value = static_cast<int32_t>(from[i]) - zeroPoint(i);
        low = std::min(low, value);
        high = std::max(high, value);
        result.values[i] = static_cast<T>(value);
      }
      result.magnitude = std::max<int64_t>(-static_cast<int64_t>(low), high);
    } else {
      llvm_unreachable("operands have up to 16 bits");
    }
  });
  return result;
}

template <typename T>
static WideOperand<T> widenRhs(const Tensor &rhs, ArrayRef<int64_t> zeroPoints,
                               const ProductPlan &plan) {
  if (zeroPoints.size() <= 1) {
    int32_t zeroPoint = zeroPoints.empty() ? 0 : zeroPoints.front();
    return widen<T>(rhs, [=](size_t) { return zeroPoint; });
  }
  int64_t n = plan.n, k = plan.k;
  assert(static_cast<int64_t>(zeroPoints.size()) == n);
  if (plan.transposeRhs)
    return widen<T>(rhs, [=](size_t i) -> int32_t {
      return zeroPoints[i / std::max<int64_t>(k, 1) % n];
    });
  return widen<T>(rhs, [=](size_t i) -> int32_t { return zeroPoints[i % n]; });
}

/// Multiplies in pieces of `piece` terms, each of them exact in T.
template <typename T>
static Tensor multiplyPieces(const ProductPlan &plan, const T *lhs,
                             const T *rhs, int64_t piece, Type resultType) {
  Tensor result(plan.resultShape, resultType);
  int32_t *out = result.mutableAs<int32_t>().data();
  plan.forEachBlock([&](const ProductBlock &block) {
    int64_t rows = block.rowEnd - block.rowBegin;
    int64_t columns = block.columnEnd - block.columnBegin;
    std::vector<T> sums(rows * columns);
    for (int64_t begin = 0; begin == 0 || begin < plan.k; begin += piece) {
      int64_t end = std::min(plan.k, begin + piece);
      multiplyBlock(plan, block, begin, end, lhs, rhs, sums.data(), columns);
      for (int64_t row = 0; row < rows; ++row) {
        const T *from = sums.data() + row * columns;
        int32_t *to = out + block.offsets.result +
                      (block.rowBegin + row) * plan.n + block.columnBegin;
        for (int64_t i = 0; i < columns; ++i)
          to[i] = (begin == 0 ? 0 : to[i]) + static_cast<int32_t>(from[i]);
      }
    }
  });
  return result;
}

/// The number of terms whose sum stays within `bound`.
static int64_t exactTerms(int64_t lhsMagnitude, int64_t rhsMagnitude,
                          int64_t bound) {
  return bound / std::max<int64_t>(1, lhsMagnitude * rhsMagnitude);
}

/// Integers up to this magnitude are floats.
static constexpr int64_t largestExactInteger =
    int64_t(1) << std::numeric_limits<float>::digits;

llvm::Expected<Tensor> kernels::exactProduct(const Tensor &lhs,
                                             const Tensor &rhs,
                                             bool transposeRhs,
                                             const ZeroPoints &zeroPoints) {
  assert((lhs.getRank() > 1 || rhs.getRank() == 2) && "vector by batch");
  Tensor rows = withTwoDimensions(lhs);
  ProductPlan plan(rows.getShape(), rhs.getShape(), transposeRhs);
  if (lhs.getRank() == 1)
    plan.resultShape.erase(plan.resultShape.begin());
  int32_t lhsZero = zeroPoints.lhs;
  auto left = widen<float>(rows, [=](size_t) { return lhsZero; });
  auto right = widenRhs<float>(rhs, zeroPoints.rhs, plan);
  if (plan.k > exactTerms(left.magnitude, right.magnitude,
                          std::numeric_limits<int32_t>::max()))
    return llvm::createStringError(
        "sum of " + llvm::Twine(plan.k) + " products of up to " +
        llvm::Twine(left.magnitude) + " and " + llvm::Twine(right.magnitude) +
        " may not fit in 32 bits");
  Type type = IntegerType::get(lhs.getElementType().getContext(), 32);
  int64_t piece =
      exactTerms(left.magnitude, right.magnitude, largestExactInteger);
  // Very short pieces cost more than the wider type.
  constexpr int64_t shortestPiece = 64;
  if (piece >= std::min(plan.k, shortestPiece))
    return multiplyPieces<float>(plan, left.values.data(), right.values.data(),
                                 piece, type);
  // The sums fit in 31 bits, so they are exact in double.
  std::vector<double> wideLeft(left.values.begin(), left.values.end());
  std::vector<double> wideRight(right.values.begin(), right.values.end());
  return multiplyPieces<double>(plan, wideLeft.data(), wideRight.data(),
                                std::max<int64_t>(1, plan.k), type);
}
