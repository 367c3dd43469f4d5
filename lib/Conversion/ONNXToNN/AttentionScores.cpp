// Matches what stands before the softmax of an attention.
#include "AttentionScores.h"

using namespace mlir;
using namespace atleus;

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

/// Scores that are replaced where a condition says so, as an addend.
static std::optional<Mask> matchSelection(nn::SelectOp op, Value scores) {
  Mask mask{op.getCondition(), op.getOtherwise(), false};
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

Value atleus::buildMasks(OpBuilder &builder, Location location,
                         ArrayRef<Mask> masks) {
  Value sum;
  for (const Mask &mask : masks) {
    Value addend = buildMask(builder, location, mask);
    sum = sum ? nn::AddOp::create(builder, location, sum, addend).getResult()
              : addend;
  }
  return sum;
}

//===----------------------------------------------------------------------===//
// Scores
//===----------------------------------------------------------------------===//

static ArrayRef<int64_t> withoutLeadingOnes(ArrayRef<int64_t> shape) {
  return shape.drop_while([](int64_t size) { return size == 1; });
}

/// scores + mask, in either order.
static std::optional<Scores> matchMaskedSum(nn::AddOp op) {
  for (Value operand : {op.getLhs(), op.getRhs()}) {
    if (operand.getType() != op.getType())
      continue;
    std::optional<Scores> scores = matchScores(operand);
    if (!scores)
      continue;
    scores->masks.push_back({otherOperand(op, operand), Value(), false});
    return scores;
  }
  return std::nullopt;
}

static std::optional<Scores> matchReplaced(nn::SelectOp op) {
  for (Value operand : {op.getThen(), op.getOtherwise()}) {
    if (operand.getType() != op.getType())
      continue;
    std::optional<Mask> mask = matchSelection(op, operand);
    std::optional<Scores> scores;
    if (mask)
      scores = matchScores(operand);
    if (!scores)
      continue;
    scores->masks.push_back(*mask);
    return scores;
  }
  return std::nullopt;
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
    return withoutLeadingOnes(shapeOf(value)) ==
                   withoutLeadingOnes(shapeOf(reshape.getInput()))
               ? matchScores(reshape.getInput())
               : std::nullopt;
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
