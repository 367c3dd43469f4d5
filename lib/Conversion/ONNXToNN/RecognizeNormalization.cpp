// Puts layer and root-mean-square normalizations together.
#include "Matching.h"
#include "Recognition.h"

using namespace mlir;
using namespace atleus;

namespace {
/// What the decomposed normalization computes before weight and bias.
struct Normalization {
  Value input;
  /// Dimensions that are normalized: the last ones.
  ArrayRef<int64_t> tail;
  double epsilon;
  bool subtractsMean;
};
} // namespace

/// The mean over the last dimensions, which stay with size 1.
static nn::ReduceMeanOp matchTailMean(Value value) {
  auto mean = value.getDefiningOp<nn::ReduceMeanOp>();
  if (!mean || !mean.getKeepDimensions() || mean.getAxes().empty())
    return {};
  int64_t rank = shapeOf(mean.getInput()).size();
  int64_t first = rank - static_cast<int64_t>(mean.getAxes().size());
  return mean.getAxes().front() == first ? mean : nn::ReduceMeanOp();
}

/// Whether everything that uses `value` is one of `users`.
static bool isUsedOnlyBy(Value value, ArrayRef<Operation *> users) {
  return llvm::all_of(value.getUsers(), [&](Operation *user) {
    return llvm::is_contained(users, user);
  });
}

/// (x - mean(x)) / sqrt(mean of squares + epsilon), or x instead of x - mean.
static std::optional<Normalization> matchNormalization(Operation *op) {
  std::optional<RootQuotient> quotient = matchRootQuotient(op);
  if (!quotient || !quotient->root.hasOneUse())
    return std::nullopt;
  std::optional<WithNumber> shifted = matchShifted(quotient->radicand);
  if (!shifted || shifted->number < 0)
    return std::nullopt;
  nn::ReduceMeanOp variance = matchTailMean(shifted->value);
  Value numerator = quotient->numerator;
  if (!variance || matchSquare(variance.getInput()) != numerator ||
      numerator.getType() != op->getResult(0).getType())
    return std::nullopt;
  ArrayRef<int64_t> tail =
      shapeOf(numerator).take_back(variance.getAxes().size());
  auto centred = numerator.getDefiningOp<nn::SubOp>();
  nn::ReduceMeanOp mean =
      centred ? matchTailMean(centred.getRhs()) : nn::ReduceMeanOp();
  if (mean && mean.getInput() == centred.getLhs() &&
      mean.getAxes() == variance.getAxes() &&
      isUsedOnlyBy(numerator, {op, variance.getInput().getDefiningOp()}))
    return Normalization{centred.getLhs(), tail, shifted->number, true};
  return Normalization{numerator, tail, shifted->number, false};
}

/// The only user of `value`, if it is an OpTy with a parameter of the shape
/// `tail`; `parameter` is that parameter.
template <typename OpTy>
static Operation *matchAffine(OpBuilder &builder, Value value,
                              ArrayRef<int64_t> tail, Value &parameter) {
  if (!value.hasOneUse() || !isa<OpTy>(*value.user_begin()))
    return nullptr;
  Operation *user = *value.user_begin();
  if (user->getResult(0).getType() != value.getType())
    return nullptr;
  builder.setInsertionPoint(user);
  parameter = asTailParameter(builder, otherOperand(user, value), tail);
  return parameter ? user : nullptr;
}

static Value createOnes(OpBuilder &builder, Location location,
                        const Normalization &normalization) {
  auto type = RankedTensorType::get(normalization.tail,
                                    elementTypeOf(normalization.input));
  return nn::ConstantOp::create(builder, location, createSplat(type, 1));
}

namespace {
template <typename RootOp>
struct RecognizeNormalization : OpRewritePattern<RootOp> {
  using OpRewritePattern<RootOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(RootOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<Normalization> found = matchNormalization(op);
    if (!found || !isa<FloatType>(elementTypeOf(found->input)))
      return failure();
    Operation *last = op;
    Value weight, bias;
    if (Operation *scaled = matchAffine<nn::MulOp>(rewriter, op.getResult(),
                                                   found->tail, weight))
      last = scaled;
    if (found->subtractsMean)
      if (Operation *shifted = matchAffine<nn::AddOp>(
              rewriter, last->getResult(0), found->tail, bias))
        last = shifted;
    rewriter.setInsertionPoint(last);
    if (!weight)
      weight = createOnes(rewriter, op.getLoc(), *found);
    APFloat epsilon(found->epsilon);
    if (found->subtractsMean)
      rewriter.replaceOpWithNewOp<nn::LayerNormOp>(last, found->input, weight,
                                                   bias, epsilon);
    else
      rewriter.replaceOpWithNewOp<nn::RMSNormOp>(last, found->input, weight,
                                                 epsilon);
    return success();
  }
};

/// The root-mean-square normalization of x - mean(x) is layer normalization.
struct RecognizeCentred : OpRewritePattern<nn::RMSNormOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::RMSNormOp op,
                                PatternRewriter &rewriter) const override {
    auto centred = op.getInput().getDefiningOp<nn::SubOp>();
    nn::ReduceMeanOp mean =
        centred ? matchTailMean(centred.getRhs()) : nn::ReduceMeanOp();
    ArrayRef<int64_t> tail = shapeOf(op.getWeight());
    if (!mean || !centred->hasOneUse() || mean.getInput() != centred.getLhs() ||
        mean.getAxes().size() != tail.size())
      return failure();
    Operation *last = op;
    Value bias;
    if (Operation *shifted =
            matchAffine<nn::AddOp>(rewriter, op.getResult(), tail, bias))
      last = shifted;
    rewriter.setInsertionPoint(last);
    rewriter.replaceOpWithNewOp<nn::LayerNormOp>(
        last, centred.getLhs(), op.getWeight(), bias, op.getEpsilon());
    return success();
  }
};
} // namespace

void atleus::addNormalizationPatterns(RewritePatternSet &patterns) {
  patterns.add<RecognizeNormalization<nn::DivOp>,
               RecognizeNormalization<nn::MulOp>, RecognizeCentred>(
      patterns.getContext());
}
