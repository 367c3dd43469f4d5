// Matches pairs of features and tables of angles.
#include "RotaryParts.h"
#include "Matching.h"

#include "atleus/Interpreter/Elementwise.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Pairs of features
//===----------------------------------------------------------------------===//

/// Whether the slice takes a part of the last dimension only.
static bool slicesLastDimension(nn::SliceOp slice) {
  ArrayRef<int64_t> from = shapeOf(slice.getInput());
  if (from.empty() || slice.getStrides().back() < 1)
    return false;
  for (size_t i = 0; i + 1 < from.size(); ++i)
    if (slice.getOffsets()[i] != 0 || slice.getSizes()[i] != from[i] ||
        slice.getStrides()[i] != 1)
      return false;
  return true;
}

/// One member of pairs that a reshape has given a dimension of their own:
/// [..., 2 n] -> [..., n, 2] -> [..., n, 1] -> [..., n].
static std::optional<FeaturePart> matchSplitMember(Value value) {
  auto drop = value.getDefiningOp<nn::ReshapeOp>();
  auto slice =
      drop ? drop.getInput().getDefiningOp<nn::SliceOp>() : nn::SliceOp();
  auto split =
      slice ? slice.getInput().getDefiningOp<nn::ReshapeOp>() : nn::ReshapeOp();
  if (!split || !slicesLastDimension(slice))
    return std::nullopt;
  ArrayRef<int64_t> pairs = shapeOf(slice.getInput());
  SmallVector<int64_t> whole(pairs.drop_back());
  if (whole.empty() || pairs.back() != 2 || slice.getSizes().back() != 1 ||
      shapeOf(value) != ArrayRef<int64_t>(whole))
    return std::nullopt;
  whole.back() *= 2;
  if (shapeOf(split.getInput()) != ArrayRef<int64_t>(whole))
    return std::nullopt;
  FeaturePart part = FeaturePart::of(split.getInput());
  if (part.stride != 1)
    return std::nullopt;
  part.offset += slice.getOffsets().back();
  part.size = whole.back() / 2;
  part.stride = 2;
  return part;
}

/// How a transpose or a reshape rearranges the dimensions before the last one,
/// which it keeps; std::nullopt if it does something else.
static std::optional<Rearrangement> matchRearrangement(Operation *op) {
  if (auto transpose = dyn_cast_or_null<nn::TransposeOp>(op)) {
    ArrayRef<int64_t> permutation = transpose.getPermutation();
    if (permutation.empty() ||
        permutation.back() + 1 != static_cast<int64_t>(permutation.size()))
      return std::nullopt;
    return Rearrangement{true, llvm::to_vector(permutation.drop_back())};
  }
  auto reshape = dyn_cast_or_null<nn::ReshapeOp>(op);
  if (!reshape)
    return std::nullopt;
  ArrayRef<int64_t> from = shapeOf(reshape.getInput());
  ArrayRef<int64_t> to = shapeOf(reshape);
  if (from.empty() || to.empty() || from.back() != to.back())
    return std::nullopt;
  return Rearrangement{false, llvm::to_vector(to.drop_back())};
}

FeaturePart FeaturePart::of(Value value) {
  if (std::optional<FeaturePart> member = matchSplitMember(value))
    return *member;
  Operation *op = value.getDefiningOp();
  if (auto slice = dyn_cast_or_null<nn::SliceOp>(op);
      slice && slicesLastDimension(slice)) {
    FeaturePart part = of(slice.getInput());
    part.offset += slice.getOffsets().back() * part.stride;
    part.size = slice.getSizes().back();
    part.stride *= slice.getStrides().back();
    return part;
  }
  if (std::optional<Rearrangement> step = matchRearrangement(op)) {
    FeaturePart part = of(op->getOperand(0));
    part.steps.push_back(std::move(*step));
    return part;
  }
  return {value, 0, shapeOf(value).empty() ? 1 : shapeOf(value).back(), 1, {}};
}

bool FeaturePart::is(Value value) const {
  FeaturePart other = of(value);
  return goesWith(other) && offset == other.offset && size == other.size &&
         stride == other.stride;
}

/// The shape after a rearrangement.
static SmallVector<int64_t> rearrange(ArrayRef<int64_t> shape,
                                      const Rearrangement &step) {
  SmallVector<int64_t> result;
  for (int64_t number : step.leading)
    result.push_back(step.isPermutation ? shape[number] : number);
  result.push_back(shape.back());
  return result;
}

SmallVector<int64_t> FeaturePart::shape() const {
  SmallVector<int64_t> result(shapeOf(base));
  if (result.empty())
    return result;
  result.back() = size;
  for (const Rearrangement &step : steps)
    result = rearrange(result, step);
  return result;
}

