// Rules for the attentions of com.microsoft.
#include "AttentionBuilder.h"
#include "RotaryTables.h"
#include "Rules.h"

using namespace mlir;
using namespace atleus;

/// Fails if one of the inputs, each an index and a name, is given.
static bool refuseInputs(Node &node,
                         ArrayRef<std::pair<unsigned, StringRef>> inputs) {
  for (auto [index, name] : inputs)
    if (node.has(index)) {
      node.emitError() << "input '" << name << "' is not supported";
      return true;
    }
  return false;
}

/// Fails if one of the attributes is not zero.
static bool refuseAttributes(Node &node, ArrayRef<StringRef> names) {
  for (StringRef name : names)
    if (int64_t found = node.integerAttribute(name, 0)) {
      node.emitError() << "attribute '" << name << "' must be 0, found "
                       << found;
      return true;
    }
  return node.hasFailed();
}

/// The attribute `name`, which counts heads.
static std::optional<int64_t> readCount(Node &node, StringRef name) {
  constexpr int64_t most = std::numeric_limits<int32_t>::max();
  int64_t count = node.integerAttribute(name, 0);
  if (count > 0 && count <= most)
    return count;
  node.emitError() << "attribute '" << name << "' must be from 1 to " << most
                   << ", found " << count;
  return std::nullopt;
}

/// Fails unless `heads` divides the features of `value`.
static bool checkHeads(Node &node, Value value, int64_t heads) {
  if (!value)
    return false;
  if (shapeOf(value).back() % heads == 0)
    return true;
  node.emitError() << heads << " heads do not divide the features of "
                   << value.getType();
  return false;
}

