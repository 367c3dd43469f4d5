// Rules for operators that read and write elements by indices.
#include "Rules.h"
#include "SelectedPlaces.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// A gather by indices known when compiling, without a look-up if they ascend
/// in a few steps. Null if they do not.
static Value gatherKnown(Node &node, Value data, const Tensor &indices,
                         int64_t axis) {
  int64_t extent = shapeOf(data)[axis];
  SmallVector<int64_t> places;
  for (int64_t i = 0; i < indices.numElements(); ++i) {
    int64_t index = indices.getInteger(i);
    if (index < -extent || index >= extent) {
      node.emitError() << "index " << index << " is out of range for dimension "
                       << axis << " of size " << extent;
      return {};
    }
    places.push_back(index < 0 ? index + extent : index);
  }
  if (!isFewSlices(places))
    return {};
  SmallVector<int64_t> shape(shapeOf(data).take_front(axis));
  llvm::append_range(shape, indices.getShape());
  llvm::append_range(shape, shapeOf(data).drop_front(axis + 1));
  return node.reshape(selectPlaces(node, data, axis, places), shape);
}

static Values convertGather(Node &node) {
  Value data = node.get(0, "data"), indices = node.get(1, "indices");
  if (!data || !indices)
    return {};
  auto axis = node.axisAttribute(0, shapeOf(data).size());
  if (!axis)
    return {};
  if (std::optional<Tensor> known = getConstantTensor(indices);
      known && !isFloat(known->getKind())) {
    Value slice = gatherKnown(node, data, *known, *axis);
    if (slice || node.hasFailed())
      return {slice};
  }
  bool isTable = *axis == 0 && shapeOf(data).size() == 2 &&
                 nn::isStatic(data) && !nn::isStatic(indices) &&
                 isa<FloatType>(elementTypeOf(data));
  if (isTable)
    return {node.emit<nn::EmbeddingOp>(data, indices)};
  return {node.emit<nn::GatherOp>(data, indices, *axis)};
}

static Values convertGatherElements(Node &node) {
  Value data = node.get(0, "data"), indices = node.get(1, "indices");
  if (!data || !indices)
    return {};
  auto axis = node.axisAttribute(0, shapeOf(data).size());
  if (!axis)
    return {};
  return {node.emit<nn::GatherElementsOp>(data, indices, *axis)};
}

static Values convertGatherND(Node &node) {
  return {node.emit<nn::GatherNDOp>(node.get(0, "data"), node.get(1, "indices"),
                                    node.integerAttribute("batch_dims", 0))};
}

/// The elements, or slices along an axis, for which a condition holds that is
/// known when compiling: the size of the result depends on it.
static Values convertCompress(Node &node) {
  Value input = node.get(0, "input");
  std::optional<Tensor> condition = node.getConstant(1, "condition");
  if (!input || !condition)
    return {};
  int64_t axis = 0;
  if (!node.hasAttribute("axis")) {
    input = node.reshape(input, {llvm::product_of(shapeOf(input))});
  } else {
    auto given = node.axisAttribute(0, shapeOf(input).size());
    if (!given)
      return {};
    axis = *given;
  }
  if (condition->numElements() > shapeOf(input)[axis]) {
    node.emitError() << "condition has " << condition->numElements()
                     << " elements for the " << shapeOf(input)[axis]
                     << " of dimension " << axis;
    return {};
  }
  SmallVector<int64_t> places;
  for (int64_t i = 0; i < condition->numElements(); ++i)
    if (condition->getInteger(i) != 0)
      places.push_back(i);
  return {selectPlaces(node, input, axis, places)};
}

