// The shape of a batched matrix product, and how it is cut into blocks.
#ifndef ATLEUS_LIB_INTERPRETER_PRODUCTPLAN_H
#define ATLEUS_LIB_INTERPRETER_PRODUCTPLAN_H

#include "atleus/Interpreter/Tensor.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <vector>

namespace atleus {

/// Where the matrices of one product of a batch begin, in elements.
struct BatchOffsets {
  int64_t lhs, rhs, result;
};

/// A block of the result of one product of a batch.
struct ProductBlock {
  BatchOffsets offsets;
  int64_t rowBegin, rowEnd, columnBegin, columnEnd;
};

/// A product [..., m, k] by [..., k, n] (or [..., n, k]) with broadcast leading
/// dimensions.
class ProductPlan {
public:
  ProductPlan(llvm::ArrayRef<int64_t> lhs, llvm::ArrayRef<int64_t> rhs,
              bool transposeRhs);

  int64_t m, n, k;
  bool transposeRhs;
  Shape resultShape;
  std::vector<BatchOffsets> batch;

  /// Calls `body` for every block of every product, on several threads. The
  /// blocks depend on the shape only.
  void forEachBlock(llvm::function_ref<void(const ProductBlock &)> body) const;
};

/// result = lhs * rhs (or its transpose) for matrices in row-major order whose
/// rows lie `stride` elements apart, on the caller's thread.
void multiplyOnOneThread(bool transposeRhs, int64_t m, int64_t n, int64_t k,
                         const float *lhs, int64_t lhsStride, const float *rhs,
                         int64_t rhsStride, float *result,
                         int64_t resultStride);
void multiplyOnOneThread(bool transposeRhs, int64_t m, int64_t n, int64_t k,
                         const double *lhs, int64_t lhsStride,
                         const double *rhs, int64_t rhsStride, double *result,
                         int64_t resultStride);

/// The part of a block that comes from k in [innerBegin, innerEnd). The first
/// element of the block is `*corner`.
template <typename T>
void multiplyBlock(const ProductPlan &plan, const ProductBlock &block,
                   int64_t innerBegin, int64_t innerEnd, const T *lhs,
                   const T *rhs, T *corner, int64_t resultStride) {
  const T *left =
      lhs + block.offsets.lhs + block.rowBegin * plan.k + innerBegin;
  const T *right =
      rhs + block.offsets.rhs +
      (plan.transposeRhs ? block.columnBegin * plan.k + innerBegin
                         : innerBegin * plan.n + block.columnBegin);
  multiplyOnOneThread(
      plan.transposeRhs, block.rowEnd - block.rowBegin,
      block.columnEnd - block.columnBegin, innerEnd - innerBegin, left, plan.k,
      right, plan.transposeRhs ? plan.k : plan.n, corner, resultStride);
}

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_PRODUCTPLAN_H
