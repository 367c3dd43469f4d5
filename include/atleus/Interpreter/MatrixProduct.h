// Products of matrices: of floats through OpenBLAS, and exact ones of integers.
//
// OpenBLAS is used on one thread; a product is cut into blocks by its shape
// alone, and the blocks are shared among threads, so that the result does not
// depend on how many there are.
//
// An exact product of narrow integers is computed in floats: as long as the sum
// of the magnitudes of all terms stays within 2^24, every partial sum is an
// integer that a float holds, whatever the order and with or without fused
// operations. Longer sums are cut into pieces that stay below the bound and are
// added as integers. That is as fast as a product of floats, on every machine.
#ifndef ATLEUS_INTERPRETER_MATRIXPRODUCT_H
#define ATLEUS_INTERPRETER_MATRIXPRODUCT_H

#include "atleus/Interpreter/Tensor.h"

namespace atleus::kernels {

/// Products of the matrices in the last two dimensions of `lhs` ([..., m, k])
/// and `rhs` ([..., k, n], or [..., n, k] if `transposeRhs`). Leading
/// dimensions broadcast. Both have the same element type; integers wrap around.
Tensor matmul(const Tensor &lhs, const Tensor &rhs, bool transposeRhs = false);

/// The product of `input` ([..., k]) with `weight` ([k, n], or [n, k] if
/// `transposed`), plus `bias` ([n], or the null tensor). Floats only.
Tensor linear(const Tensor &input, const Tensor &weight, const Tensor &bias,
              bool transposed = false);

/// Numbers subtracted from the operands of an exact product.
struct ZeroPoints {
  /// None, one for all, or one for each row of the operand's matrices.
  llvm::ArrayRef<int64_t> lhs;
  /// None, one for all, one for each of the n columns, or one for each column
  /// of each of the operand's matrices.
  llvm::ArrayRef<int64_t> rhs;
};

/// The same product of integer operands of up to 16 bits, of any two kinds,
/// after the zero points are subtracted. The result is exact, as i32 if all
/// sums are sure to fit, else as i64.
Tensor exactSums(const Tensor &lhs, const Tensor &rhs,
                 bool transposeRhs = false, const ZeroPoints &zeroPoints = {});

/// The same as i32. Fails if the sums may not fit.
llvm::Expected<Tensor> exactProduct(const Tensor &lhs, const Tensor &rhs,
                                    bool transposeRhs = false,
                                    const ZeroPoints &zeroPoints = {});

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_MATRIXPRODUCT_H
