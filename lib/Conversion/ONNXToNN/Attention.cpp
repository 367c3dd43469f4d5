// The rule for the standard's Attention, opsets 23 and 24.
#include "AttentionBuilder.h"
#include "Rules.h"

using namespace mlir;
using namespace atleus;

namespace {
/// Keys or values of the cache and of the node, one after the other.
struct CachedTokens {
  /// [batch, tokens, heads * features].
  Value tokenMajor;
  /// [batch, heads, tokens, features]: the updated cache.
  Value present;
};
} // namespace

static bool isTokenMajor(Value value) { return shapeOf(value).size() == 3; }

/// Joins the node's own tokens to those of the cache. Without a cache both
/// forms are had from the operand.
static CachedTokens joinCache(Node &node, Value past, Value own,
                              int64_t heads) {
  CachedTokens tokens;
  tokens.present = isTokenMajor(own) ? splitHeads(node, own, heads) : own;
  if (past)
    tokens.present = node.emit<nn::ConcatOp>(
        ArrayRef<Value>{past, tokens.present}, /*axis=*/2);
  tokens.tokenMajor =
      !past && isTokenMajor(own) ? own : mergeHeads(node, tokens.present);
  return tokens;
}

/// Number of heads of an operand: its second dimension, or with three
/// dimensions an attribute.
static std::optional<int64_t> readHeads(Node &node, Value value,
                                        StringRef attribute) {
  // Four dimensions say it themselves.
  node.ignoreAttribute(attribute);
  ArrayRef<int64_t> shape = shapeOf(value);
  if (!isTokenMajor(value) && shape[1] > 0)
    return shape[1];
  if (!isTokenMajor(value)) {
    node.emitError() << "there are no heads in " << value.getType();
    return std::nullopt;
  }
  int64_t heads = node.integerAttribute(attribute, 0);
  if (heads > 0 && shape.back() % heads == 0)
    return heads;
  node.emitError() << "attribute '" << attribute << "' is " << heads
                   << ", which does not divide the features of "
                   << value.getType();
  return std::nullopt;
}

/// Query, key and value with three or four dimensions, or std::nullopt.
static std::optional<std::array<Value, 3>> readOperands(Node &node) {
  std::array<Value, 3> operands = {node.get(0, "Q"), node.get(1, "K"),
                                   node.get(2, "V")};
  for (Value operand : operands)
    if (!operand)
      return std::nullopt;
  if (!requireFloats(node, operands[0], "Q"))
    return std::nullopt;
  size_t rank = shapeOf(operands[0]).size();
  if (rank != 3 && rank != 4) {
    node.emitError() << "input 'Q' must have 3 or 4 dimensions, found " << rank;
    return std::nullopt;
  }
  if (!node.requireRank(operands[1], rank, "K") ||
      !node.requireRank(operands[2], rank, "V"))
    return std::nullopt;
  return operands;
}

/// The mask with what is as low as a number can be hidden altogether: where a
/// query sees nothing else, it sees nothing.
static Value hideLowest(Node &node, Value mask, Type elementType) {
  Value lowest = node.scalar(lowestScore(elementType), elementTypeOf(mask));
  Value isVisible = node.emit<nn::GreaterOp>(mask, lowest);
  return hideUnless(node, isVisible, mask, hiddenScore, elementType);
}

/// `attn_mask` as an addend; keys that it says nothing of are hidden.
static Value readMask(Node &node, int64_t keys, Type elementType) {
  Value mask = node.getOptional(3);
  if (!mask)
    return {};
  size_t rank = shapeOf(mask).size();
  if (rank < 2 || rank > 4) {
    node.emitError() << "input 'attn_mask' must have 2 to 4 dimensions, found "
                     << rank;
    return {};
  }
  if (elementTypeOf(mask).isInteger(1))
    mask = hideUnless(node, mask, Value(), hiddenScore, elementType);
  else
    mask = hideLowest(node, mask, elementType);
  int64_t missing = mask ? keys - shapeOf(mask).back() : 0;
  if (missing <= 0 || shapeOf(mask).back() == 1)
    return mask;
  SmallVector<int64_t> low(rank, 0), high(rank, 0);
  high.back() = missing;
  return node.emit<nn::PadOp>(mask, low, high, APFloat(hiddenScore));
}

/// The number of keys of each batch that count, as [batch, 1, 1, 1].
static Value readLengths(Node &node, Value lengths, int64_t batch) {
  if (shapeOf(lengths) == ArrayRef<int64_t>{batch})
    return node.reshape(
        node.castElements(lengths, node.getBuilder().getI64Type()),
        {batch, 1, 1, 1});
  node.emitError() << "input 'nonpad_kv_seqlen' must have " << batch
                   << " elements, found " << lengths.getType();
  return {};
}

