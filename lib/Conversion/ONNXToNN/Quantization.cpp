// Rules for operators between floats and integers with a scale.
#include "QuantizedTypes.h"
#include "Rules.h"

using namespace mlir;
using namespace atleus;

/// The parameters that the inputs 1 and 2 and the attributes of a node give for
/// a tensor of `rank` dimensions.
static std::optional<QuantizationParameters>
readParameters(Node &node, int64_t rank, StringRef scaleName) {
  QuantizationParameters parameters;
  parameters.scale = node.get(1, scaleName);
  parameters.zeroPoint = node.getOptional(2);
  parameters.blockSize = node.integerAttribute("block_size", 0);
  if (!parameters.scale)
    return std::nullopt;
  if (parameters.blockSize < 0) {
    node.emitError() << "attribute 'block_size' must not be negative, found "
                     << parameters.blockSize;
    return std::nullopt;
  }
  if (parameters.zeroPoint &&
      shapeOf(parameters.zeroPoint) != shapeOf(parameters.scale) &&
      llvm::product_of(shapeOf(parameters.zeroPoint)) !=
          llvm::product_of(shapeOf(parameters.scale))) {
    node.emitError() << "scale has shape [" << shapeOf(parameters.scale)
                     << "], but the zero point has ["
                     << shapeOf(parameters.zeroPoint) << "]";
    return std::nullopt;
  }
  // A single scale has no axis, whatever the attribute says.
  node.ignoreAttribute("axis");
  if (llvm::product_of(shapeOf(parameters.scale)) == 1 &&
      parameters.blockSize == 0)
    return parameters;
  std::optional<int64_t> axis = node.axisAttribute(1, rank);
  if (!axis)
    return std::nullopt;
  parameters.axis = *axis;
  return parameters;
}

/// `type` as integers that a value can be stored in, or null with an error.
static IntegerType asStorage(Node &node, Type type) {
  auto integer = dyn_cast_or_null<IntegerType>(type);
  if (integer && integer.getWidth() >= 2 && integer.getWidth() <= 32)
    return integer;
  if (type)
    node.emitError() << "quantized values must be integers of 2 to 32 bits, "
                        "found "
                     << type;
  return {};
}

static Values convertQuantizeLinear(Node &node) {
  // It is about floats of 8 bits, which are no integers.
  node.ignoreAttribute("saturate");
  // The quotient is computed in the type of the input, or in 32 bits.
  node.ignoreAttribute("precision");
  Value input = node.get(0, "x");
  if (!input)
    return {};
  auto parameters = readParameters(node, shapeOf(input).size(), "y_scale");
  if (!parameters)
    return {};
  Type type = node.elementTypeAttribute("output_dtype", /*uint8*/ 2);
  if (parameters->zeroPoint)
    type = elementTypeOf(parameters->zeroPoint);
  IntegerType stored = asStorage(node, type);
  if (!stored || node.hasFailed())
    return {};
  // Integers are divided as floats; the quotient is not rounded to 16 bits.
  if (!isa<FloatType>(elementTypeOf(input)))
    input = node.castElements(input, node.getBuilder().getF32Type());
  return {quantize(node, input, stored, *parameters)};
}

static Values convertDequantizeLinear(Node &node) {
  Value input = node.get(0, "x");
  if (!input || !asStorage(node, elementTypeOf(input)))
    return {};
  auto parameters = readParameters(node, shapeOf(input).size(), "x_scale");
  if (!parameters)
    return {};
  if (parameters->zeroPoint &&
      elementTypeOf(parameters->zeroPoint) != elementTypeOf(input)) {
    node.emitError() << "zero point has element type "
                     << elementTypeOf(parameters->zeroPoint)
                     << ", but the integers have " << elementTypeOf(input);
    return {};
  }
  Type type = elementTypeOf(parameters->scale);
  if (node.integerAttribute("output_dtype", 0) != 0)
    type = node.elementTypeAttribute("output_dtype");
  if (type && !isa<FloatType>(type))
    node.emitError() << "result must be of floats, found " << type;
  if (!type || node.hasFailed())
    return {};
  return {dequantize(node, input, type, *parameters)};
}

static Values convertDynamicQuantizeLinear(Node &node) {
  Value input = node.get(0, "x");
  if (!input)
    return {};
  Type stored = IntegerType::get(node.getBuilder().getContext(), 8,
                                 IntegerType::Unsigned);
  Type type = getDynamicType(cast<IntegerType>(stored), elementTypeOf(input));
  Value quantized = node.emitTyped<nn::QuantizeOp>(
      RankedTensorType::get(shapeOf(input), type), input);
  return {castStorage(node, quantized, stored),
          node.emit<nn::ScaleOp>(quantized),
          node.emit<nn::ZeroPointOp>(quantized)};
}

void atleus::addQuantizationRules(Rules &rules) {
  for (StringRef domain : {StringRef(), StringRef(microsoft)}) {
    rules.add("QuantizeLinear", convertQuantizeLinear, domain);
    rules.add("DequantizeLinear", convertDequantizeLinear, domain);
  }
  rules.add("DynamicQuantizeLinear", convertDynamicQuantizeLinear);
}
