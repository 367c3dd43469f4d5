// Two-dimensional convolution as a product of the weight with the patches of
// the input. The patches are a kernel of their own because a crossbar that
// holds the weight reads the same ones.
#ifndef ATLEUS_INTERPRETER_CONVOLUTION_H
#define ATLEUS_INTERPRETER_CONVOLUTION_H

#include "atleus/Interpreter/Tensor.h"

#include <array>

namespace atleus::kernels {

/// Height before width; pads are top, left, bottom, right.
struct ConvolutionWindow {
  std::array<int64_t, 2> kernel = {1, 1};
  std::array<int64_t, 2> strides = {1, 1};
  std::array<int64_t, 2> dilations = {1, 1};
  std::array<int64_t, 4> pads = {0, 0, 0, 0};
  int64_t groups = 1;

  /// Height and width of the result for an input of that height and width.
  std::array<int64_t, 2> resultSize(int64_t height, int64_t width) const;
};

/// Input [batch, channels, height, width] to [batch, groups, channels / groups
/// * kernel height * kernel width, result height * result width]. Positions in
/// the padding hold `padding`, an integer for integer elements.
Tensor extractPatches(const Tensor &input, const ConvolutionWindow &window,
                      int64_t padding = 0);

/// The weight [features, channels / groups, kernel height, kernel width] as
/// [1, groups, features / groups, the rest]: the left operand of the product
/// with the patches.
Tensor flattenFilters(const Tensor &weight, int64_t groups);

/// The product [batch, groups, features / groups, positions] as [batch,
/// features, result height, result width], plus `bias` ([features], or the null
/// tensor).
Tensor finishConvolution(const Tensor &product, const Tensor &bias,
                         std::array<int64_t, 2> resultSize);

/// All of the above, for floats.
Tensor convolution(const Tensor &input, const Tensor &weight,
                   const Tensor &bias, const ConvolutionWindow &window);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_CONVOLUTION_H
