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

/// Some exporters keep parameters in nodes.
static bool isParameter(ElementsAttr value) {
  return isa<FloatType>(value.getElementType()) && value.getNumElements() > 1;
}

static Values convertConstant(Node &node) {
  ElementsAttr value = constantValue(node);
  if (value && getElementKind(value.getElementType()))
    return {isParameter(value) ? node.parameter(value) : node.constant(value)};
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

/// Ones on a diagonal of a matrix, zeros elsewhere.
static Values convertEyeLike(Node &node) {
  Value input = node.get(0, "input");
  if (!input || !node.requireRank(input, 2, "input"))
    return {};
  Type type = elementTypeOf(input);
  if (node.hasAttribute("dtype"))
    type = node.elementTypeAttribute("dtype");
  if (!type)
    return {};
  ArrayRef<int64_t> shape = shapeOf(input);
  // Beyond these, a diagonal lies outside the matrix all the same.
  int64_t diagonal =
      std::clamp(node.integerAttribute("k", 0), -shape[0], shape[1]);
  Value rows = node.countAlong(0, shape[0], 2);
  rows =
      node.emit<nn::AddOp>(rows, node.scalar(static_cast<double>(diagonal),
                                             node.getBuilder().getI64Type()));
  Value columns = node.countAlong(1, shape[1], 2);
  return {node.castElements(node.emit<nn::EqualOp>(rows, columns), type)};
}

void atleus::addShapeArithmeticRules(Rules &rules) {
  rules.add("Constant", convertConstant);
  rules.add("Shape", convertShape);
  rules.add("Size", convertSize);
  rules.add("ConstantOfShape", convertConstantOfShape);
  rules.add("Range", convertRange);
  rules.add("EyeLike", convertEyeLike);
}
