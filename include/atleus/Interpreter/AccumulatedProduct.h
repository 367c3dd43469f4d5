// Products of integers that are added up in a register of a stated width.
//
// If no sum can leave the register, which the operands say, the exact product
// is the same and is computed. A register that wraps holds the exact sum modulo
// its range, whatever the order; one that saturates depends on the order of the
// terms.
#ifndef ATLEUS_INTERPRETER_ACCUMULATEDPRODUCT_H
#define ATLEUS_INTERPRETER_ACCUMULATEDPRODUCT_H

#include "atleus/Interpreter/Accumulator.h"
#include "atleus/Interpreter/MatrixProduct.h"

namespace atleus::kernels {

/// The largest |element - zero point| of integers of up to 16 bits. There is no
/// zero point, one, or one for each of some rows of equal length.
int64_t largestMagnitude(const Tensor &tensor,
                         llvm::ArrayRef<int64_t> zeroPoints);

/// What registers hold, as i64, after `part` (i32 or i64) was added to `total`
/// (i64, or the null tensor for zeros).
Tensor accumulate(const Tensor &total, const Tensor &part,
                  const Accumulator &accumulator);

/// exactSums whose terms are added one after another, from the first row of
/// `rhs` on, in a register. As i32 or i64.
Tensor accumulatedProduct(const Tensor &lhs, const Tensor &rhs,
                          bool transposeRhs, const ZeroPoints &zeroPoints,
                          const Accumulator &accumulator);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_ACCUMULATEDPRODUCT_H
