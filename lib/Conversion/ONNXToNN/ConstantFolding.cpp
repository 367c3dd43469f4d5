// Computes ops whose operands are constants.
#include "ConstantFolding.h"
#include "KernelBuilder.h"

#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Support/AbsentWeights.h"

#include "dialects/Interfaces/Interfaces.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APSInt.h"

using namespace mlir;
using namespace atleus;

/// Elements of at most this many bytes are stored in the attribute itself.
static constexpr int64_t maxInlineBytes = 1024;
/// Floats of at most this many bytes are computed at once: scalars, tables and
/// biases, but no weight matrices.
static constexpr int64_t maxEagerFloatBytes = int64_t(1) << 16;
/// Integers and booleans are shape arithmetic or masks.
static constexpr int64_t maxEagerIntegerBytes = int64_t(1) << 26;
/// A float result of this size may be larger than its operands.
static constexpr int64_t maxGrownBytes = int64_t(1) << 20;

std::optional<Tensor> atleus::getConstantTensor(Value value) {
  auto constant = value.getDefiningOp<nn::ConstantOp>();
  if (!constant)
    return std::nullopt;
  auto dense = dyn_cast<DenseElementsAttr>(constant.getValue());
  if (dense && dense.isSplat() &&
      nn::getNumBytes(constant.getType()) > FoldingBudget::maximumSplatBytes)
    return std::nullopt;
  llvm::Expected<Tensor> tensor = Tensor::fromAttribute(constant.getValue());
  if (!tensor) {
    llvm::consumeError(tensor.takeError());
    return std::nullopt;
  }
  return *tensor;
}

std::optional<double> atleus::getConstantSplat(Value value) {
  auto constant = value.getDefiningOp<nn::ConstantOp>();
  if (!constant || constant.getType().getNumElements() == 0)
    return std::nullopt;
  bool isSplat = constant.getType().getNumElements() == 1;
  if (auto dense = dyn_cast<DenseElementsAttr>(constant.getValue()))
    isSplat |= dense.isSplat();
  if (!isSplat)
    return std::nullopt;
  if (auto dense = dyn_cast<DenseFPElementsAttr>(constant.getValue())) {
    APFloat number = *dense.value_begin<APFloat>();
    bool losesInfo = false;
    number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                   &losesInfo);
    return number.convertToDouble();
  }
  std::optional<Tensor> tensor = getConstantTensor(value);
  return tensor ? std::optional(tensor->getFloat(0)) : std::nullopt;
}

DenseElementsAttr atleus::createSplat(RankedTensorType type, double value) {
  Type element = type.getElementType();
  if (auto floats = dyn_cast<FloatType>(element)) {
    APFloat number(value);
    bool losesInfo = false;
    number.convert(floats.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                   &losesInfo);
    return DenseElementsAttr::get(type, number);
  }
  // Of what is no number or too large, the nearest integer.
  APSInt integer(/*BitWidth=*/64, /*isUnsigned=*/false);
  bool isExact = false;
  APFloat(value).convertToInteger(integer, APFloat::rmTowardZero, &isExact);
  return DenseElementsAttr::get(
      type, integer.sextOrTrunc(element.getIntOrFloatBitWidth()));
}

/// Whether all elements have the same bytes.
static bool isSplat(const Tensor &tensor) {
  ArrayRef<char> bytes = tensor.bytes();
  size_t size = getElementBytes(tensor.getKind());
  return bytes.size() > size && bytes.drop_front(size) == bytes.drop_back(size);
}

ElementsAttr atleus::createElements(const Tensor &tensor) {
  RankedTensorType type = tensor.getType();
  unsigned bits =
      type.getElementType().isIndex() ? 64 : type.getElementTypeBitWidth();
  bool isWholeBytes = bits == 1 || bits % 8 == 0;
  if (tensor.numBytes() <= maxInlineBytes || !isWholeBytes)
    return tensor.toAttribute();
  if (isSplat(tensor)) {
    Tensor first = Tensor::view(
        {}, tensor.getElementType(),
        tensor.bytes().take_front(getElementBytes(tensor.getKind())));
    return first.toAttribute().resizeSplat(type);
  }
  return DenseResourceElementsAttr::get(
      type, "computed",
      HeapAsmResourceBlob::allocateAndCopyWithAlign(tensor.bytes(),
                                                    /*align=*/64));
}

static uint64_t getTensorBytes(Value value) {
  return nn::getNumBytes(cast<RankedTensorType>(value.getType()));
}

std::optional<Tensor> ConstantFolding::read(Value value) {
  auto constant = value.getDefiningOp<nn::ConstantOp>();
  if (!constant || !budget.take(getTensorBytes(value), 0))
    return std::nullopt;
  return getConstantTensor(value);
}

/// What computing `op` takes, in bytes moved and multiplications.
static uint64_t getCost(Operation *op) {
  uint64_t cost = getTensorBytes(op->getResult(0));
  for (Value operand : op->getOperands())
    cost = llvm::SaturatingAdd(cost, getTensorBytes(operand));
  if (auto work = dyn_cast<WorkOpInterface>(op))
    for (const MatrixProduct &product : work.getWork().products) {
      uint64_t macs = 1;
      for (int64_t size : {product.batch, product.m, product.k, product.n})
        macs = llvm::SaturatingMultiply<uint64_t>(macs, size);
      cost = llvm::SaturatingAdd(cost, macs);
    }
  return cost;
}

