// Sums in registers of a stated width.
#include "atleus/Interpreter/AccumulatedProduct.h"
#include "ProductPlan.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

/// Calls `visit` with the elements, integers of up to 16 bits.
template <typename Visit>
static void visitNarrow(const Tensor &tensor, Visit visit) {
  dispatchElement(tensor.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_integral_v<T> && sizeof(T) <= 2)
      visit(tensor.as<T>());
    else
      llvm_unreachable("operands have up to 16 bits");
  });
}

int64_t kernels::largestMagnitude(const Tensor &tensor,
                                  ArrayRef<int64_t> zeroPoints) {
  int32_t low = 0, high = 0;
  visitNarrow(tensor, [&](auto elements) {
    size_t rows = std::max<size_t>(1, zeroPoints.size());
    size_t length = elements.size() / rows;
    for (size_t row = 0; row < rows; ++row) {
      auto zero =
          static_cast<int32_t>(zeroPoints.empty() ? 0 : zeroPoints[row]);
      for (auto element : elements.slice(row * length, length)) {
        int32_t value = static_cast<int32_t>(element) - zero;
        low = std::min(low, value);
        high = std::max(high, value);
      }
    }
  });
  return std::max<int64_t>(-static_cast<int64_t>(low), high);
}

Tensor kernels::accumulate(const Tensor &total, const Tensor &part,
                           const Accumulator &accumulator) {
  Tensor result =
      total ? total
            : Tensor::zeros(
                  part.getShape(),
                  IntegerType::get(part.getElementType().getContext(), 64));
  MutableArrayRef<int64_t> sums = result.mutableAs<int64_t>();
  auto add = [&](auto values) {
    for (auto [sum, value] : llvm::zip_equal(sums, values))
      sum = accumulator.store(sum + value);
  };
  if (part.getKind() == ElementKind::Int32)
    add(part.as<int32_t>());
  else
    add(part.as<int64_t>());
  return result;
}

namespace {
/// The right operand of a product: [..., k, n] less its zero points.
struct RightOperand {
  RightOperand(const Tensor &tensor, ArrayRef<int64_t> zeroPoints,
               const ProductPlan &plan);

  std::vector<int32_t> values;
  /// The largest sum of magnitudes of a column.
  int64_t magnitude = 0;
};
} // namespace

RightOperand::RightOperand(const Tensor &tensor, ArrayRef<int64_t> zeroPoints,
                           const ProductPlan &plan)
    : values(tensor.numElements()) {
  int64_t n = plan.n, k = plan.k;
  int64_t matrices = values.empty() ? 0 : tensor.numElements() / (k * n);
  visitNarrow(tensor, [&](auto elements) {
    std::vector<int64_t> sums(n);
    for (int64_t matrix = 0; matrix < matrices; ++matrix) {
      llvm::fill(sums, 0);
      int64_t base = matrix * k * n;
      for (int64_t row = 0; row < k; ++row)
        for (int64_t column = 0; column < n; ++column) {
          int64_t from =
              plan.transposeRhs ? column * k + row : row * n + column;
          int64_t value = elements[base + from];
          if (!zeroPoints.empty())
            value -= zeroPoints[(matrix * n + column) % zeroPoints.size()];
          values[base + row * n + column] = static_cast<int32_t>(value);
          sums[column] += std::abs(value);
        }
      magnitude = std::max(magnitude, *llvm::max_element(sums));
    }
  });
}

/// One row of a block: the terms of each column, one after another.
static void addTerms(ArrayRef<int32_t> left, const int32_t *right,
                     int64_t rightStride, const Accumulator &accumulator,
                     MutableArrayRef<int64_t> sums) {
  llvm::fill(sums, 0);
  for (auto [row, factor] : llvm::enumerate(left)) {
    const int32_t *from = right + row * rightStride;
    for (size_t column = 0; column < sums.size(); ++column)
      sums[column] = accumulator.store(
          sums[column] + static_cast<int64_t>(factor) * from[column]);
  }
}

/// Terms one after another, where their order matters.
static Tensor addInOrder(const ProductPlan &plan, const Tensor &lhs,
                         ArrayRef<int64_t> lhsZeros, const RightOperand &right,
                         const Accumulator &accumulator) {
  Tensor result(plan.resultShape,
                IntegerType::get(lhs.getElementType().getContext(), 64));
  std::vector<int32_t> left;
  left.reserve(lhs.numElements());
  visitNarrow(lhs, [&](auto elements) {
    size_t length = elements.size() / std::max<size_t>(1, lhsZeros.size());
    for (auto [i, element] : llvm::enumerate(elements))
      left.push_back(
          static_cast<int32_t>(element) -
          static_cast<int32_t>(lhsZeros.empty() ? 0 : lhsZeros[i / length]));
  });
  int64_t *out = result.mutableAs<int64_t>().data();
  plan.forEachBlock([&](const ProductBlock &block) {
    size_t columns = block.columnEnd - block.columnBegin;
    for (int64_t row = block.rowBegin; row < block.rowEnd; ++row)
      addTerms(ArrayRef(left).slice(block.offsets.lhs + row * plan.k, plan.k),
               right.values.data() + block.offsets.rhs + block.columnBegin,
               plan.n, accumulator,
               {out + block.offsets.result + row * plan.n + block.columnBegin,
                columns});
  });
  return result;
}

/// Whether the operands say that no sum leaves the register.
static bool holdsAllSums(const Accumulator &accumulator,
                         const ProductPlan &plan, const Tensor &lhs,
                         const Tensor &rhs, const ZeroPoints &zeroPoints) {
  // Of operands of 16 bits less zero points of 16 bits.
  constexpr int64_t largestTerm = int64_t(1) << 34;
  if (accumulator.holds(plan.k * largestTerm))
    return true;
  int64_t largestZero = 0;
  for (int64_t zeroPoint : zeroPoints.rhs)
    largestZero = std::max(largestZero, std::abs(zeroPoint));
  return accumulator.holds(plan.k * largestMagnitude(lhs, zeroPoints.lhs) *
                           (largestMagnitude(rhs, {}) + largestZero));
}

Tensor kernels::accumulatedProduct(const Tensor &lhs, const Tensor &rhs,
                                   bool transposeRhs,
                                   const ZeroPoints &zeroPoints,
                                   const Accumulator &accumulator) {
  Tensor rows = lhs.getRank() == 1 ? lhs.withShape({1, lhs.getDim(0)}) : lhs;
  ProductPlan plan(rows.getShape(), rhs.getShape(), transposeRhs);
  if (lhs.getRank() == 1)
    plan.resultShape.erase(plan.resultShape.begin());
  auto exact = [&] { return exactSums(lhs, rhs, transposeRhs, zeroPoints); };
  if (holdsAllSums(accumulator, plan, lhs, rhs, zeroPoints))
    return exact();
  // The columns themselves often say so where the largest elements do not.
  RightOperand right(rhs, zeroPoints.rhs, plan);
  if (accumulator.holds(largestMagnitude(lhs, zeroPoints.lhs) *
                        right.magnitude))
    return exact();
  if (accumulator.overflow == Overflow::Wrap)
    return accumulate(Tensor(), exact(), accumulator);
  return addInOrder(plan, lhs, zeroPoints.lhs, right, accumulator);
}
