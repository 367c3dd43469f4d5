// Rules for products of integers with scales and zero points.
#include "QuantizedProducts.h"

#include "ConvolutionRule.h"
#include "Products.h"
#include "Rules.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

Value atleus::dropLeadingOnes(KernelBuilder &builder, Value parameter) {
  ArrayRef<int64_t> shape = shapeOf(parameter);
  if (shape.size() <= 2 ||
      !llvm::all_of(shape.drop_back(2), [](int64_t size) { return size == 1; }))
    return parameter;
  return builder.reshape(parameter, shape.take_back(2));
}

Value atleus::multiplyQuantized(KernelBuilder &builder, Value lhs, Value rhs) {
  if (!lhs || !rhs)
    return {};
  if (nn::isStatic(rhs) && !nn::isStatic(lhs) && shapeOf(rhs).size() == 2)
    return builder.emitWithOptional<nn::LinearOp>(lhs, rhs, Value(), false);
  return builder.emit<nn::MatMulOp>(lhs, rhs, /*transpose_rhs=*/false);
}

/// The inputs `scale`, which must be there, and `zeroPoint` of a node.
static std::optional<QuantizationParameters>
parametersAt(Node &node, unsigned scale, unsigned zeroPoint, StringRef name) {
  QuantizationParameters parameters;
  parameters.scale = node.get(scale, name);
  parameters.zeroPoint = node.getOptional(zeroPoint);
  if (!parameters.scale)
    return std::nullopt;
  return parameters;
}

/// [1, n] as [n], as some write scales and zero points.
static Value flatten(Node &node, Value parameter) {
  if (!parameter || shapeOf(parameter).size() <= 1)
    return parameter;
  return node.reshape(parameter, {llvm::product_of(shapeOf(parameter))});
}

/// Integers with their scales: one, or one for each index of `axis`. Null if
/// the scales are not constant.
static Value asQuantized(Node &node, Value value,
                         QuantizationParameters parameters, int64_t axis) {
  auto stored = dyn_cast<IntegerType>(elementTypeOf(value));
  parameters.axis = axis;
  parameters.scale = flatten(node, parameters.scale);
  parameters.zeroPoint = flatten(node, parameters.zeroPoint);
  Type type = stored ? getQuantizedType(stored, node.getBuilder().getF32Type(),
                                        shapeOf(value), parameters)
                     : Type();
  return type ? castStorage(node, value, type) : Value();
}

/// A zero point as one number or as one for each column; null if it is zero.
static Value asZeroPoint(Node &node, Value zeroPoint, StringRef name,
                         int64_t columns) {
  if (!zeroPoint || getConstantSplat(zeroPoint) == 0.0)
    return {};
  int64_t count = llvm::product_of(shapeOf(zeroPoint));
  if (count == 1)
    return node.reshape(zeroPoint, {});
  if (count == columns && shapeOf(zeroPoint).back() == columns)
    return node.reshape(zeroPoint, {columns});
  node.emitError() << "input '" << name << "' must be one number"
                   << (columns ? " or one for each column" : "") << ", found "
                   << zeroPoint.getType();
  return {};
}

/// `value` as the integers that the scale at `index` and its zero point give.
static Value quantizeResult(Node &node, Value value, unsigned index) {
  auto parameters = parametersAt(node, index, index + 1, "y_scale");
  if (!value || !parameters)
    return {};
  Type type = IntegerType::get(node.getBuilder().getContext(), 8,
                               IntegerType::Unsigned);
  if (parameters->zeroPoint)
    type = elementTypeOf(parameters->zeroPoint);
  auto stored = dyn_cast<IntegerType>(type);
  if (!stored) {
    node.emitError() << "result must be of integers, found " << type;
    return {};
  }
  return quantize(node, value, stored, *parameters);
}

//===----------------------------------------------------------------------===//
// Matrix products
//===----------------------------------------------------------------------===//

