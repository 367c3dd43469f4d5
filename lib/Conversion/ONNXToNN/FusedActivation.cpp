// Activations that operators of com.microsoft apply to their result.
#include "FusedActivation.h"

using namespace mlir;
using namespace atleus;

namespace {
/// The numbers of an activation, or its defaults.
struct Parameters {
  double alpha, beta;
};
} // namespace

static Parameters readParameters(Node &node, double alpha, double beta) {
  Parameters parameters = {node.floatAttribute("activation_alpha", alpha),
                           node.floatAttribute("activation_beta", beta)};
  if (auto list = node.floatsAttribute("activation_params")) {
    if (!list->empty())
      parameters.alpha = (*list)[0];
    if (list->size() > 1)
      parameters.beta = (*list)[1];
  }
  return parameters;
}

static Value leakyRelu(Node &node, Value value) {
  Type type = elementTypeOf(value);
  double alpha = readParameters(node, 0.01, 0).alpha;
  Value isPositive = node.emit<nn::GreaterOp>(value, node.scalar(0, type));
  Value scaled = node.emit<nn::MulOp>(value, node.scalar(alpha, type));
  return node.emit<nn::SelectOp>(isPositive, value, scaled);
}

static Value hardSigmoid(Node &node, Value value) {
  Type type = elementTypeOf(value);
  Parameters line = readParameters(node, 0.2, 0.5);
  Value scaled = node.emit<nn::MulOp>(value, node.scalar(line.alpha, type));
  Value shifted = node.emit<nn::AddOp>(scaled, node.scalar(line.beta, type));
  return node.emit<nn::ClipOp>(shifted, APFloat(0.0), APFloat(1.0));
}

static Value clip(Node &node, Value value) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Parameters limits = readParameters(node, -infinity, infinity);
  return node.emit<nn::ClipOp>(value, APFloat(limits.alpha),
                               APFloat(limits.beta));
}

Value atleus::applyFusedActivation(Node &node, Value value) {
  StringRef name = node.stringAttribute("activation", "");
  // Not every activation has numbers.
  for (StringRef number : {"activation_alpha", "activation_beta",
                           "activation_gamma", "activation_params"})
    node.ignoreAttribute(number);
  if (!value || name.empty())
    return value;
  if (name == "Relu")
    return node.emit<nn::ReluOp>(value);
  if (name == "Tanh")
    return node.emit<nn::TanhOp>(value);
  if (name == "Sigmoid")
    return node.emit<nn::SigmoidOp>(value);
  if (name == "LeakyRelu")
    return leakyRelu(node, value);
  if (name == "HardSigmoid")
    return hardSigmoid(node, value);
  if (name == "Clip")
    return clip(node, value);
  node.emitError() << "activation '" << name << "' is not supported";
  return {};
}
