// What a core that skips zeros of weights computes.
//
// A core states in `sparsity` which zeros it skips (`#arch.sparsity`). What is
// left of a product is dense: rows that a block keeps lie side by side and are
// multiplied with the inputs that belong to them; of each group of rows of a
// column the kept ones are multiplied one after another, as in S2TA (Liu et al.,
// HPCA 2022) and in the array of Qi et al. (arXiv 2110.10030). So the sum over k
// rows takes the time of a sum over the rows that are kept:
// - lines, rows: for each block of columns, the rows that its blocks keep;
// - lines, columns: for each block of rows, a product with the columns that it
//   keeps, whose results are added to those of the other blocks;
// - groups: kept / group of the rows;
// - any: columns keep different numbers, and all of them wait for the longest.
// Indices are decoded on the way and take no time. All inputs of a group are
// fetched, kept or not; of lines that are zero none is.
#ifndef ATLEUS_COST_ZEROSKIPPING_H
#define ATLEUS_COST_ZEROSKIPPING_H

#include "dialects/Arch/SkippedZeros.h"

#include "llvm/ADT/SmallVector.h"

namespace atleus {

/// `count` equal dense products with k x n weights.
struct DenseProduct {
  int64_t count = 1;
  int64_t k = 0;
  int64_t n = 0;
  /// Elements of each vector of the left operand that are fetched.
  int64_t inputs = 0;
};

/// What a core with that skill computes of one of the product's batch: blocks
/// of rows with scales of their own, apart from each other, without the zeros
/// that are skipped.
llvm::SmallVector<DenseProduct, 2> skipZeros(arch::Sparsity skill,
                                             const MatrixProduct &product);

/// Multiply-accumulates of the product that a core with that skill computes.
int64_t computedMacs(arch::Sparsity skill, const MatrixProduct &product);

} // namespace atleus

#endif // ATLEUS_COST_ZEROSKIPPING_H
