// Types of the results of elementwise ops, reductions and movement of data,
// from operands and attributes, with the constraints that they must fulfil.
#include "dialects/NN/NNShared.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

using Types = SmallVectorImpl<Type>;
using Place = std::optional<Location>;

static RankedTensorType tensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

std::string nn::shapeText(ArrayRef<int64_t> shape) {
  if (shape.empty())
    return "[]";
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::interleave(shape, os, "x");
  return text;
}

std::optional<SmallVector<int64_t>>
nn::broadcastShapes(ArrayRef<ArrayRef<int64_t>> shapes) {
  size_t rank = 0;
  for (ArrayRef<int64_t> shape : shapes)
    rank = std::max(rank, shape.size());
  SmallVector<int64_t> result(rank, 1);
  for (ArrayRef<int64_t> shape : shapes) {
    for (auto [i, size] : llvm::enumerate(shape)) {
      int64_t &target = result[rank - shape.size() + i];
      if (size == target || size == 1)
        continue;
      if (target != 1)
        return std::nullopt;
      target = size;
    }
  }
  return result;
}

LogicalResult nn::inferBroadcast(ErrorSite site, ValueRange operands,
                                 Type elementType, Types &types) {
  Type first = tensorType(operands.front()).getElementType();
  SmallVector<ArrayRef<int64_t>> shapes;
  for (Value operand : operands) {
    Type other = tensorType(operand).getElementType();
    if (other != first) // (C1)
      return site.emitError("operands have element types ", first, " and ",
                            other, ", which must be equal");
    shapes.push_back(getShape(operand));
  }
  auto shape = broadcastShapes(shapes);
  if (!shape) // (C2)
    return site.emitError("operands have shapes ", shapeText(shapes.front()),
                          " and ", shapeText(shapes.back()),
                          ", which do not broadcast");
  types.push_back(
      RankedTensorType::get(*shape, elementType ? elementType : first));
  return success();
}

LogicalResult SelectOp::inferReturnTypes(MLIRContext *, Place loc,
                                         Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  SmallVector<Type> values;
  if (failed(inferBroadcast(site, {adaptor.getThen(), adaptor.getOtherwise()},
                            Type(), values)))
    return failure();
  auto chosen = cast<RankedTensorType>(values.front());
  auto shape =
      broadcastShapes({getShape(adaptor.getCondition()), chosen.getShape()});
  if (!shape) // (C2)
    return site.emitError(
        "condition of shape ", shapeText(getShape(adaptor.getCondition())),
        " does not broadcast with ", shapeText(chosen.getShape()));
  types.push_back(chosen.clone(*shape));
  return success();
}

LogicalResult nn::inferReduction(ErrorSite site, Value input,
                                 ArrayRef<int64_t> axes, bool keepDimensions,
                                 Types &types) {
  RankedTensorType type = tensorType(input);
  int64_t previous = -1;
  for (int64_t axis : axes) {
    if (axis <= previous || axis >= type.getRank()) // (C1)
      return site.emitError("axes must be ascending and below the rank ",
                            type.getRank(), ", found ", axis, " after ",
                            previous);
    previous = axis;
  }
  SmallVector<int64_t> shape;
  for (auto [i, size] : llvm::enumerate(type.getShape())) {
    if (!llvm::is_contained(axes, static_cast<int64_t>(i)))
      shape.push_back(size);
    else if (keepDimensions)
      shape.push_back(1);
  }
  types.push_back(type.clone(shape));
  return success();
}

LogicalResult nn::checkAxis(ErrorSite site, int64_t axis, int64_t rank) {
  if (axis >= 0 && axis < rank)
    return success();
  if (rank == 0)
    return site.emitError("operand must have a dimension number ", axis,
                          ", found a scalar");
  return site.emitError("axis must be from 0 to ", rank - 1, ", found ", axis);
}

LogicalResult ArgMaxOp::inferReturnTypes(MLIRContext *context, Place loc,
                                         Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  int64_t axis = adaptor.getAxis();
  RankedTensorType input = tensorType(adaptor.getInput());
  if (failed(checkAxis(site, axis, input.getRank()))) // (C1)
    return failure();
  SmallVector<int64_t> shape(input.getShape());
  if (adaptor.getKeepDimension())
    shape[axis] = 1;
  else
    shape.erase(shape.begin() + axis);
  types.push_back(RankedTensorType::get(shape, IntegerType::get(context, 64)));
  return success();
}

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *, Place loc,
                                            Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  RankedTensorType input = tensorType(adaptor.getInput());
  ArrayRef<int64_t> permutation = adaptor.getPermutation();
  SmallVector<int64_t> sorted(permutation);
  llvm::sort(sorted);
  bool valid = static_cast<int64_t>(sorted.size()) == input.getRank();
  for (auto [i, dimension] : llvm::enumerate(sorted))
    valid &= dimension == static_cast<int64_t>(i);
  if (!valid) // (C1)
    return site.emitError("permutation must hold each of the ", input.getRank(),
                          " dimensions once, found [", permutation, "]");
  SmallVector<int64_t> shape;
  for (int64_t dimension : permutation)
    shape.push_back(input.getDimSize(dimension));
  types.push_back(input.clone(shape));
  return success();
}

