// Constraints, types and folding of the ops between floats, quantized values
// and the integers that store them.
#include "dialects/NN/NNShared.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

using Types = SmallVectorImpl<Type>;
using Place = std::optional<Location>;

//===----------------------------------------------------------------------===//
// Quantized types
//===----------------------------------------------------------------------===//

IntegerType nn::getStoredInteger(Type elementType) {
  auto quantized = dyn_cast<quant::QuantizedType>(elementType);
  if (!quantized)
    return dyn_cast<IntegerType>(elementType);
  return IntegerType::get(
      elementType.getContext(), quantized.getStorageTypeIntegralWidth(),
      quantized.isSigned() ? IntegerType::Signless : IntegerType::Unsigned);
}

bool nn::hasZeroPoint(Type elementType) {
  auto isZero = [](int64_t zeroPoint) { return zeroPoint == 0; };
  if (auto perTensor = dyn_cast<quant::UniformQuantizedType>(elementType))
    return perTensor.getZeroPoint() != 0;
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(elementType))
    return !llvm::all_of(perAxis.getZeroPoints(), isZero);
  if (auto blocks =
          dyn_cast<quant::UniformQuantizedSubChannelType>(elementType))
    return !llvm::all_of(blocks.getZeroPoints().getValues<APInt>(),
                         [](const APInt &zero) { return zero.isZero(); });
  auto dynamic = dyn_cast<quant::AnyQuantizedType>(elementType);
  return dynamic && !dynamic.isSigned();
}

int64_t nn::getScaleBlock(RankedTensorType type, int64_t dimension) {
  Type element = type.getElementType();
  if (auto blocks = dyn_cast<quant::UniformQuantizedSubChannelType>(element))
    for (auto [axis, size] : blocks.getBlockSizeInfo())
      if (axis == dimension)
        return size;
  auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(element);
  if (perAxis && perAxis.getQuantizedDimension() == dimension)
    return 1;
  return type.getDimSize(dimension);
}

quant::UniformQuantizedSubChannelType
nn::transposeBlocks(quant::UniformQuantizedSubChannelType type,
                    ArrayRef<int64_t> permutation) {
  // Sizes of blocks by dimension, then the numbers in their new order.
  auto scales = type.getScales();
  ArrayRef<int64_t> grid = scales.getType().getShape();
  SmallVector<int64_t> sizes(grid.size(), 0), newGrid;
  for (auto [axis, size] : type.getBlockSizeInfo())
    sizes[axis] = size;
  SmallVector<int32_t> axes;
  SmallVector<int64_t> newSizes;
  for (auto [i, dimension] : llvm::enumerate(permutation)) {
    newGrid.push_back(grid[dimension]);
    if (sizes[dimension] == 0)
      continue;
    axes.push_back(i);
    newSizes.push_back(sizes[dimension]);
  }
  auto oldScales = llvm::to_vector(scales.getValues<APFloat>());
  auto oldZeros = llvm::to_vector(type.getZeroPoints().getValues<APInt>());
  SmallVector<APFloat> newScales;
  SmallVector<APInt> newZeros;
  for (int64_t i = 0; i < scales.getNumElements(); ++i) {
    // The index in the old order.
    SmallVector<int64_t> index(grid.size());
    int64_t rest = i;
    for (size_t d = grid.size(); d-- > 0; rest /= newGrid[d])
      index[permutation[d]] = rest % newGrid[d];
    int64_t old = 0;
    for (auto [position, size] : llvm::zip_equal(index, grid))
      old = old * size + position;
    newScales.push_back(oldScales[old]);
    newZeros.push_back(oldZeros[old]);
  }
  auto numbers = [&](Type element, const auto &values) {
    return DenseElementsAttr::get(RankedTensorType::get(newGrid, element),
                                  ArrayRef(values));
  };
  return quant::UniformQuantizedSubChannelType::get(
      type.getFlags(), type.getStorageType(), type.getExpressedType(),
      numbers(scales.getElementType(), newScales),
      numbers(type.getZeroPoints().getElementType(), newZeros), axes, newSizes,
      type.getStorageTypeMin(), type.getStorageTypeMax());
}

