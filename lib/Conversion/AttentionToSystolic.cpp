// Attention as products, a softmax and views.
#include "AttentionToSystolic.h"

#include "dialects/Arch/Assignment.h"

#include "mlir/IR/Builders.h"

#include <limits>

using namespace mlir;
using namespace atleus;

namespace {
/// Builds what one `nn.attention` becomes.
class AttentionConversion {
public:
  AttentionConversion(nn::AttentionOp op, FlatSymbolRefAttr tier)
      : op(op), tier(tier), builder(op), location(op.getLoc()) {}

  Value convert();

private:
  Value splitHeads(Value input, int64_t heads);
  Value repeatHeads(Value input);
  Value mergeHeads(Value input);
  systolic::MatMulOp createProduct(Value lhs, Value rhs, bool transposeRhs,
                                   StringRef name);
  systolic::VectorOp createSoftmax(Value scores);
  Value hideLaterKeys(Value scores, Value keys, Value lastVisible,
                      Value hidden);
  Value createConstant(ArrayRef<int64_t> shape, ArrayRef<int64_t> values);
  Value createScalar(double value, Type elementType);
  void setName(Operation *kernel, StringRef suffix);

  nn::AttentionOp op;
  FlatSymbolRefAttr tier;
  OpBuilder builder;
  Location location;
};
} // namespace

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// The permutation that exchanges the dimensions rank - 3 and rank - 2.
static SmallVector<int64_t> exchangeHeadsAndTokens(int64_t rank) {
  SmallVector<int64_t> permutation = llvm::to_vector(llvm::seq<int64_t>(rank));
  std::swap(permutation[rank - 3], permutation[rank - 2]);
  return permutation;
}

void AttentionConversion::setName(Operation *kernel, StringRef suffix) {
  StringRef name = nn::getKernelName(op);
  kernel->setAttr(nn::nameAttribute, builder.getStringAttr(name + suffix));
}

/// [..., tokens, heads * size] as [..., heads, tokens, size].
Value AttentionConversion::splitHeads(Value input, int64_t heads) {
  SmallVector<int64_t> shape(typeOf(input).getShape());
  int64_t size = shape.back() / heads;
  shape.back() = heads;
  shape.push_back(size);
  Value split = nn::ReshapeOp::create(
      builder, location,
      RankedTensorType::get(shape, typeOf(input).getElementType()), input);
  return nn::TransposeOp::create(builder, location, split,
                                 exchangeHeadsAndTokens(shape.size()));
}

/// [..., kv_heads, tokens, size] as [..., heads, tokens, size], where each head
/// stands as often as queries share it.
Value AttentionConversion::repeatHeads(Value input) {
  int64_t times = op.getHeads() / op.getKvHeads();
  if (times == 1)
    return input;
  Type element = typeOf(input).getElementType();
  SmallVector<int64_t> shape(typeOf(input).getShape());
  auto reshape = [&](Value value) {
    return nn::ReshapeOp::create(builder, location,
                                 RankedTensorType::get(shape, element), value);
  };
  shape.insert(shape.end() - 2, 1);
  Value single = reshape(input);
  shape[shape.size() - 3] = times;
  Value expanded = nn::ExpandOp::create(
      builder, location, RankedTensorType::get(shape, element), single);
  shape.erase(shape.end() - 3);
  shape[shape.size() - 3] *= times;
  return reshape(expanded);
}

/// [..., heads, tokens, size] as the result of the attention.
Value AttentionConversion::mergeHeads(Value input) {
  Value transposed =
      nn::TransposeOp::create(builder, location, input,
                              exchangeHeadsAndTokens(typeOf(input).getRank()));
  return nn::ReshapeOp::create(builder, location, op.getType(), transposed);
}

systolic::MatMulOp AttentionConversion::createProduct(Value lhs, Value rhs,
                                                      bool transposeRhs,
                                                      StringRef suffix) {
  SmallVector<int64_t> shape(typeOf(lhs).getShape());
  shape.back() = typeOf(rhs).getShape().take_back(2)[transposeRhs ? 0 : 1];
  auto type = RankedTensorType::get(shape, op.getType().getElementType());
  auto product = systolic::MatMulOp::create(
      builder, location, type, lhs, rhs, /*bias=*/Value(), transposeRhs,
      /*static_rhs=*/false, /*accumulator_bits=*/nullptr, arch::Overflow::Wrap,
      tier.getValue(), shape, /*nodes=*/nullptr);
  setName(product, suffix);
  arch::copyAssignment(op, product);
  return product;
}