/// The product of integers, less their zero points.
static Value multiplyIntegers(Node &node, Value lhs, Value lhsZeroPoint,
                              StringRef lhsName, Value rhs, Value rhsZeroPoint,
                              StringRef rhsName) {
  Value lhsZero = asZeroPoint(node, lhsZeroPoint, lhsName, /*columns=*/0);
  Value rhsZero = asZeroPoint(node, rhsZeroPoint, rhsName, shapeOf(rhs).back());
  if (node.hasFailed())
    return {};
  if (nn::isStatic(rhs))
    rhs = dropLeadingOnes(node, rhs);
  return node.emitWithOptional<nn::IntegerMatMulOp>(lhs, rhs, lhsZero, rhsZero,
                                                    /*transpose_rhs=*/false);
}

/// The product of integers with scales as floats. Scales that are not constant
/// multiply the sums.
static Value multiplyScaled(Node &node, Value lhs,
                            const QuantizationParameters &lhsParameters,
                            Value rhs,
                            const QuantizationParameters &rhsParameters) {
  Value matrix = nn::isStatic(rhs) ? dropLeadingOnes(node, rhs) : rhs;
  int64_t rowAxis = static_cast<int64_t>(shapeOf(lhs).size()) - 2;
  int64_t columnAxis = static_cast<int64_t>(shapeOf(matrix).size()) - 1;
  Value left = asQuantized(node, lhs, lhsParameters, rowAxis);
  Value right = asQuantized(node, matrix, rhsParameters, columnAxis);
  // The left operand of a product in integers has one scale.
  bool oneScale = llvm::product_of(shapeOf(lhsParameters.scale)) == 1;
  if (left && right && oneScale)
    return multiplyQuantized(node, left, right);
  Value sums =
      multiplyIntegers(node, lhs, lhsParameters.zeroPoint, "a_zero_point", rhs,
                       rhsParameters.zeroPoint, "b_zero_point");
  Value result = node.castElements(sums, node.getBuilder().getF32Type());
  if (!result)
    return {};
  QuantizationParameters rows = lhsParameters, columns = rhsParameters;
  rows.axis = static_cast<int64_t>(shapeOf(result).size()) - 2;
  columns.axis = rows.axis + 1;
  Value scale = node.emit<nn::MulOp>(
      spreadParameter(node, flatten(node, rows.scale), shapeOf(result), rows,
                      "a_scale"),
      spreadParameter(node, flatten(node, columns.scale), shapeOf(result),
                      columns, "b_scale"));
  return node.emit<nn::MulOp>(result, scale);
}

static Values convertQLinearMatMul(Node &node) {
  Value result = withMatrices(
      node, node.get(0, "a"), node.get(3, "b"), [&](Value lhs, Value rhs) {
        auto lhsParameters = parametersAt(node, 1, 2, "a_scale");
        auto rhsParameters = parametersAt(node, 4, 5, "b_scale");
        if (!lhsParameters || !rhsParameters)
          return Value();
        return multiplyScaled(node, lhs, *lhsParameters, rhs, *rhsParameters);
      });
  return {quantizeResult(node, result, 6)};
}

static Values convertMatMulInteger(Node &node) {
  return {withMatrices(
      node, node.get(0, "A"), node.get(1, "B"), [&](Value lhs, Value rhs) {
        return multiplyIntegers(node, lhs, node.getOptional(2), "a_zero_point",
                                rhs, node.getOptional(3), "b_zero_point");
      })};
}

/// A product of com.microsoft with floats as its result, and a bias.
static Value addBias(Node &node, Value product, unsigned index) {
  Value bias = node.getOptional(index);
  return bias ? node.emit<nn::AddOp>(product, bias) : product;
}

