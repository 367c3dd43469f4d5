// Puts scaled dot-product attention together, from the product of queries and
// keys to the product of probabilities and values.
#include "AttentionScores.h"
#include "Recognition.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace atleus;

namespace {
/// A value with the dimensions in another order, not built yet.
struct View {
  Value base;
  Shape permutation;

  bool isIdentity() const { return llvm::is_sorted(permutation); }
  SmallVector<int64_t> shape() const {
    SmallVector<int64_t> result;
    for (int64_t dimension : permutation)
      result.push_back(shapeOf(base)[dimension]);
    return result;
  }
};
} // namespace

static void swapAt(SmallVectorImpl<int64_t> &list, size_t fromEnd) {
  std::swap(list[list.size() - fromEnd], list[list.size() - fromEnd + 1]);
}

/// The operand of a product as matrices [rows, columns], `transposed` if it is
/// stored as [columns, rows].
static View viewOf(Value value, bool transposed) {
  View view{value, countUp(shapeOf(value).size())};
  if (transposed)
    swapAt(view.permutation, 2);
  if (auto transpose = value.getDefiningOp<nn::TransposeOp>()) {
    view.base = transpose.getInput();
    for (int64_t &dimension : view.permutation)
      dimension = transpose.getPermutation()[dimension];
  }
  return view;
}

static Value build(OpBuilder &builder, Location location, const View &view) {
  if (view.isIdentity())
    return view.base;
  return nn::TransposeOp::create(builder, location, view.base,
                                 view.permutation);
}

/// `value` with the leading dimensions `batch`. A transpose of its matrices
/// stays below.
static Value withBatch(OpBuilder &builder, Value value,
                       ArrayRef<int64_t> batch) {
  if (batchOf(value) == batch)
    return value;
  SmallVector<int64_t> shape(batch);
  auto transpose = value.getDefiningOp<nn::TransposeOp>();
  Shape swapped = countUp(shapeOf(value).size());
  swapAt(swapped, 2);
  if (!transpose || transpose.getPermutation() != ArrayRef<int64_t>(swapped)) {
    llvm::append_range(shape, shapeOf(value).take_back(2));
    return builder.createOrFold<nn::ReshapeOp>(
        value.getLoc(), RankedTensorType::get(shape, elementTypeOf(value)),
        value);
  }
  Value input = withBatch(builder, transpose.getInput(), batch);
  Shape permutation = countUp(shapeOf(input).size());
  swapAt(permutation, 2);
  return builder.createOrFold<nn::TransposeOp>(value.getLoc(), input,
                                               permutation);
}

