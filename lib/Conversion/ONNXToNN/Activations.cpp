// Rules for activation functions and limits.
#include "Rules.h"

using namespace mlir;
using namespace atleus;

template <typename OpTy>
static Values convertSimple(Node &node) {
  return {node.emit<OpTy>(node.get(0, "X"))};
}

/// A constant of the element type of `like`, which may be null.
static Value scalarLike(Node &node, double value, Value like) {
  return like ? node.scalar(value, elementTypeOf(like)) : Value();
}

/// scale * value + shift
static Value affine(Node &node, Value value, double scale, double shift) {
  Value scaled = node.emit<nn::MulOp>(value, scalarLike(node, scale, value));
  return node.emit<nn::AddOp>(scaled, scalarLike(node, shift, value));
}

/// min(max(value, low), high); limits that are null do not limit.
static Value limit(Node &node, Value value, Value low, Value high) {
  if (low)
    value = node.emit<nn::MaxOp>(value, low);
  return high ? node.emit<nn::MinOp>(value, high) : value;
}

static Value clipFloat(Node &node, Value value, double low, double high) {
  if (!value)
    return {};
  if (low == 0 && std::isinf(high))
    return node.emit<nn::ReluOp>(value);
  return node.emit<nn::ClipOp>(value, APFloat(low), APFloat(high));
}

/// One limit of Clip as a number, or its default if it is left out.
static std::optional<double> limitNumber(Value limit, double otherwise) {
  return limit ? getConstantSplat(limit) : std::optional(otherwise);
}

static Values convertClip(Node &node) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Value input = node.get(0, "input");
  if (!input)
    return {};
  if (node.getOpset() < 11) {
    double low = node.floatAttribute("min", -infinity);
    double high = node.floatAttribute("max", infinity);
    return {clipFloat(node, input, low, high)};
  }
  Value low = node.getOptional(1), high = node.getOptional(2);
  std::optional<double> lowest = limitNumber(low, -infinity);
  std::optional<double> highest = limitNumber(high, infinity);
  if (isa<FloatType>(elementTypeOf(input)) && lowest && highest &&
      *lowest <= *highest)
    return {clipFloat(node, input, *lowest, *highest)};
  return {limit(node, input, low, high)};
}

/// Where x > 0 x, elsewhere `otherwise`.
static Value positiveOr(Node &node, Value x, Value otherwise) {
  Value isPositive = node.emit<nn::GreaterOp>(x, scalarLike(node, 0, x));
  return node.emit<nn::SelectOp>(isPositive, x, otherwise);
}

static Values convertLeakyRelu(Node &node) {
  Value x = node.get(0, "X");
  Value slope = scalarLike(node, node.floatAttribute("alpha", 0.01), x);
  return {positiveOr(node, x, node.emit<nn::MulOp>(x, slope))};
}

static Values convertPRelu(Node &node) {
  Value x = node.get(0, "X"), slope = node.get(1, "slope");
  return {positiveOr(node, x, node.emit<nn::MulOp>(x, slope))};
}

/// alpha * (exp(x / divisor) - 1)
static Value exponentialTail(Node &node, Value x, double alpha,
                             double divisor) {
  if (divisor != 1)
    x = node.emit<nn::DivOp>(x, scalarLike(node, divisor, x));
  return affine(node, node.emit<nn::ExpOp>(x), alpha, -alpha);
}

static Values convertElu(Node &node) {
  Value x = node.get(0, "X");
  double alpha = node.floatAttribute("alpha", 1.0);
  return {positiveOr(node, x, exponentialTail(node, x, alpha, 1))};
}

static Values convertCelu(Node &node) {
  Value x = node.get(0, "X");
  double alpha = node.floatAttribute("alpha", 1.0);
  return {positiveOr(node, x, exponentialTail(node, x, alpha, alpha))};
}

static Values convertSelu(Node &node) {
  Value x = node.get(0, "X");
  double alpha = node.floatAttribute("alpha", 1.67326319217681884765625);
  double gamma = node.floatAttribute("gamma", 1.05070102214813232421875);
  Value elu = positiveOr(node, x, exponentialTail(node, x, alpha, 1));
  return {node.emit<nn::MulOp>(elu, scalarLike(node, gamma, x))};
}

/// log(1 + exp(x)), as max(x, 0) + log(1 + exp(-|x|)), which cannot overflow.
static Value softplus(Node &node, Value x) {
  Value small =
      node.emit<nn::ExpOp>(node.emit<nn::NegOp>(node.emit<nn::AbsOp>(x)));
  Value tail =
      node.emit<nn::LogOp>(node.emit<nn::AddOp>(small, scalarLike(node, 1, x)));
  return node.emit<nn::AddOp>(node.emit<nn::ReluOp>(x), tail);
}