static Values convertMatMulIntegerToFloat(Node &node) {
  Value result = withMatrices(
      node, node.get(0, "A"), node.get(1, "B"), [&](Value lhs, Value rhs) {
        auto lhsParameters = parametersAt(node, 2, 4, "a_scale");
        auto rhsParameters = parametersAt(node, 3, 5, "b_scale");
        if (!lhsParameters || !rhsParameters)
          return Value();
        return multiplyScaled(node, lhs, *lhsParameters, rhs, *rhsParameters);
      });
  return {addBias(node, result, 6)};
}

static Values convertDynamicQuantizeMatMul(Node &node) {
  Value result = withMatrices(
      node, node.get(0, "A"), node.get(1, "B"), [&](Value lhs, Value rhs) {
        auto parameters = parametersAt(node, 2, 3, "b_scale");
        if (!parameters)
          return Value();
        Value weight =
            asQuantized(node, rhs, *parameters,
                        static_cast<int64_t>(shapeOf(rhs).size()) - 1);
        if (!weight) {
          node.emitError() << "input 'B' must be integers with constant, "
                              "positive scales, one or one for each column, "
                              "found "
                           << rhs.getType() << " with scales "
                           << parameters->scale.getType();
          return Value();
        }
        auto stored = IntegerType::get(node.getBuilder().getContext(), 8,
                                       IntegerType::Unsigned);
        Type type = getDynamicType(stored, elementTypeOf(lhs));
        lhs = node.emitTyped<nn::QuantizeOp>(
            RankedTensorType::get(shapeOf(lhs), type), lhs);
        return multiplyQuantized(node, lhs, weight);
      });
  return {addBias(node, result, 4)};
}

//===----------------------------------------------------------------------===//
// Weights of few bits
//===----------------------------------------------------------------------===//

/// Packed elements of `bits` bits, [features, blocks, bytes], as a matrix of
/// features by elements. The bytes stay where they are.
static Value asPackedMatrix(Node &node, unsigned bits, int64_t features,
                            int64_t elements) {
  Value packed = node.get(1, "B");
  if (!packed)
    return {};
  auto constant = packed.getDefiningOp<nn::ConstantOp>();
  auto type = cast<RankedTensorType>(packed.getType());
  int64_t bytes = features * elements * bits / 8;
  if (!constant || type.getNumElements() != bytes ||
      !type.getElementType().isInteger(8)) {
    node.emitError() << "input 'B' must be a parameter of " << bytes
                     << " bytes for " << features << "x" << elements
                     << " weights of " << bits << " bits, found " << type;
    return {};
  }
  auto stored =
      IntegerType::get(type.getContext(), bits, IntegerType::Unsigned);
  auto matrix = RankedTensorType::get({features, elements}, stored);
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(constant.getValue()))
    return node.constant(
        DenseResourceElementsAttr::get(matrix, resource.getRawHandle()));
  std::optional<Tensor> tensor = getConstantTensor(packed);
  if (!tensor)
    return {};
  SmallVector<APInt> values;
  for (int64_t i = 0; i < features * elements; ++i) {
    int64_t perByte = 8 / bits;
    uint64_t byte = tensor->getInteger(i / perByte) & 0xff;
    values.emplace_back(bits, byte >> (i % perByte * bits), /*isSigned=*/false,
                        /*implicitTrunc=*/true);
  }
  return node.constant(DenseElementsAttr::get(matrix, values));
}

