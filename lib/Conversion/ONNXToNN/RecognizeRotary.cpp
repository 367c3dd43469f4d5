// Puts rotary embeddings together: products of queries or keys with cosines and
// of their exchanged halves with sines.
#include "Matching.h"
#include "Recognition.h"
#include "RotaryParts.h"

using namespace mlir;
using namespace atleus;

/// The operand of `product` that is not `operand`, or null if it is no product
/// with `operand`, or if the operand does not have the product's shape.
static Value matchFactor(Value product, Value operand) {
  auto mul = product.getDefiningOp<nn::MulOp>();
  if (!mul || (mul.getLhs() != operand && mul.getRhs() != operand) ||
      operand.getType() != mul.getType())
    return {};
  return otherOperand(mul, operand);
}

namespace {
/// What is recognised: the pairs of `input`, rotated by the tables.
struct Rotation {
  FeaturePart input;
  bool interleaved = false;
  /// A number for each pair or, with `tablesAreDoubled`, for each feature.
  Value cosine, sine;
  bool tablesAreDoubled = false;
};
} // namespace

/// x * cosine + rotated(x) * sine, where rotated(x) is (-b, a) of the pairs.
static std::optional<Rotation> matchSum(Value first, Value second) {
  auto product = second.getDefiningOp<nn::MulOp>();
  if (!product)
    return std::nullopt;
  for (Value rotated : {product.getLhs(), product.getRhs()}) {
    std::optional<JoinedPairs> pairs = matchJoinedPairs(rotated);
    Value b = pairs ? matchNegated(pairs->first) : Value();
    if (!b || rotated.getType() != product.getType())
      continue;
    std::optional<FeaturePart> whole =
        matchPairs(pairs->second, b, pairs->interleaved);
    auto sum = first.getDefiningOp<nn::MulOp>();
    if (!whole || !sum)
      continue;
    for (Value input : {sum.getLhs(), sum.getRhs()}) {
      if (!whole->is(input))
        continue;
      Rotation rotation{*whole, pairs->interleaved, matchFactor(first, input),
                        otherOperand(product, rotated), true};
      if (rotation.cosine && isDoubled(rotation.cosine, rotation.interleaved) &&
          isDoubled(rotation.sine, rotation.interleaved))
        return rotation;
    }
  }
  return std::nullopt;
}

/// a * cosine - b * sine and b * cosine + a * sine, joined.
static std::optional<Rotation> matchPairwise(const JoinedPairs &pairs) {
  auto difference = pairs.first.getDefiningOp<nn::SubOp>();
  auto sum = pairs.second.getDefiningOp<nn::AddOp>();
  auto left =
      difference ? difference.getLhs().getDefiningOp<nn::MulOp>() : nn::MulOp();
  auto right =
      difference ? difference.getRhs().getDefiningOp<nn::MulOp>() : nn::MulOp();
  if (!left || !right || !sum)
    return std::nullopt;
  for (Value a : {left.getLhs(), left.getRhs()})
    for (Value b : {right.getLhs(), right.getRhs()}) {
      std::optional<FeaturePart> whole = matchPairs(a, b, pairs.interleaved);
      Value cosine = matchFactor(left.getResult(), a);
      Value sine = matchFactor(right.getResult(), b);
      if (!whole || !cosine || !sine)
        continue;
      for (auto [x, y] : {std::pair(sum.getLhs(), sum.getRhs()),
                          std::pair(sum.getRhs(), sum.getLhs())})
        if (matchFactor(x, b) == cosine && matchFactor(y, a) == sine)
          return Rotation{*whole, pairs.interleaved, cosine, sine, false};
    }
  return std::nullopt;
}

/// Replaces `op` by the rotation, if its tables have the right form.
static LogicalResult replace(Operation *op, const Rotation &rotation,
                             PatternRewriter &rewriter) {
  Value result = op->getResult(0);
  if (!isa<FloatType>(elementTypeOf(result)) ||
      rotation.input.shape() != shapeOf(result) ||
      shapeOf(rotation.cosine).empty() || shapeOf(rotation.sine).empty() ||
      shapeOf(rotation.cosine).back() != shapeOf(rotation.sine).back() ||
      shapeOf(rotation.cosine).back() == 1)
    return failure();
  Value cosine = rotation.cosine, sine = rotation.sine;
  if (rotation.tablesAreDoubled) {
    cosine = buildHalf(rewriter, cosine, rotation.interleaved);
    sine = buildHalf(rewriter, sine, rotation.interleaved);
  }
  std::tie(cosine, sine) = withOneShape(rewriter, cosine, sine);
  rewriter.replaceOpWithNewOp<nn::RotaryEmbeddingOp>(
      op, rotation.input.build(rewriter, op->getLoc()), cosine, sine,
      rotation.interleaved);
  return success();
}

