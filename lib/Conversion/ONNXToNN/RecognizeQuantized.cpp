// Puts quantized kernels together: products of integers that are scaled
// afterwards become products of quantized operands, and views move so that what
// quantizes a value stands next to what reads it.
#include "Matching.h"
#include "QuantizedTypes.h"
#include "Recognition.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Views
//===----------------------------------------------------------------------===//

/// Whether a view of values of this type has the same type.
static bool isKeptByViews(Type elementType) {
  return isa<quant::UniformQuantizedType, quant::AnyQuantizedType>(elementType);
}

namespace {
/// A view of stored integers is the stored integers of the view.
struct StorageCastAfterView : RewritePattern {
  explicit StorageCastAfterView(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!op->hasTrait<nn::LayoutOnly>() || isa<nn::StorageCastOp>(op) ||
        op->getNumOperands() == 0)
      return failure();
    SmallVector<Value> quantized;
    for (Value operand : op->getOperands()) {
      auto cast = operand.getDefiningOp<nn::StorageCastOp>();
      if (!cast || !isKeptByViews(elementTypeOf(cast.getInput())) ||
          (!quantized.empty() &&
           elementTypeOf(quantized.front()) != elementTypeOf(cast.getInput())))
        return failure();
      quantized.push_back(cast.getInput());
    }
    Type type = elementTypeOf(quantized.front());
    // Different values of a type without a scale have different scales.
    if (isa<quant::AnyQuantizedType>(type) && !llvm::all_equal(quantized))
      return failure();
    auto result = llvm::cast<RankedTensorType>(op->getResult(0).getType());
    Operation *view = rewriter.clone(*op);
    rewriter.modifyOpInPlace(view, [&] {
      view->setOperands(quantized);
      view->getResult(0).setType(result.clone(type));
    });
    rewriter.replaceOpWithNewOp<nn::StorageCastOp>(op, result,
                                                   view->getResult(0));
    return success();
  }
};
} // namespace

/// A view of which all elements are kept, so that working on the operand is as
/// much as working on the result, or less.
static Operation *viewOfAll(Value value) {
  Operation *op = value.getDefiningOp();
  return isa_and_nonnull<nn::ReshapeOp, nn::TransposeOp, nn::ExpandOp>(op)
             ? op
             : nullptr;
}

/// `view` of `operand` instead of its operand.
static Value copyView(PatternRewriter &rewriter, Operation *view,
                      Value operand) {
  auto type = cast<RankedTensorType>(view->getResult(0).getType());
  Operation *copy = rewriter.clone(*view);
  rewriter.modifyOpInPlace(copy, [&] {
    copy->setOperand(0, operand);
    copy->getResult(0).setType(type.clone(elementTypeOf(operand)));
  });
  return copy->getResult(0);
}

namespace {
/// Quantizing a view is a view of what is quantized; the same for dequantizing.
/// So what quantizes a value stands where it is computed, and kernels find it.
template <typename OpTy>
struct BeforeView : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    Operation *view = viewOfAll(op.getInput());
    Type type = elementTypeOf(op);
    Type quantized =
        isa<quant::QuantizedType>(type) ? type : elementTypeOf(op.getInput());
    if (!view || !isKeptByViews(quantized))
      return failure();
    Value source = view->getOperand(0);
    Value changed =
        OpTy::create(rewriter, op.getLoc(),
                     RankedTensorType::get(shapeOf(source), type), source);
    rewriter.replaceOp(op, copyView(rewriter, view, changed));
    return success();
  }
};

