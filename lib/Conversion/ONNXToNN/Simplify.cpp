// Patterns that remove what changes nothing and make views simpler, so that
// kernels stand next to each other.
#include "Matching.h"
#include "Recognition.h"

using namespace mlir;
using namespace atleus;

namespace {
/// x * 1 is x.
struct MultiplicationByOne : OpRewritePattern<nn::MulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MulOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<WithNumber> scaled = matchScaled(op);
    if (!scaled || scaled->number != 1)
      return failure();
    rewriter.replaceOp(op, scaled->value);
    return success();
  }
};

/// A transpose that moves dimensions of size 1 only moves no element.
struct TransposeToReshape : OpRewritePattern<nn::TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::TransposeOp op,
                                PatternRewriter &rewriter) const override {
    int64_t previous = -1;
    for (int64_t dimension : op.getPermutation()) {
      if (shapeOf(op.getInput())[dimension] == 1)
        continue;
      if (dimension < previous)
        return failure();
      previous = dimension;
    }
    rewriter.replaceOpWithNewOp<nn::ReshapeOp>(op, op.getType(), op.getInput());
    return success();
  }
};

/// The same slice of a transpose, taken before it: the slice then stands next
/// to what makes the tensor.
struct SliceBeforeTranspose : OpRewritePattern<nn::SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SliceOp op,
                                PatternRewriter &rewriter) const override {
    auto transpose = op.getInput().getDefiningOp<nn::TransposeOp>();
    if (!transpose)
      return failure();
    ArrayRef<int64_t> permutation = transpose.getPermutation();
    size_t rank = permutation.size();
    SmallVector<int64_t> offsets(rank), sizes(rank), strides(rank);
    for (size_t i = 0; i < rank; ++i) {
      offsets[permutation[i]] = op.getOffsets()[i];
      sizes[permutation[i]] = op.getSizes()[i];
      strides[permutation[i]] = op.getStrides()[i];
    }
    Value slice = nn::SliceOp::create(
        rewriter, op.getLoc(), transpose.getInput(), offsets, sizes, strides);
    rewriter.replaceOpWithNewOp<nn::TransposeOp>(op, slice, permutation);
    return success();
  }
};

/// One part of a dimension that a reshape has split in equal parts, as a slice
/// of the whole dimension: [T, 3E] -> [T, 3, E] -> part i -> [T, 1, E].
struct SliceBeforeReshape : OpRewritePattern<nn::SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SliceOp op,
                                PatternRewriter &rewriter) const override {
    auto reshape = op.getInput().getDefiningOp<nn::ReshapeOp>();
    if (!reshape)
      return failure();
    std::optional<int64_t> axis = findSlicedAxis(op);
    if (!axis || op.getStrides()[*axis] != 1)
      return failure();
    ArrayRef<int64_t> outer = shapeOf(op.getInput());
    ArrayRef<int64_t> inner = shapeOf(reshape.getInput());
    // Elements before and behind one index of the sliced axis.
    int64_t before = 1, behind = 1;
    for (auto [i, size] : llvm::enumerate(outer)) {
      if (static_cast<int64_t>(i) < *axis)
        before *= size;
      else if (static_cast<int64_t>(i) > *axis)
        behind *= size;
    }
    std::optional<int64_t> whole = findWholeAxis(inner, before, outer[*axis]);
    if (!whole)
      return failure();
    int64_t tail = 1;
    for (int64_t size : inner.drop_front(*whole + 1))
      tail *= size;
    if (behind % tail != 0)
      return failure();
    int64_t width = behind / tail;
    SmallVector<int64_t> offsets(inner.size(), 0), sizes(inner),
        strides(inner.size(), 1);
    offsets[*whole] = op.getOffsets()[*axis] * width;
    sizes[*whole] = op.getSizes()[*axis] * width;
    Value slice = nn::SliceOp::create(rewriter, op.getLoc(), reshape.getInput(),
                                      offsets, sizes, strides);
    rewriter.replaceOpWithNewOp<nn::ReshapeOp>(op, op.getType(), slice);
    return success();
  }

  /// The only axis of which the slice takes a part.
  static std::optional<int64_t> findSlicedAxis(nn::SliceOp op) {
    std::optional<int64_t> found;
    for (auto [i, size] : llvm::enumerate(op.getSizes())) {
      if (size == shapeOf(op.getInput())[i] && op.getStrides()[i] == 1)
        continue;
      if (found)
        return std::nullopt;
      found = i;
    }
    return found;
  }

  /// The axis with `before` elements in front of it that has `parts` parts.
  static std::optional<int64_t> findWholeAxis(ArrayRef<int64_t> shape,
                                              int64_t before, int64_t parts) {
    int64_t product = 1;
    for (auto [i, size] : llvm::enumerate(shape)) {
      if (product == before && size != 1)
        return size % parts == 0 ? std::optional<int64_t>(i) : std::nullopt;
      product *= size;
    }
    return std::nullopt;
  }
};
} // namespace

void atleus::addSimplificationPatterns(RewritePatternSet &patterns) {
  patterns.add<MultiplicationByOne, TransposeToReshape, SliceBeforeTranspose,
               SliceBeforeReshape>(patterns.getContext());
}