namespace {
struct RecognizeSum : OpRewritePattern<nn::AddOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::AddOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<Rotation> rotation = matchSum(op.getLhs(), op.getRhs());
    if (!rotation)
      rotation = matchSum(op.getRhs(), op.getLhs());
    return rotation ? replace(op, *rotation, rewriter) : failure();
  }
};

/// The same, from the op that joins the pairs.
template <typename OpTy>
struct RecognizePairwise : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    std::optional<JoinedPairs> pairs = matchJoinedPairs(op.getResult());
    std::optional<Rotation> rotation;
    if (pairs)
      rotation = matchPairwise(*pairs);
    return rotation ? replace(op, *rotation, rewriter) : failure();
  }
};

/// The rotation of the first features, joined with the features behind them, is
/// one of fewer pairs.
struct RecognizePartial : OpRewritePattern<nn::ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ConcatOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getInputs().size() != 2 ||
        static_cast<int64_t>(op.getAxis()) + 1 != op.getType().getRank())
      return failure();
    auto rotary = op.getInputs()[0].getDefiningOp<nn::RotaryEmbeddingOp>();
    if (!rotary)
      return failure();
    FeaturePart front = FeaturePart::of(rotary.getInput());
    FeaturePart back = FeaturePart::of(op.getInputs()[1]);
    if (!front.goesWith(back) || front.stride != 1 || back.stride != 1 ||
        front.offset + front.size != back.offset ||
        rotary.getRotatedFeatures() != front.size)
      return failure();
    FeaturePart whole{front.base, front.offset, front.size + back.size, 1,
                      front.steps};
    rewriter.replaceOpWithNewOp<nn::RotaryEmbeddingOp>(
        op, whole.build(rewriter, op.getLoc()), rotary.getCosine(),
        rotary.getSine(), rotary.getInterleaved());
    return success();
  }
};

/// A rotation works on any order of the dimensions before the last one: it can
/// come before a transpose of them, next to the layer that makes its input.
struct RotaryBeforeTranspose : OpRewritePattern<nn::RotaryEmbeddingOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::RotaryEmbeddingOp op,
                                PatternRewriter &rewriter) const override {
    auto transpose = op.getInput().getDefiningOp<nn::TransposeOp>();
    if (!transpose || !transpose->hasOneUse())
      return failure();
    ArrayRef<int64_t> permutation = transpose.getPermutation();
    int64_t rank = permutation.size();
    if (permutation.back() != rank - 1)
      return failure();
    SmallVector<int64_t> inverse(rank);
    for (int64_t i = 0; i < rank; ++i)
      inverse[permutation[i]] = i;
    Value rotated = nn::RotaryEmbeddingOp::create(
        rewriter, op.getLoc(), transpose.getInput(),
        reorder(rewriter, op.getCosine(), inverse),
        reorder(rewriter, op.getSine(), inverse), op.getInterleaved());
    rewriter.replaceOpWithNewOp<nn::TransposeOp>(op, rotated, permutation);
    return success();
  }

  /// The table with all dimensions, in another order.
  static Value reorder(OpBuilder &builder, Value table,
                       ArrayRef<int64_t> permutation) {
    SmallVector<int64_t> shape(shapeOf(table));
    shape.insert(shape.begin(), permutation.size() - shape.size(), 1);
    Value whole = builder.createOrFold<nn::ReshapeOp>(
        table.getLoc(), RankedTensorType::get(shape, elementTypeOf(table)),
        table);
    return nn::TransposeOp::create(builder, table.getLoc(), whole, permutation);
  }
};
} // namespace

void atleus::addRotaryPatterns(RewritePatternSet &patterns) {
  patterns.add<RecognizeSum, RecognizePairwise<nn::ConcatOp>,
               RecognizePairwise<nn::ReshapeOp>, RecognizePartial,
               RotaryBeforeTranspose>(patterns.getContext());
}