/// Takes a factor out of the operand of the product: out of a mul or div above
/// views that nothing else uses. Returns the operand without it.
static Value takeScale(OpBuilder &builder, Value value, double &scale) {
  SmallVector<Operation *> views;
  Value source = value;
  while (
      isa_and_present<nn::ReshapeOp, nn::TransposeOp>(source.getDefiningOp()) &&
      source.hasOneUse()) {
    views.push_back(source.getDefiningOp());
    source = source.getDefiningOp()->getOperand(0);
  }
  std::optional<WithNumber> scaled = matchScaled(source);
  if (!scaled || !source.hasOneUse() || !std::isfinite(scaled->number))
    return value;
  scale *= scaled->number;
  Value result = scaled->value;
  for (Operation *view : llvm::reverse(views)) {
    IRMapping mapping;
    mapping.map(view->getOperand(0), result);
    result = builder.clone(*view, mapping)->getResult(0);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

/// The key or value heads that are repeated for groups of query heads:
/// [.., K, S, D] -> [.., K, 1, S, D] -> [.., K, G, S, D] -> [.., K * G, S, D].
/// Null if `value` repeats nothing.
static Value matchRepeatedHeads(OpBuilder &builder, Value value) {
  auto merge = value.getDefiningOp<nn::ReshapeOp>();
  auto expand =
      merge ? merge.getInput().getDefiningOp<nn::ExpandOp>() : nn::ExpandOp();
  if (!expand)
    return {};
  ArrayRef<int64_t> merged = shapeOf(value);
  ArrayRef<int64_t> from = shapeOf(expand.getInput());
  ArrayRef<int64_t> to = expand.getType().getShape();
  size_t rank = merged.size();
  if (to.size() != rank + 1 || from.size() != to.size() || rank < 3 ||
      merged.drop_back(3) != to.drop_back(4) ||
      merged.take_back(2) != to.take_back(2) ||
      merged[rank - 3] != to[rank - 3] * to[rank - 2])
    return {};
  SmallVector<int64_t> single(to);
  single[rank - 2] = 1;
  if (from != ArrayRef<int64_t>(single))
    return {};
  single.erase(single.begin() + rank - 2);
  return builder.createOrFold<nn::ReshapeOp>(
      value.getLoc(), RankedTensorType::get(single, elementTypeOf(value)),
      expand.getInput());
}

namespace {
/// Operands as [batch..., heads, tokens, features].
struct HeadMajor {
  Value query, key, value;
  int64_t heads, kvHeads;
};
} // namespace

/// Turns [batch..., heads, tokens, features] to [batch..., tokens, heads *
/// features].
static Value toTokenMajor(OpBuilder &builder, Location location, Value value) {
  Shape permutation = countUp(shapeOf(value).size());
  swapAt(permutation, 3);
  Value moved = nn::TransposeOp::create(builder, location, value, permutation);
  SmallVector<int64_t> shape(shapeOf(moved));
  shape[shape.size() - 2] *= shape.back();
  shape.pop_back();
  return nn::ReshapeOp::create(
      builder, location, RankedTensorType::get(shape, elementTypeOf(moved)),
      moved);
}

static Value toHeadMajor(OpBuilder &builder, Location location, Value value,
                         int64_t heads) {
  SmallVector<int64_t> shape(shapeOf(value));
  shape.back() /= heads;
  shape.insert(shape.end() - 1, heads);
  Value split = nn::ReshapeOp::create(
      builder, location, RankedTensorType::get(shape, elementTypeOf(value)),
      value);
  Shape permutation = countUp(shape.size());
  swapAt(permutation, 3);
  return nn::TransposeOp::create(builder, location, split, permutation);
}

/// Puts a dimension of size 1 in the place of the heads.
static Value insertHead(OpBuilder &builder, Location location, Value value) {
  SmallVector<int64_t> shape(shapeOf(value));
  shape.insert(shape.end() - 2, 1);
  return nn::ReshapeOp::create(
      builder, location, RankedTensorType::get(shape, elementTypeOf(value)),
      value);
}

/// A mask without those leading dimensions of size 1 that the scores lack.
static Value limitRank(OpBuilder &builder, Location location, Value mask,
                       size_t rank) {
  if (!mask || shapeOf(mask).size() <= rank)
    return mask;
  return nn::ReshapeOp::create(
      builder, location,
      RankedTensorType::get(shapeOf(mask).take_back(rank), elementTypeOf(mask)),
      mask);
}

/// Whether the first of three dimensions holds heads: they come from behind the
/// tokens, where the features of a token are split.
static bool hasHeadsInFront(const View &view) {
  return view.permutation == Shape{1, 0, 2};
}

/// Whether the leading dimensions of the operands go with those of the scores;
/// only key and value may have fewer heads.
static bool haveEqualBatches(ArrayRef<int64_t> scores, ArrayRef<int64_t> query,
                             ArrayRef<int64_t> key, ArrayRef<int64_t> value) {
  size_t rank = scores.size();
  if (query.size() != rank || key.size() != rank || value.size() != rank ||
      query.drop_back(2) != scores.drop_back(2))
    return false;
  auto goesWith = [&](ArrayRef<int64_t> shape) {
    if (rank < 3)
      return true;
    int64_t heads = shape[rank - 3];
    return shape.drop_back(3) == scores.drop_back(3) &&
           (heads == scores[rank - 3] || heads == 1);
  };
  return goesWith(key) && goesWith(value);
}

namespace {
/// softmax(x - max x) is softmax(x): it subtracts the maximum itself.
struct SoftmaxOfDifference : OpRewritePattern<nn::SoftmaxOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SoftmaxOp op,
                                PatternRewriter &rewriter) const override {
    auto difference = op.getInput().getDefiningOp<nn::SubOp>();
    auto largest = difference
                       ? difference.getRhs().getDefiningOp<nn::ReduceMaxOp>()
                       : nn::ReduceMaxOp();
    if (!largest || largest.getInput() != difference.getLhs() ||
        !largest.getKeepDimensions() ||
        largest.getAxes() !=
            ArrayRef<int64_t>{static_cast<int64_t>(op.getAxis())})
      return failure();
    rewriter.modifyOpInPlace(
        op, [&] { op.getInputMutable().assign(difference.getLhs()); });
    return success();
  }
};

/// A softmax, and the quantized type to which its result is rounded, if it is.
struct Probabilities {
  nn::SoftmaxOp softmax;
  TypeAttr type;
};

/// The leading dimensions with which the attention is built.
struct Batch {
  Shape shape;
  /// Whether the operands have others.
  bool differs;
};

struct RecognizeAttention : OpRewritePattern<nn::MatMulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MatMulOp op,
                                PatternRewriter &rewriter) const override {
    Probabilities probabilities = matchProbabilities(op.getLhs());
    nn::SoftmaxOp softmax = probabilities.softmax;
    if (!softmax || !softmax->hasOneUse() ||
        static_cast<int64_t>(softmax.getAxis()) !=
            softmax.getType().getRank() - 1)
      return failure();
    std::optional<Scores> scores = matchScores(softmax.getInput());
    if (!scores || !isa<FloatType>(op.getType().getElementType()))
      return failure();
    Batch batch = chooseBatch(op, softmax, *scores);
    if (batch.differs ? !mayMoveBatch(op, *scores)
                      : !haveOperandsOneBatch(op, softmax, *scores))
      return failure();
    rewrite(op, probabilities, *scores, batch, rewriter);
    return success();
  }