Value FeaturePart::build(OpBuilder &builder, Location location) const {
  Value value = base;
  if (offset != 0 || stride != 1 || size != shapeOf(base).back()) {
    SmallVector<int64_t> offsets(shapeOf(base).size(), 0);
    SmallVector<int64_t> strides(offsets.size(), 1);
    SmallVector<int64_t> sizes(shapeOf(base));
    offsets.back() = offset;
    sizes.back() = size;
    strides.back() = stride;
    value =
        nn::SliceOp::create(builder, location, base, offsets, sizes, strides);
  }
  for (const Rearrangement &step : steps) {
    if (!step.isPermutation) {
      value = nn::ReshapeOp::create(
          builder, location,
          RankedTensorType::get(rearrange(shapeOf(value), step),
                                elementTypeOf(value)),
          value);
      continue;
    }
    SmallVector<int64_t> permutation(step.leading);
    permutation.push_back(permutation.size());
    value = nn::TransposeOp::create(builder, location, value, permutation);
  }
  return value;
}

std::optional<FeaturePart> atleus::matchPairs(Value a, Value b,
                                              bool interleaved) {
  FeaturePart first = FeaturePart::of(a), second = FeaturePart::of(b);
  int64_t step = interleaved ? 2 : 1;
  int64_t distance = interleaved ? 1 : first.size;
  if (!first.goesWith(second) || first.size != second.size ||
      first.stride != step || second.stride != step ||
      second.offset != first.offset + distance)
    return std::nullopt;
  return FeaturePart{first.base, first.offset, 2 * first.size, 1, first.steps};
}

/// [..., n, 1] as the [..., n] that it is a reshape of, or null.
static Value matchUnsqueezed(Value value) {
  auto reshape = value.getDefiningOp<nn::ReshapeOp>();
  if (!reshape || shapeOf(value).empty() || shapeOf(value).back() != 1 ||
      shapeOf(reshape.getInput()) != shapeOf(value).drop_back())
    return {};
  return reshape.getInput();
}

std::optional<JoinedPairs> atleus::matchJoinedPairs(Value value) {
  auto flatten = value.getDefiningOp<nn::ReshapeOp>();
  auto concat = flatten ? flatten.getInput().getDefiningOp<nn::ConcatOp>()
                        : value.getDefiningOp<nn::ConcatOp>();
  if (!concat || concat.getInputs().size() != 2 ||
      static_cast<int64_t>(concat.getAxis()) + 1 != concat.getType().getRank())
    return std::nullopt;
  Value first = concat.getInputs()[0], second = concat.getInputs()[1];
  if (first.getType() != second.getType())
    return std::nullopt;
  if (!flatten)
    return JoinedPairs{first, second, false};
  first = matchUnsqueezed(first);
  second = matchUnsqueezed(second);
  if (!first || !second)
    return std::nullopt;
  SmallVector<int64_t> joined(shapeOf(first));
  if (joined.empty())
    return std::nullopt;
  joined.back() *= 2;
  if (shapeOf(value) != ArrayRef<int64_t>(joined))
    return std::nullopt;
  return JoinedPairs{first, second, true};
}

