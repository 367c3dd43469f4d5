// Scales and zero points as types, or as arithmetic.
#include "QuantizedTypes.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

namespace {
/// What every quantized type of one storage has in common.
struct Storage {
  explicit Storage(IntegerType stored)
      : isSigned(!stored.isUnsigned()),
        type(IntegerType::get(stored.getContext(), stored.getWidth())),
        minimum(quant::QuantizedType::getDefaultMinimumForInteger(
            isSigned, stored.getWidth())),
        maximum(quant::QuantizedType::getDefaultMaximumForInteger(
            isSigned, stored.getWidth())) {}

  unsigned flags() const {
    return isSigned ? quant::QuantizationFlags::Signed : 0;
  }

  bool isSigned;
  IntegerType type;
  int64_t minimum, maximum;
};
} // namespace

/// The numbers of constant parameters, if every scale is a positive number.
static std::optional<ScaleNumbers>
readNumbers(const QuantizationParameters &parameters) {
  std::optional<Tensor> scales = getConstantTensor(parameters.scale);
  std::optional<Tensor> zeroPoints;
  if (parameters.zeroPoint)
    zeroPoints = getConstantTensor(parameters.zeroPoint);
  if (!scales || (parameters.zeroPoint && !zeroPoints) ||
      (zeroPoints && zeroPoints->numElements() != scales->numElements()))
    return std::nullopt;
  ScaleNumbers numbers;
  for (int64_t i = 0; i < scales->numElements(); ++i) {
    double scale = scales->getFloat(i);
    if (!(scale > 0) || std::isinf(scale))
      return std::nullopt;
    numbers.scales.push_back(scale);
    numbers.zeroPoints.push_back(zeroPoints ? zeroPoints->getInteger(i) : 0);
  }
  return numbers;
}

/// Upstream's checks of a type; it says no more than that it is refused.
static InFlightDiagnostic ignoreError() { return {}; }

/// A type with a scale for each block of `scaleShape` over `shape`.
static Type getBlockType(const Storage &storage, Type expressed,
                         ArrayRef<int64_t> shape, ArrayRef<int64_t> scaleShape,
                         const ScaleNumbers &numbers) {
  SmallVector<int32_t> axes;
  SmallVector<int64_t> sizes;
  for (auto [axis, size, count] : llvm::enumerate(shape, scaleShape)) {
    if (count == 0 || size % count != 0)
      return {};
    axes.push_back(axis);
    sizes.push_back(size / count);
  }
  SmallVector<APFloat> scales;
  SmallVector<APInt> zeroPoints;
  for (auto [scale, zero] :
       llvm::zip_equal(numbers.scales, numbers.zeroPoints)) {
    APFloat number(scale);
    bool losesInfo = false;
    number.convert(cast<FloatType>(expressed).getFloatSemantics(),
                   APFloat::rmNearestTiesToEven, &losesInfo);
    scales.push_back(number);
    zeroPoints.emplace_back(storage.type.getWidth(), zero, /*isSigned=*/true,
                            /*implicitTrunc=*/true);
  }
  return quant::UniformQuantizedSubChannelType::getChecked(
      ignoreError, storage.flags(), storage.type, expressed,
      DenseElementsAttr::get(RankedTensorType::get(scaleShape, expressed),
                             scales),
      DenseElementsAttr::get(RankedTensorType::get(scaleShape, storage.type),
                             zeroPoints),
      axes, sizes, storage.minimum, storage.maximum);
}

Type atleus::getUniformType(IntegerType stored, Type expressed,
                            const ScaleNumbers &numbers, int64_t axis) {
  Storage storage(stored);
  if (numbers.scales.size() == 1)
    return quant::UniformQuantizedType::getChecked(
        ignoreError, storage.flags(), storage.type, expressed,
        numbers.scales.front(), numbers.zeroPoints.front(), storage.minimum,
        storage.maximum);
  return quant::UniformQuantizedPerAxisType::getChecked(
      ignoreError, storage.flags(), storage.type, expressed, numbers.scales,
      numbers.zeroPoints, static_cast<int32_t>(axis), storage.minimum,
      storage.maximum);
}

Type atleus::getQuantizedType(IntegerType stored, Type expressed,
                              ArrayRef<int64_t> shape,
                              const QuantizationParameters &parameters) {
  std::optional<ScaleNumbers> numbers = readNumbers(parameters);
  if (!numbers || stored.getWidth() > 32 || numbers->scales.empty() ||
      !isa<FloatType>(expressed))
    return {};
  Storage storage(stored);
  ArrayRef<int64_t> scaleShape = shapeOf(parameters.scale);
  if (parameters.blockSize != 0) {
    // The file's block size may be larger than the axis.
    if (scaleShape.size() != shape.size())
      return {};
    return getBlockType(storage, expressed, shape, scaleShape, *numbers);
  }
  auto count = static_cast<int64_t>(numbers->scales.size());
  if (count != 1 && (scaleShape.size() != 1 || shape[parameters.axis] != count))
    return {};
  return getUniformType(stored, expressed, *numbers, parameters.axis);
}