/// The rows of a quantized table are looked up before they become floats.
struct DequantizedTable : OpRewritePattern<nn::EmbeddingOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::EmbeddingOp op,
                                PatternRewriter &rewriter) const override {
    auto dequantize = op.getTable().getDefiningOp<nn::DequantizeOp>();
    if (!dequantize || !isKeptByViews(elementTypeOf(dequantize.getInput())))
      return failure();
    Value rows = nn::EmbeddingOp::create(
        rewriter, op.getLoc(), dequantize.getInput(), op.getIndices());
    rewriter.replaceOpWithNewOp<nn::DequantizeOp>(op, op.getType(), rows);
    return success();
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// Products of integers
//===----------------------------------------------------------------------===//

namespace {
/// A product of integers as a float, times scales.
struct ScaledProduct {
  nn::IntegerMatMulOp product;
  SmallVector<Value> constantScales;
  /// Values whose scale, found when the model runs, it is multiplied with.
  SmallVector<Value> scaleOf;
};
} // namespace

/// Reads `value` as a product of integers, cast to floats, and scales that are
/// multiplied in any order. At least one must be found when the model runs.
/// Quantizers multiply a few scales; a product of products without end is left
/// alone.
static bool collect(Value value, ScaledProduct &scaled, unsigned depth = 0) {
  constexpr unsigned maximumDepth = 8;
  if (auto mul = value.getDefiningOp<nn::MulOp>())
    return depth < maximumDepth && collect(mul.getLhs(), scaled, depth + 1) &&
           collect(mul.getRhs(), scaled, depth + 1);
  if (auto scale = value.getDefiningOp<nn::ScaleOp>()) {
    scaled.scaleOf.push_back(scale.getInput());
    return true;
  }
  if (value.getDefiningOp<nn::ConstantOp>()) {
    scaled.constantScales.push_back(value);
    return true;
  }
  auto cast = value.getDefiningOp<nn::CastOp>();
  if (!cast || !elementTypeOf(cast).isF32() || scaled.product)
    return false;
  scaled.product = cast.getInput().getDefiningOp<nn::IntegerMatMulOp>();
  return static_cast<bool>(scaled.product);
}

/// The value whose stored integers `integers` are, if its zero point is
/// `zeroPoint` and its scale is among `scaleOf`, from which it is removed.
static Value takeDynamic(Value integers, Value zeroPoint,
                         SmallVectorImpl<Value> &scaleOf) {
  auto cast = integers.getDefiningOp<nn::StorageCastOp>();
  auto zero = zeroPoint ? zeroPoint.getDefiningOp<nn::ZeroPointOp>()
                        : nn::ZeroPointOp();
  if (!cast || !zero)
    return {};
  // A view of the value has its scale.
  Value source = cast.getInput();
  while (source != zero.getInput()) {
    Operation *view = source.getDefiningOp();
    if (!view || !view->hasTrait<nn::LayoutOnly>() ||
        view->getNumOperands() != 1)
      return {};
    source = view->getOperand(0);
  }
  Value *found = llvm::find(scaleOf, source);
  if (found == scaleOf.end())
    return {};
  scaleOf.erase(found);
  return cast.getInput();
}

/// The numbers of a constant zero point; all zero if there is none.
static std::optional<SmallVector<int64_t>> readZeroPoints(Value zeroPoint) {
  if (!zeroPoint)
    return SmallVector<int64_t>{0};
  std::optional<Tensor> tensor = getConstantTensor(zeroPoint);
  if (!tensor)
    return std::nullopt;
  SmallVector<int64_t> numbers;
  for (int64_t i = 0; i < tensor->numElements(); ++i)
    numbers.push_back(tensor->getInteger(i));
  return numbers;
}

/// Multiplies `scales`, one or one for each column, with the numbers of a
/// constant that broadcasts along the columns. False if it does not.
static bool multiplyScales(SmallVectorImpl<double> &scales, Value constant,
                           int64_t columns) {
  std::optional<Tensor> tensor = getConstantTensor(constant);
  ArrayRef<int64_t> shape = shapeOf(constant);
  int64_t count = llvm::product_of(shape);
  if (!tensor || (count != 1 && (count != columns || shape.back() != columns)))
    return false;
  if (count > 1 && scales.size() == 1)
    scales.assign(columns, scales.front());
  for (auto [i, scale] : llvm::enumerate(scales))
    // As floats: this is what multiplying the constants gives.
    scale = static_cast<float>(scale) *
            static_cast<float>(tensor->getFloat(count == 1 ? 0 : i));
  return true;
}

/// `integers` with scales and zero points, each one or one for each index of
/// `axis`. Null if there is no such type.
static Value giveScales(OpBuilder &builder, Value integers,
                        ScaleNumbers numbers, int64_t axis) {
  size_t count = std::max(numbers.scales.size(), numbers.zeroPoints.size());
  numbers.scales.resize(count, numbers.scales.front());
  numbers.zeroPoints.resize(count, numbers.zeroPoints.front());
  Type type = getUniformType(cast<IntegerType>(elementTypeOf(integers)),
                             builder.getF32Type(), numbers, axis);
  if (!type)
    return {};
  return builder.createOrFold<nn::StorageCastOp>(
      integers.getLoc(), RankedTensorType::get(shapeOf(integers), type),
      integers);
}

/// The product of quantized operands that takes the place of `product`.
static Value createProduct(OpBuilder &builder, nn::IntegerMatMulOp product,
                           Value lhs, Value rhs) {
  if (nn::isStatic(rhs) && !nn::isStatic(lhs) && shapeOf(rhs).size() == 2)
    return nn::LinearOp::create(builder, product.getLoc(), lhs, rhs,
                                /*bias=*/Value(), product.getTransposeRhs());
  return nn::MatMulOp::create(builder, product.getLoc(), lhs, rhs,
                              product.getTransposeRhs());
}

/// The dimension of the right operand along which the columns lie.
static int64_t columnAxis(Value rhs, bool transposed) {
  return static_cast<int64_t>(shapeOf(rhs).size()) - (transposed ? 2 : 1);
}

namespace {
/// cast(integers by integers) -> product of quantized operands of scale 1
struct CastProduct : OpRewritePattern<nn::CastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::CastOp op,
                                PatternRewriter &rewriter) const override {
    auto product = op.getInput().getDefiningOp<nn::IntegerMatMulOp>();
    if (!product || !elementTypeOf(op).isF32())
      return failure();
    auto lhsZero = readZeroPoints(product.getLhsZeroPoint());
    auto rhsZero = readZeroPoints(product.getRhsZeroPoint());
    if (!lhsZero || !rhsZero)
      return failure();
    Value lhs = giveScales(rewriter, product.getLhs(), {{1.0}, *lhsZero}, 0);
    Value rhs =
        giveScales(rewriter, product.getRhs(), {{1.0}, *rhsZero},
                   columnAxis(product.getRhs(), product.getTransposeRhs()));
    if (!lhs || !rhs)
      return failure();
    rewriter.replaceOp(op, createProduct(rewriter, product, lhs, rhs));
    return success();
  }
};