/// The scale of the scores; an attribute of 0 stands for the default.
static double readScale(Node &node, Value query, int64_t heads) {
  double scale = node.floatAttribute("scale", 0);
  return scale != 0 ? scale : defaultScale(shapeOf(query).back() / heads);
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

/// Column `start` to `start + batch` of a list, as [batch, 1, 1, 1].
static Value listPart(Node &node, Value list, int64_t start, int64_t batch) {
  Value part = node.sliceAxis(list, 0, start, batch);
  part = node.castElements(part, node.getBuilder().getI64Type());
  return node.reshape(part, {batch, 1, 1, 1});
}

/// Visible keys from a list of ends, after which starts may stand.
static Value visibleRange(Node &node, Value list, const Attention &attention) {
  int64_t batch = attention.batch();
  Value positions = tokenNumbers(node, attention.keys());
  Value visible =
      node.emit<nn::LessOp>(positions, listPart(node, list, 0, batch));
  if (shapeOf(list)[0] == batch)
    return visible;
  Value started = node.emit<nn::GreaterEqualOp>(
      positions, listPart(node, list, batch, batch));
  return node.emit<nn::AndOp>(visible, started);
}

/// The mask of a padded sequence as booleans that broadcast to [batch, heads,
/// queries, keys]. It says which keys are visible, or how many, or from where
/// to where.
static Value visibleKeys(Node &node, Value mask, const Attention &attention,
                         StringRef name) {
  ArrayRef<int64_t> shape = shapeOf(mask);
  int64_t batch = attention.batch(), queries = attention.queries(),
          keys = attention.keys();
  if (shape.size() == 1 && (shape[0] == batch || shape[0] == 2 * batch))
    return visibleRange(node, mask, attention);
  Value zero = node.scalar(0, elementTypeOf(mask));
  if (shape == ArrayRef<int64_t>{batch, keys})
    mask = node.reshape(mask, {batch, 1, 1, keys});
  else if (shape == ArrayRef<int64_t>{batch, queries, keys})
    mask = node.reshape(mask, {batch, 1, queries, keys});
  else {
    node.emitError() << "input '" << name << "' of type " << mask.getType()
                     << " is not supported; for " << batch << " batches, "
                     << queries << " queries and " << keys
                     << " keys it must be " << batch << ", " << 2 * batch
                     << ", " << batch << "x" << keys << " or " << batch << "x"
                     << queries << "x" << keys;
    return {};
  }
  return node.emit<nn::GreaterOp>(mask, zero);
}

/// Sets mask and causality of the attention.
static void readVisibility(Node &node, Value padding, StringRef name,
                           Value bias, int64_t pastTokens,
                           Attention &attention) {
  Type type = elementTypeOf(attention.query);
  double hidden = node.floatAttribute("mask_filter_value", -10000);
  if (padding) {
    Value visible = visibleKeys(node, padding, attention, name);
    attention.mask = hideUnless(node, visible, Value(), hidden, type);
  }
  attention.mask = addMasks(node, attention.mask, bias);
  if (node.integerAttribute("unidirectional", 0) != 0)
    hideLaterKeys(node, pastTokens, attention);
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

/// Features of query, key and value together in the columns of the weight.
static std::optional<std::array<int64_t, 3>> readSizes(Node &node,
                                                       int64_t columns) {
  std::optional<Shape> sizes = node.integersAttribute("qkv_hidden_sizes");
  if (!sizes && columns % 3 == 0)
    return std::array<int64_t, 3>{columns / 3, columns / 3, columns / 3};
  if (sizes && sizes->size() == 3 && (*sizes)[0] > 0 && (*sizes)[1] > 0 &&
      (*sizes)[2] > 0 && (*sizes)[0] + (*sizes)[1] + (*sizes)[2] == columns)
    return std::array<int64_t, 3>{(*sizes)[0], (*sizes)[1], (*sizes)[2]};
  node.emitError() << "attribute 'qkv_hidden_sizes' does not divide the "
                   << columns << " columns of the weights";
  return std::nullopt;
}

/// The product with a weight, and bias.
static Value project(Node &node, Value input, Value weight, Value bias) {
  if (nn::isStatic(weight) && (!bias || nn::isStatic(bias)))
    return node.emitWithOptional<nn::LinearOp>(input, weight, bias, false);
  Value product = node.emit<nn::MatMulOp>(input, weight, false);
  return bias ? node.emit<nn::AddOp>(product, bias) : product;
}

/// Keys or values of the cache, [batch, heads, tokens, features], before those
/// of the node; without a cache the node's own.
static Value joinCache(Node &node, Value past, Value own) {
  return past ? node.emit<nn::ConcatOp>(ArrayRef<Value>{past, own}, 2) : own;
}

/// One half of a cache [2, batch, heads, tokens, features].
static Value halfOfCache(Node &node, Value past, int64_t index) {
  if (!past || !node.requireRank(past, 5, "past"))
    return {};
  SmallVector<int64_t> shape(shapeOf(past).drop_front());
  return node.reshape(node.sliceAxis(past, 0, index, 1), shape);
}

/// Two tensors as the halves of one.
static Value stack(Node &node, Value first, Value second) {
  if (!first || !second)
    return {};
  SmallVector<int64_t> shape(shapeOf(first));
  shape.insert(shape.begin(), 1);
  if (shapeOf(first) != shapeOf(second)) {
    node.emitError() << "keys " << first.getType() << " and values "
                     << second.getType()
                     << " cannot be one output; they must have one type";
    return {};
  }
  return node.emit<nn::ConcatOp>(
      ArrayRef<Value>{node.reshape(first, shape), node.reshape(second, shape)},
      0);
}

static Values convertAttention(Node &node) {
  Value input = node.get(0, "input"), weight = node.get(1, "weights");
  auto heads = readCount(node, "num_heads");
  if (!input || !weight || !heads || !requireFloats(node, input, "input") ||
      !node.requireRank(input, 3, "input") ||
      !node.requireRank(weight, 2, "weights") ||
      refuseInputs(node, {{6, "past_sequence_length"}}) ||
      refuseAttributes(node, {"do_rotary", "past_present_share_buffer"}))
    return {};
  // Nothing is rotated.
  node.ignoreAttribute("rotary_embedding_dim");
  auto sizes = readSizes(node, shapeOf(weight)[1]);
  Value projected = project(node, input, weight, node.getOptional(2));
  if (!sizes || !projected)
    return {};
  Attention attention;
  attention.heads = attention.kvHeads = *heads;
  attention.query = node.sliceAxis(projected, 2, 0, (*sizes)[0]);
  Value key = node.sliceAxis(projected, 2, (*sizes)[0], (*sizes)[1]);
  Value value =
      node.sliceAxis(projected, 2, (*sizes)[0] + (*sizes)[1], (*sizes)[2]);
  for (Value operand : {attention.query, key, value})
    if (!checkHeads(node, operand, *heads))
      return {};
  attention.scale = readScale(node, attention.query, *heads);
  Value presentKey, presentValue, past = node.getOptional(4);
  attention.key = key;
  attention.value = value;
  if (past || node.isOutputUsed(1)) {
    Value pastKey = halfOfCache(node, past, 0),
          pastValue = halfOfCache(node, past, 1);
    presentKey = joinCache(node, pastKey, splitHeads(node, key, *heads));
    presentValue = joinCache(node, pastValue, splitHeads(node, value, *heads));
    attention.key = mergeHeads(node, presentKey);
    attention.value = mergeHeads(node, presentValue);
  }
  if (node.hasFailed())
    return {};
  readVisibility(node, node.getOptional(3), "mask_index", node.getOptional(5),
                 past ? shapeOf(past)[3] : 0, attention);
  if (node.hasFailed())
    return {};
  Values results = {attend(node, attention)};
  if (node.isOutputUsed(1))
    results.push_back(stack(node, presentKey, presentValue));
  return results;
}

//===----------------------------------------------------------------------===//
// MultiHeadAttention
//===----------------------------------------------------------------------===//

namespace {
/// Query, key and value; [batch, tokens, features] or, for keys and values that
/// another layer has computed, [batch, heads, tokens, features].
struct Operands {
  Value query, key, value;
};
} // namespace

/// Part `index` of [batch, tokens, heads, parts, features].
static Value unpack(Node &node, Value packed, int64_t index) {
  Value part = node.sliceAxis(packed, 3, index, 1);
  if (!part)
    return {};
  ArrayRef<int64_t> shape = shapeOf(part);
  return node.reshape(part, {shape[0], shape[1], shape[2] * shape[4]});
}

/// Fails unless a packed operand holds `parts` parts of `heads` heads.
static bool checkPacked(Node &node, Value packed, int64_t heads, int64_t parts,
                        StringRef name) {
  ArrayRef<int64_t> shape = shapeOf(packed);
  if (shape.size() == 5 && shape[2] == heads && shape[3] == parts)
    return true;
  node.emitError() << "input '" << name << "' must pack " << parts
                   << " parts as [batch, tokens, " << heads << ", " << parts
                   << ", features], found " << packed.getType();
  return false;
}

static std::optional<Operands> readOperands(Node &node, int64_t heads) {
  Operands operands = {node.get(0, "query"), node.getOptional(1),
                       node.getOptional(2)};
  if (!operands.query || !requireFloats(node, operands.query, "query"))
    return std::nullopt;
  if (!operands.key) {
    Value packed = operands.query;
    if (!checkPacked(node, packed, heads, 3, "query"))
      return std::nullopt;
    return Operands{unpack(node, packed, 0), unpack(node, packed, 1),
                    unpack(node, packed, 2)};
  }
  if (!node.requireRank(operands.query, 3, "query"))
    return std::nullopt;
  if (!operands.value) {
    Value packed = operands.key;
    if (!checkPacked(node, packed, heads, 2, "key"))
      return std::nullopt;
    return Operands{operands.query, unpack(node, packed, 0),
                    unpack(node, packed, 1)};
  }
  size_t rank = shapeOf(operands.key).size();
  if (rank != 3 && rank != 4) {
    node.emitError() << "input 'key' must have 3 or 4 dimensions, found "
                     << rank;
    return std::nullopt;
  }
  if (!node.requireRank(operands.value, rank, "value"))
    return std::nullopt;
  return operands;
}

/// Adds the parts of the bias; operands of another layer have theirs already.
static void addBias(Node &node, Value bias, Operands &operands) {
  int64_t offset = 0;
  for (Value *operand : {&operands.query, &operands.key, &operands.value}) {
    if (!*operand || shapeOf(*operand).size() != 3)
      continue;
    int64_t size = shapeOf(*operand).back();
    if (!node.requireRank(bias, 1, "bias"))
      return;
    if (offset + size > shapeOf(bias)[0]) {
      node.emitError() << "input 'bias' must have a number for each feature of "
                          "query, key and value, found "
                       << bias.getType();
      return;
    }
    *operand =
        node.emit<nn::AddOp>(*operand, node.sliceAxis(bias, 0, offset, size));
    offset += size;
  }
}

static Values convertMultiHeadAttention(Node &node) {
  auto heads = readCount(node, "num_heads");
  if (!heads || refuseInputs(node, {{8, "past_sequence_length"},
                                    {9, "cache_indirection"}}))
    return {};
  std::optional<Operands> operands = readOperands(node, *heads);
  if (!operands)
    return {};
  if (Value bias = node.getOptional(3))
    addBias(node, bias, *operands);
  if (node.hasFailed() || !checkHeads(node, operands->query, *heads))
    return {};
  auto headMajor = [&](Value value) {
    return shapeOf(value).size() == 4 ? value : splitHeads(node, value, *heads);
  };
  Attention attention;
  attention.heads = attention.kvHeads = *heads;
  attention.query = operands->query;
  attention.scale = readScale(node, attention.query, *heads);
  Value presentKey, presentValue;
  Value pastKey = node.getOptional(6), pastValue = node.getOptional(7);
  if (pastKey && !node.requireRank(pastKey, 4, "past_key"))
    return {};
  bool needsCache = pastKey || node.isOutputUsed(1) || node.isOutputUsed(2) ||
                    shapeOf(operands->key).size() == 4;
  attention.key = operands->key;
  attention.value = operands->value;
  if (needsCache) {
    presentKey = joinCache(node, pastKey, headMajor(operands->key));
    presentValue = joinCache(node, pastValue, headMajor(operands->value));
    attention.key = mergeHeads(node, presentKey);
    attention.value = mergeHeads(node, presentValue);
  }
  if (node.hasFailed())
    return {};
  readVisibility(node, node.getOptional(4), "key_padding_mask",
                 node.getOptional(5), pastKey ? shapeOf(pastKey)[2] : 0,
                 attention);
  if (node.hasFailed())
    return {};
  if (node.isOutputUsed(3)) {
    AttentionSteps steps = attendInSteps(node, attention);
    return {steps.result, presentKey ? presentKey : steps.result,
            presentValue ? presentValue : steps.result, steps.masked};
  }
  Values results = {attend(node, attention)};
  if (presentKey)
    results.append({presentKey, presentValue});
  return results;
}

//===----------------------------------------------------------------------===//
// GroupQueryAttention
//===----------------------------------------------------------------------===//

/// Query, key and value [batch, tokens, heads * features], or all of them in
/// the query.
static std::optional<Operands> readGroups(Node &node, int64_t heads,
                                          int64_t kvHeads) {
  Operands operands = {node.get(0, "query"), node.getOptional(1),
                       node.getOptional(2)};
  if (!operands.query || !requireFloats(node, operands.query, "query") ||
      !node.requireRank(operands.query, 3, "query"))
    return std::nullopt;
  if (operands.key && operands.value) {
    if (!node.requireRank(operands.key, 3, "key") ||
        !node.requireRank(operands.value, 3, "value"))
      return std::nullopt;
    return operands;
  }
  Value packed = operands.query;
  if (operands.key || !checkHeads(node, packed, heads + 2 * kvHeads)) {
    if (operands.key)
      node.emitError() << "input 'value' (2) is missing";
    return std::nullopt;
  }
  int64_t size = shapeOf(packed).back() / (heads + 2 * kvHeads);
  return Operands{
      node.sliceAxis(packed, 2, 0, heads * size),
      node.sliceAxis(packed, 2, heads * size, kvHeads * size),
      node.sliceAxis(packed, 2, (heads + kvHeads) * size, kvHeads * size)};
}

/// Tokens of cache and node together. The caches of all batches must be full:
/// what is in them is then known without the lengths.
static std::optional<int64_t> readTotalTokens(Node &node, int64_t batch,
                                              int64_t known) {
  auto total = node.getInteger(6, "total_sequence_length");
  if (!total)
    return std::nullopt;
  if (*total != known) {
    node.emitError() << "input 'total_sequence_length' is " << *total
                     << ", but cache and node have " << known
                     << " tokens; a cache with unused room is not supported";
    return std::nullopt;
  }
  // The length of the only batch is the total number of tokens.
  node.ignoreInput(5);
  if (batch == 1)
    return total;
  auto lengths = node.getIntegers(5, "seqlens_k");
  if (!lengths)
    return std::nullopt;
  for (int64_t length : *lengths)
    if (length + 1 != *total) {
      node.emitError() << "input 'seqlens_k' must be " << *total - 1
                       << " for each batch, found " << length
                       << "; batches of different lengths are not supported";
      return std::nullopt;
    }
  return total;
}

/// Rotates query and key by the positions behind the cache.
static void rotateGroups(Node &node, int64_t pastTokens, int64_t heads,
                         int64_t kvHeads, Operands &operands) {
  Value cosine = node.get(7, "cos_cache"), sine = node.get(8, "sin_cache");
  if (!cosine || !sine)
    return;
  ArrayRef<int64_t> shape = shapeOf(operands.query);
  Value positions = node.getOptional(9);
  if (!positions) {
    positions =
        node.reshape(tokenNumbers(node, shape[1], pastTokens), {1, shape[1]});
  }
  RotaryTables tables = {lookUpPositions(node, cosine, positions),
                         lookUpPositions(node, sine, positions)};
  bool interleaved = node.integerAttribute("rotary_interleaved", 0) != 0;
  operands.query = rotate(node, operands.query, tables, heads, interleaved);
  operands.key = rotate(node, operands.key, tables, kvHeads, interleaved);
}

static Values convertGroupQueryAttention(Node &node) {
  auto heads = readCount(node, "num_heads");
  auto kvHeads = readCount(node, "kv_num_heads");
  if (!heads || !kvHeads ||
      refuseInputs(node,
                   {{11, "head_sink"}, {12, "k_scale"}, {13, "v_scale"}}) ||
      refuseAttributes(node, {"smooth_softmax", "qk_output"}))
    return {};
  // They are about the scales of a quantized cache, which are refused.
  for (StringRef name : {"k_quant_type", "v_quant_type", "kv_cache_bit_width"})
    node.ignoreAttribute(name);
  if (int64_t window = node.integerAttribute("local_window_size", -1);
      window != -1) {
    node.emitError() << "attribute 'local_window_size' must be -1, found "
                     << window;
    return {};
  }
  std::optional<Operands> operands = readGroups(node, *heads, *kvHeads);
  if (!operands || !checkHeads(node, operands->query, *heads) ||
      !checkHeads(node, operands->key, *kvHeads) ||
      !checkHeads(node, operands->value, *kvHeads))
    return {};
  Value pastKey = node.getOptional(3), pastValue = node.getOptional(4);
  int64_t pastTokens = 0;
  if (pastKey) {
    if (!node.requireRank(pastKey, 4, "past_key"))
      return {};
    pastTokens = shapeOf(pastKey)[2];
  }
  ArrayRef<int64_t> shape = shapeOf(operands->query);
  if (!readTotalTokens(node, shape[0], pastTokens + shape[1]))
    return {};
  // Without rotation the tables are not used.
  node.ignoreAttribute("rotary_interleaved");
  for (unsigned index : {7, 8, 9})
    node.ignoreInput(index);
  if (node.integerAttribute("do_rotary", 0) != 0)
    rotateGroups(node, pastTokens, *heads, *kvHeads, *operands);
  if (node.hasFailed())
    return {};
  Value presentKey =
      joinCache(node, pastKey, splitHeads(node, operands->key, *kvHeads));
  Value presentValue =
      joinCache(node, pastValue, splitHeads(node, operands->value, *kvHeads));
  Attention attention;
  attention.query = operands->query;
  attention.key = mergeHeads(node, presentKey);
  attention.value = mergeHeads(node, presentValue);
  if (!attention.query || !attention.key || !attention.value)
    return {};
  attention.heads = *heads;
  attention.kvHeads = *kvHeads;
  attention.scale = readScale(node, attention.query, *heads);
  attention.softcap = node.floatAttribute("softcap", 0);
  attention.causal = true;
  attention.mask = node.getOptional(10);
  return {attend(node, attention), presentKey, presentValue};
}

void atleus::addContributedAttentionRules(Rules &rules) {
  rules.add("Attention", convertAttention, microsoft);
  rules.add("MultiHeadAttention", convertMultiHeadAttention, microsoft);
  rules.add("GroupQueryAttention", convertGroupQueryAttention, microsoft);
}