/// Hides keys behind the lengths and, if the attention is causal, keys behind
/// each query, of which the last one stands at the end of its batch.
static void hideBehindLengths(Node &node, Value lengths, bool causal,
                              Attention &attention) {
  int64_t queries = attention.queries();
  Value end = readLengths(node, lengths, attention.batch());
  if (causal && end) {
    Value column =
        node.reshape(tokenNumbers(node, queries, 1 - queries), {queries, 1});
    end = node.emit<nn::AddOp>(end, column);
  }
  Value visible =
      node.emit<nn::LessOp>(tokenNumbers(node, attention.keys()), end);
  attention.mask = hideUnless(node, visible, attention.mask, hiddenScore,
                              elementTypeOf(attention.query));
}

/// Adds to the attention what hides keys from queries: mask, causality, and
/// lengths of the batches.
static void readVisibility(Node &node, int64_t pastTokens,
                           Attention &attention) {
  Type type = elementTypeOf(attention.query);
  bool isCausal = node.integerAttribute("is_causal", 0) != 0;
  attention.mask = readMask(node, attention.keys(), type);
  Value lengths = node.getOptional(6);
  if (lengths) {
    hideBehindLengths(node, lengths, isCausal, attention);
    return;
  }
  if (isCausal)
    hideLaterKeys(node, pastTokens, attention);
}

/// Fails if `softmax_precision` is no type of floats. The kernel computes its
/// softmax in the type of its operands, and never in less than 32 bits.
static bool checkPrecision(Node &node) {
  if (!node.hasAttribute("softmax_precision"))
    return true;
  int64_t number = node.integerAttribute("softmax_precision", 1);
  Type type = getONNXElementType(node.getBuilder().getContext(), number);
  if (isa_and_present<FloatType>(type))
    return true;
  node.emitError() << "attribute 'softmax_precision' must be a type of floats, "
                      "found "
                   << number;
  return false;
}

/// The step that `qk_matmul_output_mode` asks for.
static Value selectScores(Node &node, const AttentionSteps &steps) {
  int64_t mode = node.integerAttribute("qk_matmul_output_mode", 0);
  switch (mode) {
  case 0:
    return steps.scores;
  case 1:
    return steps.capped;
  case 2: {
    // Scores that are hidden altogether are given as low numbers.
    Type type = elementTypeOf(steps.masked);
    return node.emit<nn::MaxOp>(steps.masked,
                                node.scalar(lowestScore(type), type));
  }
  case 3:
    return steps.probabilities;
  default:
    node.emitError() << "attribute 'qk_matmul_output_mode' must be from 0 to "
                        "3, found "
                     << mode;
    return {};
  }
}

static Values convertAttention(Node &node) {
  std::optional<std::array<Value, 3>> operands = readOperands(node);
  if (!operands || !checkPrecision(node))
    return {};
  auto [query, key, value] = *operands;
  Value pastKey = node.getOptional(4), pastValue = node.getOptional(5);
  if (static_cast<bool>(pastKey) != static_cast<bool>(pastValue)) {
    node.emitError() << "inputs 'past_key' and 'past_value' must be given "
                        "together";
    return {};
  }
  if (pastKey && (!node.requireRank(pastKey, 4, "past_key") ||
                  !node.requireRank(pastValue, 4, "past_value")))
    return {};
  auto heads = readHeads(node, query, "q_num_heads");
  auto kvHeads = readHeads(node, key, "kv_num_heads");
  if (!heads || !kvHeads)
    return {};
  CachedTokens keys = joinCache(node, pastKey, key, *kvHeads);
  CachedTokens values = joinCache(node, pastValue, value, *kvHeads);
  Attention attention;
  attention.query = isTokenMajor(query) ? query : mergeHeads(node, query);
  attention.key = keys.tokenMajor;
  attention.value = values.tokenMajor;
  if (!attention.query || !attention.key || !attention.value)
    return {};
  attention.heads = *heads;
  attention.kvHeads = *kvHeads;
  attention.scale = node.floatAttribute(
      "scale", defaultScale(shapeOf(attention.query).back() / *heads));
  attention.softcap = node.floatAttribute("softcap", 0);
  readVisibility(node, pastKey ? shapeOf(pastKey)[2] : 0, attention);
  if (node.hasFailed())
    return {};
  Values results = {Value(), keys.present, values.present};
  if (node.isOutputUsed(3)) {
    AttentionSteps steps = attendInSteps(node, attention);
    results[0] = steps.result;
    results.push_back(selectScores(node, steps));
  } else {
    // It says what the fourth output holds.
    node.ignoreAttribute("qk_matmul_output_mode");
    results[0] = attend(node, attention);
  }
  if (results[0] && !isTokenMajor(query))
    results[0] = splitHeads(node, results[0], *heads);
  return results;
}

void atleus::addAttentionRules(Rules &rules) {
  rules.add("Attention", convertAttention);
}
