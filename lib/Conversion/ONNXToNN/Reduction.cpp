// Rules for reductions along dimensions.
#include "Rules.h"

using namespace mlir;
using namespace atleus;

namespace {
/// What a reduction does: over which axes, and whether they stay.
struct Reduction {
  Shape axes;
  bool keepDimensions;
  /// Nothing is reduced: no axes are given and that means none.
  bool isIdentity = false;
};
} // namespace

/// The axes of a reduction, an attribute before `inputSince`, then an input.
static std::optional<Reduction> readReduction(Node &node, Value data,
                                              int64_t inputSince) {
  int64_t rank = shapeOf(data).size();
  Reduction reduction;
  reduction.keepDimensions = node.integerAttribute("keepdims", 1) != 0;
  std::optional<Shape> axes;
  if (node.getOpset() < inputSince)
    axes = node.integersAttribute("axes");
  else if (node.has(1) && !(axes = node.getIntegers(1, "axes")))
    return std::nullopt;
  if (axes && axes->empty())
    axes = std::nullopt;
  // It only says what no axes mean.
  node.ignoreAttribute("noop_with_empty_axes");
  if (!axes) {
    reduction.isIdentity = node.integerAttribute("noop_with_empty_axes", 0);
    axes = countUp(rank);
  }
  axes = node.normalizeAxes(*axes, rank);
  if (!axes || node.hasFailed())
    return std::nullopt;
  reduction.axes = *axes;
  return reduction;
}

template <typename OpTy>
static Value reduce(Node &node, Value data, const Reduction &reduction) {
  if (reduction.isIdentity)
    return data;
  return node.emit<OpTy>(data, reduction.axes, reduction.keepDimensions);
}

/// A reduction of the operand itself. ReduceSum takes its axes as an input
/// since opset 13, the others since 18.
template <typename OpTy, int64_t inputSince = 18>
static Values convertReduction(Node &node) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  auto reduction = readReduction(node, data, inputSince);
  if (!reduction)
    return {};
  return {reduce<OpTy>(node, data, *reduction)};
}

/// The sum of what `Before` makes of the operand, then `after`.
template <typename Before>
static Value sumOf(Node &node, Before before) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  auto reduction = readReduction(node, data, 18);
  if (!reduction)
    return {};
  Value prepared = before(data);
  return prepared ? reduce<nn::ReduceSumOp>(node, prepared, *reduction)
                  : Value();
}

static Value sumOfSquares(Node &node) {
  return sumOf(node,
               [&](Value data) { return node.emit<nn::MulOp>(data, data); });
}

static Values convertSumSquare(Node &node) { return {sumOfSquares(node)}; }

static Values convertL2(Node &node) {
  return {node.emit<nn::SqrtOp>(sumOfSquares(node))};
}

static Values convertL1(Node &node) {
  return {sumOf(node, [&](Value data) { return node.emit<nn::AbsOp>(data); })};
}

static Values convertLogSum(Node &node) {
  return {node.emit<nn::LogOp>(sumOf(node, [](Value data) { return data; }))};
}

/// log(sum(exp(x))), with the maximum taken out so that it cannot overflow.
static Values convertLogSumExp(Node &node) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  auto reduction = readReduction(node, data, 18);
  if (!reduction)
    return {};
  if (reduction->isIdentity)
    return {data};
  Value largest = node.emit<nn::ReduceMaxOp>(data, reduction->axes, true);
  Value powers = node.emit<nn::ExpOp>(node.emit<nn::SubOp>(data, largest));
  Value sum = node.emit<nn::ReduceSumOp>(powers, reduction->axes, true);
  Value result = node.emit<nn::AddOp>(node.emit<nn::LogOp>(sum), largest);
  if (!result || reduction->keepDimensions)
    return {result};
  SmallVector<int64_t> shape;
  for (auto [i, size] : llvm::enumerate(shapeOf(data)))
    if (!llvm::is_contained(reduction->axes, static_cast<int64_t>(i)))
      shape.push_back(size);
  return {node.reshape(result, shape)};
}

