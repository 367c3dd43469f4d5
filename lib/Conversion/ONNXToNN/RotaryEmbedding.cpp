// Rules for rotary embeddings: the standard's and that of com.microsoft.
#include "AttentionBuilder.h"
#include "RotaryTables.h"
#include "Rules.h"

using namespace mlir;
using namespace atleus;

Value atleus::lookUpPositions(Node &node, Value cache, Value positions) {
  if (!cache || !positions || !node.requireRank(cache, 2, "cos_cache"))
    return {};
  if (nn::isStatic(cache) && !nn::isStatic(positions))
    return node.emit<nn::EmbeddingOp>(cache, positions);
  return node.emit<nn::GatherOp>(cache, positions, /*axis=*/0);
}

/// A table [batch, tokens, pairs] with a dimension for the heads, which is
/// behind the tokens or in front of them.
static Value addHeads(Node &node, Value table, bool tokensFirst) {
  if (!table || !node.requireRank(table, 3, "cos_cache"))
    return {};
  ArrayRef<int64_t> shape = shapeOf(table);
  if (tokensFirst)
    return node.reshape(table, {shape[0], shape[1], 1, shape[2]});
  return node.reshape(table, {shape[0], 1, shape[1], shape[2]});
}

Value atleus::rotate(Node &node, Value input, const RotaryTables &tables,
                     int64_t heads, bool interleaved) {
  if (!input || !tables.cosine || !tables.sine)
    return {};
  SmallVector<int64_t> shape(shapeOf(input));
  bool tokensFirst = shape.size() == 3;
  if (tokensFirst)
    input = node.reshape(input, {shape[0], shape[1], heads, shape[2] / heads});
  Value result = node.emit<nn::RotaryEmbeddingOp>(
      input, addHeads(node, tables.cosine, tokensFirst),
      addHeads(node, tables.sine, tokensFirst), interleaved);
  return node.reshape(result, shape);
}

/// Number of heads of the input; `otherwise` is the size of a head if the node
/// does not say how many there are.
static std::optional<int64_t> readHeads(Node &node, Value input,
                                        std::optional<int64_t> headSize) {
  ArrayRef<int64_t> shape = shapeOf(input);
  // Four dimensions say it themselves.
  node.ignoreAttribute("num_heads");
  if (shape.size() == 4)
    return shape[1];
  if (shape.size() != 3) {
    node.emitError() << "the input must have 3 or 4 dimensions, found "
                     << shape.size();
    return std::nullopt;
  }
  int64_t heads = node.integerAttribute("num_heads", 0);
  if (heads == 0 && headSize && *headSize > 0)
    heads = shape[2] / *headSize;
  if (heads > 0 && shape[2] % heads == 0)
    return heads;
  node.emitError() << "attribute 'num_heads' is " << heads
                   << ", which does not divide the features of "
                   << input.getType();
  return std::nullopt;
}

/// Fails if `rotary_embedding_dim` says anything else than the tables.
static bool checkRotatedFeatures(Node &node, Value table) {
  int64_t stated = node.integerAttribute("rotary_embedding_dim", 0);
  int64_t found = table ? 2 * shapeOf(table).back() : 0;
  if (!table || stated == 0 || stated == found)
    return static_cast<bool>(table);
  node.emitError() << "attribute 'rotary_embedding_dim' is " << stated
                   << ", but the tables are for " << found << " features";
  return false;
}

static Values convertRotaryEmbedding(Node &node) {
  Value input = node.get(0, "X");
  RotaryTables tables = {node.get(1, "cos_cache"), node.get(2, "sin_cache")};
  if (!input || !tables.cosine || !tables.sine)
    return {};
  if (Value positions = node.getOptional(3)) {
    tables.cosine = lookUpPositions(node, tables.cosine, positions);
    tables.sine = lookUpPositions(node, tables.sine, positions);
  }
  auto heads = readHeads(node, input, std::nullopt);
  if (!heads || !checkRotatedFeatures(node, tables.cosine))
    return {};
  bool interleaved = node.integerAttribute("interleaved", 0) != 0;
  return {rotate(node, input, tables, *heads, interleaved)};
}

/// Positions [batch, tokens] from a list of one offset, or as they are given.
static Value readPositions(Node &node, int64_t tokens) {
  Value positions = node.get(1, "position_ids");
  if (!positions || shapeOf(positions) != ArrayRef<int64_t>{1})
    return positions;
  Value offset = node.castElements(positions, node.getBuilder().getI64Type());
  Value counted = node.emit<nn::AddOp>(tokenNumbers(node, tokens), offset);
  return node.reshape(counted, {1, tokens});
}

static Values convertContributed(Node &node) {
  Value input = node.get(0, "input");
  RotaryTables tables = {node.get(2, "cos_cache"), node.get(3, "sin_cache")};
  if (!input || !tables.cosine || !tables.sine)
    return {};
  if (node.integerAttribute("is_packed_batching", 0) != 0) {
    node.emitError() << "attribute 'is_packed_batching' must be 0, found 1";
    return {};
  }
  if (double scale = node.floatAttribute("scale", 1); scale != 1) {
    node.emitError() << "attribute 'scale' must be 1, found " << scale;
    return {};
  }
  auto heads = readHeads(node, input, 2 * shapeOf(tables.cosine).back());
  if (!heads)
    return {};
  ArrayRef<int64_t> shape = shapeOf(input);
  Value positions = readPositions(node, shape[shape.size() - 2]);
  tables.cosine = lookUpPositions(node, tables.cosine, positions);
  tables.sine = lookUpPositions(node, tables.sine, positions);
  if (!checkRotatedFeatures(node, tables.cosine))
    return {};
  bool interleaved = node.integerAttribute("interleaved", 0) != 0;
  return {rotate(node, input, tables, *heads, interleaved)};
}

void atleus::addRotaryEmbeddingRules(Rules &rules) {
  rules.add("RotaryEmbedding", convertRotaryEmbedding);
  rules.add("RotaryEmbedding", convertContributed, microsoft);
}
