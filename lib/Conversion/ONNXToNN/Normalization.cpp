// Rules for normalizations and softmax.
#include "Rules.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Softmax
//===----------------------------------------------------------------------===//

/// The operand with the dimensions before and from `axis` merged: what softmax
/// works on before opset 13.
static Value flatten(Node &node, Value value, int64_t axis) {
  ArrayRef<int64_t> shape = shapeOf(value);
  int64_t rows = 1, columns = 1;
  for (auto [i, size] : llvm::enumerate(shape))
    (static_cast<int64_t>(i) < axis ? rows : columns) *= size;
  return node.reshape(value, {rows, columns});
}

static Value softmax(Node &node) {
  Value input = node.get(0, "input");
  if (!input)
    return {};
  bool flattens = node.getOpset() < 13;
  SmallVector<int64_t> shape(shapeOf(input));
  auto axis = node.axisAttribute(flattens ? 1 : -1, shape.size());
  if (!axis)
    return {};
  if (!flattens || *axis + 1 == static_cast<int64_t>(shape.size()))
    return node.emit<nn::SoftmaxOp>(input, *axis);
  Value matrix = flatten(node, input, *axis);
  Value result = node.emit<nn::SoftmaxOp>(matrix, 1);
  return result ? node.reshape(result, shape) : Value();
}

static Values convertSoftmax(Node &node) { return {softmax(node)}; }

static Values convertLogSoftmax(Node &node) {
  return {node.emit<nn::LogOp>(softmax(node))};
}

//===----------------------------------------------------------------------===//
// Normalizations
//===----------------------------------------------------------------------===//

/// A parameter of a normalization in the shape of what is normalized.
static Value asTail(Node &node, Value parameter, ArrayRef<int64_t> tail) {
  if (!parameter)
    return {};
  ArrayRef<int64_t> shape = shapeOf(parameter);
  while (shape.size() > tail.size() && shape.front() == 1)
    shape = shape.drop_front();
  return node.expand(node.reshape(parameter, shape), tail);
}

static Values convertLayerNormalization(Node &node) {
  Value input = node.get(0, "X"), scale = node.get(1, "Scale");
  if (!input || !scale)
    return {};
  auto axis = node.axisAttribute(-1, shapeOf(input).size());
  double epsilon = node.floatAttribute("epsilon", 1e-5);
  if (!axis)
    return {};
  ArrayRef<int64_t> tail = shapeOf(input).drop_front(*axis);
  scale = asTail(node, scale, tail);
  Value bias = node.getOptional(2);
  if (bias)
    bias = asTail(node, bias, tail);
  if (node.hasFailed() || !scale)
    return {};
  return {node.emitWithOptional<nn::LayerNormOp>(input, scale, bias,
                                                 APFloat(epsilon))};
}

static Values convertRMSNormalization(Node &node) {
  Value input = node.get(0, "X"), scale = node.get(1, "scale");
  if (!input || !scale)
    return {};
  auto axis = node.axisAttribute(-1, shapeOf(input).size());
  double epsilon = node.floatAttribute("epsilon", 1e-5);
  if (!axis)
    return {};
  scale = asTail(node, scale, shapeOf(input).drop_front(*axis));
  return {node.emit<nn::RMSNormOp>(input, scale, APFloat(epsilon))};
}

/// A parameter of one number per channel, so that it broadcasts to the input.
static Value perChannel(Node &node, Value parameter, int64_t inputRank) {
  if (!parameter)
    return {};
  SmallVector<int64_t> shape(std::max<int64_t>(inputRank - 1, 1), 1);
  shape[0] = shapeOf(parameter)[0];
  return node.reshape(parameter, shape);
}

/// scale / sqrt(variance + epsilon)
static Value channelScale(Node &node, Value scale, Value variance) {
  Value epsilon = node.scalar(node.floatAttribute("epsilon", 1e-5),
                              elementTypeOf(variance));
  Value deviation =
      node.emit<nn::SqrtOp>(node.emit<nn::AddOp>(variance, epsilon));
  return node.emit<nn::DivOp>(scale, deviation);
}