//===----------------------------------------------------------------------===//
// Quantize, dequantize
//===----------------------------------------------------------------------===//

/// Checks that `type` has a scale for each index of its axis of `tensor`.
static LogicalResult verifyPerAxis(Operation *op,
                                   quant::UniformQuantizedPerAxisType type,
                                   RankedTensorType tensor) {
  int64_t axis = type.getQuantizedDimension();
  int64_t scales = type.getScales().size();
  if (axis < 0 || axis >= tensor.getRank() || tensor.getDimSize(axis) != scales)
    return op->emitOpError() << "type has " << scales << " scales along axis "
                             << axis << " of " << tensor;
  return success();
}

/// Checks that `type` has a scale for each of the blocks of `tensor`.
static LogicalResult verifyBlocks(Operation *op,
                                  quant::UniformQuantizedSubChannelType type,
                                  RankedTensorType tensor) {
  SmallVector<int64_t> blocks(tensor.getRank(), 1);
  for (auto [axis, size] : type.getBlockSizeInfo()) {
    if (axis >= tensor.getRank())
      return op->emitOpError() << "blocks of " << size << " along axis " << axis
                               << ", which " << tensor << " does not have";
    // The last block may be smaller.
    blocks[axis] = llvm::divideCeil(tensor.getDimSize(axis), size);
  }
  ArrayRef<int64_t> scales = type.getScales().getType().getShape();
  if (ArrayRef(blocks) != scales)
    return op->emitOpError()
           << "type has " << shapeText(scales) << " scales for the "
           << shapeText(blocks) << " blocks of " << tensor;
  return success();
}

/// Checks that a quantized type has as many scales as a tensor of the shape of
/// `tensor` needs.
static LogicalResult verifyScales(Operation *op, Type type,
                                  RankedTensorType tensor) {
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(type))
    return verifyPerAxis(op, perAxis, tensor);
  if (auto blocks = dyn_cast<quant::UniformQuantizedSubChannelType>(type))
    return verifyBlocks(op, blocks, tensor);
  return success();
}

/// Checks that `quantized` holds quantized values that express `expressed`.
static LogicalResult verifyQuantization(Operation *op,
                                        RankedTensorType quantized,
                                        RankedTensorType expressed) {
  if (auto codebook = dyn_cast<CodebookType>(quantized.getElementType())) {
    if (codebook.getExpressed() == expressed.getElementType())
      return success();
    return op->emitOpError() // (C2)
           << "codebook expresses " << codebook.getExpressed()
           << ", but the floats are " << expressed.getElementType();
  }
  auto type = dyn_cast<quant::QuantizedType>(quantized.getElementType());
  if (!type) // (C1)
    return op->emitOpError()
           << "needs a quantized type, found " << quantized.getElementType();
  if (type.getExpressedType() != expressed.getElementType()) // (C2)
    return op->emitOpError()
           << "quantized type expresses " << type.getExpressedType()
           << ", but the floats are " << expressed.getElementType();
  return verifyScales(op, type, expressed); // (C3)
}

LogicalResult QuantizeOp::verify() {
  if (failed(verifyQuantization(*this, getType(), getInput().getType())))
    return failure();
  if (getScales() == RunTimeScales::Tensor)
    return success();
  if (!isa<quant::AnyQuantizedType>(getType().getElementType())) // (C4)
    return emitOpError() << "scales<" << stringifyEnum(getScales())
                         << "> are found at run time, but the type is "
                         << getType().getElementType();
  int64_t needed = getScales() == RunTimeScales::Matrix ? 2 : 1;
  if (getType().getRank() < needed) // (C4)
    return emitOpError() << "scales<" << stringifyEnum(getScales()) << "> need "
                         << needed << " dimension" << (needed == 1 ? "" : "s")
                         << ", found " << getType();
  return success();
}

LogicalResult DequantizeOp::verify() {
  return verifyQuantization(*this, getInput().getType(), getType());
}

//===----------------------------------------------------------------------===//
// Stored integers
//===----------------------------------------------------------------------===//

