// Types of the results of products, attention, convolution and normalization,
// from operands and attributes, with the constraints that they must fulfil.
#include "dialects/NN/NNShared.h"
#include "dialects/NN/RunTimeScales.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

using Types = SmallVectorImpl<Type>;
using Place = std::optional<Location>;

static RankedTensorType tensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Type of the result of a product: the expressed type of quantized operands,
/// otherwise the operands' common type. Fails if they do not go together.
static FailureOr<Type> productElementType(ErrorSite site, Value lhs,
                                          Value rhs) {
  Type left = tensorType(lhs).getElementType();
  Type right = tensorType(rhs).getElementType();
  auto leftQuantized = dyn_cast<quant::QuantizedType>(left);
  auto rightQuantized = dyn_cast<quant::QuantizedType>(right);
  if (leftQuantized && rightQuantized &&
      leftQuantized.getExpressedType() == rightQuantized.getExpressedType())
    return leftQuantized.getExpressedType();
  if (left == right)
    return left;
  return site.emitError("operands have element types ", left, " and ", right,
                        "; they must be equal, or quantized and express one "
                        "type");
}

/// Fails unless `bias`, if there is one, has a number for each feature.
static LogicalResult checkBias(ErrorSite site, Value bias, int64_t features,
                               Type element) {
  auto expected = RankedTensorType::get({features}, element);
  if (!bias || bias.getType() == expected)
    return success();
  return site.emitError("bias must be ", expected, ", found ", bias.getType());
}

/// Fails if the scales of the right operand of a product vary along the
/// dimension that is summed over: sums of integers would mean nothing.
static LogicalResult checkInnerScales(ErrorSite site, Value rhs,
                                      bool transposeRhs) {
  if (!varyAlongInner(rhs, transposeRhs))
    return success();
  return site.emitError("scales of the right operand vary along the dimension "
                        "that is summed over");
}

LogicalResult LinearOp::inferReturnTypes(MLIRContext *, Place loc,
                                         Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  RankedTensorType input = tensorType(adaptor.getInput());
  RankedTensorType weight = tensorType(adaptor.getWeight());
  if (weight.getRank() != 2) // (C1)
    return site.emitError("weight must have 2 dimensions, found ",
                          weight.getRank());
  int64_t inner = weight.getDimSize(adaptor.getTransposed() ? 1 : 0);
  int64_t features = weight.getDimSize(adaptor.getTransposed() ? 0 : 1);
  if (input.getRank() == 0 || input.getShape().back() != inner) // (C2)
    return site.emitError("input ", shapeText(input.getShape()),
                          " must end in the weight's inner dimension, ", inner);
  auto codebook = dyn_cast<CodebookType>(weight.getElementType());
  FailureOr<Type> element =
      codebook && codebook.getExpressed() == input.getElementType()
          ? input.getElementType()
          : productElementType(site, adaptor.getInput(), adaptor.getWeight());
  if (failed(element) ||                                                // (C4)
      failed(checkBias(site, adaptor.getBias(), features, *element)) || // (C3)
      failed(
          checkInnerScales(site, adaptor.getWeight(), adaptor.getTransposed())))
    return failure();
  SmallVector<int64_t> shape(input.getShape());
  shape.back() = features;
  types.push_back(RankedTensorType::get(shape, *element));
  return success();
}

FailureOr<SmallVector<int64_t>> nn::inferMatrixProduct(ErrorSite site,
                                                       ArrayRef<int64_t> lhs,
                                                       ArrayRef<int64_t> rhs,
                                                       bool transposeRhs) {
  if (lhs.size() < 2 || rhs.size() < 2) // (C1)
    return site.emitError("operands must have 2 dimensions or more, "
                          "found ",
                          lhs.size(), " and ", rhs.size());
  ArrayRef<int64_t> matrix = rhs.take_back(2);
  int64_t inner = matrix[transposeRhs ? 1 : 0];
  if (lhs.back() != inner) // (C2)
    return site.emitError("inner dimensions are ", lhs.back(), " and ", inner,
                          ", which must be equal");
  auto shape = broadcastShapes({lhs.drop_back(2), rhs.drop_back(2)});
  if (!shape) // (C3)
    return site.emitError("leading dimensions of ", shapeText(lhs), " and ",
                          shapeText(rhs), " do not broadcast");
  shape->push_back(lhs[lhs.size() - 2]);
  shape->push_back(matrix[transposeRhs ? 0 : 1]);
  return *shape;
}

