// Convolutions become products of patches with the weight as a matrix.
#include "atleus/Transforms/Passes.h"

#include "dialects/NN/NN.h"

#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace atleus {
#define GEN_PASS_DEF_LOWERCONVOLUTION
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

static Value reshape(PatternRewriter &rewriter, Location loc, Value value,
                     ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(value.getType());
  return rewriter.createOrFold<ReshapeOp>(loc, type.clone(shape), value);
}

/// The windows of the image, [batch, positions, elements of a patch].
static PatchesOp createPatches(PatternRewriter &rewriter, ConvOp conv) {
  ArrayRef<int64_t> kernel = conv.getWeight().getType().getShape().take_back(2);
  return PatchesOp::create(rewriter, conv.getLoc(), conv.getInput(), kernel,
                           conv.getStrides(), conv.getPads(),
                           conv.getDilations());
}

/// The product as [batch, features, positions].
static Value multiply(PatternRewriter &rewriter, ConvOp conv,
                      PatchesOp patches) {
  Location loc = conv.getLoc();
  int64_t features = conv.getWeight().getType().getDimSize(0);
  Value matrix = reshape(rewriter, loc, conv.getWeight(),
                         {features, patches.getType().getDimSize(2)});
  auto linear = LinearOp::create(rewriter, loc, patches, matrix, conv.getBias(),
                                 /*transposed=*/true);
  if (Attribute name = conv->getAttr(nameAttribute))
    linear->setAttr(nameAttribute, name);
  return TransposeOp::create(rewriter, loc, linear, ArrayRef<int64_t>{0, 2, 1});
}

/// The same with a matrix for each group. A patch holds the channels of one
/// group after those of another.
static Value multiplyGroups(PatternRewriter &rewriter, ConvOp conv,
                            PatchesOp patches) {
  Location loc = conv.getLoc();
  ArrayRef<int64_t> shape = patches.getType().getShape();
  int64_t groups = conv.getGroups(), elements = shape[2] / groups;
  int64_t features = conv.getWeight().getType().getDimSize(0);
  Value split =
      reshape(rewriter, loc, patches, {shape[0], shape[1], groups, elements});
  Value byGroup =
      TransposeOp::create(rewriter, loc, split, ArrayRef<int64_t>{0, 2, 1, 3});
  Value matrices = reshape(rewriter, loc, conv.getWeight(),
                           {groups, features / groups, elements});
  auto product = MatMulOp::create(rewriter, loc, byGroup, matrices,
                                  /*transpose_rhs=*/true);
  if (Attribute name = conv->getAttr(nameAttribute))
    product->setAttr(nameAttribute, name);
  Value featuresFirst = TransposeOp::create(rewriter, loc, product,
                                            ArrayRef<int64_t>{0, 1, 3, 2});
  Value result =
      reshape(rewriter, loc, featuresFirst, {shape[0], features, shape[1]});
  if (!conv.getBias())
    return result;
  Value bias = reshape(rewriter, loc, conv.getBias(), {features, 1});
  return AddOp::create(rewriter, loc, result, bias);
}

/// Whether the weight has a scale for each feature, which a matrix for each
/// group cannot hold.
static bool mixesScales(ConvOp conv) {
  return conv.getGroups() != 1 &&
         !isa<FloatType, quant::UniformQuantizedType>(
             conv.getWeight().getType().getElementType()) &&
         isQuantized(conv.getWeight().getType());
}

/// The floats of a quantized value.
static Value dequantize(PatternRewriter &rewriter, Location loc, Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  auto element = cast<quant::QuantizedType>(type.getElementType());
  return DequantizeOp::create(rewriter, loc,
                              type.clone(element.getExpressedType()), value);
}

namespace {
struct LowerConv : public OpRewritePattern<ConvOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvOp conv,
                                PatternRewriter &rewriter) const final {
    if (mixesScales(conv)) {
      Location loc = conv.getLoc();
      rewriter.modifyOpInPlace(conv, [&] {
        conv.getInputMutable().assign(
            dequantize(rewriter, loc, conv.getInput()));
        conv.getWeightMutable().assign(
            dequantize(rewriter, loc, conv.getWeight()));
      });
      return success();
    }
    PatchesOp patches = createPatches(rewriter, conv);
    Value product = conv.getGroups() == 1
                        ? multiply(rewriter, conv, patches)
                        : multiplyGroups(rewriter, conv, patches);
    Value result =
        reshape(rewriter, conv.getLoc(), product, conv.getType().getShape());
    // The view that is what the convolution computes keeps its name.
    if (Attribute name = conv->getAttr(nameAttribute))
      result.getDefiningOp()->setAttr(nameAttribute, name);
    rewriter.replaceOp(conv, result);
    return success();
  }
};

struct LowerConvolution
    : public atleus::impl::LowerConvolutionBase<LowerConvolution> {
  using LowerConvolutionBase::LowerConvolutionBase;

  void runOnOperation() final {
    getOperation().walk([&](ConvOp) { ++numLowered; });
    RewritePatternSet patterns(&getContext());
    patterns.add<LowerConv>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
