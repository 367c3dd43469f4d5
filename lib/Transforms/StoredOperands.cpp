// Finds the stored integers behind views of dequantized values.
#include "StoredOperands.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;
using quant::AnyQuantizedType;
using quant::UniformQuantizedPerAxisType;
using quant::UniformQuantizedSubChannelType;
using quant::UniformQuantizedType;

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// The dimension of the result of a reshape that is dimension `axis` of its
/// operand, if there is one: as many elements stand before it and behind it.
static std::optional<int64_t> mapAxis(ArrayRef<int64_t> from,
                                      ArrayRef<int64_t> to, int64_t axis) {
  int64_t before = llvm::product_of(from.take_front(axis)), product = 1;
  for (auto [i, size] : llvm::enumerate(to)) {
    if (product == before && size == from[axis])
      return i;
    product *= size;
  }
  return std::nullopt;
}

/// The dimension of the result of a view that is dimension `axis` of its
/// operand, if the view leaves it whole.
static std::optional<int64_t> mapAxis(Operation *view, int64_t axis) {
  ArrayRef<int64_t> from = shapeOf(view->getOperand(0));
  if (isa<ReshapeOp>(view))
    return mapAxis(from, shapeOf(view->getResult(0)), axis);
  auto transpose = dyn_cast<TransposeOp>(view);
  if (!transpose)
    return std::nullopt;
  ArrayRef<int64_t> permutation = transpose.getPermutation();
  return llvm::find(permutation, axis) - permutation.begin();
}

/// The element type of `view` if its operand has the quantized type `type`, or
/// null if the view has no such type.
static Type typeOfView(Operation *view, Type type) {
  if (isa<UniformQuantizedType, AnyQuantizedType>(type))
    return type;
  if (auto blocks = dyn_cast<UniformQuantizedSubChannelType>(type)) {
    auto transpose = dyn_cast<TransposeOp>(view);
    return transpose ? transposeBlocks(blocks, transpose.getPermutation())
                     : Type();
  }
  auto perAxis = dyn_cast<UniformQuantizedPerAxisType>(type);
  if (!perAxis)
    return {};
  std::optional<int64_t> axis = mapAxis(view, perAxis.getQuantizedDimension());
  if (!axis)
    return {};
  return UniformQuantizedPerAxisType::get(
      perAxis.getFlags(), perAxis.getStorageType(), perAxis.getExpressedType(),
      perAxis.getScales(), perAxis.getZeroPoints(), static_cast<int32_t>(*axis),
      perAxis.getStorageTypeMin(), perAxis.getStorageTypeMax());
}

/// `value` with another element type that is stored alike.
static Value castStorage(OpBuilder &builder, Value value, Type element) {
  auto type = cast<RankedTensorType>(value.getType());
  return builder.createOrFold<StorageCastOp>(value.getLoc(),
                                             type.clone(element), value);
}

/// `view` of the quantized value `operand`, whose elements become of type
/// `element`. An op keeps the element type of its operand: where the scales
/// move to another dimension, the view is one of the integers.
static Value copyView(OpBuilder &builder, Operation *view, Value operand,
                      Type element) {
  builder.setInsertionPointAfter(view);
  Type before = getElementTypeOrSelf(operand.getType());
  if (before != element)
    operand = castStorage(builder, operand, getStoredInteger(before));
  auto type = cast<RankedTensorType>(view->getResult(0).getType());
  Operation *copy = builder.clone(*view);
  copy->setOperand(0, operand);
  copy->getResult(0).setType(
      type.clone(getElementTypeOrSelf(operand.getType())));
  return castStorage(builder, copy->getResult(0), element);
}

Value atleus::findStored(OpBuilder &builder, Value value, std::string &reason) {
  SmallVector<Operation *> views;
  while (Operation *op = value.getDefiningOp()) {
    if (auto dequantize = dyn_cast<DequantizeOp>(op)) {
      value = dequantize.getInput();
      break;
    }
    if (!op->hasTrait<LayoutOnly>() || op->getNumOperands() != 1)
      return {};
    views.push_back(op);
    value = op->getOperand(0);
  }
  if (!isQuantized(value.getType()))
    return {};
  // All types are known before anything is built.
  SmallVector<Type> types;
  Type type = getElementTypeOrSelf(value.getType());
  for (Operation *view : llvm::reverse(views)) {
    type = typeOfView(view, type);
    if (!type) {
      reason = ("'" + view->getName().getStringRef() +
                "' takes the dimension of its scales apart")
                   .str();
      return {};
    }
    types.push_back(type);
  }
  for (auto [view, element] : llvm::zip_equal(llvm::reverse(views), types))
    value = copyView(builder, view, value, element);
  return value;
}

std::string atleus::explainRefusal(Value stored, bool isLhs, int64_t columns) {
  Type type = getElementTypeOrSelf(stored.getType());
  auto integers = cast<quant::QuantizedType>(type);
  unsigned bits = integers.getStorageTypeIntegralWidth();
  if (bits > 16)
    return "it is stored in " + std::to_string(bits) +
           " bits, and a product in integers takes up to 16";
  if (isa<UniformQuantizedType, AnyQuantizedType>(type))
    return {};
  if (isLhs)
    return "a product in integers needs one scale for its left operand";
  if (auto perAxis = dyn_cast<UniformQuantizedPerAxisType>(type)) {
    if (perAxis.getQuantizedDimension() == columns)
      return {};
    return "its scales lie along dimension " +
           std::to_string(perAxis.getQuantizedDimension()) +
           ", not along the columns, dimension " + std::to_string(columns);
  }
  ArrayRef<int64_t> grid = cast<UniformQuantizedSubChannelType>(type)
                               .getScales()
                               .getType()
                               .getShape();
  if (llvm::product_of(grid.drop_back(2)) == 1)
    return {};
  return "its blocks do not lie in one matrix";
}
