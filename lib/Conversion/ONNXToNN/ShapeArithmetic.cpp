// Rules for operators that make constants: of attributes and of shapes.
#include "Rules.h"

using namespace mlir;
using namespace atleus;

template <typename T>
static ElementsAttr listAttribute(Type element, ArrayRef<T> values) {
  auto type =
      RankedTensorType::get({static_cast<int64_t>(values.size())}, element);
  return DenseElementsAttr::get(type, values);
}

/// The value of a Constant, whichever attribute holds it; null if none does.
static ElementsAttr constantValue(Node &node) {
  Builder &builder = node.getBuilder();
  if (ElementsAttr value = node.tensorAttribute("value"))
    return value;
  if (node.hasAttribute("value_int"))
    return DenseElementsAttr::get(
        RankedTensorType::get({}, builder.getI64Type()),
        node.integerAttribute("value_int", 0));
  if (node.hasAttribute("value_float"))
    return createSplat(RankedTensorType::get({}, builder.getF32Type()),
                       node.floatAttribute("value_float", 0));
  if (auto values = node.integersAttribute("value_ints"))
    return listAttribute<int64_t>(builder.getI64Type(), *values);
  if (auto values = node.floatsAttribute("value_floats"))
    return listAttribute<float>(builder.getF32Type(), *values);
  return {};
}

static Values convertConstant(Node &node) {
  ElementsAttr value = constantValue(node);
  if (value && getElementKind(value.getElementType()))
    return {node.constant(value)};
  if (node.hasFailed())
    return {};
  if (value)
    node.emitError() << "element type " << value.getElementType()
                     << " is not supported";
  else
    node.emitError() << "needs one of the attributes 'value', 'value_int', "
                        "'value_ints', 'value_float' and 'value_floats'";
  return {};
}

static Values convertShape(Node &node) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  int64_t rank = shapeOf(data).size();
  auto bound = [&](StringRef name, int64_t otherwise) {
    int64_t position = node.integerAttribute(name, otherwise);
    return std::clamp<int64_t>(position < 0 ? position + rank : position, 0,
                               rank);
  };
  int64_t start = bound("start", 0), end = bound("end", rank);
  return {node.integers(
      shapeOf(data).slice(start, std::max<int64_t>(0, end - start)))};
}

static Values convertSize(Node &node) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  auto type = RankedTensorType::get({}, node.getBuilder().getI64Type());
  int64_t count = cast<RankedTensorType>(data.getType()).getNumElements();
  return {node.constant(DenseElementsAttr::get(type, count))};
}

static Values convertConstantOfShape(Node &node) {
  std::optional<Shape> shape = node.getIntegers(0, "input");
  if (!shape)
    return {};
  if (llvm::any_of(*shape, [](int64_t size) { return size < 0; }) ||
      !checkedNumElements(*shape)) {
    node.emitError() << "[" << ArrayRef<int64_t>(*shape) << "] is no shape";
    return {};
  }
  ElementsAttr value = node.tensorAttribute("value");
  if (node.hasFailed())
    return {};
  if (!value)
    return {node.splat(0, *shape, node.getBuilder().getF32Type())};
  auto element = dyn_cast<DenseElementsAttr>(value);
  if (!element || element.getNumElements() != 1) {
    node.emitError() << "attribute 'value' must have 1 element, found "
                     << value.getType();
    return {};
  }
  auto type = RankedTensorType::get(*shape, value.getElementType());
  return {node.constant(element.resizeSplat(type))};
}

/// The numbers of a range are written out.
static constexpr int64_t maximumRange = int64_t(1) << 23;

/// Numbers from `start` to before `limit` of the C++ type T.
template <typename T>
static Value range(Node &node, T start, T limit, T delta, Type elementType) {
  double count = std::ceil((static_cast<double>(limit) - start) / delta);
  if (delta == 0 || std::isnan(count) || count > maximumRange) {
    InFlightDiagnostic error =
        node.emitError() << "the range from " << static_cast<double>(start)
                         << " to " << static_cast<double>(limit)
                         << " in steps of " << static_cast<double>(delta);
    if (delta == 0 || std::isinf(count) || std::isnan(count))
      error << " has no end";
    else
      error << " has " << count << " elements; limit is " << maximumRange;
    return {};
  }
  std::vector<T> values(count > 0 ? static_cast<size_t>(count) : 0);
  for (size_t i = 0; i < values.size(); ++i)
    if constexpr (std::is_integral_v<T>)
      // The product alone may not fit, the sum does.
      values[i] = static_cast<T>(static_cast<uint64_t>(start) +
                                 i * static_cast<uint64_t>(delta));
    else
      values[i] = start + static_cast<T>(i) * delta;
  Tensor tensor =
      Tensor::of<T>({static_cast<int64_t>(values.size())}, elementType, values);
  return node.constant(createElements(tensor));
}

