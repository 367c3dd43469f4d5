// Blocks of matrix products, each multiplied by OpenBLAS on one thread.
#include "ProductPlan.h"
#include "MatrixLibrary.h"
#include "StridedLoop.h"

#include "atleus/Interpreter/Elementwise.h"

#include <algorithm>

using namespace atleus;
using llvm::ArrayRef;

/// A block must repay the packing of its operands and the wake-up of a thread.
static constexpr int64_t blockRows = 256;
static constexpr int64_t blockColumns = 256;
static constexpr int64_t operationsPerThread = 1 << 20;

ProductPlan::ProductPlan(ArrayRef<int64_t> lhs, ArrayRef<int64_t> rhs,
                         bool transposeRhs)
    : m(lhs[lhs.size() - 2]), n(rhs[rhs.size() - (transposeRhs ? 2 : 1)]),
      k(lhs.back()), transposeRhs(transposeRhs) {
  assert(rhs[rhs.size() - (transposeRhs ? 1 : 2)] == k &&
         "inner dimensions differ");
  ArrayRef<int64_t> lhsBatch = lhs.drop_back(2), rhsBatch = rhs.drop_back(2);
  std::optional<Shape> shape = kernels::broadcastShapes(lhsBatch, rhsBatch);
  assert(shape && "leading dimensions do not broadcast");
  resultShape = *shape;
  if (llvm::all_of(rhsBatch, [](int64_t size) { return size == 1; })) {
    // One right operand for all: the rows of all products are one matrix.
    for (int64_t size : lhsBatch)
      m *= size;
    batch.push_back({0, 0, 0});
  } else {
    Shape lhsStrides = broadcastStrides(lhsBatch, *shape);
    Shape rhsStrides = broadcastStrides(rhsBatch, *shape);
    int64_t count = *checkedNumElements(*shape);
    for (int64_t i = 0; i < count; ++i) {
      BatchOffsets offsets = {0, 0, i * m * n};
      int64_t rest = i;
      for (size_t d = shape->size(); d-- > 0; rest /= (*shape)[d]) {
        int64_t index = rest % (*shape)[d];
        offsets.lhs += index * lhsStrides[d] * m * k;
        offsets.rhs += index * rhsStrides[d] * k * n;
      }
      batch.push_back(offsets);
    }
  }
  resultShape.push_back(lhs[lhs.size() - 2]);
  resultShape.push_back(n);
}

void ProductPlan::forEachBlock(
    llvm::function_ref<void(const ProductBlock &)> body) const {
  int64_t rowBlocks = llvm::divideCeil(m, blockRows);
  int64_t columnBlocks = llvm::divideCeil(n, blockColumns);
  int64_t perProduct = rowBlocks * columnBlocks;
  int64_t operations = std::min(m, blockRows) * std::min(n, blockColumns) *
                       std::max(k, int64_t(1));
  int64_t grain = operationsPerThread / std::max(operations, int64_t(1));
  parallelChunks(
      batch.size() * perProduct, grain, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
          int64_t row = i % perProduct / columnBlocks * blockRows;
          int64_t column = i % perProduct % columnBlocks * blockColumns;
          body({batch[i / perProduct], row, std::min(m, row + blockRows),
                column, std::min(n, column + blockColumns)});
        }
      });
}

/// OpenBLAS leaves the result as it is if there is nothing to add up.
template <typename T>
static bool fillEmptyProduct(int64_t m, int64_t n, int64_t k, T *result,
                             int64_t resultStride) {
  if (m == 0 || n == 0)
    return true;
  if (k != 0)
    return false;
  for (int64_t row = 0; row < m; ++row)
    std::fill_n(result + row * resultStride, n, T(0));
  return true;
}

void atleus::multiplyOnOneThread(bool transposeRhs, int64_t m, int64_t n,
                                 int64_t k, const float *lhs, int64_t lhsStride,
                                 const float *rhs, int64_t rhsStride,
                                 float *result, int64_t resultStride) {
  if (fillEmptyProduct(m, n, k, result, resultStride))
    return;
  MatrixLibrary::get().multiplyFloats(
      CblasRowMajor, CblasNoTrans, transposeRhs ? CblasTrans : CblasNoTrans, m,
      n, k, 1.0f, lhs, lhsStride, rhs, rhsStride, 0.0f, result, resultStride);
}

void atleus::multiplyOnOneThread(bool transposeRhs, int64_t m, int64_t n,
                                 int64_t k, const double *lhs,
                                 int64_t lhsStride, const double *rhs,
                                 int64_t rhsStride, double *result,
                                 int64_t resultStride) {
  if (fillEmptyProduct(m, n, k, result, resultStride))
    return;
  MatrixLibrary::get().multiplyDoubles(
      CblasRowMajor, CblasNoTrans, transposeRhs ? CblasTrans : CblasNoTrans, m,
      n, k, 1.0, lhs, lhsStride, rhs, rhsStride, 0.0, result, resultStride);
}