private:
  /// The leading dimensions of the result, or those that a reshape of the
  /// scores splits further: masks and heads need them.
  static Batch chooseBatch(nn::MatMulOp op, nn::SoftmaxOp softmax,
                           const Scores &scores) {
    auto isSplitFurther = [](ArrayRef<int64_t> batch, ArrayRef<int64_t> other) {
      auto count = [](ArrayRef<int64_t> shape) {
        return llvm::count_if(shape, [](int64_t size) { return size != 1; });
      };
      return count(batch) > count(other);
    };
    nn::MatMulOp product = scores.product;
    Shape own = batchOf(op);
    Batch batch{own, false};
    SmallVector<Shape> all(scores.batches);
    all.append({batchOf(product), batchOf(softmax)});
    for (const Shape &other : all)
      if (isSplitFurther(other, batch.shape))
        batch.shape = other;
    batch.differs = batch.shape != own || batchOf(softmax) != own ||
                    batchOf(product) != own;
    return batch;
  }

  /// Whether the leading dimensions of all operands may become others, as none
  /// broadcasts.
  static bool mayMoveBatch(nn::MatMulOp op, const Scores &scores) {
    nn::MatMulOp product = scores.product;
    Shape inner = batchOf(product), outer = batchOf(op);
    return batchOf(product.getLhs()) == inner &&
           batchOf(product.getRhs()) == inner &&
           batchOf(op.getLhs()) == outer && batchOf(op.getRhs()) == outer;
  }

  /// Whether the operands go together as they are.
  static bool haveOperandsOneBatch(nn::MatMulOp op, nn::SoftmaxOp softmax,
                                   const Scores &scores) {
    nn::MatMulOp product = scores.product;
    View query = viewOf(product.getLhs(), false);
    View key = viewOf(product.getRhs(), !product.getTransposeRhs());
    View value = viewOf(op.getRhs(), op.getTransposeRhs());
    return product.getType() == softmax.getType() &&
           haveEqualBatches(softmax.getType().getShape(), query.shape(),
                            key.shape(), value.shape()) &&
           shapeOf(op).drop_back(2) ==
               softmax.getType().getShape().drop_back(2);
  }

  static Probabilities matchProbabilities(Value value) {
    auto reshape = value.getDefiningOp<nn::ReshapeOp>();
    if (reshape && reshape->hasOneUse() && keepsMatrices(reshape))
      value = reshape.getInput();
    if (auto softmax = value.getDefiningOp<nn::SoftmaxOp>())
      return {softmax, TypeAttr()};
    auto dequantize = value.getDefiningOp<nn::DequantizeOp>();
    if (!dequantize || !dequantize->hasOneUse())
      return {};
    auto quantize = dequantize.getInput().getDefiningOp<nn::QuantizeOp>();
    Type type = elementTypeOf(dequantize.getInput());
    if (!quantize || !quantize->hasOneUse() ||
        !isa<quant::UniformQuantizedType>(type))
      return {};
    return {quantize.getInput().getDefiningOp<nn::SoftmaxOp>(),
            TypeAttr::get(type)};
  }

  struct Views {
    View query, key, value;
  };

  /// The operands with heads; a dimension of one head is put in where there
  /// are none.
  static HeadMajor buildOperands(OpBuilder &builder, Location location,
                                 const Views &views, bool hasHeads) {
    HeadMajor operands;
    operands.query = build(builder, location, views.query);
    operands.key = build(builder, location, views.key);
    operands.value = build(builder, location, views.value);
    if (!hasHeads)
      for (Value *operand : {&operands.query, &operands.key, &operands.value})
        *operand = insertHead(builder, location, *operand);
    Value key = matchRepeatedHeads(builder, operands.key);
    Value value = matchRepeatedHeads(builder, operands.value);
    if (key && value &&
        shapeOf(key).drop_back(2) == shapeOf(value).drop_back(2)) {
      operands.key = key;
      operands.value = value;
    }
    auto headsOf = [](Value operand) {
      return shapeOf(operand)[shapeOf(operand).size() - 3];
    };
    operands.heads = headsOf(operands.query);
    operands.kvHeads = headsOf(operands.key);
    // One head that only one of them shares is repeated for the other.
    for (Value *operand : {&operands.key, &operands.value}) {
      int64_t most = std::max(operands.kvHeads, headsOf(operands.value));
      if (headsOf(*operand) == most)
        continue;
      SmallVector<int64_t> shape(shapeOf(*operand));
      shape[shape.size() - 3] = most;
      *operand = nn::ExpandOp::create(
          builder, location,
          RankedTensorType::get(shape, elementTypeOf(*operand)), *operand);
    }
    operands.kvHeads = headsOf(operands.key);
    return operands;
  }

  static void rewrite(nn::MatMulOp op, const Probabilities &probabilities,
                      Scores &scores, const Batch &batch,
                      PatternRewriter &rewriter) {
    Location location = nn::SoftmaxOp(probabilities.softmax).getLoc();
    size_t rank = batch.shape.size() + 2;
    nn::MatMulOp product = scores.product;
    Value lhs = takeScale(rewriter, product.getLhs(), scores.scale);
    Value rhs = takeScale(rewriter, product.getRhs(), scores.scale);
    Value values = op.getRhs();
    if (batch.differs)
      for (Value *operand : {&lhs, &rhs, &values})
        *operand = withBatch(rewriter, *operand, batch.shape);
    Views views = {viewOf(lhs, false), viewOf(rhs, !product.getTransposeRhs()),
                   viewOf(values, op.getTransposeRhs())};
    bool hasHeads = rank > 3 || (rank == 3 && hasHeadsInFront(views.query));
    HeadMajor operands = buildOperands(rewriter, location, views, hasHeads);
    Value mask = buildMasks(rewriter, location, scores.masks, batch.shape);
    mask = limitRank(rewriter, location, mask, rank);
    // Without a dimension of heads the mask has none either.
    if (mask && !hasHeads && shapeOf(mask).size() > 2)
      mask = insertHead(rewriter, location, mask);
    Value attention = nn::AttentionOp::create(
        rewriter, location, toTokenMajor(rewriter, location, operands.query),
        toTokenMajor(rewriter, location, operands.key),
        toTokenMajor(rewriter, location, operands.value), mask, operands.heads,
        operands.kvHeads, APFloat(scores.scale), /*causal=*/false,
        probabilities.type);
    Value result = toHeadMajor(rewriter, location, attention, operands.heads);
    rewriter.replaceOp(op, rewriter.createOrFold<nn::ReshapeOp>(
                               location, op.getType(), result));
  }
};

