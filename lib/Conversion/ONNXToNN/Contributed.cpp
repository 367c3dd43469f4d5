// Rules for operators of com.microsoft that ONNX Runtime's optimizer writes.
#include "Rules.h"

using namespace mlir;
using namespace atleus;

static constexpr llvm::StringLiteral microsoft = "com.microsoft";

/// value + addend, if there is one.
static Value addOptional(Node &node, Value value, Value addend) {
  return addend ? node.emit<nn::AddOp>(value, addend) : value;
}

static Values convertGelu(Node &node) {
  return {node.emit<nn::GeluOp>(node.get(0, "X"), false)};
}

static Values convertBiasGelu(Node &node) {
  Value sum = node.emit<nn::AddOp>(node.get(0, "A"), node.get(1, "B"));
  return {node.emit<nn::GeluOp>(sum, false)};
}

static Values convertFastGelu(Node &node) {
  Value sum = addOptional(node, node.get(0, "X"), node.getOptional(1));
  return {node.emit<nn::GeluOp>(sum, true)};
}

/// x * sigmoid(alpha * x)
static Values convertQuickGelu(Node &node) {
  Value x = node.get(0, "X");
  if (!x)
    return {};
  Value alpha =
      node.scalar(node.floatAttribute("alpha", 1.702), elementTypeOf(x));
  Value gate = node.emit<nn::SigmoidOp>(node.emit<nn::MulOp>(x, alpha));
  return {node.emit<nn::MulOp>(x, gate)};
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

void atleus::addContributedRules(Rules &rules) {
  rules.add("Gelu", convertGelu, microsoft);
  rules.add("BiasGelu", convertBiasGelu, microsoft);
  rules.add("FastGelu", convertFastGelu, microsoft);
  rules.add("QuickGelu", convertQuickGelu, microsoft);
  rules.add("SkipLayerNormalization", convertSkipLayerNormalization, microsoft);
  rules.add("SkipSimplifiedLayerNormalization", convertSkipSimplified,
            microsoft);
}