/// A value that is largest where `data` is smallest. What is done to integers
/// cannot overflow.
static Value mirror(Node &node, Value data) {
  auto type = dyn_cast<IntegerType>(elementTypeOf(data));
  if (!type)
    return node.emit<nn::NegOp>(data);
  // All bits set: -1, or the largest unsigned integer.
  return node.emit<nn::SubOp>(node.scalar(-1, type), data);
}

/// The elements of dimension `axis` in reverse order.
static Value reverse(Node &node, Value data, int64_t axis) {
  if (!data)
    return {};
  SmallVector<int64_t> offsets(shapeOf(data).size(), 0), sizes(shapeOf(data)),
      strides(offsets.size(), 1);
  if (sizes[axis] == 0)
    return data;
  offsets[axis] = sizes[axis] - 1;
  strides[axis] = -1;
  return node.emit<nn::SliceOp>(data, offsets, sizes, strides);
}

/// ArgMax, or ArgMin as the ArgMax of the mirrored operand.
template <bool isMinimum>
static Values convertArgument(Node &node) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  auto axis = node.axisAttribute(0, shapeOf(data).size());
  if (!axis)
    return {};
  bool keep = node.integerAttribute("keepdims", 1) != 0;
  bool isLast = node.integerAttribute("select_last_index", 0) != 0;
  int64_t size = shapeOf(data)[*axis];
  if (isMinimum)
    data = mirror(node, data);
  if (isLast)
    data = reverse(node, data, *axis);
  Value index = node.emit<nn::ArgMaxOp>(data, *axis, keep);
  if (!isLast || !index)
    return {index};
  Value last = node.scalar(static_cast<double>(size - 1), elementTypeOf(index));
  return {node.emit<nn::SubOp>(last, index)};
}

/// The running sums moved by one place along `axis`, zero in the first.
static Value shiftByOne(Node &node, Value sums, int64_t axis) {
  if (!sums || shapeOf(sums)[axis] == 0)
    return sums;
  int64_t rank = shapeOf(sums).size();
  Value kept = node.sliceAxis(sums, axis, 0, shapeOf(sums)[axis] - 1);
  Shape low(rank, 0), high(rank, 0);
  low[axis] = 1;
  return node.emit<nn::PadOp>(kept, low, high, APFloat(0.0));
}

static Values convertCumSum(Node &node) {
  Value data = node.get(0, "x");
  auto number = node.getInteger(1, "axis");
  if (!data || !number)
    return {};
  auto axis = node.normalizeAxis(*number, shapeOf(data).size());
  if (!axis)
    return {};
  bool isReverse = node.integerAttribute("reverse", 0) != 0;
  bool isExclusive = node.integerAttribute("exclusive", 0) != 0;
  if (isReverse)
    data = reverse(node, data, *axis);
  Value sums = node.emit<nn::CumSumOp>(data, *axis);
  if (isExclusive)
    sums = shiftByOne(node, sums, *axis);
  return {isReverse ? reverse(node, sums, *axis) : sums};
}

void atleus::addReductionRules(Rules &rules) {
  rules.add("ReduceSum", convertReduction<nn::ReduceSumOp, 13>);
  rules.add("ReduceMean", convertReduction<nn::ReduceMeanOp>);
  rules.add("ReduceMax", convertReduction<nn::ReduceMaxOp>);
  rules.add("ReduceMin", convertReduction<nn::ReduceMinOp>);
  rules.add("ReduceProd", convertReduction<nn::ReduceProdOp>);
  rules.add("ReduceSumSquare", convertSumSquare);
  rules.add("ReduceL1", convertL1);
  rules.add("ReduceL2", convertL2);
  rules.add("ReduceLogSum", convertLogSum);
  rules.add("ReduceLogSumExp", convertLogSumExp);
  rules.add("ArgMax", convertArgument<false>);
  rules.add("ArgMin", convertArgument<true>);
  rules.add("CumSum", convertCumSum);
}