/// The first elements of each sequence of a batch in reverse order, as many as
/// the sequence is long.
static Values convertReverseSequence(Node &node) {
  Value input = node.get(0, "input"), lengths = node.get(1, "sequence_lens");
  if (!input || !lengths || !node.requireRank(lengths, 1, "sequence_lens"))
    return {};
  int64_t rank = shapeOf(input).size();
  auto time = node.axisAttribute(0, rank, "time_axis");
  auto batch = node.axisAttribute(1, rank, "batch_axis");
  if (!time || !batch)
    return {};
  if (*time == *batch || shapeOf(lengths)[0] != shapeOf(input)[*batch]) {
    node.emitError() << "lengths of " << shapeOf(lengths)[0]
                     << " sequences along axis " << *time
                     << " do not go with axis " << *batch << " of "
                     << input.getType();
    return {};
  }
  SmallVector<int64_t> alongBatch(rank, 1);
  alongBatch[*batch] = shapeOf(input)[*batch];
  Type index = node.getBuilder().getI64Type();
  Value steps = node.countAlong(*time, shapeOf(input)[*time], rank);
  Value length = node.reshape(node.castElements(lengths, index), alongBatch);
  Value reversed = node.emit<nn::SubOp>(
      node.emit<nn::SubOp>(length, node.scalar(1, index)), steps);
  Value places = node.emit<nn::SelectOp>(node.emit<nn::LessOp>(steps, length),
                                         reversed, steps);
  return {node.emit<nn::GatherElementsOp>(
      input, node.expand(places, shapeOf(input)), *time)};
}

