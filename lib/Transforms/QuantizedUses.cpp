// Looks at each product for what quantization is to do with its operands.
#include "QuantizedUses.h"
#include "StoredOperands.h"

#include "dialects/NN/RunTimeScales.h"

#include "atleus/Compression/PrecisionRule.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

//===----------------------------------------------------------------------===//
// Formats
//===----------------------------------------------------------------------===//

PrecisionAttr QuantizationRequest::getPrecision(Operation *product) const {
  if (auto stated = product->getAttrOfType<PrecisionAttr>(precisionAttribute))
    return stated;
  MLIRContext *context = product->getContext();
  if (normalFloats)
    return PrecisionAttr::get(context, 4, floatBits, WeightCode::NF4);
  return PrecisionAttr::get(
      context, weightBits, weightBits == floatBits ? floatBits : activationBits,
      WeightCode::Uniform);
}

WeightFormat QuantizationRequest::getFormat(unsigned bits) const {
  return {{bits, symmetricWeights}, clipping, 0, 0};
}

WeightFormat QuantizationRequest::getLayerFormat(LinearOp layer,
                                                 unsigned bits) const {
  WeightFormat format = getFormat(bits);
  switch (granularity) {
  case WeightScales::PerTensor:
    return format;
  case WeightScales::PerChannel:
    format.blockColumns = 1;
    break;
  case WeightScales::CrossbarWise:
    format.blockRows = blocks.rows;
    format.blockColumns = blocks.columns[bits];
    break;
  }
  if (layer.getTransposed())
    std::swap(format.blockRows, format.blockColumns);
  return format;
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

static bool isFloatTensor(Value value) {
  return isa<FloatType>(getElementTypeOrSelf(value.getType()));
}

namespace {
class UseCollector {
public:
  UseCollector(func::FuncOp function, const QuantizationRequest &request)
      : builder(function.getContext()), request(request) {}

  void visit(Operation *product);
  QuantizedUses take() { return std::move(uses); }

private:
  void addIntegers(LinearOp linear, PrecisionAttr precision);
  void addIntegers(MatMulOp matmul, PrecisionAttr precision);
  void addIntegers(AttentionOp attention, PrecisionAttr precision);
  void addWeightAlone(Operation *product, PrecisionAttr precision);
  void add(OpOperand &operand, PrecisionAttr precision, bool isLhs,
           int64_t columns, RunTimeSharing sharing, LinearOp layer = {});
  Value keep(OpOperand &operand, bool isLhs, int64_t columns,
             RunTimeSharing sharing);

  OpBuilder builder;
  const QuantizationRequest &request;
  QuantizedUses uses;
};
} // namespace

/// The stored integers of an operand, if there are any that the product can
/// read, or null.
Value UseCollector::keep(OpOperand &operand, bool isLhs, int64_t columns,
                         RunTimeSharing sharing) {
  std::string reason;
  Value stored = findStored(builder, operand.get(), reason);
  if (stored)
    reason = explainRefusal(stored, isLhs, columns);
  if (stored && sharing.scales != RunTimeScales::Vector &&
      findRunTimeScales(stored) == RunTimeScales::Vector)
    reason = "its vectors have scales of their own";
  if (reason.empty())
    return stored;
  emitWarning(operand.getOwner()->getLoc())
      << "operand " << operand.getOperandNumber()
      << " is quantized anew: " << reason;
  return {};
}

/// Adds an operand of a product in integers. `layer` is its owner if the
/// operand is the weight of a layer.
void UseCollector::add(OpOperand &operand, PrecisionAttr precision, bool isLhs,
                       int64_t columns, RunTimeSharing sharing,
                       LinearOp layer) {
  if (!isFloatTensor(operand.get()))
    return;
  bool isWeight = isStatic(operand.get());
  auto bits = static_cast<unsigned>(isWeight ? precision.getWeights()
                                             : precision.getActivations());
  if (Value kept = keep(operand, isLhs, columns, sharing)) {
    uses.stored.push_back({&operand, kept, bits});
    return;
  }
  if (request.activationScales == ActivationScales::PerTensor)
    sharing = {};
  if (!isWeight)
    uses.quantized.push_back({&operand,
                              QuantizedUse::Kind::Activation,
                              {{bits, request.symmetricActivations}},
                              sharing});
  else
    uses.quantized.push_back({&operand, QuantizedUse::Kind::Weight,
                              layer ? request.getLayerFormat(layer, bits)
                                    : request.getFormat(bits)});
}

/// The dimension of a right operand that is not summed over.
static int64_t columnDimension(OpOperand &operand, bool transposed) {
  int64_t rank = cast<RankedTensorType>(operand.get().getType()).getRank();
  return rank - (transposed ? 2 : 1);
}

/// A left operand: its rows may have scales of their own.
static constexpr RunTimeSharing eachVector = {RunTimeScales::Vector, 1};
/// A right operand, all of which each row of the left one is multiplied with.
static constexpr RunTimeSharing eachMatrix = {RunTimeScales::Matrix, 1};

void UseCollector::addIntegers(LinearOp linear, PrecisionAttr precision) {
  add(linear.getInputMutable(), precision, /*isLhs=*/true, 0, eachVector);
  OpOperand &weight = linear.getWeightMutable();
  add(weight, precision, /*isLhs=*/false,
      columnDimension(weight, linear.getTransposed()), eachMatrix, linear);
}

void UseCollector::addIntegers(MatMulOp matmul, PrecisionAttr precision) {
  add(matmul.getLhsMutable(), precision, /*isLhs=*/true, 0, eachVector);
  OpOperand &rhs = matmul.getRhsMutable();
  add(rhs, precision, /*isLhs=*/false,
      columnDimension(rhs, matmul.getTransposeRhs()), eachMatrix);
}

/// Heads are taken apart, so that each stored operand needs one scale.
void UseCollector::addIntegers(AttentionOp attention, PrecisionAttr precision) {
  RunTimeSharing eachHead = {RunTimeScales::Matrix,
                             static_cast<int64_t>(attention.getKvHeads())};
  add(attention.getQueryMutable(), precision, /*isLhs=*/true, 0, eachVector);
  add(attention.getKeyMutable(), precision, /*isLhs=*/true, 0, eachHead);
  add(attention.getValueMutable(), precision, /*isLhs=*/true, 0, eachHead);
}

/// Adds the weight of a product in floats, if there is one.
void UseCollector::addWeightAlone(Operation *product, PrecisionAttr precision) {
  if (!isFloatTensor(product->getOperand(0)))
    return;
  uses.floats.push_back(product);
  auto bits = static_cast<unsigned>(precision.getWeights());
  if (bits == floatBits)
    return;
  auto layer = dyn_cast<LinearOp>(product);
  auto matmul = dyn_cast<MatMulOp>(product);
  if (!layer && !matmul)
    return;
  OpOperand &weight = layer ? layer.getWeightMutable() : matmul.getRhsMutable();
  if (!isFloatTensor(weight.get()) || !isStatic(weight.get()))
    return;
  if (precision.getCode() == WeightCode::Uniform)
    uses.quantized.push_back({&weight, QuantizedUse::Kind::Rounded,
                              layer ? request.getLayerFormat(layer, bits)
                                    : request.getFormat(bits)});
  else if (layer)
    uses.quantized.push_back({&weight, QuantizedUse::Kind::Coded, {}});
}

void UseCollector::visit(Operation *product) {
  // What depends on constants alone is computed when compiling.
  if (llvm::all_of(product->getResults(), isStatic))
    return;
  PrecisionAttr precision = request.getPrecision(product);
  if (precision.getActivations() == floatBits)
    return addWeightAlone(product, precision);
  llvm::TypeSwitch<Operation *>(product).Case<LinearOp, MatMulOp, AttentionOp>(
      [&](auto op) { addIntegers(op, precision); });
}

QuantizedUses QuantizedUses::collect(func::FuncOp function,
                                     const QuantizationRequest &request) {
  UseCollector collector(function, request);
  function.walk([&](Operation *op) {
    if (isa<LinearOp, MatMulOp, AttentionOp>(op))
      collector.visit(op);
  });
  return collector.take();
}