/// The zero points of blocks, which are packed as the weights are, each row of
/// blocks in bytes of its own; half the range if there are none. Zero points
/// may also be floats, which is not supported.
static Value unpackZeroPoints(Node &node, unsigned bits, int64_t features,
                              int64_t blocks) {
  auto stored = IntegerType::get(node.getBuilder().getContext(), bits,
                                 IntegerType::Unsigned);
  auto type = RankedTensorType::get({features, blocks}, stored);
  if (!node.has(3))
    return node.constant(
        DenseElementsAttr::get(type, APInt(bits, uint64_t(1) << (bits - 1))));
  std::optional<Tensor> packed = node.getConstant(3, "zero_points");
  if (!packed)
    return {};
  int64_t rowBytes = llvm::divideCeil(blocks * bits, 8);
  if (packed->getKind() != ElementKind::UInt8 ||
      packed->numElements() != features * rowBytes) {
    node.emitError() << "input 'zero_points' must have " << features * rowBytes
                     << " bytes, found " << packed->getType();
    return {};
  }
  SmallVector<APInt> values;
  for (int64_t row = 0; row < features; ++row)
    for (int64_t block = 0; block < blocks; ++block) {
      int64_t perByte = 8 / bits;
      uint64_t byte = packed->getInteger(row * rowBytes + block / perByte);
      values.emplace_back(bits, byte >> (block % perByte * bits),
                          /*isSigned=*/false, /*implicitTrunc=*/true);
    }
  return node.constant(DenseElementsAttr::get(type, values));
}

