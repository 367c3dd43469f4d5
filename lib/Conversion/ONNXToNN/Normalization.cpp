// Rules for normalizations and softmax.
#include "Rules.h"
#include "Softmax.h"

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

Value atleus::buildLogSoftmax(KernelBuilder &builder, Value input,
                              int64_t axis) {
  Value largest = builder.emit<nn::ReduceMaxOp>(input, ArrayRef<int64_t>(axis),
                                                /*keep_dimensions=*/true);
  Value centred = builder.emit<nn::SubOp>(input, largest);
  Value sum = builder.emit<nn::ReduceSumOp>(builder.emit<nn::ExpOp>(centred),
                                            ArrayRef<int64_t>(axis),
                                            /*keep_dimensions=*/true);
  return builder.emit<nn::SubOp>(centred, builder.emit<nn::LogOp>(sum));
}

static Value buildSoftmax(KernelBuilder &builder, Value input, int64_t axis) {
  return builder.emit<nn::SoftmaxOp>(input, axis);
}

/// A function of the elements along an axis; before opset 13 along all axes
/// from that one on.
static Values convertAlongAxis(Node &node, Value (*build)(KernelBuilder &,
                                                          Value, int64_t)) {
  Value input = node.get(0, "input");
  if (!input)
    return {};
  bool flattens = node.getOpset() < 13;
  SmallVector<int64_t> shape(shapeOf(input));
  auto axis = node.axisAttribute(flattens ? 1 : -1, shape.size());
  if (!axis)
    return {};
  if (!flattens || *axis + 1 == static_cast<int64_t>(shape.size()))
    return {build(node, input, *axis)};
  Value result = build(node, flatten(node, input, *axis), 1);
  return {result ? node.reshape(result, shape) : Value()};
}

static Values convertSoftmax(Node &node) {
  return convertAlongAxis(node, buildSoftmax);
}

