// Rules for the optimizers of ONNX's training operators. Each takes a learning
// rate, the number of updates so far, and groups of tensors: the parameters,
// their gradients, and one or two states. A parameter and its gradient are
// updated with the states at the same place of their groups.
#include "Rules.h"

using namespace mlir;
using namespace atleus;

namespace {
/// The operands for one parameter.
struct Update {
  Value rate, step;
  Value parameter, gradient;
  SmallVector<Value, 2> states;
};
} // namespace

/// What `update` makes of one parameter and its states: as many values as there
/// are of these.
using UpdateRule = Values (*)(Node &, const Update &);

/// value * factor
static Value scale(Node &node, Value value, double factor) {
  return value ? node.emit<nn::MulOp>(value,
                                      node.scalar(factor, elementTypeOf(value)))
               : Value();
}

/// A running mean: old * weight + current * (1 - weight).
static Value blend(Node &node, Value old, Value current, double weight) {
  return node.emit<nn::AddOp>(scale(node, old, weight),
                              scale(node, current, 1 - weight));
}

/// The gradient, with that of a penalty on large parameters.
static Value regularized(Node &node, const Update &update) {
  double factor = node.floatAttribute("norm_coefficient", 0.0);
  if (factor == 0)
    return update.gradient;
  return node.emit<nn::AddOp>(scale(node, update.parameter, factor),
                              update.gradient);
}

/// `later` if there has been an update before, else `first`.
static Value unlessFirst(Node &node, const Update &update, Value later,
                         Value first) {
  Value zero = node.scalar(0, elementTypeOf(update.step));
  return node.emit<nn::SelectOp>(node.emit<nn::GreaterOp>(update.step, zero),
                                 later, first);
}

/// The root of `value` plus the attribute 'epsilon'.
static Value stableRoot(Node &node, Value value) {
  if (!value)
    return {};
  return node.emit<nn::AddOp>(
      node.emit<nn::SqrtOp>(value),
      node.scalar(node.floatAttribute("epsilon", 1e-6), elementTypeOf(value)));
}

static Values momentum(Node &node, const Update &update) {
  Type type = elementTypeOf(update.parameter);
  double alpha = node.floatAttribute("alpha", 0.0);
  StringRef mode = node.stringAttribute("mode", "standard");
  if (!node.requireChoice("mode", mode, {"standard", "nesterov"}))
    return {};
  Value gradient = regularized(node, update);
  Value weight = unlessFirst(
      node, update, node.scalar(node.floatAttribute("beta", 1.0), type),
      node.scalar(1, type));
  Value velocity = node.emit<nn::AddOp>(scale(node, update.states[0], alpha),
                                        node.emit<nn::MulOp>(gradient, weight));
  Value direction = velocity;
  if (mode == "nesterov")
    direction = node.emit<nn::AddOp>(gradient, scale(node, velocity, alpha));
  Value change = node.emit<nn::MulOp>(update.rate, direction);
  return {node.emit<nn::SubOp>(update.parameter, change), velocity};
}

static Values adagrad(Node &node, const Update &update) {
  Type type = elementTypeOf(update.rate);
  Value steps = scale(node, node.castElements(update.step, type),
                      node.floatAttribute("decay_factor", 0.0));
  Value rate = node.emit<nn::DivOp>(
      update.rate, node.emit<nn::AddOp>(steps, node.scalar(1, type)));
  Value gradient = regularized(node, update);
  Value squares = node.emit<nn::AddOp>(
      update.states[0], node.emit<nn::MulOp>(gradient, gradient));
  Value change = node.emit<nn::DivOp>(node.emit<nn::MulOp>(rate, gradient),
                                      stableRoot(node, squares));
  return {node.emit<nn::SubOp>(update.parameter, change), squares};
}

/// 1 - base to the power of the number of updates.
static Value bias(Node &node, Value steps, double base) {
  Value one = node.scalar(1, elementTypeOf(steps));
  Value power =
      node.emit<nn::PowOp>(node.scalar(base, elementTypeOf(steps)), steps);
  return node.emit<nn::SubOp>(one, power);
}

static Values adam(Node &node, const Update &update) {
  // Its default is one number in the operator's schema and another in ONNX's
  // own tests of it.
  if (!node.hasAttribute("epsilon")) {
    node.emitError() << "attribute 'epsilon' is missing";
    return {};
  }
  double alpha = node.floatAttribute("alpha", 0.9);
  double beta = node.floatAttribute("beta", 0.999);
  Value gradient = regularized(node, update);
  Value mean = blend(node, update.states[0], gradient, alpha);
  Value squares = blend(node, update.states[1],
                        node.emit<nn::MulOp>(gradient, gradient), beta);
  Value steps = node.castElements(update.step, elementTypeOf(update.rate));
  Value corrected = node.emit<nn::DivOp>(
      node.emit<nn::MulOp>(update.rate,
                           node.emit<nn::SqrtOp>(bias(node, steps, beta))),
      bias(node, steps, alpha));
  Value rate = unlessFirst(node, update, corrected, update.rate);
  Value change = node.emit<nn::DivOp>(node.emit<nn::MulOp>(rate, mean),
                                      stableRoot(node, squares));
  Value result = node.emit<nn::SubOp>(update.parameter, change);
  double penalty = node.floatAttribute("norm_coefficient_post", 0.0);
  if (penalty != 0)
    result = scale(node, result, 1 - penalty);
  return {result, mean, squares};
}

/// Applies `rule` to each parameter. The results are all parameters, then all
/// of the first states, and so on.
template <UpdateRule rule, unsigned numStates>
static Values convertOptimizer(Node &node) {
  ArrayRef<Value> operands = node.getAll();
  constexpr unsigned numGroups = 2 + numStates;
  if (operands.size() < 2 || (operands.size() - 2) % numGroups != 0) {
    if (!node.hasFailed())
      node.emitError() << "needs 2 inputs and " << numGroups
                       << " for each parameter, found " << operands.size();
    return {};
  }
  size_t count = (operands.size() - 2) / numGroups;
  auto member = [&](unsigned group, size_t i) {
    return operands[2 + group * count + i];
  };
  Values results((1 + numStates) * count);
  for (size_t i = 0; i < count; ++i) {
    Update update = {operands[0], operands[1], member(0, i), member(1, i), {}};
    for (unsigned state = 0; state < numStates; ++state)
      update.states.push_back(member(2 + state, i));
    Values updated = rule(node, update);
    if (node.hasFailed())
      return {};
    for (auto [group, value] : llvm::enumerate(updated))
      results[group * count + i] = value;
  }
  return results;
}

void atleus::addOptimizerRules(Rules &rules) {
  constexpr StringLiteral domain = "ai.onnx.preview.training";
  rules.add("Momentum", convertOptimizer<momentum, 1>, domain);
  rules.add("Adagrad", convertOptimizer<adagrad, 1>, domain);
  rules.add("Adam", convertOptimizer<adam, 2>, domain);
}
