// Kernels that summarize the elements under each position of a window that
// slides over the dimensions behind batch and channels.
#ifndef ATLEUS_INTERPRETER_POOLING_H
#define ATLEUS_INTERPRETER_POOLING_H

#include "atleus/Interpreter/Tensor.h"

namespace atleus::kernels {

/// A window with a number per spatial dimension; `pads` has all beginnings,
/// then all ends. Every position of it covers an element of the input.
struct Window {
  Shape kernel, strides, pads, dilations;
};

/// The maximum of the elements that are covered; NaN if one of them is.
Tensor maxPool(const Tensor &input, const Window &window);

/// Where, in row-major order of the whole input, the first maximum stands.
Tensor argMaxPool(const Tensor &input, const Window &window);

/// The mean of the elements that are covered, of floats. Padding does not
/// count.
Tensor averagePool(const Tensor &input, const Window &window);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_POOLING_H