static Values convertLogSoftmax(Node &node) {
  return convertAlongAxis(node, buildLogSoftmax);
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

/// The mean of the last dimensions, from `axis` on, and the inverse of the
/// standard deviation, as floats of 32 bits: what training reads again.
static std::pair<Value, Value> buildStatistics(Node &node, Value input,
                                               int64_t axis, double epsilon) {
  Type f32 = node.getBuilder().getF32Type();
  SmallVector<int64_t> axes =
      llvm::to_vector(llvm::seq(axis, int64_t(shapeOf(input).size())));
  Value x = node.castElements(input, f32);
  Value mean = node.emit<nn::ReduceMeanOp>(x, axes, true);
  Value difference = node.emit<nn::SubOp>(x, mean);
  Value variance = node.emit<nn::ReduceMeanOp>(
      node.emit<nn::MulOp>(difference, difference), axes, true);
  Value shifted = node.emit<nn::AddOp>(variance, node.scalar(epsilon, f32));
  return {mean, node.emit<nn::ReciprocalOp>(node.emit<nn::SqrtOp>(shifted))};
}

/// `stash_type` is the type in which mean and deviation are computed. Here it
/// follows from that of the operands.
static void ignorePrecision(Node &node) { node.ignoreAttribute("stash_type"); }

static Values convertLayerNormalization(Node &node) {
  ignorePrecision(node);
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
  Value normalized = node.emitWithOptional<nn::LayerNormOp>(input, scale, bias,
                                                            APFloat(epsilon));
  if (!node.isOutputUsed(1) && !node.isOutputUsed(2))
    return {normalized};
  auto [mean, inverse] = buildStatistics(node, input, *axis, epsilon);
  return {normalized, mean, inverse};
}

static Values convertRMSNormalization(Node &node) {
  ignorePrecision(node);
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

/// (x - mean) * scale / sqrt(variance + epsilon) + shift for each channel, with
/// x, scale and shift the first operands.
static Value normalizeChannels(Node &node, ArrayRef<Value> operands, Value mean,
                               Value variance) {
  int64_t rank = shapeOf(operands[0]).size();
  Value factor = channelScale(node, operands[1], variance);
  Value shift =
      node.emit<nn::SubOp>(operands[2], node.emit<nn::MulOp>(mean, factor));
  Value scaled =
      node.emit<nn::MulOp>(operands[0], perChannel(node, factor, rank));
  return node.emit<nn::AddOp>(scaled, perChannel(node, shift, rank));
}

/// The result with mean and variance of the batch itself, and the running mean
/// and variance that follow from them.
static Values normalizeByBatch(Node &node, ArrayRef<Value> operands) {
  Value input = operands[0];
  int64_t rank = shapeOf(input).size();
  Shape axes = countUp(rank);
  axes.erase(axes.begin() + 1);
  Value mean = node.emit<nn::ReduceMeanOp>(input, axes, false);
  Value centred = node.emit<nn::SubOp>(input, perChannel(node, mean, rank));
  Value variance = node.emit<nn::ReduceMeanOp>(
      node.emit<nn::MulOp>(centred, centred), axes, false);
  double momentum = node.floatAttribute("momentum", 0.9);
  auto blend = [&](Value running, Value current) {
    Type type = elementTypeOf(running);
    return node.emit<nn::AddOp>(
        node.emit<nn::MulOp>(running, node.scalar(momentum, type)),
        node.emit<nn::MulOp>(current, node.scalar(1 - momentum, type)));
  };
  return {normalizeChannels(node, operands, mean, variance),
          blend(operands[3], mean), blend(operands[4], variance)};
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
  int64_t rank = shapeOf(operands[0]).size();
  if (rank < 2) {
    node.emitError() << "input 'X' must have 2 dimensions or more, found "
                     << rank;
    return {};
  }
  if (node.getOpset() < 9 && node.integerAttribute("spatial", 1) != 1) {
    node.emitError() << "attribute 'spatial' must be 1, found 0";
    return {};
  }
  // The momentum is for the statistics of a training. Before opset 7 the
  // attribute 'is_test' told training from inference, which is meant here.
  node.ignoreAttribute("momentum");
  if (node.getOpset() < 7)
    node.ignoreAttribute("is_test");
  if (node.integerAttribute("training_mode", 0) != 0)
    return normalizeByBatch(node, operands);
  return {normalizeChannels(node, operands, operands[3], operands[4])};
}

/// (x - mean) / sqrt(variance + epsilon) over `axes`.
static Value standardize(Node &node, Value input, ArrayRef<int64_t> axes,
                         double epsilon) {
  Value mean = node.emit<nn::ReduceMeanOp>(input, axes, true);
  Value centred = node.emit<nn::SubOp>(input, mean);
  Value variance = node.emit<nn::ReduceMeanOp>(
      node.emit<nn::MulOp>(centred, centred), axes, true);
  if (!variance)
    return {};
  Value raised = node.emit<nn::AddOp>(
      variance, node.scalar(epsilon, elementTypeOf(variance)));
  return node.emit<nn::DivOp>(centred, node.emit<nn::SqrtOp>(raised));
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
      standardize(node, input, llvm::to_vector(llvm::seq<int64_t>(2, rank)),
                  node.floatAttribute("epsilon", 1e-5));
  result = node.emit<nn::MulOp>(result, perChannel(node, scale, rank));
  return {node.emit<nn::AddOp>(result, perChannel(node, shift, rank))};
}

/// Standardizes groups of channels; scale and bias are per group in opset 18
/// and per channel since 21.
static Values convertGroupNormalization(Node &node) {
  ignorePrecision(node);
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
  Value result = node.reshape(
      standardize(node, grouped, {2}, node.floatAttribute("epsilon", 1e-5)),
      shape);
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

static Values convertMeanVarianceNormalization(Node &node) {
  Value input = node.get(0, "X");
  if (!input)
    return {};
  auto axes = node.normalizeAxes(
      node.integersAttribute("axes").value_or(Shape{0, 2, 3}),
      shapeOf(input).size());
  if (!axes)
    return {};
  Value mean = node.emit<nn::ReduceMeanOp>(input, *axes, true);
  Value centred = node.emit<nn::SubOp>(input, mean);
  Value deviation = node.emit<nn::SqrtOp>(node.emit<nn::ReduceMeanOp>(
      node.emit<nn::MulOp>(centred, centred), *axes, true));
  if (!deviation)
    return {};
  // The number that the operator's definition adds to the deviation.
  Value divisor = node.emit<nn::AddOp>(
      deviation, node.scalar(1e-9, elementTypeOf(deviation)));
  return {node.emit<nn::DivOp>(centred, divisor)};
}

/// Divides each element by a power of the mean of squares over channels next to
/// its own; missing ones count as zeros.
static Values convertLRN(Node &node) {
  Value input = node.get(0, "X");
  int64_t size = node.integerAttribute("size", 0);
  if (!input)
    return {};
  ArrayRef<int64_t> shape = shapeOf(input);
  if (shape.size() < 2 || size < 1 || size > nn::maxElements) {
    node.emitError() << "attribute 'size' is " << size
                     << ", which is no number of channels of "
                     << input.getType();
    return {};
  }
  Value squares = node.reshape(
      node.emit<nn::MulOp>(input, input),
      {shape[0], 1, shape[1], llvm::product_of(shape.drop_front(2))});
  int64_t before = (size - 1) / 2;
  squares =
      node.emit<nn::PadOp>(squares, Shape{0, 0, before, 0},
                           Shape{0, 0, size - 1 - before, 0}, APFloat(0.0));
  Value mean = node.emit<nn::AveragePoolOp>(
      squares, Shape{size, 1}, Shape{1, 1}, Shape(4, 0), Shape{1, 1});
  if (!mean)
    return {};
  auto number = [&](StringRef name, double otherwise) {
    return node.scalar(node.floatAttribute(name, otherwise),
                       elementTypeOf(mean));
  };
  Value base = node.emit<nn::AddOp>(
      node.emit<nn::MulOp>(node.reshape(mean, shape), number("alpha", 1e-4)),
      number("bias", 1.0));
  return {node.emit<nn::DivOp>(
      input, node.emit<nn::PowOp>(base, number("beta", 0.75)))};
}

void atleus::addNormalizationRules(Rules &rules) {
  rules.add("Softmax", convertSoftmax);
  rules.add("LogSoftmax", convertLogSoftmax);
  rules.add("LayerNormalization", convertLayerNormalization);
  rules.add("RMSNormalization", convertRMSNormalization);
  rules.add("SimplifiedLayerNormalization", convertRMSNormalization);
  rules.add("BatchNormalization", convertBatchNormalization);
  rules.add("MeanVarianceNormalization", convertMeanVarianceNormalization);
  rules.add("LRN", convertLRN);
  rules.add("InstanceNormalization", convertInstanceNormalization);
  rules.add("GroupNormalization", convertGroupNormalization);
}
