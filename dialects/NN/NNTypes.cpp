// Types of results, from operands and attributes, with the constraints that
// they must fulfil.
#include "dialects/NN/NNShared.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

using Types = SmallVectorImpl<Type>;
using Place = std::optional<Location>;

static RankedTensorType tensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Prints a shape as 1x2x3, and the shape of a scalar as [].
static std::string shapeText(ArrayRef<int64_t> shape) {
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

LogicalResult nn::inferBroadcast(Place loc, ValueRange operands,
                                 Type elementType, Types &types) {
  Type first = tensorType(operands.front()).getElementType();
  SmallVector<ArrayRef<int64_t>> shapes;
  for (Value operand : operands) {
    Type other = tensorType(operand).getElementType();
    if (other != first) // (C1)
      return emitOptionalError(loc, "operands have element types ", first,
                               " and ", other, ", which must be equal");
    shapes.push_back(getShape(operand));
  }
  auto shape = broadcastShapes(shapes);
  if (!shape) // (C2)
    return emitOptionalError(loc, "operands have shapes ",
                             shapeText(shapes.front()), " and ",
                             shapeText(shapes.back()),
                             ", which do not broadcast");
  types.push_back(
      RankedTensorType::get(*shape, elementType ? elementType : first));
  return success();
}

LogicalResult SelectOp::inferReturnTypes(MLIRContext *, Place loc,
                                         Adaptor adaptor, Types &types) {
  SmallVector<Type> values;
  if (failed(inferBroadcast(loc, {adaptor.getThen(), adaptor.getOtherwise()},
                            Type(), values)))
    return failure();
  auto chosen = cast<RankedTensorType>(values.front());
  auto shape =
      broadcastShapes({getShape(adaptor.getCondition()), chosen.getShape()});
  if (!shape) // (C2)
    return emitOptionalError(
        loc, "condition of shape ", shapeText(getShape(adaptor.getCondition())),
        " does not broadcast with ", shapeText(chosen.getShape()));
  types.push_back(chosen.clone(*shape));
  return success();
}

LogicalResult nn::inferReduction(Place loc, Value input, ArrayRef<int64_t> axes,
                                 bool keepDimensions, Types &types) {
  RankedTensorType type = tensorType(input);
  int64_t previous = -1;
  for (int64_t axis : axes) {
    if (axis <= previous || axis >= type.getRank()) // (C1)
      return emitOptionalError(
          loc, "axes must be ascending and below the rank ", type.getRank(),
          ", found ", axis, " after ", previous);
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

/// Fails unless `axis` is a dimension of a tensor of `rank` dimensions.
static LogicalResult checkAxis(Place loc, int64_t axis, int64_t rank) {
  if (axis >= 0 && axis < rank)
    return success();
  return emitOptionalError(loc, "axis must be from 0 to ", rank - 1, ", found ",
                           axis);
}

LogicalResult ArgMaxOp::inferReturnTypes(MLIRContext *context, Place loc,
                                         Adaptor adaptor, Types &types) {
  int64_t axis = adaptor.getAxis();
  RankedTensorType input = tensorType(adaptor.getInput());
  if (failed(checkAxis(loc, axis, input.getRank()))) // (C1)
    return failure();
  SmallVector<int64_t> shape(input.getShape());
  if (adaptor.getKeepDimension())
    shape[axis] = 1;
  else
    shape.erase(shape.begin() + axis);
  types.push_back(
      RankedTensorType::get(shape, IntegerType::get(context, 64)));
  return success();
}

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *, Place loc,
                                            Adaptor adaptor, Types &types) {
  RankedTensorType input = tensorType(adaptor.getInput());
  ArrayRef<int64_t> permutation = adaptor.getPermutation();
  SmallVector<int64_t> sorted(permutation);
  llvm::sort(sorted);
  bool valid = static_cast<int64_t>(sorted.size()) == input.getRank();
  for (auto [i, dimension] : llvm::enumerate(sorted))
    valid &= dimension == static_cast<int64_t>(i);
  if (!valid) // (C1)
    return emitOptionalError(loc, "permutation must hold each of the ",
                             input.getRank(), " dimensions once, found [",
                             permutation, "]");
  SmallVector<int64_t> shape;
  for (int64_t dimension : permutation)
    shape.push_back(input.getDimSize(dimension));
  types.push_back(input.clone(shape));
  return success();
}

LogicalResult SliceOp::inferReturnTypes(MLIRContext *, Place loc,
                                        Adaptor adaptor, Types &types) {
  RankedTensorType input = tensorType(adaptor.getInput());
  size_t rank = input.getRank();
  if (adaptor.getOffsets().size() != rank ||
      adaptor.getSizes().size() != rank ||
      adaptor.getStrides().size() != rank) // (C1)
    return emitOptionalError(loc, "needs ", rank,
                             " offsets, sizes and strides, found ",
                             adaptor.getOffsets().size(), ", ",
                             adaptor.getSizes().size(), " and ",
                             adaptor.getStrides().size());
  for (size_t i = 0; i < rank; ++i) {
    int64_t offset = adaptor.getOffsets()[i], size = adaptor.getSizes()[i],
            stride = adaptor.getStrides()[i];
    if (stride == 0) // (C3)
      return emitOptionalError(loc, "stride of dimension ", i, " is zero");
    int64_t last = offset + (size - 1) * stride;
    int64_t extent = input.getDimSize(i);
    bool inside = offset >= 0 && offset < extent && last >= 0 && last < extent;
    if (size < 0 || (size > 0 && !inside)) // (C2)
      return emitOptionalError(loc, "elements ", offset, " to ", last,
                               " of dimension ", i,
                               " leave the operand, which has ", extent);
  }
  types.push_back(input.clone(adaptor.getSizes()));
  return success();
}

LogicalResult ConcatOp::inferReturnTypes(MLIRContext *, Place loc,
                                         Adaptor adaptor, Types &types) {
  if (adaptor.getInputs().empty()) // (C1)
    return emitOptionalError(loc, "needs at least one operand");
  RankedTensorType first = tensorType(adaptor.getInputs().front());
  int64_t axis = adaptor.getAxis();
  if (failed(checkAxis(loc, axis, first.getRank()))) // (C2)
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
      return emitOptionalError(loc, "operands ", first, " and ", type,
                               " differ in more than dimension ", axis);
    shape[axis] += length;
  }
  types.push_back(first.clone(shape));
  return success();
}

LogicalResult PadOp::inferReturnTypes(MLIRContext *, Place loc,
                                      Adaptor adaptor, Types &types) {
  RankedTensorType input = tensorType(adaptor.getInput());
  size_t rank = input.getRank();
  ArrayRef<int64_t> low = adaptor.getLow(), high = adaptor.getHigh();
  auto negative = [](int64_t number) { return number < 0; };
  if (low.size() != rank || high.size() != rank ||
      llvm::any_of(low, negative) || llvm::any_of(high, negative)) // (C1)
    return emitOptionalError(loc, "needs ", rank,
                             " low and high numbers that are not negative, "
                             "found [",
                             low, "] and [", high, "]");
  SmallVector<int64_t> shape(input.getShape());
  for (size_t i = 0; i < rank; ++i)
    shape[i] += low[i] + high[i];
  types.push_back(input.clone(shape));
  return success();
}

LogicalResult GatherOp::inferReturnTypes(MLIRContext *, Place loc,
                                         Adaptor adaptor, Types &types) {
  RankedTensorType input = tensorType(adaptor.getInput());
  int64_t axis = adaptor.getAxis();
  if (failed(checkAxis(loc, axis, input.getRank()))) // (C1)
    return failure();
  SmallVector<int64_t> shape(input.getShape().take_front(axis));
  llvm::append_range(shape, getShape(adaptor.getIndices()));
  llvm::append_range(shape, input.getShape().drop_front(axis + 1));
  types.push_back(input.clone(shape));
  return success();
}

LogicalResult EmbeddingOp::inferReturnTypes(MLIRContext *, Place loc,
                                            Adaptor adaptor, Types &types) {
  RankedTensorType table = tensorType(adaptor.getTable());
  if (table.getRank() != 2) // (C1)
    return emitOptionalError(loc, "table must have 2 dimensions, found ",
                             table.getRank());
  SmallVector<int64_t> shape(getShape(adaptor.getIndices()));
  shape.push_back(table.getDimSize(1));
  types.push_back(table.clone(shape));
  return success();
}

/// Type of the result of a product: the expressed type of quantized operands,
/// otherwise the operands' common type. Fails if they do not go together.
static FailureOr<Type> productElementType(Place loc, Value lhs, Value rhs) {
  Type left = tensorType(lhs).getElementType();
  Type right = tensorType(rhs).getElementType();
  auto leftQuantized = dyn_cast<quant::QuantizedType>(left);
  auto rightQuantized = dyn_cast<quant::QuantizedType>(right);
  if (leftQuantized && rightQuantized)
    return leftQuantized.getExpressedType();
  if (left == right)
    return left;
  (void)emitOptionalError(loc, "operands have element types ", left, " and ",
                          right, "; they must be equal or both quantized");
  return failure();
}

LogicalResult LinearOp::inferReturnTypes(MLIRContext *, Place loc,
                                         Adaptor adaptor, Types &types) {
  RankedTensorType input = tensorType(adaptor.getInput());
  RankedTensorType weight = tensorType(adaptor.getWeight());
  if (weight.getRank() != 2) // (C1)
    return emitOptionalError(loc, "weight must have 2 dimensions, found ",
                             weight.getRank());
  int64_t inner = weight.getDimSize(adaptor.getTransposed() ? 1 : 0);
  int64_t features = weight.getDimSize(adaptor.getTransposed() ? 0 : 1);
  if (input.getRank() == 0 || input.getShape().back() != inner) // (C2)
    return emitOptionalError(loc, "input ", shapeText(input.getShape()),
                             " must end in the weight's inner dimension, ",
                             inner);
  if (Value bias = adaptor.getBias())
    if (getShape(bias) != ArrayRef<int64_t>{features}) // (C3)
      return emitOptionalError(loc, "bias must have ", features,
                               " elements, found ", shapeText(getShape(bias)));
  auto element =
      productElementType(loc, adaptor.getInput(), adaptor.getWeight());
  if (failed(element)) // (C4)
    return failure();
  SmallVector<int64_t> shape(input.getShape());
  shape.back() = features;
  types.push_back(RankedTensorType::get(shape, *element));
  return success();
}

LogicalResult MatMulOp::inferReturnTypes(MLIRContext *, Place loc,
                                         Adaptor adaptor, Types &types) {
  ArrayRef<int64_t> lhs = getShape(adaptor.getLhs());
  ArrayRef<int64_t> rhs = getShape(adaptor.getRhs());
  if (lhs.size() < 2 || rhs.size() < 2) // (C1)
    return emitOptionalError(loc, "operands must have 2 dimensions or more, "
                                  "found ",
                             lhs.size(), " and ", rhs.size());
  ArrayRef<int64_t> matrix = rhs.take_back(2);
  int64_t inner = matrix[adaptor.getTransposeRhs() ? 1 : 0];
  if (lhs.back() != inner) // (C2)
    return emitOptionalError(loc, "inner dimensions are ", lhs.back(), " and ",
                             inner, ", which must be equal");
  auto shape = broadcastShapes({lhs.drop_back(2), rhs.drop_back(2)});
  if (!shape) // (C3)
    return emitOptionalError(loc, "leading dimensions of ", shapeText(lhs),
                             " and ", shapeText(rhs), " do not broadcast");
  auto element = productElementType(loc, adaptor.getLhs(), adaptor.getRhs());
  if (failed(element)) // (C4)
    return failure();
  shape->push_back(lhs[lhs.size() - 2]);
  shape->push_back(matrix[adaptor.getTransposeRhs() ? 0 : 1]);
  types.push_back(RankedTensorType::get(*shape, *element));
  return success();
}

/// Checks constraints C1 to C3 of an attention.
static LogicalResult checkAttentionShapes(Place loc,
                                          AttentionOp::Adaptor adaptor) {
  ArrayRef<int64_t> query = getShape(adaptor.getQuery());
  ArrayRef<int64_t> key = getShape(adaptor.getKey());
  ArrayRef<int64_t> value = getShape(adaptor.getValue());
  size_t rank = query.size();
  if (rank < 2 || key.size() != rank || value.size() != rank ||
      key.drop_back(2) != query.drop_back(2) ||
      value.drop_back(2) != query.drop_back(2)) // (C1)
    return emitOptionalError(loc, "query ", shapeText(query), ", key ",
                             shapeText(key), " and value ", shapeText(value),
                             " must agree in their leading dimensions");
  int64_t heads = adaptor.getHeads(), kvHeads = adaptor.getKvHeads();
  if (heads <= 0 || kvHeads <= 0 || heads % kvHeads != 0 ||
      query.back() % heads != 0 || key.back() % kvHeads != 0 ||
      value.back() % kvHeads != 0) // (C2)
    return emitOptionalError(loc, heads, " heads and ", kvHeads,
                             " key heads do not divide ", query.back(),
                             " query, ", key.back(), " key and ", value.back(),
                             " value features");
  if (query.back() / heads != key.back() / kvHeads ||
      key[rank - 2] != value[rank - 2]) // (C3)
    return emitOptionalError(
        loc, "query and key heads have ", query.back() / heads, " and ",
        key.back() / kvHeads, " features, key and value ", key[rank - 2],
        " and ", value[rank - 2], " tokens; they must be equal");
  return success();
}

/// Leading dimensions, heads, tokens of the query, tokens of the key.
static SmallVector<int64_t> scoresShape(ArrayRef<int64_t> query,
                                        ArrayRef<int64_t> key, int64_t heads) {
  SmallVector<int64_t> shape(query.drop_back(2));
  shape.push_back(heads);
  shape.push_back(query[query.size() - 2]);
  shape.push_back(key[key.size() - 2]);
  return shape;
}

SmallVector<int64_t> AttentionOp::getScoresShape() {
  return scoresShape(getShape(getQuery()), getShape(getKey()), getHeads());
}

LogicalResult AttentionOp::inferReturnTypes(MLIRContext *, Place loc,
                                            Adaptor adaptor, Types &types) {
  if (failed(checkAttentionShapes(loc, adaptor)))
    return failure();
  ArrayRef<int64_t> query = getShape(adaptor.getQuery());
  SmallVector<int64_t> scores =
      scoresShape(query, getShape(adaptor.getKey()), adaptor.getHeads());
  if (Value mask = adaptor.getMask()) {
    auto shape = broadcastShapes({scores, getShape(mask)});
    if (!shape || *shape != scores) // (C4)
      return emitOptionalError(loc, "mask ", shapeText(getShape(mask)),
                               " does not broadcast to the scores, ",
                               shapeText(scores));
  }
  bool quantized = isQuantized(adaptor.getQuery().getType());
  for (Value operand : {adaptor.getKey(), adaptor.getValue()})
    if (isQuantized(operand.getType()) != quantized) // (C5)
      return emitOptionalError(
          loc, "query, key and value must all be quantized or all be floats");
  if (quantized != adaptor.getProbabilities().has_value()) // (C5)
    return emitOptionalError(loc, "'probabilities' must be given if and only "
                                  "if the operands are quantized");
  auto element =
      productElementType(loc, adaptor.getQuery(), adaptor.getKey());
  if (failed(element))
    return failure();
  SmallVector<int64_t> shape(query);
  shape.back() = getShape(adaptor.getValue()).back() / adaptor.getKvHeads() *
                 adaptor.getHeads();
  types.push_back(RankedTensorType::get(shape, *element));
  return success();
}

/// Whether the numbers describe how a kernel moves over an image.
static bool isWindow(ArrayRef<int64_t> strides, ArrayRef<int64_t> pads,
                     ArrayRef<int64_t> dilations) {
  auto positive = [](int64_t number) { return number > 0; };
  auto natural = [](int64_t number) { return number >= 0; };
  return strides.size() == 2 && dilations.size() == 2 && pads.size() == 4 &&
         llvm::all_of(strides, positive) && llvm::all_of(dilations, positive) &&
         llvm::all_of(pads, natural);
}

/// Checks constraints C1 to C3 of a convolution.
static LogicalResult checkConvolution(Place loc, ConvOp::Adaptor adaptor) {
  ArrayRef<int64_t> input = getShape(adaptor.getInput());
  ArrayRef<int64_t> weight = getShape(adaptor.getWeight());
  if (input.size() != 4 || weight.size() != 4) // (C1)
    return emitOptionalError(loc, "input and weight must have 4 dimensions, "
                                  "found ",
                             input.size(), " and ", weight.size());
  int64_t groups = adaptor.getGroups();
  if (groups <= 0 || input[1] % groups != 0 || weight[0] % groups != 0 ||
      weight[1] != input[1] / groups) // (C2)
    return emitOptionalError(loc, groups, " groups do not go with ", input[1],
                             " channels, ", weight[0], " features and ",
                             weight[1], " channels of the weight");
  if (!isWindow(adaptor.getStrides(), adaptor.getPads(),
                adaptor.getDilations())) // (C3)
    return emitOptionalError(loc, "needs 2 positive strides and dilations and "
                                  "4 pads that are not negative");
  return success();
}

/// Appends to `shape` the number of positions of a kernel in height and width.
static LogicalResult appendPositions(Place loc, ArrayRef<int64_t> input,
                                     ArrayRef<int64_t> kernel,
                                     ArrayRef<int64_t> strides,
                                     ArrayRef<int64_t> pads,
                                     ArrayRef<int64_t> dilations,
                                     SmallVectorImpl<int64_t> &shape) {
  for (unsigned i = 0; i < 2; ++i) {
    int64_t padded = input[2 + i] + pads[i] + pads[2 + i];
    int64_t reach = (kernel[i] - 1) * dilations[i] + 1;
    if (reach > padded)
      return emitOptionalError(loc, "kernel reaches over ", reach,
                               " elements of dimension ", 2 + i,
                               ", the padded input has ", padded);
    shape.push_back((padded - reach) / strides[i] + 1);
  }
  return success();
}

LogicalResult PatchesOp::inferReturnTypes(MLIRContext *, Place loc,
                                          Adaptor adaptor, Types &types) {
  ArrayRef<int64_t> input = getShape(adaptor.getInput());
  if (input.size() != 4) // (C1)
    return emitOptionalError(loc, "input must have 4 dimensions, found ",
                             input.size());
  auto positive = [](int64_t number) { return number > 0; };
  ArrayRef<int64_t> kernel = adaptor.getKernel();
  if (kernel.size() != 2 || !llvm::all_of(kernel, positive) ||
      !isWindow(adaptor.getStrides(), adaptor.getPads(),
                adaptor.getDilations())) // (C2)
    return emitOptionalError(loc, "needs 2 positive kernel sizes, strides and "
                                  "dilations and 4 pads that are not negative");
  SmallVector<int64_t> positions;
  if (failed(appendPositions(loc, input, kernel, adaptor.getStrides(),
                             adaptor.getPads(), adaptor.getDilations(),
                             positions))) // (C3)
    return failure();
  types.push_back(tensorType(adaptor.getInput())
                      .clone({input[0], positions[0] * positions[1],
                              input[1] * kernel[0] * kernel[1]}));
  return success();
}

LogicalResult ConvOp::inferReturnTypes(MLIRContext *, Place loc,
                                       Adaptor adaptor, Types &types) {
  if (failed(checkConvolution(loc, adaptor)))
    return failure();
  ArrayRef<int64_t> input = getShape(adaptor.getInput());
  ArrayRef<int64_t> weight = getShape(adaptor.getWeight());
  SmallVector<int64_t> shape = {input[0], weight[0]};
  if (failed(appendPositions(loc, input, weight.drop_front(2),
                             adaptor.getStrides(), adaptor.getPads(),
                             adaptor.getDilations(), shape))) // (C4)
    return failure();
  if (Value bias = adaptor.getBias())
    if (getShape(bias) != ArrayRef<int64_t>{weight[0]}) // (C5)
      return emitOptionalError(loc, "bias must have ", weight[0],
                               " elements, found ", shapeText(getShape(bias)));
  auto element =
      productElementType(loc, adaptor.getInput(), adaptor.getWeight());
  if (failed(element)) // (C6)
    return failure();
  types.push_back(RankedTensorType::get(shape, *element));
  return success();
}

/// Checks what layer norm and root-mean-square norm have in common.
static LogicalResult checkNormalization(Place loc, Value input, Value weight,
                                        double epsilon) {
  ArrayRef<int64_t> shape = getShape(input), tail = getShape(weight);
  if (tail.empty() || tail.size() > shape.size() ||
      shape.take_back(tail.size()) != tail) // (C1)
    return emitOptionalError(loc, "weight ", shapeText(tail),
                             " must be the end of the input's shape, ",
                             shapeText(shape));
  if (!(epsilon >= 0))
    return emitOptionalError(loc, "epsilon must not be negative, found ",
                             epsilon);
  return success();
}

LogicalResult LayerNormOp::inferReturnTypes(MLIRContext *, Place loc,
                                            Adaptor adaptor, Types &types) {
  if (failed(checkNormalization(
          loc, adaptor.getInput(), adaptor.getWeight(),
          adaptor.getEpsilon().convertToDouble()))) // (C1) (C3)
    return failure();
  Value bias = adaptor.getBias();
  if (bias && getShape(bias) != getShape(adaptor.getWeight())) // (C2)
    return emitOptionalError(loc, "bias ", shapeText(getShape(bias)),
                             " must have the weight's shape, ",
                             shapeText(getShape(adaptor.getWeight())));
  types.push_back(adaptor.getInput().getType());
  return success();
}

LogicalResult RMSNormOp::inferReturnTypes(MLIRContext *, Place loc,
                                          Adaptor adaptor, Types &types) {
  if (failed(checkNormalization(
          loc, adaptor.getInput(), adaptor.getWeight(),
          adaptor.getEpsilon().convertToDouble()))) // (C1) (C2)
    return failure();
  types.push_back(adaptor.getInput().getType());
  return success();
}