Type atleus::getDynamicType(IntegerType stored, Type expressed) {
  Storage storage(stored);
  return quant::AnyQuantizedType::get(storage.flags(), storage.type, expressed,
                                      storage.minimum, storage.maximum);
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

/// A parameter with a number for each block of the axis, each repeated for the
/// elements of its block.
static Value repeatBlocks(Node &node, Value parameter, ArrayRef<int64_t> shape,
                          const QuantizationParameters &parameters) {
  int64_t axis = parameters.axis;
  SmallVector<int64_t> split(shapeOf(parameter));
  int64_t whole = split[axis] * parameters.blockSize;
  split.insert(split.begin() + axis + 1, 1);
  Value single = node.reshape(parameter, split);
  split[axis + 1] = parameters.blockSize;
  Value repeated = node.expand(single, split);
  SmallVector<int64_t> merged(shape);
  merged[axis] = whole;
  repeated = node.reshape(repeated, merged);
  if (whole == shape[axis])
    return repeated;
  return node.sliceAxis(repeated, axis, 0, shape[axis]);
}

Value atleus::spreadParameter(Node &node, Value parameter,
                              ArrayRef<int64_t> shape,
                              const QuantizationParameters &parameters,
                              StringRef name) {
  ArrayRef<int64_t> found = shapeOf(parameter);
  SmallVector<int64_t> expected;
  if (parameters.blockSize != 0) {
    expected.assign(shape.begin(), shape.end());
    expected[parameters.axis] =
        llvm::divideCeil(shape[parameters.axis], parameters.blockSize);
    if (found == ArrayRef(expected))
      return repeatBlocks(node, parameter, shape, parameters);
  } else if (llvm::product_of(found) == 1) {
    return node.reshape(parameter, {});
  } else {
    expected.assign({shape.empty() ? 1 : shape[parameters.axis]});
    if (found == ArrayRef(expected)) {
      SmallVector<int64_t> spread(shape.size(), 1);
      spread[parameters.axis] = expected.front();
      return node.reshape(parameter, spread);
    }
  }
  node.emitError() << "input '" << name << "' must have shape ["
                   << ArrayRef(expected) << "], found [" << found << "]";
  return {};
}

Value atleus::castStorage(KernelBuilder &builder, Value value,
                          Type elementType) {
  if (!value || elementTypeOf(value) == elementType)
    return value;
  return builder.emitTyped<nn::StorageCastOp>(
      RankedTensorType::get(shapeOf(value), elementType), value);
}

/// (stored - zero point) * scale
static Value dequantizeByArithmetic(Node &node, Value stored, Type expressed,
                                    const QuantizationParameters &parameters) {
  Type f32 = node.getBuilder().getF32Type();
  ArrayRef<int64_t> shape = shapeOf(stored);
  Value scale =
      spreadParameter(node, parameters.scale, shape, parameters, "x_scale");
  Value result = node.castElements(stored, f32);
  if (parameters.zeroPoint) {
    Value zeroPoint = spreadParameter(node, parameters.zeroPoint, shape,
                                      parameters, "x_zero_point");
    result = node.emit<nn::SubOp>(result, node.castElements(zeroPoint, f32));
  }
  return node.castElements(
      node.emit<nn::MulOp>(result, node.castElements(scale, f32)), expressed);
}

/// Whether the floats are no weight but a bias or a constant of an expression.
static bool isSmallParameter(Value stored) {
  auto integer = cast<IntegerType>(elementTypeOf(stored));
  return nn::isStatic(stored) &&
         (shapeOf(stored).size() <= 1 || integer.getWidth() == 32);
}

Value atleus::dequantize(Node &node, Value stored, Type expressed,
                         const QuantizationParameters &parameters) {
  if (!isSmallParameter(stored)) {
    Type type = getQuantizedType(cast<IntegerType>(elementTypeOf(stored)),
                                 expressed, shapeOf(stored), parameters);
    if (type)
      return node.emitTyped<nn::DequantizeOp>(
          RankedTensorType::get(shapeOf(stored), expressed),
          castStorage(node, stored, type));
  }
  return dequantizeByArithmetic(node, stored, expressed, parameters);
}

/// clamp(round(value / scale) + zero point)
static Value quantizeByArithmetic(Node &node, Value value, IntegerType stored,
                                  const QuantizationParameters &parameters) {
  Type f32 = node.getBuilder().getF32Type();
  ArrayRef<int64_t> shape = shapeOf(value);
  Value scale =
      spreadParameter(node, parameters.scale, shape, parameters, "y_scale");
  Value result = node.emit<nn::DivOp>(node.castElements(value, f32),
                                      node.castElements(scale, f32));
  result = node.emit<nn::RoundOp>(result);
  if (parameters.zeroPoint) {
    Value zeroPoint = spreadParameter(node, parameters.zeroPoint, shape,
                                      parameters, "y_zero_point");
    result = node.emit<nn::AddOp>(result, node.castElements(zeroPoint, f32));
  }
  if (!result)
    return {};
  Storage storage(stored);
  result = node.emitTyped<nn::ClipOp>(
      result.getType(), result, APFloat(static_cast<double>(storage.minimum)),
      APFloat(static_cast<double>(storage.maximum)));
  return node.castElements(result, stored);
}

Value atleus::quantize(Node &node, Value value, IntegerType stored,
                       const QuantizationParameters &parameters) {
  Type type = getQuantizedType(stored, elementTypeOf(value), shapeOf(value),
                               parameters);
  if (!type)
    return quantizeByArithmetic(node, value, stored, parameters);
  Value quantized = node.emitTyped<nn::QuantizeOp>(
      RankedTensorType::get(shapeOf(value), type), value);
  return castStorage(node, quantized, stored);
}
