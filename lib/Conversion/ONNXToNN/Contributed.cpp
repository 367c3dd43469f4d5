// Rules for operators of com.microsoft that ONNX Runtime's optimizer writes.
#include "Rules.h"

using namespace mlir;
using namespace atleus;

/// value + addend, if there is one.
static Value addOptional(Node &node, Value value, Value addend) {
  return addend ? node.emit<nn::AddOp>(value, addend) : value;
}

static Values convertGelu(Node &node) {
  return {node.emit<nn::GeluOp>(node.get(0, "X"))};
}

static Values convertBiasGelu(Node &node) {
  Value sum = node.emit<nn::AddOp>(node.get(0, "A"), node.get(1, "B"));
  return {node.emit<nn::GeluOp>(sum)};
}

static Values convertFastGelu(Node &node) {
  Value sum = addOptional(node, node.get(0, "X"), node.getOptional(1));
  return {node.emit<nn::GeluOp>(sum, nn::GeluApproximation::Tanh)};
}

/// x * sigmoid(alpha * x)
static Values convertQuickGelu(Node &node) {
  Value x = node.get(0, "X");
  if (!x)
    return {};
  double alpha = node.floatAttribute("alpha", 1.702f);
  Value scaled = node.emit<nn::MulOp>(x, node.scalar(alpha, elementTypeOf(x)));
  return {node.emit<nn::MulOp>(x, node.emit<nn::SigmoidOp>(scaled))};
}

/// The sum of input, skip and bias: the fourth output, which others read too.
static Value skipSum(Node &node, unsigned biasIndex) {
  Value sum = node.emit<nn::AddOp>(node.get(0, "input"), node.get(1, "skip"));
  return addOptional(node, sum, node.getOptional(biasIndex));
}

/// The results of a normalization of a sum; mean and deviation are not given.
static Values withSum(Node &node, Value normalized, Value sum) {
  if (node.isOutputUsed(1) || node.isOutputUsed(2)) {
    node.emitError() << "outputs 1 and 2 are not supported";
    return {};
  }
  if (!node.isOutputUsed(3))
    return {normalized};
  return {normalized, sum, sum, sum};
}

static Values convertSkipLayerNormalization(Node &node) {
  Value sum = skipSum(node, 4), gamma = node.get(2, "gamma");
  double epsilon = node.floatAttribute("epsilon", 1e-12);
  if (!sum || !gamma)
    return {};
  return withSum(node,
                 node.emitWithOptional<nn::LayerNormOp>(
                     sum, gamma, node.getOptional(3), APFloat(epsilon)),
                 sum);
}

static Values convertSkipSimplified(Node &node) {
  Value sum = skipSum(node, 3), gamma = node.get(2, "gamma");
  double epsilon = node.floatAttribute("epsilon", 1e-12);
  return withSum(node, node.emit<nn::RMSNormOp>(sum, gamma, APFloat(epsilon)),
                 sum);
}

//===----------------------------------------------------------------------===//
// EmbedLayerNormalization
//===----------------------------------------------------------------------===//

/// Rows of a table by indices of any shape.
static Value lookUp(Node &node, Value table, Value indices) {
  if (!table || !indices)
    return {};
  if (nn::isStatic(table) && !nn::isStatic(indices))
    return node.emit<nn::EmbeddingOp>(table, indices);
  return node.emit<nn::GatherOp>(table, indices, /*axis=*/0);
}

/// The sum of what words, positions and segments are embedded as.
static Value embed(Node &node, Value tokens) {
  Value sum = lookUp(node, node.get(2, "word_embedding"), tokens);
  Value table = node.get(3, "position_embedding");
  if (!sum || !table)
    return {};
  Value positions = node.getOptional(8);
  positions = positions ? lookUp(node, table, positions)
                        : node.sliceAxis(table, 0, 0, shapeOf(tokens)[1]);
  sum = node.emit<nn::AddOp>(sum, positions);
  // Without segments there is nothing to look up.
  node.ignoreInput(4);
  if (Value segments = node.getOptional(1))
    sum = node.emit<nn::AddOp>(
        sum, lookUp(node, node.get(4, "segment_embedding"), segments));
  return sum;
}

/// How many tokens of each batch the mask shows.
static Value countTokens(Node &node, Value tokens) {
  Type type = node.getBuilder().getI32Type();
  Value mask = node.getOptional(7);
  if (!mask)
    return node.splat(0, {shapeOf(tokens)[0]}, type);
  Value shown =
      node.emit<nn::EqualOp>(mask, node.scalar(1, elementTypeOf(mask)));
  return node.emit<nn::ReduceSumOp>(node.castElements(shown, type),
                                    ArrayRef<int64_t>{1}, false);
}

static Values convertEmbedLayerNormalization(Node &node) {
  Value tokens = node.get(0, "input_ids"), gamma = node.get(5, "gamma"),
        beta = node.get(6, "beta");
  if (!tokens || !gamma || !beta || !node.requireRank(tokens, 2, "input_ids"))
    return {};
  Value sum = embed(node, tokens);
  if (!sum)
    return {};
  double epsilon = node.floatAttribute("epsilon", 1e-12f);
  // They are for the second output only; its type follows from the graph.
  node.ignoreAttribute("mask_index_type");
  node.ignoreInput(7);
  Values results = {
      node.emit<nn::LayerNormOp>(sum, gamma, beta, APFloat(epsilon))};
  if (node.getNumOutputs() > 1)
    results.push_back(countTokens(node, tokens));
  if (node.getNumOutputs() > 2)
    results.push_back(sum);
  return results;
}

void atleus::addContributedRules(Rules &rules) {
  rules.add("Gelu", convertGelu, microsoft);
  rules.add("BiasGelu", convertBiasGelu, microsoft);
  rules.add("FastGelu", convertFastGelu, microsoft);
  rules.add("QuickGelu", convertQuickGelu, microsoft);
  rules.add("SkipLayerNormalization", convertSkipLayerNormalization, microsoft);
  rules.add("EmbedLayerNormalization", convertEmbedLayerNormalization,
            microsoft);
  rules.add("SkipSimplifiedLayerNormalization", convertSkipSimplified,
            microsoft);
}