static Values convertSoftplus(Node &node) {
  return {softplus(node, node.get(0, "X"))};
}

static Values convertSoftsign(Node &node) {
  Value x = node.get(0, "input");
  Value divisor =
      node.emit<nn::AddOp>(node.emit<nn::AbsOp>(x), scalarLike(node, 1, x));
  return {node.emit<nn::DivOp>(x, divisor)};
}

static Values convertMish(Node &node) {
  Value x = node.get(0, "X");
  return {node.emit<nn::MulOp>(x, node.emit<nn::TanhOp>(softplus(node, x)))};
}

static Values convertHardSigmoid(Node &node) {
  Value line = affine(node, node.get(0, "X"), node.floatAttribute("alpha", 0.2),
                      node.floatAttribute("beta", 0.5));
  return {clipFloat(node, line, 0, 1)};
}

static Values convertHardSwish(Node &node) {
  Value x = node.get(0, "X");
  Value gate = clipFloat(node, affine(node, x, 1.0 / 6, 0.5), 0, 1);
  return {node.emit<nn::MulOp>(x, gate)};
}

static Values convertThresholdedRelu(Node &node) {
  Value x = node.get(0, "X");
  Value threshold = scalarLike(node, node.floatAttribute("alpha", 1.0), x);
  return {node.emit<nn::SelectOp>(node.emit<nn::GreaterOp>(x, threshold), x,
                                  scalarLike(node, 0, x))};
}

/// x + bias below -lambd, x - bias above lambd, zero in between.
static Values convertShrink(Node &node) {
  Value x = node.get(0, "input");
  if (!x)
    return {};
  double bias = node.floatAttribute("bias", 0.0);
  double limit = node.floatAttribute("lambd", 0.5);
  Value below = node.emit<nn::LessOp>(x, scalarLike(node, -limit, x));
  Value above = node.emit<nn::GreaterOp>(x, scalarLike(node, limit, x));
  Value raised = node.emit<nn::AddOp>(x, scalarLike(node, bias, x));
  Value lowered = node.emit<nn::SubOp>(x, scalarLike(node, bias, x));
  Value rest = node.emit<nn::SelectOp>(above, lowered, scalarLike(node, 0, x));
  return {node.emit<nn::SelectOp>(below, raised, rest)};
}

static Values convertGelu(Node &node) {
  StringRef approximation = node.stringAttribute("approximate", "none");
  if (approximation == "none")
    return {node.emit<nn::GeluOp>(node.get(0, "X"))};
  if (approximation == "tanh")
    return {
        node.emit<nn::GeluOp>(node.get(0, "X"), nn::GeluApproximation::Tanh)};
  node.emitError()
      << "attribute 'approximate' must be 'none' or 'tanh', found '"
      << approximation << "'";
  return {};
}

static Values convertSwish(Node &node) {
  Value x = node.get(0, "X");
  double alpha = node.floatAttribute("alpha", 1.0);
  if (alpha == 1)
    return {node.emit<nn::SiluOp>(x)};
  Value scaled = node.emit<nn::MulOp>(x, scalarLike(node, alpha, x));
  return {node.emit<nn::MulOp>(x, node.emit<nn::SigmoidOp>(scaled))};
}

void atleus::addActivationRules(Rules &rules) {
  rules.add("Relu", convertSimple<nn::ReluOp>);
  rules.add("Tanh", convertSimple<nn::TanhOp>);
  rules.add("Sigmoid", convertSimple<nn::SigmoidOp>);
  rules.add("Clip", convertClip);
  rules.add("LeakyRelu", convertLeakyRelu);
  rules.add("PRelu", convertPRelu);
  rules.add("Elu", convertElu);
  rules.add("Celu", convertCelu);
  rules.add("Selu", convertSelu);
  rules.addSinceFirst("Softplus", convertSoftplus);
  rules.addSinceFirst("Softsign", convertSoftsign);
  rules.add("Mish", convertMish);
  rules.add("HardSigmoid", convertHardSigmoid);
  rules.add("HardSwish", convertHardSwish);
  rules.add("Shrink", convertShrink);
  rules.add("ThresholdedRelu", convertThresholdedRelu);
  rules.add("Gelu", convertGelu);
  rules.add("Swish", convertSwish);
}
