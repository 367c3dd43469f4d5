// Scaled dot-product attention of several heads.
#ifndef ATLEUS_INTERPRETER_ATTENTION_H
#define ATLEUS_INTERPRETER_ATTENTION_H

#include "atleus/Interpreter/Tensor.h"

namespace atleus::kernels {

struct AttentionOptions {
  /// Heads of the query, and of key and value; the second divides the first.
  int64_t heads = 1, keyValueHeads = 1;
  /// Factor of the scores.
  double scale = 1.0;
  /// Token i of the query sees the keys up to i + keys - queries only.
  bool causal = false;
  /// Quantized type of the probabilities if the operands are quantized.
  mlir::Type probabilities;
};

/// softmax(scale * Q K^T + mask) V for every head. Query [..., tokens, heads *
/// size], key and value [..., tokens, keyValueHeads * size]; `mask`, or the
/// null tensor, broadcasts to [..., heads, query tokens, key tokens].
llvm::Expected<Tensor> attention(const Tensor &query, const Tensor &key,
                                 const Tensor &value, const Tensor &mask,
                                 const AttentionOptions &options);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_ATTENTION_H
