// Puts GELU, SiLU and SwiGLU together.
#include "Matching.h"
#include "Recognition.h"

using namespace mlir;
using namespace atleus;

/// Whether `argument` is what GELU's erf or tanh is applied to, given x.
static bool isGeluArgument(Value argument, Value x, bool isTanh) {
  std::optional<Polynomial> found = matchPolynomial(argument, x);
  if (!found || argument.getType() != x.getType())
    return false;
  const double linear = isTanh ? std::sqrt(2 / M_PI) : M_SQRT1_2;
  const double cubic = isTanh ? linear * 0.044715 : 0;
  Type type = elementTypeOf(x);
  return (*found)[0] == 0 && (*found)[2] == 0 &&
         isClose((*found)[1], linear, type) &&
         isClose((*found)[3], cubic, type);
}

namespace {
/// What is multiplied by 1 + erf(...) so far.
struct Gate {
  double factor = 1;
  Value other;
  Value product;
};
} // namespace

/// The x for which gate.other * gate.factor is x / 2 and `argument` belongs to
/// x, or null.
static Value matchGated(const Gate &gate, Value argument, bool isTanh) {
  if (!gate.other)
    return {};
  Type type = elementTypeOf(gate.other);
  if (isClose(gate.factor, 0.5, type) &&
      isGeluArgument(argument, gate.other, isTanh))
    return gate.other;
  std::optional<WithNumber> scaled = matchScaled(gate.other);
  if (scaled && isClose(gate.factor * scaled->number, 0.5, type) &&
      isGeluArgument(argument, scaled->value, isTanh))
    return scaled->value;
  return {};
}

/// Multiplies the gate by what its only user multiplies it by. False if the
/// user does something else.
static bool extend(Gate &gate) {
  if (!gate.product.hasOneUse())
    return false;
  Operation *user = *gate.product.user_begin();
  if (user->getNumResults() != 1)
    return false;
  Value result = user->getResult(0);
  std::optional<WithNumber> scaled = matchScaled(result);
  if (scaled && scaled->value == gate.product) {
    gate.factor *= scaled->number;
  } else if (isa<nn::MulOp>(user) && !gate.other &&
             result.getType() == gate.product.getType()) {
    gate.other = otherOperand(user, gate.product);
  } else {
    return false;
  }
  gate.product = result;
  return true;
}

namespace {
/// 0.5 x (1 + erf(x / sqrt 2)) or 0.5 x (1 + tanh(...)), multiplied in any
/// order.
template <typename FunctionOp>
struct RecognizeGelu : OpRewritePattern<FunctionOp> {
  using OpRewritePattern<FunctionOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(FunctionOp op,
                                PatternRewriter &rewriter) const override {
    constexpr bool isTanh = std::is_same_v<FunctionOp, nn::TanhOp>;
    if (!op->hasOneUse() || (*op->user_begin())->getNumResults() != 1)
      return failure();
    Gate gate;
    gate.product = (*op->user_begin())->getResult(0);
    std::optional<WithNumber> shifted = matchShifted(gate.product);
    if (!shifted || shifted->value != op.getResult() || shifted->number != 1)
      return failure();
    while (extend(gate)) {
      Value x = matchGated(gate, op.getInput(), isTanh);
      if (!x || x.getType() != gate.product.getType())
        continue;
      Operation *last = gate.product.getDefiningOp();
      rewriter.setInsertionPoint(last);
      rewriter.replaceOpWithNewOp<nn::GeluOp>(
          last, x,
          isTanh ? nn::GeluApproximation::Tanh : nn::GeluApproximation::None);
      return success();
    }
    return failure();
  }
};

/// x * sigmoid(x)
struct RecognizeSilu : OpRewritePattern<nn::MulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MulOp op,
                                PatternRewriter &rewriter) const override {
    for (Value operand : {op.getLhs(), op.getRhs()}) {
      auto sigmoid = operand.getDefiningOp<nn::SigmoidOp>();
      if (!sigmoid || !sigmoid->hasOneUse() ||
          otherOperand(op, operand) != sigmoid.getInput())
        continue;
      rewriter.replaceOpWithNewOp<nn::SiluOp>(op, sigmoid.getInput());
      return success();
    }
    return failure();
  }
};

/// x * sigmoid(1.702 x)
struct RecognizeQuickGelu : OpRewritePattern<nn::MulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MulOp op,
                                PatternRewriter &rewriter) const override {
    for (Value operand : {op.getLhs(), op.getRhs()}) {
      auto sigmoid = operand.getDefiningOp<nn::SigmoidOp>();
      if (!sigmoid || !sigmoid->hasOneUse())
        continue;
      std::optional<WithNumber> scaled = matchScaled(sigmoid.getInput());
      Value x = otherOperand(op, operand);
      if (!scaled || scaled->value != x ||
          !isClose(scaled->number, 1.702, elementTypeOf(x)))
        continue;
      rewriter.replaceOpWithNewOp<nn::GeluOp>(op, x,
                                              nn::GeluApproximation::Sigmoid);
      return success();
    }
    return failure();
  }
};

/// silu(gate) * value
struct RecognizeSwiGLU : OpRewritePattern<nn::MulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MulOp op,
                                PatternRewriter &rewriter) const override {
    for (Value operand : {op.getLhs(), op.getRhs()}) {
      auto silu = operand.getDefiningOp<nn::SiluOp>();
      Value value = otherOperand(op, operand);
      if (!silu || !silu->hasOneUse() || value.getType() != silu.getType())
        continue;
      rewriter.replaceOpWithNewOp<nn::SwiGLUOp>(op, silu.getInput(), value);
      return success();
    }
    return failure();
  }
};
} // namespace

void atleus::addActivationPatterns(RewritePatternSet &patterns) {
  patterns.add<RecognizeGelu<nn::ErfOp>, RecognizeGelu<nn::TanhOp>,
               RecognizeSilu, RecognizeQuickGelu, RecognizeSwiGLU>(
      patterns.getContext());
}