static Values convertMatMulNBits(Node &node) {
  Value input = node.get(0, "A"), scales = node.get(2, "scales");
  int64_t inner = node.integerAttribute("K", 0);
  int64_t features = node.integerAttribute("N", 0);
  int64_t bits = node.integerAttribute("bits", 4);
  int64_t blockSize = node.integerAttribute("block_size", 0);
  // It allows less precision than there is.
  node.ignoreAttribute("accuracy_level");
  if (!input || !scales || node.hasFailed())
    return {};
  if (inner < 1 || features < 1 || blockSize < 1 ||
      !llvm::is_contained({2, 4, 8}, bits) || inner > nn::maxElements ||
      features > nn::maxElements || blockSize > nn::maxElements) {
    node.emitError() << "needs positive 'K', 'N' and 'block_size', and 'bits' "
                        "of 2, 4 or 8, found "
                     << inner << ", " << features << ", " << blockSize
                     << " and " << bits;
    return {};
  }
  if (node.has(4)) {
    node.emitError() << "input 'g_idx' is not supported";
    return {};
  }
  int64_t blocks = llvm::divideCeil(inner, blockSize);
  int64_t padded = blocks * blockSize;
  if (!nn::countElements({features, padded})) {
    node.emitError() << features << "x" << padded << " weights are too many";
    return {};
  }
  Value weight = asPackedMatrix(node, bits, features, padded);
  Value zeroPoints = unpackZeroPoints(node, bits, features, blocks);
  if (!weight || !zeroPoints)
    return {};
  if (!isa<FloatType>(elementTypeOf(input)) ||
      elementTypeOf(scales) != elementTypeOf(input)) {
    node.emitError() << "inputs 'A' and 'scales' must hold floats of one type, "
                        "found "
                     << input.getType() << " and " << scales.getType();
    return {};
  }
  if (llvm::product_of(shapeOf(scales)) != features * blocks) {
    node.emitError() << "input 'scales' must have " << features * blocks
                     << " numbers, found " << scales.getType();
    return {};
  }
  QuantizationParameters parameters = {node.reshape(scales, {features, blocks}),
                                       zeroPoints, /*axis=*/1, blockSize};
  Value floats = dequantize(node, weight, elementTypeOf(input), parameters);
  // The last block of a row of weights may be longer than the row.
  if (!shapeOf(input).empty() && shapeOf(input).back() == inner &&
      padded != inner) {
    SmallVector<int64_t> low(shapeOf(input).size(), 0), high(low);
    high.back() = padded - inner;
    input = node.emit<nn::PadOp>(input, low, high, APFloat(0.0));
  }
  Value result = floats
                     ? node.emitWithOptional<nn::LinearOp>(input, floats,
                                                           node.getOptional(5),
                                                           /*transposed=*/true)
                     : Value();
  return {result};
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

/// The scale of the sums of a convolution, one or one for each feature, so that
/// it broadcasts to [features, height, width].
static Value convolutionScale(Node &node, Value inputScale, Value weightScale,
                              size_t spatial) {
  Value scale = node.emit<nn::MulOp>(inputScale, weightScale);
  if (!scale)
    return {};
  SmallVector<int64_t> shape(spatial + 1, 1);
  shape.front() = llvm::product_of(shapeOf(scale));
  return node.reshape(scale, shape);
}

/// A convolution of integers with scales as floats. Scales that are not
/// constant multiply the sums, to which the bias is added as the integers that
/// it is.
static Value convolveScaled(Node &node, Value input, Value weight,
                            const QuantizationParameters &inputParameters,
                            const QuantizationParameters &weightParameters) {
  Value bias = node.getOptional(8);
  if (bias && !node.requireRank(bias, 1, "B"))
    return {};
  Value scale =
      convolutionScale(node, inputParameters.scale, weightParameters.scale,
                       shapeOf(input).size() - 2);
  if (!scale)
    return {};
  Type f32 = node.getBuilder().getF32Type();
  Value image = asQuantized(node, input, inputParameters, 0);
  Value filters = asQuantized(node, weight, weightParameters, 0);
  if (image && filters && nn::isStatic(filters)) {
    if (bias)
      bias =
          node.reshape(node.emit<nn::MulOp>(
                           node.reshape(node.castElements(bias, f32),
                                        SmallVector<int64_t>{shapeOf(bias)[0]}),
                           node.reshape(scale, {shapeOf(scale).front()})),
                       shapeOf(bias));
    return convertConvolution(node, image, filters, bias);
  }
  Value sums = convertIntegerConvolution(
      node, input, weight,
      asZeroPoint(node, inputParameters.zeroPoint, "x_zero_point", 0),
      asZeroPoint(node, weightParameters.zeroPoint, "w_zero_point",
                  shapeOf(weight)[0]));
  if (!sums)
    return {};
  if (bias) {
    SmallVector<int64_t> shape(shapeOf(scale).size(), 1);
    shape.front() = llvm::product_of(shapeOf(bias));
    sums = node.emit<nn::AddOp>(sums, node.reshape(bias, shape));
  }
  return node.emit<nn::MulOp>(node.castElements(sums, f32), scale);
}

static Values convertQLinearConv(Node &node) {
  Value input = node.get(0, "x"), weight = node.get(3, "w");
  auto inputParameters = parametersAt(node, 1, 2, "x_scale");
  auto weightParameters = parametersAt(node, 4, 5, "w_scale");
  if (!input || !weight || !inputParameters || !weightParameters)
    return {};
  if (shapeOf(input).size() < 3 || shapeOf(weight).size() < 3) {
    node.emitError() << "needs an image and filters, found " << input.getType()
                     << " and " << weight.getType();
    return {};
  }
  Value result =
      convolveScaled(node, input, weight, *inputParameters, *weightParameters);
  return {quantizeResult(node, result, 6)};
}

static Values convertConvInteger(Node &node) {
  Value input = node.get(0, "x"), weight = node.get(1, "w");
  if (!input || !weight)
    return {};
  Value inputZero =
      asZeroPoint(node, node.getOptional(2), "x_zero_point", /*columns=*/0);
  Value weightZero =
      asZeroPoint(node, node.getOptional(3), "w_zero_point",
                  shapeOf(weight).empty() ? 0 : shapeOf(weight)[0]);
  if (node.hasFailed())
    return {};
  return {
      convertIntegerConvolution(node, input, weight, inputZero, weightZero)};
}

void atleus::addQuantizedProductRules(Rules &rules) {
  rules.add("QLinearMatMul", convertQLinearMatMul);
  rules.add("MatMulInteger", convertMatMulInteger);
  rules.add("QLinearConv", convertQLinearConv);
  rules.add("ConvInteger", convertConvInteger);
  rules.add("MatMulIntegerToFloat", convertMatMulIntegerToFloat, microsoft);
  rules.add("DynamicQuantizeMatMul", convertDynamicQuantizeMatMul, microsoft);
  rules.add("MatMulNBits", convertMatMulNBits, microsoft);
}