LogicalResult MatMulOp::inferReturnTypes(MLIRContext *, Place loc,
                                         Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  auto shape =
      inferMatrixProduct(site, getShape(adaptor.getLhs()),
                         getShape(adaptor.getRhs()), adaptor.getTransposeRhs());
  if (failed(shape)) // (C1) (C2) (C3)
    return failure();
  auto element = productElementType(site, adaptor.getLhs(), adaptor.getRhs());
  if (failed(element) || // (C4)
      failed(
          checkInnerScales(site, adaptor.getRhs(), adaptor.getTransposeRhs())))
    return failure();
  types.push_back(RankedTensorType::get(*shape, *element));
  return success();
}

/// Checks constraints C1 to C3 of an attention.
static LogicalResult checkAttentionShapes(ErrorSite site,
                                          AttentionOp::Adaptor adaptor) {
  ArrayRef<int64_t> query = getShape(adaptor.getQuery());
  ArrayRef<int64_t> key = getShape(adaptor.getKey());
  ArrayRef<int64_t> value = getShape(adaptor.getValue());
  size_t rank = query.size();
  if (rank < 2 || key.size() != rank || value.size() != rank ||
      key.drop_back(2) != query.drop_back(2) ||
      value.drop_back(2) != query.drop_back(2)) // (C1)
    return site.emitError("query ", shapeText(query), ", key ", shapeText(key),
                          " and value ", shapeText(value),
                          " must agree in their leading dimensions");
  int64_t heads = adaptor.getHeads(), kvHeads = adaptor.getKvHeads();
  if (heads <= 0 || kvHeads <= 0 || heads % kvHeads != 0 ||
      query.back() % heads != 0 || key.back() % kvHeads != 0 ||
      value.back() % kvHeads != 0) // (C2)
    return site.emitError(heads, " heads and ", kvHeads,
                          " key heads do not divide ", query.back(), " query, ",
                          key.back(), " key and ", value.back(),
                          " value features");
  if (query.back() / heads != key.back() / kvHeads ||
      key[rank - 2] != value[rank - 2]) // (C3)
    return site.emitError("query and key heads have ", query.back() / heads,
                          " and ", key.back() / kvHeads,
                          " features, key and value ", key[rank - 2], " and ",
                          value[rank - 2], " tokens; they must be equal");
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

/// Checks constraint C5 of an attention; returns the result's element type.
static FailureOr<Type> attentionElementType(ErrorSite site,
                                            AttentionOp::Adaptor adaptor) {
  auto element = productElementType(site, adaptor.getQuery(), adaptor.getKey());
  if (failed(element) ||
      failed(productElementType(site, adaptor.getQuery(), adaptor.getValue())))
    return failure();
  std::optional<Type> probabilities = adaptor.getProbabilities();
  if (!probabilities && isQuantized(adaptor.getQuery().getType()))
    return site.emitError("'probabilities' must be given if the operands are "
                          "quantized");
  if (!probabilities)
    return element;
  auto quantized = dyn_cast<quant::QuantizedType>(*probabilities);
  if (!quantized || !isQuantized(quantized) ||
      quantized.getExpressedType() != *element)
    return site.emitError("'probabilities' must be quantized and express ",
                          *element, ", found ", *probabilities);
  return element;
}

LogicalResult AttentionOp::inferReturnTypes(MLIRContext *, Place loc,
                                            Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  if (failed(checkAttentionShapes(site, adaptor)))
    return failure();
  auto element = attentionElementType(site, adaptor);
  if (failed(element) || // (C5)
      failed(checkInnerScales(site, adaptor.getValue(),
                              /*transposeRhs=*/false)))
    return failure();
  ArrayRef<int64_t> query = getShape(adaptor.getQuery());
  SmallVector<int64_t> scores =
      scoresShape(query, getShape(adaptor.getKey()), adaptor.getHeads());
  if (!countElements(scores)) // (C6)
    return site.emitError("scores ", shapeText(scores),
                          " have more than 2^40 elements");
  if (Value mask = adaptor.getMask()) {
    auto shape = broadcastShapes({scores, getShape(mask)});
    if (!shape || *shape != scores ||
        getElementTypeOrSelf(mask.getType()) != *element) // (C4)
      return site.emitError("mask ", mask.getType(),
                            " does not broadcast to the scores, ",
                            RankedTensorType::get(scores, *element));
  }
  SmallVector<int64_t> shape(query);
  shape.back() = getShape(adaptor.getValue()).back() / adaptor.getKvHeads() *
                 adaptor.getHeads();
  types.push_back(RankedTensorType::get(shape, *element));
  return success();
}

static bool positive(int64_t number) {
  return number > 0 && number <= maxElements;
}

/// Whether the numbers describe how a kernel moves over an image.
static bool isWindow(ArrayRef<int64_t> strides, ArrayRef<int64_t> pads,
                     ArrayRef<int64_t> dilations) {
  auto natural = [](int64_t number) {
    return number >= 0 && number <= maxElements;
  };
  return strides.size() == 2 && dilations.size() == 2 && pads.size() == 4 &&
         llvm::all_of(strides, positive) && llvm::all_of(dilations, positive) &&
         llvm::all_of(pads, natural);
}

/// Checks constraints C1 to C3 of a convolution.
static LogicalResult checkConvolution(ErrorSite site, ConvOp::Adaptor adaptor) {
  ArrayRef<int64_t> input = getShape(adaptor.getInput());
  ArrayRef<int64_t> weight = getShape(adaptor.getWeight());
  if (input.size() != 4 || weight.size() != 4) // (C1)
    return site.emitError("input and weight must have 4 dimensions, "
                          "found ",
                          input.size(), " and ", weight.size());
  int64_t groups = adaptor.getGroups();
  if (groups <= 0 || input[1] % groups != 0 || weight[0] % groups != 0 ||
      weight[1] != input[1] / groups) // (C2)
    return site.emitError(groups, " groups do not go with ", input[1],
                          " channels, ", weight[0], " features and ", weight[1],
                          " channels of the weight");
  if (!isWindow(adaptor.getStrides(), adaptor.getPads(),
                adaptor.getDilations())) // (C3)
    return site.emitError("needs 2 strides and dilations from 1 to 2^40 and 4 "
                          "pads from 0 to 2^40");
  return success();
}

/// Appends to `shape` the number of positions of a kernel in height and width.
/// Fails if it is empty or does not fit, or if all windows together are too
/// many elements.
static LogicalResult appendPositions(ErrorSite site, ArrayRef<int64_t> input,
                                     ArrayRef<int64_t> kernel,
                                     ArrayRef<int64_t> strides,
                                     ArrayRef<int64_t> pads,
                                     ArrayRef<int64_t> dilations,
                                     SmallVectorImpl<int64_t> &shape) {
  for (unsigned i = 0; i < 2; ++i) {
    if (kernel[i] < 1)
      return site.emitError("kernel is empty in dimension ", 2 + i);
    uint64_t padded = input[2 + i] + pads[i] + pads[2 + i];
    uint64_t reach =
        llvm::SaturatingMultiplyAdd<uint64_t>(kernel[i] - 1, dilations[i], 1);
    if (reach > padded)
      return site.emitError("kernel reaches over ", reach,
                            " elements of dimension ", 2 + i,
                            ", the padded input has ", padded);
    shape.push_back((padded - reach) / strides[i] + 1);
  }
  ArrayRef<int64_t> positions = ArrayRef(shape).take_back(2);
  if (!countElements({input[0], positions[0], positions[1], input[1], kernel[0],
                      kernel[1]}))
    return site.emitError("windows of ", kernel[0], "x", kernel[1], " at ",
                          positions[0], "x", positions[1],
                          " positions have more than 2^40 elements");
  return success();
}

LogicalResult PatchesOp::inferReturnTypes(MLIRContext *, Place loc,
                                          Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  ArrayRef<int64_t> input = getShape(adaptor.getInput());
  if (input.size() != 4) // (C1)
    return site.emitError("input must have 4 dimensions, found ", input.size());
  ArrayRef<int64_t> kernel = adaptor.getKernel();
  if (kernel.size() != 2 || !llvm::all_of(kernel, positive) ||
      !isWindow(adaptor.getStrides(), adaptor.getPads(),
                adaptor.getDilations())) // (C2)
    return site.emitError("needs 2 kernel sizes, strides and dilations from 1 "
                          "to 2^40 and 4 pads from 0 to 2^40");
  SmallVector<int64_t> positions;
  if (failed(appendPositions(site, input, kernel, adaptor.getStrides(),
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
  ErrorSite site = {loc, getOperationName()};
  if (failed(checkConvolution(site, adaptor)))
    return failure();
  ArrayRef<int64_t> input = getShape(adaptor.getInput());
  ArrayRef<int64_t> weight = getShape(adaptor.getWeight());
  SmallVector<int64_t> shape = {input[0], weight[0]};
  if (failed(appendPositions(site, input, weight.drop_front(2),
                             adaptor.getStrides(), adaptor.getPads(),
                             adaptor.getDilations(), shape))) // (C4)
    return failure();
  auto element =
      productElementType(site, adaptor.getInput(), adaptor.getWeight());
  if (failed(element) ||                                               // (C6)
      failed(checkBias(site, adaptor.getBias(), weight[0], *element))) // (C5)
    return failure();
  types.push_back(RankedTensorType::get(shape, *element));
  return success();
}

/// Checks what layer norm and root-mean-square norm have in common.
static LogicalResult checkNormalization(ErrorSite site, Value input,
                                        Value weight, double epsilon) {
  RankedTensorType type = tensorType(input);
  ArrayRef<int64_t> shape = type.getShape(), tail = getShape(weight);
  if (tail.empty() || tail.size() > shape.size() ||
      shape.take_back(tail.size()) != tail ||
      tensorType(weight) != type.clone(tail)) // (C1)
    return site.emitError("weight ", weight.getType(),
                          " must be the end of the input, ", type);
  if (!(epsilon >= 0))
    return site.emitError("epsilon must not be negative, found ", epsilon);
  return success();
}

LogicalResult LayerNormOp::inferReturnTypes(MLIRContext *, Place loc,
                                            Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  if (failed(checkNormalization(
          site, adaptor.getInput(), adaptor.getWeight(),
          adaptor.getEpsilon().convertToDouble()))) // (C1) (C3)
    return failure();
  Value bias = adaptor.getBias();
  if (bias && bias.getType() != adaptor.getWeight().getType()) // (C2)
    return site.emitError("bias ", bias.getType(),
                          " must have the weight's type, ",
                          adaptor.getWeight().getType());
  types.push_back(adaptor.getInput().getType());
  return success();
}

LogicalResult RMSNormOp::inferReturnTypes(MLIRContext *, Place loc,
                                          Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  if (failed(checkNormalization(
          site, adaptor.getInput(), adaptor.getWeight(),
          adaptor.getEpsilon().convertToDouble()))) // (C1) (C2)
    return failure();
  types.push_back(adaptor.getInput().getType());
  return success();
}

LogicalResult RotaryEmbeddingOp::inferReturnTypes(MLIRContext *, Place loc,
                                                  Adaptor adaptor,
                                                  Types &types) {
  ErrorSite site = {loc, getOperationName()};
  RankedTensorType input = tensorType(adaptor.getInput());
  RankedTensorType cosine = tensorType(adaptor.getCosine());
  if (cosine != adaptor.getSine().getType() ||
      cosine.getElementType() != input.getElementType()) // (C1)
    return site.emitError("cosine ", cosine, " and sine ",
                          adaptor.getSine().getType(),
                          " must have one type, and the input's element type, ",
                          input.getElementType());
  ArrayRef<int64_t> shape = input.getShape(), table = cosine.getShape();
  if (shape.empty() || table.empty() || table.back() > shape.back() / 2) // (C2)
    return site.emitError("tables ", shapeText(table),
                          " must end in at most half as many elements as the "
                          "input, ",
                          shapeText(shape));
  ArrayRef<int64_t> leading = shape.drop_back();
  auto common = broadcastShapes({leading, table.drop_back()});
  if (!common || ArrayRef<int64_t>(*common) != leading) // (C3)
    return site.emitError("tables ", shapeText(table),
                          " do not broadcast to the input, ", shapeText(shape));
  types.push_back(input);
  return success();
}