Value atleus::matchNegated(Value value) {
  if (auto negation = value.getDefiningOp<nn::NegOp>())
    return negation.getInput();
  std::optional<WithNumber> scaled = matchScaled(value);
  return scaled && scaled->number == -1 ? scaled->value : Value();
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

/// Whether a constant has the same number for both members of each pair.
static bool isDoubledConstant(const Tensor &tensor, bool interleaved) {
  int64_t size = tensor.getRank() ? tensor.getShape().back() : 0;
  if (size == 0 || size % 2 != 0 || !isFloat(tensor.getKind()))
    return false;
  int64_t distance = interleaved ? 1 : size / 2;
  for (int64_t row = 0; row < tensor.numElements(); row += size)
    for (int64_t pair = 0; pair < size / 2; ++pair) {
      int64_t first = row + (interleaved ? 2 * pair : pair);
      if (tensor.getFloat(first) != tensor.getFloat(first + distance))
        return false;
    }
  return true;
}

/// The two equal halves that `table` joins, or null.
static Value matchRepeated(Value table, bool interleaved) {
  std::optional<JoinedPairs> pairs = matchJoinedPairs(table);
  if (pairs && pairs->interleaved == interleaved &&
      pairs->first == pairs->second)
    return pairs->first;
  auto merge = table.getDefiningOp<nn::ReshapeOp>();
  auto expand =
      merge ? merge.getInput().getDefiningOp<nn::ExpandOp>() : nn::ExpandOp();
  if (!interleaved || !expand)
    return {};
  // [..., n, 1] -> [..., n, 2] -> [..., 2 n]
  SmallVector<int64_t> repeated(expand.getType().getShape());
  SmallVector<int64_t> single(repeated);
  single.back() = 1;
  if (repeated.size() < 2 || repeated.back() != 2 ||
      shapeOf(expand.getInput()) != ArrayRef<int64_t>(single))
    return {};
  return matchUnsqueezed(expand.getInput());
}

/// The operand through which `table` has its last dimension: one that the op
/// changes element by element, rearranges in other dimensions, or looks up in.
static OpOperand *findTableOperand(Operation *op) {
  Value result = op->getResult(0);
  int64_t features = shapeOf(result).empty() ? 0 : shapeOf(result).back();
  auto keepsFeatures = [&](Value operand) {
    return !shapeOf(operand).empty() && shapeOf(operand).back() == features;
  };
  if (isa<nn::CosOp, nn::SinOp, nn::CastOp>(op))
    return &op->getOpOperand(0);
  if (isa<nn::MulOp>(op)) {
    std::optional<WithNumber> scaled = matchScaled(result);
    if (!scaled)
      return nullptr;
    return &op->getOpOperand(op->getOperand(0) == scaled->value ? 0 : 1);
  }
  if (isa<nn::ReshapeOp, nn::ExpandOp>(op))
    return keepsFeatures(op->getOperand(0)) ? &op->getOpOperand(0) : nullptr;
  if (auto transpose = dyn_cast<nn::TransposeOp>(op)) {
    int64_t rank = transpose.getPermutation().size();
    return transpose.getPermutation().back() == rank - 1 ? &op->getOpOperand(0)
                                                         : nullptr;
  }
  if (auto slice = dyn_cast<nn::SliceOp>(op)) {
    bool isWhole = keepsFeatures(slice.getInput()) &&
                   slice.getOffsets().back() == 0 &&
                   slice.getStrides().back() == 1;
    return isWhole ? &op->getOpOperand(0) : nullptr;
  }
  if (isa<nn::EmbeddingOp>(op))
    return &op->getOpOperand(0);
  if (auto gather = dyn_cast<nn::GatherOp>(op)) {
    int64_t rank = shapeOf(gather.getInput()).size();
    return static_cast<int64_t>(gather.getAxis()) + 1 < rank
               ? &op->getOpOperand(0)
               : nullptr;
  }
  return nullptr;
}

bool atleus::isDoubled(Value table, bool interleaved) {
  if (shapeOf(table).empty() || shapeOf(table).back() % 2 != 0)
    return false;
  if (std::optional<Tensor> constant = getConstantTensor(table))
    return isDoubledConstant(*constant, interleaved);
  if (matchRepeated(table, interleaved))
    return true;
  Operation *op = table.getDefiningOp();
  OpOperand *operand = op ? findTableOperand(op) : nullptr;
  return operand && isDoubled(operand->get(), interleaved);
}

/// The numbers of a constant, each pair's once.
static Value sliceHalf(OpBuilder &builder, Value table, bool interleaved) {
  int64_t half = shapeOf(table).back() / 2;
  FeaturePart part{table, 0, half, interleaved ? 2 : 1, {}};
  return part.build(builder, table.getLoc());
}

/// A copy of `op`, which works on half as many features.
static Value cloneWithHalf(OpBuilder &builder, Operation *op,
                           OpOperand &operand, Value half) {
  IRMapping mapping;
  mapping.map(operand.get(), half);
  Operation *clone = builder.clone(*op, mapping);
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<int64_t> shape(type.getShape());
  shape.back() /= 2;
  clone->getResult(0).setType(type.clone(shape));
  if (auto slice = dyn_cast<nn::SliceOp>(clone)) {
    SmallVector<int64_t> sizes(slice.getSizes());
    sizes.back() /= 2;
    slice.setSizes(sizes);
  }
  return clone->getResult(0);
}

Value atleus::buildHalf(OpBuilder &builder, Value table, bool interleaved) {
  if (getConstantTensor(table))
    return sliceHalf(builder, table, interleaved);
  if (Value half = matchRepeated(table, interleaved))
    return half;
  Operation *op = table.getDefiningOp();
  OpOperand *operand = findTableOperand(op);
  return cloneWithHalf(builder, op, *operand,
                       buildHalf(builder, operand->get(), interleaved));
}

std::pair<Value, Value> atleus::withOneShape(OpBuilder &builder, Value a,
                                             Value b) {
  std::optional<Shape> leading =
      kernels::broadcastShapes(shapeOf(a).drop_back(), shapeOf(b).drop_back());
  auto expand = [&](Value table) -> Value {
    SmallVector<int64_t> shape(leading->begin(), leading->end());
    shape.push_back(shapeOf(table).back());
    if (shapeOf(table) == ArrayRef<int64_t>(shape))
      return table;
    return nn::ExpandOp::create(
        builder, table.getLoc(),
        RankedTensorType::get(shape, elementTypeOf(table)), table);
  };
  return {expand(a), expand(b)};
}
