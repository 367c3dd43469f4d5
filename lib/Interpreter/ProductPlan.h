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

/// result = lhs * rhs for one block, in row-major order; `result` has n
/// columns.
void multiplyBlock(const ProductPlan &plan, const ProductBlock &block,
                   const float *lhs, const float *rhs, float *result);
void multiplyBlock(const ProductPlan &plan, const ProductBlock &block,
                   const double *lhs, const double *rhs, double *result);

/// Like multiplyBlock for k in [innerBegin, innerEnd) only, into `result`,
/// which has as many columns as the block.
void multiplyInnerRange(const ProductPlan &plan, const ProductBlock &block,
                        int64_t innerBegin, int64_t innerEnd, const float *lhs,
                        const float *rhs, float *result);
void multiplyInnerRange(const ProductPlan &plan, const ProductBlock &block,
                        int64_t innerBegin, int64_t innerEnd, const double *lhs,
                        const double *rhs, double *result);

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_PRODUCTPLAN_H