/// Whether `size` elements, of which the first is number `offset`, lie within
/// `extent` elements.
static bool isInside(int64_t offset, int64_t size, int64_t stride,
                     int64_t extent) {
  int64_t last;
  if (llvm::MulOverflow(size - 1, stride, last) ||
      llvm::AddOverflow(last, offset, last))
    return false;
  return offset >= 0 && offset < extent && last >= 0 && last < extent;
}

LogicalResult SliceOp::inferReturnTypes(MLIRContext *, Place loc,
                                        Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  RankedTensorType input = tensorType(adaptor.getInput());
  size_t rank = input.getRank();
  if (adaptor.getOffsets().size() != rank ||
      adaptor.getSizes().size() != rank ||
      adaptor.getStrides().size() != rank) // (C1)
    return site.emitError("needs ", rank, " offsets, sizes and strides, found ",
                          adaptor.getOffsets().size(), ", ",
                          adaptor.getSizes().size(), " and ",
                          adaptor.getStrides().size());
  for (size_t i = 0; i < rank; ++i) {
    int64_t offset = adaptor.getOffsets()[i], size = adaptor.getSizes()[i],
            stride = adaptor.getStrides()[i];
    if (stride == 0) // (C3)
      return site.emitError("stride of dimension ", i, " is zero");
    if (size < 0) // (C2)
      return site.emitError("size of dimension ", i, " is negative, found ",
                            size);
    int64_t extent = input.getDimSize(i);
    if (size > 0 && !isInside(offset, size, stride, extent)) // (C2)
      return site.emitError(size, " elements of dimension ", i, " from ",
                            offset, " with stride ", stride,
                            " leave the operand, which has ", extent);
  }
  types.push_back(input.clone(adaptor.getSizes()));
  return success();
}

LogicalResult ConcatOp::inferReturnTypes(MLIRContext *, Place loc,
                                         Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  if (adaptor.getInputs().empty()) // (C1)
    return site.emitError("needs at least one operand");
  RankedTensorType first = tensorType(adaptor.getInputs().front());
  int64_t axis = adaptor.getAxis();
  if (failed(checkAxis(site, axis, first.getRank()))) // (C2)
    return failure();
  SmallVector<int64_t> shape(first.getShape());
  shape[axis] = 0;
  for (Value input : adaptor.getInputs()) {
    RankedTensorType type = tensorType(input);
    SmallVector<int64_t> other(type.getShape());
    int64_t length = axis < type.getRank() ? other[axis] : 0;
    if (axis < type.getRank())
      other[axis] = first.getDimSize(axis);
    if (type.getElementType() != first.getElementType() ||
        ArrayRef<int64_t>(other) != first.getShape()) // (C3)
      return site.emitError("operands ", first, " and ", type,
                            " differ in more than dimension ", axis);
    shape[axis] += length;
  }
  types.push_back(first.clone(shape));
  return success();
}

LogicalResult PadOp::inferReturnTypes(MLIRContext *, Place loc, Adaptor adaptor,
                                      Types &types) {
  ErrorSite site = {loc, getOperationName()};
  RankedTensorType input = tensorType(adaptor.getInput());
  size_t rank = input.getRank();
  ArrayRef<int64_t> low = adaptor.getLow(), high = adaptor.getHigh();
  auto valid = [](int64_t number) {
    return number >= 0 && number <= maxElements;
  };
  if (low.size() != rank || high.size() != rank || !llvm::all_of(low, valid) ||
      !llvm::all_of(high, valid)) // (C1)
    return site.emitError("needs ", rank,
                          " low and high numbers from 0 to 2^40, found [", low,
                          "] and [", high, "]");
  SmallVector<int64_t> shape(input.getShape());
  for (size_t i = 0; i < rank; ++i)
    shape[i] += low[i] + high[i];
  types.push_back(input.clone(shape));
  return success();
}

LogicalResult GatherOp::inferReturnTypes(MLIRContext *, Place loc,
                                         Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  RankedTensorType input = tensorType(adaptor.getInput());
  int64_t axis = adaptor.getAxis();
  if (failed(checkAxis(site, axis, input.getRank()))) // (C1)
    return failure();
  SmallVector<int64_t> shape(input.getShape().take_front(axis));
  llvm::append_range(shape, getShape(adaptor.getIndices()));
  llvm::append_range(shape, input.getShape().drop_front(axis + 1));
  types.push_back(input.clone(shape));
  return success();
}

LogicalResult EmbeddingOp::inferReturnTypes(MLIRContext *, Place loc,
                                            Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  RankedTensorType table = tensorType(adaptor.getTable());
  if (table.getRank() != 2) // (C1)
    return site.emitError("table must have 2 dimensions, found ",
                          table.getRank());
  SmallVector<int64_t> shape(getShape(adaptor.getIndices()));
  shape.push_back(table.getDimSize(1));
  types.push_back(table.clone(shape));
  return success();
}
