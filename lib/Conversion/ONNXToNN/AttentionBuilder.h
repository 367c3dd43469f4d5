// Attention that one node of a model states, as kernels.
//
// The operators differ in how they are given queries, keys and masks. Their
// rules bring all of it into the form of `Attention`; what is built from it is
// the same for all of them.
#ifndef ATLEUS_CONVERSION_ONNXTONN_ATTENTIONBUILDER_H
#define ATLEUS_CONVERSION_ONNXTONN_ATTENTIONBUILDER_H

#include "Node.h"

namespace atleus {

/// The score of a key that is not visible. A query without visible keys has a
/// result of zero.
constexpr double hiddenScore = -std::numeric_limits<double>::infinity();

/// The lowest number of a type of floats, by which exporters hide scores too.
double lowestScore(mlir::Type elementType);

struct Attention {
  /// [batch, tokens, heads * features]; key and value with `kvHeads`.
  mlir::Value query, key, value;
  int64_t heads = 0;
  int64_t kvHeads = 0;
  double scale = 1;
  /// Added to the scores; broadcasts to [batch, heads, queries, keys]. May be
  /// null.
  mlir::Value mask;
  /// The last query sees all keys, each query before it one key less.
  bool causal = false;
  /// Scores x become softcap * tanh(x / softcap) before the mask is added,
  /// unless this is 0.
  double softcap = 0;

  int64_t batch() const { return shapeOf(query)[0]; }
  int64_t queries() const { return shapeOf(query)[1]; }
  int64_t keys() const { return shapeOf(key)[1]; }
};

/// Everything that is computed on the way to the result.
struct AttentionSteps {
  /// All [batch, heads, queries, keys].
  mlir::Value scores, capped, masked, probabilities;
  /// [batch, queries, heads * features].
  mlir::Value result;
};

/// Fails unless `value` holds floats.
bool requireFloats(Node &node, mlir::Value value, llvm::StringRef name);

/// 1 / sqrt(features of a head), the default of every operator.
double defaultScale(int64_t features);

/// [batch, tokens, heads * features] as [batch, heads, tokens, features].
mlir::Value splitHeads(Node &node, mlir::Value value, int64_t heads);
/// The other way round.
mlir::Value mergeHeads(Node &node, mlir::Value value);

/// The numbers offset, offset + 1, ... of `count` tokens. Fails if they are
/// more than any sequence has.
mlir::Value tokenNumbers(Node &node, int64_t count, int64_t offset = 0);

/// Booleans [queries, keys]: key number j is visible to query number i if
/// j <= i + offset.
mlir::Value visibleUpTo(Node &node, int64_t queries, int64_t keys,
                        int64_t offset);

/// `mask`, or zero if that is null, where `visible` holds, else `hidden`.
mlir::Value hideUnless(Node &node, mlir::Value visible, mlir::Value mask,
                       double hidden, mlir::Type elementType);

/// Hides from each query the keys behind it, where `pastTokens` keys stand
/// before the first query: by `causal` or, if that says something else, by the
/// mask.
void hideLaterKeys(Node &node, int64_t pastTokens, Attention &attention);

/// The sum of two masks, either of which may be null.
mlir::Value addMasks(Node &node, mlir::Value a, mlir::Value b);

/// The result of the attention, [batch, queries, heads * features].
mlir::Value attend(Node &node, const Attention &attention);

/// The same without the kernel of attention, for who needs the scores.
AttentionSteps attendInSteps(Node &node, const Attention &attention);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_ATTENTIONBUILDER_H
