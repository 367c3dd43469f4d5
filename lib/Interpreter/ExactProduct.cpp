// Exact products of narrow integers by way of floats.
#include "ProductPlan.h"

#include "atleus/Interpreter/AccumulatedProduct.h"

#include <limits>

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

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
  int64_t n = plan.n, k = std::max<int64_t>(plan.k, 1);
  int64_t count = zeroPoints.size();
  assert(count % n == 0 && "zero points are those of columns");
  if (plan.transposeRhs)
    return widen<T>(
        rhs, [=](size_t i) -> int32_t { return zeroPoints[i / k % count]; });
  if (count == n)
    return widen<T>(rhs,
                    [=](size_t i) -> int32_t { return zeroPoints[i % n]; });
  return widen<T>(rhs, [=](size_t i) -> int32_t {
    return zeroPoints[i / (k * n) * n + i % n];
  });
}

template <typename T>
static WideOperand<T> widenLhs(const Tensor &lhs,
                               ArrayRef<int64_t> zeroPoints) {
  if (zeroPoints.size() <= 1) {
    int32_t zeroPoint = zeroPoints.empty() ? 0 : zeroPoints.front();
    return widen<T>(lhs, [=](size_t) { return zeroPoint; });
  }
  size_t k = std::max<int64_t>(lhs.getShape().back(), 1);
  return widen<T>(lhs, [=](size_t i) -> int32_t { return zeroPoints[i / k]; });
}

/// Multiplies in pieces of `piece` terms, each of them exact in T.
template <typename Result, typename T>
static Tensor multiplyPieces(const ProductPlan &plan, const T *lhs,
                             const T *rhs, int64_t piece, Type resultType) {
  Tensor result(plan.resultShape, resultType);
  Result *out = result.mutableAs<Result>().data();
  plan.forEachBlock([&](const ProductBlock &block) {
    int64_t rows = block.rowEnd - block.rowBegin;
    int64_t columns = block.columnEnd - block.columnBegin;
    std::vector<T> sums(rows * columns);
    for (int64_t begin = 0; begin == 0 || begin < plan.k; begin += piece) {
      int64_t end = std::min(plan.k, begin + piece);
      multiplyBlock(plan, block, begin, end, lhs, rhs, sums.data(), columns);
      for (int64_t row = 0; row < rows; ++row) {
        const T *from = sums.data() + row * columns;
        Result *to = out + block.offsets.result +
                     (block.rowBegin + row) * plan.n + block.columnBegin;
        for (int64_t i = 0; i < columns; ++i)
          to[i] = (begin == 0 ? 0 : to[i]) + static_cast<Result>(from[i]);
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
template <typename T>
static constexpr int64_t largestExactInteger =
    int64_t(1) << std::numeric_limits<T>::digits;

Tensor kernels::exactSums(const Tensor &lhs, const Tensor &rhs,
                          bool transposeRhs, const ZeroPoints &zeroPoints) {
  assert((lhs.getRank() > 1 || rhs.getRank() == 2) && "vector by batch");
  Tensor rows = lhs.getRank() == 1 ? lhs.withShape({1, lhs.getDim(0)}) : lhs;
  ProductPlan plan(rows.getShape(), rhs.getShape(), transposeRhs);
  if (lhs.getRank() == 1)
    plan.resultShape.erase(plan.resultShape.begin());
  auto left = widenLhs<float>(rows, zeroPoints.lhs);
  auto right = widenRhs<float>(rhs, zeroPoints.rhs, plan);
  MLIRContext *context = lhs.getElementType().getContext();
  auto terms = [&](int64_t bound) {
    return exactTerms(left.magnitude, right.magnitude, bound);
  };
  int64_t piece = terms(largestExactInteger<float>);
  // Very short pieces cost more than the wider type.
  constexpr int64_t shortestPiece = 64;
  bool narrow = plan.k <= terms(std::numeric_limits<int32_t>::max());
  if (narrow && piece >= std::min(plan.k, shortestPiece))
    return multiplyPieces<int32_t>(plan, left.values.data(),
                                   right.values.data(), piece,
                                   IntegerType::get(context, 32));
  std::vector<double> wideLeft(left.values.begin(), left.values.end());
  std::vector<double> wideRight(right.values.begin(), right.values.end());
  piece = std::max<int64_t>(1, terms(largestExactInteger<double>));
  if (narrow)
    return multiplyPieces<int32_t>(plan, wideLeft.data(), wideRight.data(),
                                   piece, IntegerType::get(context, 32));
  return multiplyPieces<int64_t>(plan, wideLeft.data(), wideRight.data(), piece,
                                 IntegerType::get(context, 64));
}

llvm::Expected<Tensor> kernels::exactProduct(const Tensor &lhs,
                                             const Tensor &rhs,
                                             bool transposeRhs,
                                             const ZeroPoints &zeroPoints) {
  Tensor sums = exactSums(lhs, rhs, transposeRhs, zeroPoints);
  if (sums.getKind() == ElementKind::Int32)
    return sums;
  int64_t right = zeroPoints.rhs.empty() ? largestMagnitude(rhs, {}) : 0;
  for (int64_t zeroPoint : zeroPoints.rhs)
    right = std::max(right, largestMagnitude(rhs, zeroPoint));
  return llvm::createStringError(
      "sum of " + llvm::Twine(lhs.getShape().back()) + " products of up to " +
      llvm::Twine(largestMagnitude(lhs, zeroPoints.lhs)) + " and " +
      llvm::Twine(right) + " may not fit in 32 bits");
}
