// Kernels that select, rearrange and join elements without computing with them.
#ifndef ATLEUS_INTERPRETER_DATAMOVEMENT_H
#define ATLEUS_INTERPRETER_DATAMOVEMENT_H

#include "atleus/Interpreter/Tensor.h"

namespace atleus::kernels {

/// Dimension i of the result is dimension `permutation[i]` of the input.
Tensor transpose(const Tensor &input, llvm::ArrayRef<int64_t> permutation);

/// Element i of dimension d of the result is element offsets[d] + i *
/// strides[d] of the input. Strides may be negative; all elements lie in the
/// input.
Tensor slice(const Tensor &input, llvm::ArrayRef<int64_t> offsets,
             llvm::ArrayRef<int64_t> sizes, llvm::ArrayRef<int64_t> strides);

/// The input broadcast to `shape`.
Tensor expand(const Tensor &input, llvm::ArrayRef<int64_t> shape);

/// The inputs one after another along `axis`.
Tensor concat(llvm::ArrayRef<Tensor> inputs, int64_t axis);

/// A border of `value`, low[d] elements before and high[d] after dimension d.
/// The value is converted as by `convert`.
Tensor pad(const Tensor &input, llvm::ArrayRef<int64_t> low,
           llvm::ArrayRef<int64_t> high, double value);

/// Replaces dimension `axis` by the shape of `indices`, of i32 or i64. Negative
/// indices count from the end; one out of range is an error.
llvm::Expected<Tensor> gather(const Tensor &input, const Tensor &indices,
                              int64_t axis);

/// Zero below (`upper`) or above the given diagonal of the last two dimensions.
Tensor triangle(const Tensor &input, bool upper, int64_t diagonal);

/// start, start + step, ...: ceil((limit - start) / step) numbers of i64.
Tensor range(int64_t start, int64_t limit, int64_t step,
             mlir::MLIRContext *context);

/// A tensor of `shape` whose elements are all `value`, converted as by
/// `convert`.
Tensor filled(llvm::ArrayRef<int64_t> shape, mlir::Type elementType,
              double value);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_DATAMOVEMENT_H
