// Rotation of pairs of features by the position of their token.
#ifndef ATLEUS_INTERPRETER_ROTARYEMBEDDING_H
#define ATLEUS_INTERPRETER_ROTARYEMBEDDING_H

#include "atleus/Interpreter/Tensor.h"

namespace atleus::kernels {

/// Rotates pairs of the last dimension of `input`: pair (a, b) number i becomes
/// (a * cosine[i] - b * sine[i], b * cosine[i] + a * sine[i]). With n numbers
/// in the last dimension of the tables, pair i is elements (i, n + i) or, if
/// `interleaved`, (2 i, 2 i + 1); elements from 2 n on stay as they are.
llvm::Expected<Tensor> rotaryEmbedding(const Tensor &input,
                                       const Tensor &cosine, const Tensor &sine,
                                       bool interleaved);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_ROTARYEMBEDDING_H
