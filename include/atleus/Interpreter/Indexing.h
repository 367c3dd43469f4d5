// Kernels that read and write elements at computed places. Indices are i32 or
// i64; negative ones count from the end, and one out of range is an error.
#ifndef ATLEUS_INTERPRETER_INDEXING_H
#define ATLEUS_INTERPRETER_INDEXING_H

#include "atleus/Interpreter/Tensor.h"

namespace atleus::kernels {

/// The element at the same place as each index but for dimension `axis`, where
/// the index stands.
llvm::Expected<Tensor> gatherElements(const Tensor &input,
                                      const Tensor &indices, int64_t axis);

/// The slices that the tuples in the last dimension of `indices` name, behind
/// `batchDims` dimensions that input and indices have in common.
llvm::Expected<Tensor> gatherND(const Tensor &input, const Tensor &indices,
                                int64_t batchDims);

/// What becomes of an element and its update.
enum class Combine { Replace, Add, Multiply, Maximum, Minimum };

/// `input` with the elements that gatherElements would read at `indices`
/// updated, one after another. 16-bit floats are rounded after each update.
llvm::Expected<Tensor> scatterElements(const Tensor &input,
                                       const Tensor &indices,
                                       const Tensor &updates, int64_t axis,
                                       Combine combine);

/// The same for the slices that gatherND would read without batches.
llvm::Expected<Tensor> scatterND(const Tensor &input, const Tensor &indices,
                                 const Tensor &updates, Combine combine);

/// The indices along `axis`, as i64, of the `count` largest or smallest
/// elements in that order, of equal ones the first first. NaN is the largest.
Tensor topK(const Tensor &input, int64_t axis, int64_t count, bool smallest);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_INDEXING_H