static Values convertBatchNormalization(Node &node) {
  static constexpr StringLiteral names[] = {"X", "scale", "B", "input_mean",
                                            "input_var"};
  SmallVector<Value> operands;
  for (auto [i, name] : llvm::enumerate(names)) {
    operands.push_back(node.get(i, name));
    if (!operands.back() || (i && !node.requireRank(operands.back(), 1, name)))
      return {};
  }
  if (node.integerAttribute("training_mode", 0) != 0) {
    node.emitError() << "attribute 'training_mode' must be 0, found 1";
    return {};
  }
  int64_t rank = shapeOf(operands[0]).size();
  if (rank < 2) {
    node.emitError() << "input 'X' must have 2 dimensions or more, found "
                     << rank;
    return {};
  }
  Value factor = channelScale(node, operands[1], operands[4]);
  Value shift = node.emit<nn::SubOp>(operands[2],
                                     node.emit<nn::MulOp>(operands[3], factor));
  Value scaled =
      node.emit<nn::MulOp>(operands[0], perChannel(node, factor, rank));
  return {node.emit<nn::AddOp>(scaled, perChannel(node, shift, rank))};
}

/// (x - mean) / sqrt(variance + epsilon) over `axes`.
static Value standardize(Node &node, Value input, ArrayRef<int64_t> axes) {
  Value mean = node.emit<nn::ReduceMeanOp>(input, axes, true);
  Value centred = node.emit<nn::SubOp>(input, mean);
  Value variance = node.emit<nn::ReduceMeanOp>(
      node.emit<nn::MulOp>(centred, centred), axes, true);
  if (!variance)
    return {};
  Value epsilon = node.scalar(node.floatAttribute("epsilon", 1e-5),
                              elementTypeOf(variance));
  return node.emit<nn::DivOp>(
      centred, node.emit<nn::SqrtOp>(node.emit<nn::AddOp>(variance, epsilon)));
}

static Values convertInstanceNormalization(Node &node) {
  Value input = node.get(0, "input"), scale = node.get(1, "scale"),
        shift = node.get(2, "B");
  if (!input || !scale || !shift || !node.requireRank(scale, 1, "scale") ||
      !node.requireRank(shift, 1, "B"))
    return {};
  int64_t rank = shapeOf(input).size();
  if (rank < 3) {
    node.emitError() << "input 'input' must have 3 dimensions or more, found "
                     << rank;
    return {};
  }
  Value result =
      standardize(node, input, llvm::to_vector(llvm::seq<int64_t>(2, rank)));
  result = node.emit<nn::MulOp>(result, perChannel(node, scale, rank));
  return {node.emit<nn::AddOp>(result, perChannel(node, shift, rank))};
}

/// Standardizes groups of channels; scale and bias are per group in opset 18
/// and per channel since 21.
static Values convertGroupNormalization(Node &node) {
  Value input = node.get(0, "X"), scale = node.get(1, "scale"),
        shift = node.get(2, "bias");
  int64_t groups = node.integerAttribute("num_groups", 0);
  if (!input || !scale || !shift || !node.requireRank(scale, 1, "scale") ||
      !node.requireRank(shift, 1, "bias"))
    return {};
  SmallVector<int64_t> shape(shapeOf(input));
  if (shape.size() < 3 || groups <= 0 || shape[1] % groups != 0) {
    node.emitError() << "attribute 'num_groups' is " << groups
                     << ", which does not divide the channels of "
                     << input.getType();
    return {};
  }
  int64_t perGroup = shape[1] / groups, inner = perGroup;
  for (int64_t size : ArrayRef<int64_t>(shape).drop_front(2))
    inner *= size;
  Value grouped = node.reshape(input, {shape[0], groups, inner});
  Value result = node.reshape(standardize(node, grouped, {2}), shape);
  auto spread = [&](Value parameter) -> Value {
    if (node.getOpset() < 21) {
      Value column = node.reshape(parameter, {shapeOf(parameter)[0], 1});
      parameter = column ? node.expand(column, {groups, perGroup}) : Value();
      parameter = node.reshape(parameter, {shape[1]});
    }
    return perChannel(node, parameter, shape.size());
  };
  result = node.emit<nn::MulOp>(result, spread(scale));
  return {node.emit<nn::AddOp>(result, spread(shift))};
}

void atleus::addNormalizationRules(Rules &rules) {
  rules.add("Softmax", convertSoftmax);
  rules.add("LogSoftmax", convertLogSoftmax);
  rules.add("LayerNormalization", convertLayerNormalization);
  rules.add("RMSNormalization", convertRMSNormalization);
  rules.add("SimplifiedLayerNormalization", convertRMSNormalization);
  rules.add("BatchNormalization", convertBatchNormalization);
  rules.add("InstanceNormalization", convertInstanceNormalization);
  rules.add("GroupNormalization", convertGroupNormalization);
}