LogicalResult StorageCastOp::verify() {
  RankedTensorType from = getInput().getType(), to = getType();
  IntegerType stored = getStoredInteger(from.getElementType());
  if (!stored || stored != getStoredInteger(to.getElementType())) // (C1)
    return emitOpError() << "needs integers of equal width and sign, found "
                         << from.getElementType() << " and "
                         << to.getElementType();
  if (isa<quant::AnyQuantizedType>(to.getElementType())) // (C3)
    return emitOpError() << "cannot give integers the type "
                         << to.getElementType() << ", which has no scale";
  if (failed(verifyScales(*this, from.getElementType(), from)))
    return failure();
  return verifyScales(*this, to.getElementType(), to); // (C2)
}

OpFoldResult StorageCastOp::fold(FoldAdaptor) {
  if (getInput().getType() == getType())
    return isInGraphRegion(*this) ? Value() : getInput();
  auto producer = getInput().getDefiningOp<StorageCastOp>();
  if (!producer || isInGraphRegion(*this))
    return {};
  if (producer.getInput().getType() == getType())
    return producer.getInput();
  getInputMutable().assign(producer.getInput());
  return getResult();
}

static LogicalResult checkDynamic(ErrorSite site, Value input) {
  Type type = getElementTypeOrSelf(input.getType());
  if (isa<quant::AnyQuantizedType>(type)) // (C1)
    return success();
  return site.emitError("needs a value of type '!quant.any', found ", type);
}

LogicalResult ScaleOp::inferReturnTypes(MLIRContext *, Place loc,
                                        Adaptor adaptor, Types &types) {
  if (failed(checkDynamic({loc, getOperationName()}, adaptor.getInput())))
    return failure();
  auto type = cast<quant::QuantizedType>(
      getElementTypeOrSelf(adaptor.getInput().getType()));
  types.push_back(RankedTensorType::get({}, type.getExpressedType()));
  return success();
}

LogicalResult ZeroPointOp::inferReturnTypes(MLIRContext *, Place loc,
                                            Adaptor adaptor, Types &types) {
  if (failed(checkDynamic({loc, getOperationName()}, adaptor.getInput())))
    return failure();
  Type type = getElementTypeOrSelf(adaptor.getInput().getType());
  types.push_back(RankedTensorType::get({}, getStoredInteger(type)));
  return success();
}

/// Checks an operand of a product of integers, and its zero point.
static LogicalResult checkIntegers(ErrorSite site, Value operand,
                                   Value zeroPoint, int64_t columns) {
  Type element = getElementTypeOrSelf(operand.getType());
  auto integer = dyn_cast<IntegerType>(element);
  if (!integer || integer.getWidth() < 2 || integer.getWidth() > 16) // (C4)
    return site.emitError("operands must be integers of 2 to 16 bits, found ",
                          element);
  if (!zeroPoint)
    return success();
  auto type = cast<RankedTensorType>(zeroPoint.getType());
  bool oneForEach =
      type.getShape() == ArrayRef<int64_t>(columns) && columns != 0;
  if (type.getElementType() == element &&
      (type.getNumElements() == 1 || oneForEach)) // (C5)
    return success();
  return site.emitError("zero point must be one ", element,
                        columns ? " or one for each column" : "", ", found ",
                        type);
}

LogicalResult IntegerMatMulOp::inferReturnTypes(MLIRContext *context, Place loc,
                                                Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  ArrayRef<int64_t> lhs = getShape(adaptor.getLhs());
  ArrayRef<int64_t> rhs = getShape(adaptor.getRhs());
  auto shape = inferMatrixProduct(site, lhs, rhs, adaptor.getTransposeRhs());
  if (failed(shape) || // (C1) (C2) (C3)
      failed(checkIntegers(site, adaptor.getLhs(), adaptor.getLhsZeroPoint(),
                           /*columns=*/0)) ||
      failed(checkIntegers(site, adaptor.getRhs(), adaptor.getRhsZeroPoint(),
                           shape->back())))
    return failure();
  types.push_back(RankedTensorType::get(*shape, IntegerType::get(context, 32)));
  return success();
}