/// Whether all operands are constants.
static bool hasConstantOperands(Operation *op) {
  return llvm::all_of(op->getOperands(), [](Value operand) {
    return operand.getDefiningOp<nn::ConstantOp>() != nullptr;
  });
}

/// The name of a parameter of the model, or null.
static Attribute parameterName(Value value) {
  Operation *constant = value.getDefiningOp<nn::ConstantOp>();
  return constant && isa<FloatType>(elementTypeOf(value))
             ? constant->getAttr(nn::nameAttribute)
             : Attribute();
}

/// Gives a constant that `op` computes from a parameter the parameter's name:
/// rearranged, scaled or cut, it still is what was trained.
static void inheritName(Operation *op, Operation *constant) {
  if (!isa<FloatType>(elementTypeOf(constant->getResult(0))))
    return;
  for (Value operand : op->getOperands())
    if (Attribute name = parameterName(operand)) {
      constant->setAttr(nn::nameAttribute, name);
      return;
    }
}

bool ConstantFolding::isAbsent(Value value) {
  auto constant = value.getDefiningOp<nn::ConstantOp>();
  return constant && atleus::isAbsent(constant.getValue());
}

FailureOr<ElementsAttr> ConstantFolding::computeElements(Operation *op) {
  if (llvm::any_of(op->getOperands(), isAbsent))
    return createAbsent(cast<RankedTensorType>(op->getResult(0).getType()),
                        "absent." + std::to_string(numFolded));
  SmallVector<Tensor> operands, results;
  for (Value operand : op->getOperands()) {
    std::optional<Tensor> tensor = getConstantTensor(operand);
    if (!tensor)
      return ElementsAttr();
    operands.push_back(*tensor);
  }
  if (failed(evaluateOp(op, operands, results)))
    return failure();
  return createElements(results.front());
}

FailureOr<Value> ConstantFolding::compute(OpBuilder &builder, Operation *op) {
  if (!isa<EvaluationOpInterface>(op) || op->getNumOperands() == 0 ||
      op->getNumResults() != 1 || !hasConstantOperands(op))
    return Value();
  // An attribute would hold the integers of a quantized type and not the type:
  // quantized values are integers and what gives them a meaning, not constants.
  if (!getElementTypeOrSelf(op->getResult(0)).isIntOrIndexOrFloat() ||
      !budget.take(getCost(op), getTensorBytes(op->getResult(0))))
    return Value();
  FailureOr<ElementsAttr> elements = computeElements(op);
  if (failed(elements))
    return failure();
  if (!*elements)
    return Value();
  ++numFolded;
  auto constant = nn::ConstantOp::create(builder, op->getLoc(), *elements);
  inheritName(op, constant);
  return constant.getResult();
}

Value ConstantFolding::foldBuilt(OpBuilder &builder, Operation *op) {
  SmallVector<Value, 1> folded;
  SmallVector<Operation *> constants;
  // An op that was changed in place is a success without results.
  if (succeeded(builder.tryFold(op, folded, &constants)) && !folded.empty()) {
    for (Operation *constant : constants) {
      constant->setLoc(op->getLoc());
      inheritName(op, constant);
    }
    op->erase();
    return folded.front();
  }
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  int64_t limit = isa<FloatType>(type.getElementType()) ? maxEagerFloatBytes
                                                        : maxEagerIntegerBytes;
  if (!getElementKind(type.getElementType()) || nn::getNumBytes(type) > limit)
    return op->getResult(0);
  FailureOr<Value> constant = compute(builder, op);
  if (failed(constant))
    return {};
  if (!*constant)
    return op->getResult(0);
  op->erase();
  return *constant;
}

/// Whether computing `op` needs no more room than its operands do, or little. A
/// parameter that would grow stays what it is.
static bool isWorthComputing(Operation *op) {
  int64_t operandBytes = 0;
  for (Value operand : op->getOperands()) {
    auto constant = operand.getDefiningOp<nn::ConstantOp>();
    if (!constant || (parameterName(operand) &&
                      llvm::product_of(shapeOf(operand)) <
                          llvm::product_of(shapeOf(op->getResult(0)))))
      return false;
    auto dense = dyn_cast<DenseElementsAttr>(constant.getValue());
    if (!dense || !dense.isSplat())
      operandBytes += nn::getNumBytes(constant.getType());
  }
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!type || !getElementKind(type.getElementType()))
    return false;
  return nn::getNumBytes(type) <= std::max(operandBytes, maxGrownBytes);
}

LogicalResult ConstantFolding::foldRemaining(func::FuncOp function,
                                             RewriterBase::Listener *listener) {
  IRRewriter rewriter(function.getContext(), listener);
  for (Operation &op : llvm::make_early_inc_range(function.front())) {
    if (op.getNumOperands() == 0 || op.getNumResults() != 1 ||
        !isWorthComputing(&op))
      continue;
    rewriter.setInsertionPoint(&op);
    FailureOr<Value> constant = compute(rewriter, &op);
    if (failed(constant))
      return failure();
    if (*constant)
      rewriter.replaceOp(&op, *constant);
  }
  return success();
}
