// Puts linear layers together: biases, transposed operands, merged dimensions.
#include "Matching.h"
#include "Recognition.h"

using namespace mlir;
using namespace atleus;

namespace {
/// linear + parameter -> linear with bias
struct AddToBias : OpRewritePattern<nn::AddOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::AddOp op,
                                PatternRewriter &rewriter) const override {
    for (Value operand : {op.getLhs(), op.getRhs()}) {
      auto linear = operand.getDefiningOp<nn::LinearOp>();
      if (!linear || linear.getBias() || !linear->hasOneUse() ||
          linear.getType() != op.getType())
        continue;
      Value bias = asTailParameter(rewriter, otherOperand(op, operand),
                                   {linear.getFeatures()});
      if (!bias)
        continue;
      Value merged = nn::LinearOp::create(rewriter, linear.getLoc(),
                                          linear.getInput(), linear.getWeight(),
                                          bias, linear.getTransposed());
      rewriter.replaceOp(op, merged);
      return success();
    }
    return failure();
  }
};

/// The transpose of a weight is how the weight is read.
struct TransposedWeight : OpRewritePattern<nn::LinearOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::LinearOp op,
                                PatternRewriter &rewriter) const override {
    auto transpose = op.getWeight().getDefiningOp<nn::TransposeOp>();
    if (!transpose)
      return failure();
    rewriter.modifyOpInPlace(op, [&] {
      op.getWeightMutable().assign(transpose.getInput());
      op.setTransposed(!op.getTransposed());
    });
    return success();
  }
};

/// The same for a computed right operand.
struct TransposedOperand : OpRewritePattern<nn::MatMulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MatMulOp op,
                                PatternRewriter &rewriter) const override {
    auto transpose = op.getRhs().getDefiningOp<nn::TransposeOp>();
    if (!transpose)
      return failure();
    ArrayRef<int64_t> permutation = transpose.getPermutation();
    Shape swapped = countUp(permutation.size());
    std::swap(swapped[swapped.size() - 1], swapped[swapped.size() - 2]);
    if (permutation != ArrayRef<int64_t>(swapped))
      return failure();
    rewriter.modifyOpInPlace(op, [&] {
      op.getRhsMutable().assign(transpose.getInput());
      op.setTransposeRhs(!op.getTransposeRhs());
    });
    return success();
  }
};

/// A linear layer works on any number of leading dimensions: merging them
/// before and splitting them after it is not needed.
struct MergedDimensions : OpRewritePattern<nn::ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto linear = op.getInput().getDefiningOp<nn::LinearOp>();
    if (!linear || !linear->hasOneUse())
      return failure();
    auto merge = linear.getInput().getDefiningOp<nn::ReshapeOp>();
    if (!merge)
      return failure();
    ArrayRef<int64_t> before = shapeOf(merge.getInput());
    ArrayRef<int64_t> after = op.getType().getShape();
    if (before.empty() || before.size() != after.size() ||
        before.drop_back() != after.drop_back() ||
        before.back() != linear.getInnerSize() ||
        after.back() != linear.getFeatures())
      return failure();
    Value whole = nn::LinearOp::create(
        rewriter, linear.getLoc(), merge.getInput(), linear.getWeight(),
        linear.getBias(), linear.getTransposed());
    rewriter.replaceOp(op, whole);
    return success();
  }
};
} // namespace

void atleus::addLinearPatterns(RewritePatternSet &patterns) {
  patterns
      .add<AddToBias, TransposedWeight, TransposedOperand, MergedDimensions>(
          patterns.getContext());
}