/// A constant mask that hides exactly the tokens behind each token.
struct RecognizeCausal : OpRewritePattern<nn::AttentionOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::AttentionOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.getMask() || op.getCausal())
      return failure();
    std::optional<Tensor> mask = getConstantTensor(op.getMask());
    SmallVector<int64_t> scores = op.getScoresShape();
    if (!mask || !isCausal(*mask, scores[scores.size() - 2], scores.back()))
      return failure();
    rewriter.modifyOpInPlace(op, [&] {
      op.getMaskMutable().clear();
      op.setCausal(true);
    });
    return success();
  }

  static bool isCausal(const Tensor &mask, int64_t queries, int64_t keys) {
    if (mask.getRank() < 2 || mask.getDim(mask.getRank() - 2) != queries ||
        mask.getShape().back() != keys || queries > keys || queries < 2)
      return false;
    for (int64_t i = 0; i < mask.numElements(); ++i) {
      int64_t row = i / keys % queries, column = i % keys;
      double addend = mask.getFloat(i);
      bool isVisible = column <= row + keys - queries;
      if (isVisible ? addend != 0 : !(addend <= negligible))
        return false;
    }
    return true;
  }
};
} // namespace

void atleus::addAttentionPatterns(RewritePatternSet &patterns) {
  patterns.add<SoftmaxOfDifference, RecognizeAttention, RecognizeCausal>(
      patterns.getContext());
}
