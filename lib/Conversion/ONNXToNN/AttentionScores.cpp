// Matches what stands before the softmax of an attention.
#include "AttentionScores.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Leading dimensions
//===----------------------------------------------------------------------===//

static ArrayRef<int64_t> withoutLeadingOnes(ArrayRef<int64_t> shape) {
  return shape.drop_while([](int64_t size) { return size == 1; });
}

Shape atleus::batchOf(Value value) {
  ArrayRef<int64_t> shape = shapeOf(value);
  return Shape(shape.drop_back(std::min<size_t>(2, shape.size())));
}

bool atleus::areEqualUpToLeadingOnes(ArrayRef<int64_t> a, ArrayRef<int64_t> b) {
  return withoutLeadingOnes(a) == withoutLeadingOnes(b);
}

bool atleus::keepsMatrices(nn::ReshapeOp op) {
  ArrayRef<int64_t> from = shapeOf(op.getInput()), to = op.getType().getShape();
  return areEqualUpToLeadingOnes(from, to) ||
         (from.size() >= 2 && to.size() >= 2 &&
          from.take_back(2) == to.take_back(2));
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

/// Whether every row of the constant condition keeps at least one score.
static bool keepsOneInEachRow(Value condition, bool keepsWhereFalse) {
  std::optional<Tensor> tensor = getConstantTensor(condition);
  if (!tensor || tensor->getRank() == 0)
    return false;
  int64_t row = tensor->getShape().back();
  ArrayRef<bool> elements = tensor->as<bool>();
  for (size_t i = 0; i < elements.size(); i += row)
    if (!llvm::is_contained(elements.slice(i, row), !keepsWhereFalse))
      return false;
  return row != 0;
}

/// Whether the fill equals an addend only beside a visible score.
static bool needsVisible(const Mask &mask) {
  return mask.fill && *getConstantSplat(mask.fill) > unmasked;
}

/// Whether what is added is known and hides nothing.
static bool isBias(const Mask &mask) {
  std::optional<Tensor> tensor = getConstantTensor(mask.value);
  if (mask.fill || !tensor)
    return false;
  for (int64_t i = 0; i < tensor->numElements(); ++i)
    if (!(tensor->getFloat(i) > negligible / 10))
      return false;
  return true;
}

/// Adds a mask to the scores unless one mask could hide what another one keeps
/// in a row and needs there.
static std::optional<Scores> withMask(std::optional<Scores> scores,
                                      const Mask &mask) {
  if (!scores)
    return std::nullopt;
  for (const Mask &other : scores->masks)
    if ((needsVisible(mask) && !isBias(other)) ||
        (needsVisible(other) && !isBias(mask)))
      return std::nullopt;
  scores->masks.push_back(mask);
  return scores;
}

/// Scores that are replaced where a condition says so, as an addend.
static std::optional<Mask> matchSelection(nn::SelectOp op, Value scores) {
  Mask mask{op.getCondition(), op.getOtherwise()};
  if (op.getOtherwise() == scores) {
    mask.fill = op.getThen();
    mask.keepsWhereFalse = true;
  } else if (op.getThen() != scores) {
    return std::nullopt;
  }
  std::optional<double> fill = getConstantSplat(mask.fill);
  if (!fill || *fill > negligible)
    return std::nullopt;
  if (*fill > unmasked && !keepsOneInEachRow(mask.value, mask.keepsWhereFalse))
    return std::nullopt;
  return mask;
}

static Value buildMask(OpBuilder &builder, Location location,
                       const Mask &mask) {
  if (!mask.fill)
    return mask.value;
  auto type = RankedTensorType::get({}, elementTypeOf(mask.fill));
  Value zero = nn::ConstantOp::create(builder, location, createSplat(type, 0));
  Value fill = nn::ConstantOp::create(
      builder, location, createSplat(type, *getConstantSplat(mask.fill)));
  Value then = mask.keepsWhereFalse ? fill : zero;
  Value otherwise = mask.keepsWhereFalse ? zero : fill;
  return nn::SelectOp::create(builder, location, mask.value, then, otherwise);
}

/// `value`, which broadcasts to scores with the leading dimensions `from`, for
/// the same scores with the leading dimensions `to`.
static Value moveMask(OpBuilder &builder, Location location, Value value,
                      ArrayRef<int64_t> from, ArrayRef<int64_t> to) {
  ArrayRef<int64_t> shape = shapeOf(value);
  if (areEqualUpToLeadingOnes(from, to) || shape.size() <= 2)
    return value;
  auto withBatch = [&](ArrayRef<int64_t> batch) {
    SmallVector<int64_t> result(batch);
    llvm::append_range(result, shape.take_back(2));
    return RankedTensorType::get(result, elementTypeOf(value));
  };
  // Dimensions that both have may stay as they are.
  ArrayRef<int64_t> own = withoutLeadingOnes(shape.drop_back(2));
  size_t common = own.size();
  if (common <= from.size() && common <= to.size() &&
      from.take_back(common) == to.take_back(common))
    return builder.createOrFold<nn::ReshapeOp>(location, withBatch(own), value);
  Value whole =
      builder.createOrFold<nn::ExpandOp>(location, withBatch(from), value);
  return builder.createOrFold<nn::ReshapeOp>(location, withBatch(to), whole);
}

Value atleus::buildMasks(OpBuilder &builder, Location location,
                         ArrayRef<Mask> masks, ArrayRef<int64_t> batch) {
  Value sum;
  for (const Mask &mask : masks) {
    Value addend =
        moveMask(builder, location, buildMask(builder, location, mask),
                 mask.batch, batch);
    sum = sum ? nn::AddOp::create(builder, location, sum, addend).getResult()
              : addend;
  }
  return sum;
}

//===----------------------------------------------------------------------===//
// Scores
//===----------------------------------------------------------------------===//

/// scores + mask, in either order.
static std::optional<Scores> matchMaskedSum(nn::AddOp op) {
  for (Value operand : {op.getLhs(), op.getRhs()}) {
    if (operand.getType() != op.getType())
      continue;
    Mask mask{otherOperand(op, operand), Value(), false, batchOf(operand)};
    if (auto scores = withMask(matchScores(operand), mask))
      return scores;
  }
  return std::nullopt;
}

static std::optional<Scores> matchReplaced(nn::SelectOp op) {
  for (Value operand : {op.getThen(), op.getOtherwise()}) {
    if (operand.getType() != op.getType())
      continue;
    std::optional<Mask> mask = matchSelection(op, operand);
    if (!mask)
      continue;
    mask->batch = batchOf(operand);
    if (auto scores = withMask(matchScores(operand), *mask))
      return scores;
  }
  return std::nullopt;
}

static std::optional<Scores> matchReshaped(nn::ReshapeOp op) {
  if (!keepsMatrices(op))
    return std::nullopt;
  std::optional<Scores> scores = matchScores(op.getInput());
  if (scores)
    scores->batches.append({batchOf(op.getInput()), batchOf(op)});
  return scores;
}

std::optional<Scores> atleus::matchScores(Value value) {
  if (!value.hasOneUse())
    return std::nullopt;
  if (auto product = value.getDefiningOp<nn::MatMulOp>()) {
    Scores scores;
    scores.product = product;
    return scores;
  }
  if (auto reshape = value.getDefiningOp<nn::ReshapeOp>())
    return matchReshaped(reshape);
  if (auto sum = value.getDefiningOp<nn::AddOp>())
    return matchMaskedSum(sum);
  if (auto select = value.getDefiningOp<nn::SelectOp>())
    return matchReplaced(select);
  std::optional<WithNumber> scaled = matchScaled(value);
  if (!scaled)
    return std::nullopt;
  std::optional<Scores> scores = matchScores(scaled->value);
  // A mask would be scaled too.
  if (!scores || !scores->masks.empty())
    return std::nullopt;
  scores->scale *= scaled->number;
  return scores;
}
