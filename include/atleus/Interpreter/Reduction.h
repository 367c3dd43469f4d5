// Kernels that summarize elements along dimensions.
#ifndef ATLEUS_INTERPRETER_REDUCTION_H
#define ATLEUS_INTERPRETER_REDUCTION_H

#include "atleus/Interpreter/Tensor.h"

namespace atleus::kernels {

enum class Reduction { Sum, Mean, Maximum, Minimum, Product };

/// Reduces the dimensions `axes`, which stay with size 1 if `keepDimensions`
/// and vanish otherwise. Floats are summed in double; integers wrap around, and
/// their mean is truncated. Over no elements the result is the operation's
/// neutral element, and the mean of floats is NaN.
Tensor reduce(Reduction reduction, const Tensor &input,
              llvm::ArrayRef<int64_t> axes, bool keepDimensions);

/// The first index, as i64, of the maximum along `axis`, which has at least one
/// element; of the first NaN if there is one.
Tensor argMax(const Tensor &input, int64_t axis, bool keepDimension);

/// Element i is the sum of the elements 0 to i along `axis`.
Tensor cumulativeSum(const Tensor &input, int64_t axis);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_REDUCTION_H
