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

/// ArgMax, or ArgMin as the ArgMax of the negated operand.
template <bool isMinimum>
static Values convertArgument(Node &node) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  auto axis = node.axisAttribute(0, shapeOf(data).size());
  if (!axis)
    return {};
  if (node.integerAttribute("select_last_index", 0) != 0) {
    node.emitError() << "attribute 'select_last_index' must be 0, found 1";
    return {};
  }
  if (isMinimum)
    data = node.emit<nn::NegOp>(data);
  return {node.emit<nn::ArgMaxOp>(data, *axis,
                                  node.integerAttribute("keepdims", 1) != 0)};
}

static Values convertCumSum(Node &node) {
  Value data = node.get(0, "x");
  auto number = node.getInteger(1, "axis");
  if (!data || !number)
    return {};
  auto axis = node.normalizeAxis(*number, shapeOf(data).size());
  if (!axis)
    return {};
  for (StringRef name : {"exclusive", "reverse"})
    if (node.integerAttribute(name, 0) != 0) {
      node.emitError() << "attribute '" << name << "' must be 0, found 1";
      return {};
    }
  return {node.emit<nn::CumSumOp>(data, *axis)};
}

/// The mean or maximum over all dimensions behind batch and channels.
template <typename OpTy>
static Values convertGlobalPool(Node &node) {
  Value input = node.get(0, "X");
  if (!input)
    return {};
  int64_t rank = shapeOf(input).size();
  if (rank < 3) {
    node.emitError() << "input 'X' must have 3 dimensions or more, found "
                     << rank;
    return {};
  }
  return {node.emit<OpTy>(input, llvm::to_vector(llvm::seq<int64_t>(2, rank)),
                          true)};
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
  rules.add("GlobalAveragePool", convertGlobalPool<nn::ReduceMeanOp>);
  rules.add("GlobalMaxPool", convertGlobalPool<nn::ReduceMaxOp>);
}