/// cast(integers by integers) * scales found when the model runs -> product of
/// quantized operands
struct DynamicProduct : OpRewritePattern<nn::MulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MulOp op,
                                PatternRewriter &rewriter) const override {
    ScaledProduct scaled;
    if (!collect(op, scaled) || !scaled.product ||
        shapeOf(op) != shapeOf(scaled.product))
      return failure();
    nn::IntegerMatMulOp product = scaled.product;
    Value lhs = takeDynamic(product.getLhs(), product.getLhsZeroPoint(),
                            scaled.scaleOf);
    Value rhs = takeDynamic(product.getRhs(), product.getRhsZeroPoint(),
                            scaled.scaleOf);
    if ((!lhs && !rhs) || !scaled.scaleOf.empty())
      return failure();
    if (!lhs)
      lhs = withConstantScales(rewriter, product.getLhs(),
                               product.getLhsZeroPoint(), {}, 0);
    if (!rhs) {
      int64_t axis = columnAxis(product.getRhs(), product.getTransposeRhs());
      rhs = withConstantScales(rewriter, product.getRhs(),
                               product.getRhsZeroPoint(), scaled.constantScales,
                               axis);
      scaled.constantScales.clear();
    }
    if (!lhs || !rhs)
      return failure();
    Value result = createProduct(rewriter, product, lhs, rhs);
    for (Value scale : scaled.constantScales)
      result = nn::MulOp::create(rewriter, op.getLoc(), result, scale);
    rewriter.replaceOp(op, result);
    return success();
  }

private:
  static Value withConstantScales(OpBuilder &builder, Value integers,
                                  Value zeroPoint, ArrayRef<Value> constants,
                                  int64_t axis) {
    auto zeroPoints = readZeroPoints(zeroPoint);
    SmallVector<double> scales = {1.0};
    for (Value constant : constants)
      if (!multiplyScales(scales, constant, shapeOf(integers)[axis]))
        return {};
    if (!zeroPoints)
      return {};
    return giveScales(builder, integers, {scales, *zeroPoints}, axis);
  }
};

/// product with a weight of scale 1, times constants -> the weight's scales
struct ScaledWeight : OpRewritePattern<nn::MulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MulOp op,
                                PatternRewriter &rewriter) const override {
    for (Value operand : {op.getLhs(), op.getRhs()}) {
      auto linear = operand.getDefiningOp<nn::LinearOp>();
      if (!linear || linear.getBias() || !linear->hasOneUse() ||
          linear.getType() != op.getType())
        continue;
      Value weight = rescale(rewriter, linear, otherOperand(op, operand));
      if (!weight)
        continue;
      rewriter.replaceOpWithNewOp<nn::LinearOp>(
          op, linear.getInput(), weight, Value(), linear.getTransposed());
      return success();
    }
    return failure();
  }

private:
  /// The weight with `factor` as its scales, if they are all 1.
  static Value rescale(OpBuilder &builder, nn::LinearOp linear, Value factor) {
    auto cast = linear.getWeight().getDefiningOp<nn::StorageCastOp>();
    if (!cast || !isa<IntegerType>(elementTypeOf(cast.getInput())))
      return {};
    ScaleNumbers numbers = {{1.0}, {}};
    Type type = elementTypeOf(cast);
    if (auto single = dyn_cast<quant::UniformQuantizedType>(type);
        single && single.getScale() == 1)
      numbers.zeroPoints = {single.getZeroPoint()};
    else if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(type);
             perAxis && llvm::all_of(perAxis.getScales(),
                                     [](double scale) { return scale == 1; }))
      numbers.zeroPoints.assign(perAxis.getZeroPoints().begin(),
                                perAxis.getZeroPoints().end());
    else
      return {};
    if (!multiplyScales(numbers.scales, factor, linear.getFeatures()))
      return {};
    return giveScales(builder, cast.getInput(), numbers,
                      columnAxis(cast, linear.getTransposed()));
  }
};
} // namespace

void atleus::addQuantizedPatterns(RewritePatternSet &patterns) {
  patterns.add<StorageCastAfterView, BeforeView<nn::QuantizeOp>,
               BeforeView<nn::DequantizeOp>, DequantizedTable, CastProduct,
               DynamicProduct, ScaledWeight>(patterns.getContext());
}
