// Rules for operators that take tensors apart and put them together.
#include "Rules.h"

using namespace mlir;
using namespace atleus;

namespace {
/// The inputs of a Slice, a number for each sliced axis.
struct Ranges {
  Shape starts, ends, axes, steps;
};
} // namespace

/// Attributes before opset 10, inputs since.
static std::optional<Ranges> readRanges(Node &node, int64_t rank) {
  bool hasInputs = node.getOpset() >= 10;
  auto starts = hasInputs ? node.getIntegers(1, "starts")
                          : node.integersAttribute("starts");
  auto ends =
      hasInputs ? node.getIntegers(2, "ends") : node.integersAttribute("ends");
  if (!starts || !ends) {
    if (!node.hasFailed())
      node.emitError() << "attributes 'starts' and 'ends' are missing";
    return std::nullopt;
  }
  std::optional<Shape> axes = countUp(starts->size());
  std::optional<Shape> steps = Shape(starts->size(), 1);
  if (!hasInputs)
    axes = node.integersAttribute("axes").value_or(*axes);
  else if (node.has(3))
    axes = node.getIntegers(3, "axes");
  if (hasInputs && node.has(4))
    steps = node.getIntegers(4, "steps");
  if (!axes || !steps)
    return std::nullopt;
  if (ends->size() != starts->size() || axes->size() != starts->size() ||
      steps->size() != starts->size()) {
    node.emitError() << "starts, ends, axes and steps have " << starts->size()
                     << ", " << ends->size() << ", " << axes->size() << " and "
                     << steps->size() << " numbers, which must be equal";
    return std::nullopt;
  }
  for (int64_t &axis : *axes) {
    auto counted = node.normalizeAxis(axis, rank);
    if (!counted)
      return std::nullopt;
    axis = *counted;
  }
  return Ranges{*starts, *ends, *axes, *steps};
}

/// Clamps a start or an end to [low, high]; negative ones count from the end.
static int64_t clampPosition(int64_t position, int64_t extent, int64_t low,
                             int64_t high) {
  if (position < 0)
    position += extent;
  return std::clamp(position, low, high);
}

static Values convertSlice(Node &node) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  ArrayRef<int64_t> shape = shapeOf(data);
  std::optional<Ranges> ranges = readRanges(node, shape.size());
  if (!ranges)
    return {};
  SmallVector<int64_t> offsets(shape.size(), 0), sizes(shape),
      strides(shape.size(), 1);
  for (auto [start, end, axis, step] :
       llvm::zip(ranges->starts, ranges->ends, ranges->axes, ranges->steps)) {
    if (step == 0) {
      node.emitError() << "the step of axis " << axis << " is zero";
      return {};
    }
    int64_t extent = shape[axis];
    if (extent == 0)
      continue;
    bool forward = step > 0;
    int64_t first = clampPosition(start, extent, 0, extent - (forward ? 0 : 1));
    int64_t last = clampPosition(end, extent, forward ? 0 : -1,
                                 extent - (forward ? 0 : 1));
    int64_t length = forward ? last - first : first - last;
    int64_t width = forward ? step : (step == INT64_MIN ? INT64_MAX : -step);
    sizes[axis] = length <= 0 ? 0 : (length - 1) / width + 1;
    offsets[axis] = sizes[axis] == 0 ? 0 : first;
    strides[axis] = sizes[axis] <= 1 ? 1 : step;
  }
  return {node.emit<nn::SliceOp>(data, offsets, sizes, strides)};
}

/// The sizes of the parts: given, or equal but for the last.
static std::optional<Shape> readParts(Node &node, int64_t extent) {
  std::optional<Shape> parts;
  if (node.getOpset() < 13)
    parts = node.integersAttribute("split");
  else if (node.has(1) && !(parts = node.getIntegers(1, "split")))
    return std::nullopt;
  int64_t count = node.getNumOutputs();
  if (int64_t stated = node.integerAttribute("num_outputs", count);
      stated != count) {
    node.emitError() << "attribute 'num_outputs' is " << stated
                     << ", but the node has " << count << " outputs";
    return std::nullopt;
  }
  if (!parts) {
    int64_t size = (extent + count - 1) / count;
    parts = Shape();
    for (int64_t i = 0; i < count; ++i)
      parts->push_back(std::max<int64_t>(0, std::min(size, extent - i * size)));
  }
  // What is left of the extent; below zero when the parts are too large.
  int64_t left = extent;
  for (int64_t size : *parts)
    left = size < 0 || size > left ? -1 : left - size;
  if (left == 0 && static_cast<int64_t>(parts->size()) == count)
    return parts;
  node.emitError() << "parts [" << ArrayRef<int64_t>(*parts)
                   << "] do not add up to " << extent << " elements in "
                   << count << " outputs";
  return std::nullopt;
}

static Values convertSplit(Node &node) {
  Value input = node.get(0, "input");
  if (!input || node.getNumOutputs() == 0)
    return {};
  auto axis = node.axisAttribute(0, shapeOf(input).size());
  if (!axis)
    return {};
  std::optional<Shape> parts = readParts(node, shapeOf(input)[*axis]);
  if (!parts)
    return {};
  Values results;
  int64_t offset = 0;
  for (int64_t size : *parts) {
    results.push_back(node.sliceAxis(input, *axis, offset, size));
    offset += size;
  }
  return results;
}

static Values convertConcat(Node &node) {
  ArrayRef<Value> inputs = node.getAll();
  if (inputs.empty())
    return {};
  if (!node.hasAttribute("axis")) {
    node.emitError() << "attribute 'axis' is missing";
    return {};
  }
  auto axis = node.axisAttribute(0, shapeOf(inputs.front()).size());
  if (!axis)
    return {};
  SmallVector<Value> parts;
  for (Value input : inputs) {
    ArrayRef<int64_t> shape = shapeOf(input);
    bool isEmpty =
        *axis < static_cast<int64_t>(shape.size()) && shape[*axis] == 0;
    if (!isEmpty)
      parts.push_back(input);
  }
  if (parts.empty())
    parts.push_back(inputs.front());
  return {node.emit<nn::ConcatOp>(parts, *axis)};
}

static Values convertTrilu(Node &node) {
  Value input = node.get(0, "input");
  std::optional<int64_t> diagonal = 0;
  if (node.has(1))
    diagonal = node.getInteger(1, "k");
  if (!input || !diagonal)
    return {};
  return {node.emit<nn::TriluOp>(input, *diagonal,
                                 node.integerAttribute("upper", 1) != 0)};
}

void atleus::addSelectionRules(Rules &rules) {
  rules.add("Slice", convertSlice);
  rules.add("Split", convertSplit);
  rules.add("Concat", convertConcat);
  rules.add("Trilu", convertTrilu);
}
