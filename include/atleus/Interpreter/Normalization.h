// Softmax and the normalizations of transformers. Sums are taken in double.
#ifndef ATLEUS_INTERPRETER_NORMALIZATION_H
#define ATLEUS_INTERPRETER_NORMALIZATION_H

#include "atleus/Interpreter/Tensor.h"

namespace atleus::kernels {

/// exp(x - max) / sum of exp(x - max) along `axis`. A row of -inf alone gives
/// zeros.
Tensor softmax(const Tensor &input, int64_t axis);

/// (x - mean) / sqrt(variance + epsilon) * weight + bias over the last
/// dimensions, as many as `weight` has. `bias` may be the null tensor.
Tensor layerNorm(const Tensor &input, const Tensor &weight, const Tensor &bias,
                 double epsilon);

/// x / sqrt(mean of x^2 + epsilon) * weight over the last dimensions, as many
/// as `weight` has.
Tensor rmsNorm(const Tensor &input, const Tensor &weight, double epsilon);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_NORMALIZATION_H
