// Attention that one node of a model states, as kernels.
#include "AttentionBuilder.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

bool atleus::requireFloats(Node &node, Value value, StringRef name) {
  if (isa<FloatType>(elementTypeOf(value)))
    return true;
  node.emitError() << "input '" << name << "' must hold floats, found "
                   << value.getType();
  return false;
}

double atleus::defaultScale(int64_t features) {
  return 1 / std::sqrt(static_cast<double>(features));
}

double atleus::lowestScore(Type elementType) {
  APFloat lowest = APFloat::getLargest(
      cast<FloatType>(elementType).getFloatSemantics(), /*Negative=*/true);
  bool losesInfo = false;
  lowest.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                 &losesInfo);
  return lowest.convertToDouble();
}

//===----------------------------------------------------------------------===//
// Heads
//===----------------------------------------------------------------------===//

Value atleus::splitHeads(Node &node, Value value, int64_t heads) {
  if (!value)
    return {};
  ArrayRef<int64_t> shape = shapeOf(value);
  Value split =
      node.reshape(value, {shape[0], shape[1], heads, shape[2] / heads});
  return node.transpose(split, {0, 2, 1, 3});
}

Value atleus::mergeHeads(Node &node, Value value) {
  Value tokens = node.transpose(value, {0, 2, 1, 3});
  if (!tokens)
    return {};
  ArrayRef<int64_t> shape = shapeOf(tokens);
  return node.reshape(tokens, {shape[0], shape[1], shape[2] * shape[3]});
}

/// [batch, kvHeads, tokens, features] with each head as often as queries share
/// it.
static Value repeatHeads(Node &node, Value value, int64_t times) {
  if (!value || times == 1)
    return value;
  SmallVector<int64_t> shape(shapeOf(value));
  Value single =
      node.reshape(value, {shape[0], shape[1], 1, shape[2], shape[3]});
  Value repeated =
      node.expand(single, {shape[0], shape[1], times, shape[2], shape[3]});
  return node.reshape(repeated,
                      {shape[0], shape[1] * times, shape[2], shape[3]});
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

/// Tokens of the longest sequence that is numbered.
static constexpr int64_t maxTokens = int64_t(1) << 24;

Value atleus::tokenNumbers(Node &node, int64_t count, int64_t offset) {
  if (count > maxTokens) {
    node.emitError() << "a sequence of " << count
                     << " tokens is too long; it may have " << maxTokens;
    return {};
  }
  Shape numbers = countUp(count);
  for (int64_t &number : numbers)
    number += offset;
  return node.integers(numbers);
}

Value atleus::visibleUpTo(Node &node, int64_t queries, int64_t keys,
                          int64_t offset) {
  Value last = node.reshape(tokenNumbers(node, queries, offset), {queries, 1});
  return node.emit<nn::LessEqualOp>(tokenNumbers(node, keys), last);
}

Value atleus::hideUnless(Node &node, Value visible, Value mask, double hidden,
                         Type elementType) {
  if (!mask)
    mask = node.scalar(0, elementType);
  return node.emit<nn::SelectOp>(visible, mask,
                                 node.scalar(hidden, elementType));
}

void atleus::hideLaterKeys(Node &node, int64_t pastTokens,
                           Attention &attention) {
  int64_t queries = attention.queries(), keys = attention.keys();
  attention.causal = pastTokens + queries == keys;
  if (!attention.causal)
    attention.mask =
        hideUnless(node, visibleUpTo(node, queries, keys, pastTokens),
                   attention.mask, hiddenScore, elementTypeOf(attention.query));
}

Value atleus::addMasks(Node &node, Value a, Value b) {
  if (!a || !b)
    return a ? a : b;
  return node.emit<nn::AddOp>(a, b);
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

Value atleus::attend(Node &node, const Attention &attention) {
  if (attention.softcap != 0)
    return attendInSteps(node, attention).result;
  if (!attention.query || !attention.key || !attention.value)
    return {};
  return node.emitWithOptional<nn::AttentionOp>(
      attention.query, attention.key, attention.value, attention.mask,
      attention.heads, attention.kvHeads, APFloat(attention.scale),
      attention.causal, TypeAttr());
}

AttentionSteps atleus::attendInSteps(Node &node, const Attention &attention) {
  AttentionSteps steps;
  if (!attention.query || !attention.key || !attention.value)
    return steps;
  if (attention.kvHeads <= 0 || attention.heads % attention.kvHeads != 0) {
    node.emitError() << attention.kvHeads << " key heads do not divide "
                     << attention.heads << " heads";
    return steps;
  }
  Type type = elementTypeOf(attention.query);
  int64_t times = attention.heads / attention.kvHeads;
  Value query = splitHeads(node, attention.query, attention.heads);
  Value key = repeatHeads(
      node, splitHeads(node, attention.key, attention.kvHeads), times);
  Value value = repeatHeads(
      node, splitHeads(node, attention.value, attention.kvHeads), times);
  Value product = node.emit<nn::MatMulOp>(query, key, /*transpose_rhs=*/true);
  steps.scores =
      node.emit<nn::MulOp>(product, node.scalar(attention.scale, type));
  steps.capped = steps.scores;
  if (attention.softcap != 0) {
    Value cap = node.scalar(attention.softcap, type);
    Value saturated =
        node.emit<nn::TanhOp>(node.emit<nn::DivOp>(steps.scores, cap));
    steps.capped = node.emit<nn::MulOp>(saturated, cap);
  }
  Value mask = attention.mask;
  if (attention.causal) {
    int64_t queries = attention.queries(), keys = attention.keys();
    Value visible = visibleUpTo(node, queries, keys, keys - queries);
    mask = hideUnless(node, visible, mask, hiddenScore, type);
  }
  steps.masked = mask ? node.emit<nn::AddOp>(steps.capped, mask) : steps.capped;
  steps.probabilities = node.emit<nn::SoftmaxOp>(steps.masked, 3);
  steps.result = mergeHeads(
      node, node.emit<nn::MatMulOp>(steps.probabilities, value, false));
  return steps;
}