Value AttentionConversion::createConstant(ArrayRef<int64_t> shape,
                                          ArrayRef<int64_t> values) {
  auto type = RankedTensorType::get(shape, builder.getI64Type());
  return nn::ConstantOp::create(builder, location,
                                DenseElementsAttr::get(type, values));
}

Value AttentionConversion::createScalar(double value, Type elementType) {
  auto type = RankedTensorType::get({}, elementType);
  Attribute attribute = builder.getFloatAttr(elementType, value);
  return nn::ConstantOp::create(builder, location,
                                DenseElementsAttr::get(type, attribute));
}

/// `hidden` instead of the scores of keys after `lastVisible`.
Value AttentionConversion::hideLaterKeys(Value scores, Value keys,
                                         Value lastVisible, Value hidden) {
  Value visible = nn::LessEqualOp::create(builder, location, keys, lastVisible);
  return nn::SelectOp::create(builder, location, visible, scores, hidden);
}

systolic::VectorOp AttentionConversion::createSoftmax(Value scores) {
  RankedTensorType type = typeOf(scores);
  Type element = type.getElementType();
  int64_t queries = type.getShape().take_back(2)[0];
  int64_t keys = type.getShape().back();
  SmallVector<Value> inputs = {
      scores, createScalar(op.getScale().convertToDouble(), element)};
  if (op.getMask())
    inputs.push_back(op.getMask());
  if (op.getCausal()) {
    inputs.push_back(
        createConstant({keys}, llvm::to_vector(llvm::seq<int64_t>(keys))));
    inputs.push_back(createConstant(
        {queries, 1},
        llvm::to_vector(llvm::seq<int64_t>(keys - queries, keys))));
    inputs.push_back(
        createScalar(-std::numeric_limits<double>::infinity(), element));
  }
  RankedTensorType result = type;
  bool isProductOfIntegers = nn::isQuantized(op.getValue().getType());
  if (isProductOfIntegers)
    result = type.clone(*op.getProbabilities());
  auto kernel = systolic::VectorOp::create(builder, location, result, inputs,
                                           tier.getValue(), type.getShape(),
                                           /*nodes=*/nullptr);
  setName(kernel, ".softmax");
  arch::copyAssignment(op, kernel);

  OpBuilder::InsertionGuard guard(builder);
  Block *block =
      builder.createBlock(&kernel.getBody(), {}, kernel->getOperandTypes(),
                          SmallVector<Location>(inputs.size(), location));
  ArrayRef<BlockArgument> arguments = block->getArguments();
  Value value =
      nn::MulOp::create(builder, location, arguments[0], arguments[1]);
  if (op.getMask()) {
    Value mask = arguments[2];
    if (typeOf(mask).getElementType() != element)
      mask = nn::CastOp::create(builder, location, typeOf(mask).clone(element),
                                mask);
    value = nn::AddOp::create(builder, location, value, mask);
  }
  if (op.getCausal())
    value = hideLaterKeys(value, arguments.take_back(3)[0],
                          arguments.take_back(2)[0], arguments.back());
  value = nn::SoftmaxOp::create(builder, location, value, type.getRank() - 1);
  if (op.getProbabilities())
    value = nn::QuantizeOp::create(builder, location,
                                   type.clone(*op.getProbabilities()), value);
  if (op.getProbabilities() && !isProductOfIntegers)
    value = nn::DequantizeOp::create(builder, location, type, value);
  nn::YieldOp::create(builder, location, value);
  return kernel;
}

Value AttentionConversion::convert() {
  Value query = splitHeads(op.getQuery(), op.getHeads());
  Value key = repeatHeads(splitHeads(op.getKey(), op.getKvHeads()));
  Value value = repeatHeads(splitHeads(op.getValue(), op.getKvHeads()));
  Value scores = createProduct(query, key, /*transposeRhs=*/true, ".scores");
  Value probabilities = createSoftmax(scores).getResult(0);
  Value context =
      createProduct(probabilities, value, /*transposeRhs=*/false, ".context");
  // The view of the context that is what the attention computes keeps its name.
  Value result = mergeHeads(context);
  setName(result.getDefiningOp(), "");
  return result;
}

void atleus::convertAttention(nn::AttentionOp op, FlatSymbolRefAttr tier) {
  op.replaceAllUsesWith(AttentionConversion(op, tier).convert());
  op.erase();
}
