// Rules for loss functions.
#include "Rules.h"
#include "Softmax.h"

using namespace mlir;
using namespace atleus;

/// What each target counts: the weight of its class, and nothing if it is to be
/// ignored. Null if all count one.
static Value targetWeights(Node &node, Value targets, Value isIgnored,
                           Value weight, Type type) {
  Value counts;
  if (weight)
    counts = node.emit<nn::GatherOp>(weight, targets, 0);
  else if (isIgnored)
    counts = node.scalar(1, type);
  if (!isIgnored)
    return counts;
  return node.emit<nn::SelectOp>(isIgnored, node.scalar(0, type), counts);
}

/// The losses put together as the attribute 'reduction' says.
static Value reduceLosses(Node &node, Value losses, Value counts) {
  StringRef reduction = node.stringAttribute("reduction", "mean");
  if (!node.requireChoice("reduction", reduction, {"none", "sum", "mean"}))
    return {};
  if (reduction == "none" || !losses)
    return losses;
  Shape axes = countUp(shapeOf(losses).size());
  if (reduction == "sum")
    return node.emit<nn::ReduceSumOp>(losses, axes, false);
  if (!counts)
    return node.emit<nn::ReduceMeanOp>(losses, axes, false);
  return node.emit<nn::DivOp>(node.emit<nn::ReduceSumOp>(losses, axes, false),
                              node.emit<nn::ReduceSumOp>(counts, axes, false));
}

/// The negative of the logarithm that each target names, of [batch, classes,
/// ...] logarithms of probabilities.
static Value likelihoodLoss(Node &node, Value logarithms, Value targets,
                            Value weight) {
  if (!logarithms || !targets)
    return {};
  Type type = elementTypeOf(logarithms), index = elementTypeOf(targets);
  Value isIgnored;
  if (node.hasAttribute("ignore_index")) {
    auto ignored =
        static_cast<double>(node.integerAttribute("ignore_index", 0));
    isIgnored = node.emit<nn::EqualOp>(targets, node.scalar(ignored, index));
    // An index that is ignored need not be one of a class.
    targets =
        node.emit<nn::SelectOp>(isIgnored, node.scalar(0, index), targets);
    if (!targets)
      return {};
  }
  SmallVector<int64_t> shape(shapeOf(targets)), column(shape);
  if (shape.size() + 1 != shapeOf(logarithms).size() || shape.empty()) {
    node.emitError() << "targets " << targets.getType()
                     << " do not go with scores " << logarithms.getType();
    return {};
  }
  column.insert(column.begin() + 1, 1);
  Value chosen = node.emit<nn::GatherElementsOp>(
      logarithms, node.reshape(targets, column), 1);
  Value losses = node.emit<nn::NegOp>(node.reshape(chosen, shape));
  Value counts = targetWeights(node, targets, isIgnored, weight, type);
  if (counts)
    losses = node.emit<nn::MulOp>(losses, counts);
  if (isIgnored) // Zero times infinity is no zero.
    losses = node.emit<nn::SelectOp>(isIgnored, node.scalar(0, type), losses);
  if (node.hasFailed())
    return {};
  return reduceLosses(node, losses, counts);
}

static Values convertNegativeLogLikelihoodLoss(Node &node) {
  return {likelihoodLoss(node, node.get(0, "input"), node.get(1, "target"),
                         node.getOptional(2))};
}

static Values convertSoftmaxCrossEntropyLoss(Node &node) {
  Value scores = node.get(0, "scores");
  if (!scores)
    return {};
  if (shapeOf(scores).size() < 2) {
    node.emitError() << "input 'scores' must have 2 dimensions or more, found "
                     << shapeOf(scores).size();
    return {};
  }
  Value logarithms = buildLogSoftmax(node, scores, 1);
  return {likelihoodLoss(node, logarithms, node.get(1, "labels"),
                         node.getOptional(2)),
          logarithms};
}

void atleus::addLossRules(Rules &rules) {
  rules.add("NegativeLogLikelihoodLoss", convertNegativeLogLikelihoodLoss);
  rules.add("SoftmaxCrossEntropyLoss", convertSoftmaxCrossEntropyLoss);
}