static Values convertRange(Node &node) {
  auto start = node.getConstant(0, "start"),
       limit = node.getConstant(1, "limit"),
       delta = node.getConstant(2, "delta");
  if (!start || !limit || !delta)
    return {};
  for (const Tensor &tensor : {*start, *limit, *delta})
    if (tensor.numElements() != 1 ||
        tensor.getElementType() != start->getElementType()) {
      node.emitError() << "start, limit and delta must be numbers of one type, "
                          "found "
                       << start->getType() << ", " << limit->getType()
                       << " and " << delta->getType();
      return {};
    }
  Type type = start->getElementType();
  ElementKind kind = start->getKind();
  if (kind == ElementKind::Float32)
    return {range<float>(node, start->getFloat(0), limit->getFloat(0),
                         delta->getFloat(0), type)};
  if (kind == ElementKind::Float64)
    return {range<double>(node, start->getFloat(0), limit->getFloat(0),
                          delta->getFloat(0), type)};
  if (isFloat(kind)) {
    node.emitError() << "element type " << type << " is not supported";
    return {};
  }
  Value integers =
      range<int64_t>(node, start->getInteger(0), limit->getInteger(0),
                     delta->getInteger(0), node.getBuilder().getI64Type());
  return {node.castElements(integers, type)};
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

/// The first element of the slice of `data` that row `row` of `indices` names,
/// or std::nullopt if an index is out of range.
static std::optional<int64_t> sliceStart(const Tensor &data,
                                         const Tensor &indices, int64_t row) {
  int64_t depth = indices.getShape().back(), start = 0;
  for (int64_t axis = 0; axis < data.getRank(); ++axis) {
    int64_t index = axis < depth ? indices.getInteger(row * depth + axis) : 0;
    if (index < 0)
      index += data.getDim(axis);
    if (index < 0 || index >= data.getDim(axis))
      return std::nullopt;
    start = start * data.getDim(axis) + index;
  }
  return start;
}

/// Slices of a constant replaced by others: how exporters write to a buffer.
static Values convertScatterND(Node &node) {
  auto data = node.getConstant(0, "data");
  auto indices = node.getConstant(1, "indices");
  auto updates = node.getConstant(2, "updates");
  if (!data || !indices || !updates)
    return {};
  if (node.stringAttribute("reduction", "none") != "none") {
    node.emitError() << "attribute 'reduction' must be 'none', found '"
                     << node.stringAttribute("reduction", "none") << "'";
    return {};
  }
  int64_t depth = indices->getRank() ? indices->getShape().back() : 0;
  int64_t rows = depth ? indices->numElements() / depth : 0;
  int64_t width = 1;
  for (int64_t axis = depth; axis < data->getRank(); ++axis)
    width *= data->getDim(axis);
  if (depth < 1 || depth > data->getRank() ||
      updates->getKind() != data->getKind() ||
      updates->numElements() != rows * width) {
    node.emitError() << "indices " << indices->getType() << " and updates "
                     << updates->getType() << " do not go with "
                     << data->getType();
    return {};
  }
  Tensor result = *data;
  size_t size = getElementBytes(data->getKind()) * width;
  for (int64_t row = 0; row < rows; ++row) {
    std::optional<int64_t> start = sliceStart(*data, *indices, row);
    if (!start) {
      node.emitError() << "row " << row << " of the indices is out of range "
                       << "for " << data->getType();
      return {};
    }
    llvm::copy(updates->bytes().slice(row * size, size),
               result.mutableBytes().begin() +
                   *start * getElementBytes(data->getKind()));
  }
  return {node.constant(createElements(result))};
}

void atleus::addShapeArithmeticRules(Rules &rules) {
  rules.add("Constant", convertConstant);
  rules.add("Shape", convertShape);
  rules.add("Size", convertSize);
  rules.add("ConstantOfShape", convertConstantOfShape);
  rules.add("Range", convertRange);
  rules.add("NonZero", convertNonZero);
  rules.add("ScatterND", convertScatterND);
}