/// The positions of the elements of a constant that are not zero, a row for
/// each dimension.
static Values convertNonZero(Node &node) {
  std::optional<Tensor> tensor = node.getConstant(0, "X");
  if (!tensor)
    return {};
  SmallVector<int64_t> found;
  for (int64_t i = 0; i < tensor->numElements(); ++i)
    if (isFloat(tensor->getKind()) ? tensor->getFloat(i) != 0
                                   : tensor->getInteger(i) != 0)
      found.push_back(i);
  int64_t rank = tensor->getRank(), count = found.size();
  SmallVector<int64_t> positions(rank * count);
  for (auto [column, linear] : llvm::enumerate(found))
    for (int64_t axis = rank - 1, rest = linear; axis >= 0; --axis) {
      positions[axis * count + column] = rest % tensor->getDim(axis);
      rest /= tensor->getDim(axis);
    }
  return {node.constant(createElements(Tensor::of<int64_t>(
      {rank, count}, node.getBuilder().getI64Type(), positions)))};
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// How updates are combined with what was there.
static std::optional<nn::ScatterReduction> readReduction(Node &node) {
  StringRef name = node.stringAttribute("reduction", "none");
  std::optional<nn::ScatterReduction> reduction =
      llvm::StringSwitch<std::optional<nn::ScatterReduction>>(name)
          .Case("none", nn::ScatterReduction::Replace)
          .Case("add", nn::ScatterReduction::Add)
          .Case("mul", nn::ScatterReduction::Multiply)
          .Case("max", nn::ScatterReduction::Maximum)
          .Case("min", nn::ScatterReduction::Minimum)
          .Default(std::nullopt);
  if (!reduction)
    node.emitError() << "attribute 'reduction' must be 'none', 'add', 'mul', "
                        "'max' or 'min', found '"
                     << name << "'";
  return reduction;
}

static Values convertScatterElements(Node &node) {
  Value data = node.get(0, "data"), indices = node.get(1, "indices"),
        updates = node.get(2, "updates");
  auto reduction = readReduction(node);
  if (!data || !indices || !updates || !reduction)
    return {};
  auto axis = node.axisAttribute(0, shapeOf(data).size());
  if (!axis)
    return {};
  return {node.emit<nn::ScatterElementsOp>(data, indices, updates, *axis,
                                           *reduction)};
}

static Values convertScatterND(Node &node) {
  Value data = node.get(0, "data"), indices = node.get(1, "indices"),
        updates = node.get(2, "updates");
  auto reduction = readReduction(node);
  if (!reduction)
    return {};
  return {node.emit<nn::ScatterNDOp>(data, indices, updates, *reduction)};
}

//===----------------------------------------------------------------------===//
// Order, one-hot
//===----------------------------------------------------------------------===//

/// The number of elements that a TopK keeps, an attribute before opset 10.
static std::optional<int64_t> readCount(Node &node) {
  if (node.getOpset() >= 10)
    return node.getInteger(1, "K");
  if (node.hasAttribute("k"))
    return node.integerAttribute("k", 0);
  node.emitError() << "attribute 'k' is missing";
  return std::nullopt;
}

static Values convertTopK(Node &node) {
  Value input = node.get(0, "X");
  std::optional<int64_t> count = input ? readCount(node) : std::nullopt;
  if (!count)
    return {};
  auto axis = node.axisAttribute(-1, shapeOf(input).size());
  if (!axis)
    return {};
  bool isSmallest = node.integerAttribute("largest", 1) == 0;
  // In any order is in order too.
  node.ignoreAttribute("sorted");
  Value indices = node.emit<nn::TopKOp>(input, *axis, *count, isSmallest);
  return {node.emit<nn::GatherElementsOp>(input, indices, *axis), indices};
}

/// Whether each of `count` numbers along dimension `axis` of the result equals
/// the index at that place, where dimension `axis` of the indices has size 1.
static Value isIndex(Node &node, Value indices, int64_t axis, int64_t count) {
  if (!indices)
    return {};
  Value numbers = node.countAlong(axis, count, shapeOf(indices).size());
  return node.emit<nn::EqualOp>(
      indices, node.castElements(numbers, elementTypeOf(indices)));
}

static Values convertOneHot(Node &node) {
  Value indices = node.get(0, "indices"), values = node.get(2, "values");
  std::optional<Tensor> depth = node.getConstant(1, "depth");
  if (!indices || !values || !depth || !node.requireRank(values, 1, "values"))
    return {};
  double given = depth->numElements() == 1 ? depth->getFloat(0) : -1;
  bool isDepth = given >= 0 && given <= static_cast<double>(nn::maxElements);
  auto count = static_cast<int64_t>(isDepth ? given : 0);
  if (!isDepth || shapeOf(values)[0] != 2) {
    node.emitError() << "needs a depth from 0 to 2^40 and 2 values, found "
                     << depth->getType() << " and " << values.getType();
    return {};
  }
  int64_t rank = shapeOf(indices).size();
  auto axis = node.axisAttribute(-1, rank + 1);
  if (!axis)
    return {};
  SmallVector<int64_t> shape(shapeOf(indices));
  shape.insert(shape.begin() + *axis, 1);
  Type index = node.getBuilder().getI64Type();
  indices = node.reshape(node.castElements(indices, index), shape);
  // Negative indices count from the end.
  Value isNegative = node.emit<nn::LessOp>(indices, node.scalar(0, index));
  Value raised = node.emit<nn::AddOp>(
      indices, node.scalar(static_cast<double>(count), index));
  indices = node.emit<nn::SelectOp>(isNegative, raised, indices);
  auto value = [&](int64_t i) {
    return node.reshape(node.sliceAxis(values, 0, i, 1), {});
  };
  return {node.emit<nn::SelectOp>(isIndex(node, indices, *axis, count),
                                  value(1), value(0))};
}

/// One at the first maximum along an axis, zero elsewhere. Before opset 13 the
/// maximum is that of all dimensions from the axis on.
static Values convertHardmax(Node &node) {
  Value input = node.get(0, "input");
  if (!input)
    return {};
  bool flattens = node.getOpset() < 13;
  SmallVector<int64_t> shape(shapeOf(input));
  auto axis = node.axisAttribute(flattens ? 1 : -1, shape.size());
  if (!axis)
    return {};
  if (flattens) {
    ArrayRef<int64_t> sizes = shape;
    input = node.reshape(input, {llvm::product_of(sizes.take_front(*axis)),
                                 llvm::product_of(sizes.drop_front(*axis))});
    axis = 1;
  }
  Value index = node.emit<nn::ArgMaxOp>(input, *axis, /*keep_dimension=*/true);
  if (!index)
    return {};
  Value isMaximum = isIndex(node, index, *axis, shapeOf(input)[*axis]);
  return {
      node.reshape(node.castElements(isMaximum, elementTypeOf(input)), shape)};
}

void atleus::addIndexingRules(Rules &rules) {
  rules.add("Gather", convertGather);
  rules.add("GatherElements", convertGatherElements);
  rules.add("GatherND", convertGatherND);
  rules.add("Compress", convertCompress);
  rules.add("ReverseSequence", convertReverseSequence);
  rules.add("NonZero", convertNonZero);
  rules.add("Scatter", convertScatterElements);
  rules.add("ScatterElements", convertScatterElements);
  rules.add("ScatterND", convertScatterND);
  rules.add("TopK", convertTopK);
  rules.add("OneHot", convertOneHot);
  rules.add("Hardmax", convertHardmax);
}
