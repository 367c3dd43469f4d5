// Post-training quantization of the operands of matrix products.
#include "Calibration.h"
#include "ErrorFeedbackRounding.h"
#include "QuantizedUses.h"

#include "atleus/Compression/ClippingThreshold.h"
#include "atleus/Compression/PrecisionRule.h"
#include "atleus/Support/AbsentWeights.h"
#include "atleus/Support/NumberText.h"
#include "atleus/Transforms/MachineLibrary.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/NN/NN.h"

namespace atleus {
#define GEN_PASS_DEF_QUANTIZE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;
using Kind = QuantizedUse::Kind;

namespace {
/// Creates ops that quantize values, each value once for each type and way to
/// share scales.
class Quantizer {
public:
  explicit Quantizer(MLIRContext *context) : builder(context) {}

  Value quantize(Value value, Type elementType) {
    return create<QuantizeOp>(value, elementType);
  }
  /// The same with scales that are found when the model runs.
  Value quantizeAtRunTime(Value value, Type elementType,
                          RunTimeSharing sharing);
  /// The floats that the integers of a quantized value stand for.
  Value dequantize(Value value) {
    auto type =
        cast<quant::QuantizedType>(getElementTypeOrSelf(value.getType()));
    return create<DequantizeOp>(value, type.getExpressedType());
  }

private:
  template <typename OpTy>
  Value create(Value value, Type elementType) {
    Value &result = created[{value, elementType}];
    if (!result) {
      builder.setInsertionPointAfterValue(value);
      auto type = cast<RankedTensorType>(value.getType());
      result =
          OpTy::create(builder, value.getLoc(), type.clone(elementType), value);
    }
    return result;
  }

  OpBuilder builder;
  llvm::DenseMap<std::pair<Value, Type>, Value> created;
  llvm::DenseMap<std::tuple<Value, Type, int64_t, int64_t>, Value> shared;
};
} // namespace

//===----------------------------------------------------------------------===//
// Scales at run time
//===----------------------------------------------------------------------===//

/// The order of dimensions that exchanges the two before the last.
static SmallVector<int64_t> exchangeHeadsAndTokens(int64_t rank) {
  auto order = llvm::to_vector(llvm::seq<int64_t>(rank));
  std::swap(order[rank - 3], order[rank - 2]);
  return order;
}

Value Quantizer::quantizeAtRunTime(Value value, Type elementType,
                                   RunTimeSharing sharing) {
  Value &result = shared[{value, elementType,
                          static_cast<int64_t>(sharing.scales), sharing.heads}];
  if (result)
    return result;
  builder.setInsertionPointAfterValue(value);
  Location location = value.getLoc();
  auto whole = cast<RankedTensorType>(value.getType());
  auto quantizeMatrices = [&](Value input) -> Value {
    auto type = cast<RankedTensorType>(input.getType());
    return QuantizeOp::create(builder, location, type.clone(elementType), input,
                              sharing.scales);
  };
  if (sharing.heads == 1)
    return result = quantizeMatrices(value);
  // [..., tokens, heads * size] as matrices of a head, and back.
  SmallVector<int64_t> shape(whole.getShape());
  shape.back() /= sharing.heads;
  shape.insert(shape.end() - 1, sharing.heads);
  SmallVector<int64_t> order = exchangeHeadsAndTokens(shape.size());
  Value split = ReshapeOp::create(builder, location, whole.clone(shape), value);
  Value heads = TransposeOp::create(builder, location, split, order);
  Value tokens =
      TransposeOp::create(builder, location, quantizeMatrices(heads), order);
  return result = ReshapeOp::create(builder, location, whole.clone(elementType),
                                    tokens);
}

namespace {
struct Quantize : public atleus::impl::QuantizeBase<Quantize> {
  using QuantizeBase::QuantizeBase;
  Quantize(const QuantizeOptions &options, ProgressCallback progress)
      : QuantizeBase(options), progress(std::move(progress)) {}

  void runOnOperation() final {
    FailureOr<QuantizationRequest> request = readOptions();
    if (failed(request))
      return signalPassFailure();
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (failed(quantizeFunction(function, *request)))
        return signalPassFailure();
  }

private:
  LogicalResult checkOptions();
  FailureOr<CrossbarBlocks> findBlocks();
  FailureOr<QuantizationRequest> readOptions();
  LogicalResult quantizeFunction(func::FuncOp function,
                                 const QuantizationRequest &request);
  FailureOr<ObservedHistograms> calibrate(func::FuncOp function,
                                          const QuantizedUses &uses);
  Type findActivationType(const QuantizedUse &use,
                          const ObservedHistograms &histograms);
  LogicalResult roundWeights(func::FuncOp function, const QuantizedUses &uses,
                             const WeightTypes &weights,
                             ErrorFeedbackRounding &rounded);
  void rewrite(const QuantizedUses &uses, const WeightTypes &weights,
               ErrorFeedbackRounding &rounded,
               const ObservedHistograms &histograms,
               const QuantizationRequest &request);
  void keepStored(const QuantizedUses &uses);

  ProgressCallback progress;
};
} // namespace

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

LogicalResult Quantize::checkOptions() {
  Location loc = getOperation().getLoc();
  if (!isWeightWidth(weightBits))
    return emitError(loc) << "weight-bits must be from 2 to 8, or " << floatBits
                          << " for floats, found " << weightBits.getValue();
  if (!isActivationWidth(activationBits))
    return emitError(loc) << "activation-bits must be from 4 to 8, 16, or "
                          << floatBits << " for floats, found "
                          << activationBits.getValue();
  // NaN is no share either.
  bool isShare = percentile > 0 && percentile <= 100;
  if (!isShare)
    return emitError(loc)
           << "percentile must be above 0 and at most 100, found "
           << formatDecimal(percentile);
  if (calibration.empty() && calibrationMethod != CalibrationMethod::MinMax)
    return emitError(loc) << "calibration-method needs samples: state "
                             "calibration=FILE.npz (atleus: --calibration)";
  if (calibration.empty() && rounding == WeightRounding::ErrorFeedback)
    return emitError(loc) << "rounding=error-feedback needs samples: state "
                             "calibration=FILE.npz (atleus: --calibration)";
  StringRef samples = rounding == WeightRounding::ErrorFeedback
                          ? "error feedback"
                          : "calibration";
  if (!calibration.empty() && failed(requireWeights(getOperation(), samples)))
    return failure();
  if (blockRows < 0 || blockColumns < 0 ||
      (blockRows == 0) != (blockColumns == 0))
    return emitError(loc) << "block-rows and block-columns must both be "
                             "positive or both 0, found "
                          << blockRows.getValue() << " and "
                          << blockColumns.getValue();
  if (codebookBlock < 1)
    return emitError(loc) << "codebook-block must be positive, found "
                          << codebookBlock.getValue();
  return success();
}

/// The blocks that were asked for, or those of the module's machine, or those
/// of the machine that is named.
FailureOr<CrossbarBlocks> Quantize::findBlocks() {
  if (blockRows > 0) {
    CrossbarBlocks blocks;
    blocks.rows = blockRows;
    blocks.columns.fill(blockColumns);
    return blocks;
  }
  constexpr llvm::StringLiteral remedy =
      "state block-rows and block-columns (atleus: --crossbar-block=RxC)";
  auto present = getOperation().getOps<arch::MachineOp>();
  if (!present.empty())
    return findCrossbarBlocks(*present.begin(), remedy);
  if (machine.empty())
    return emitError(getOperation().getLoc())
           << "crossbar-wise scales need the size of a block: name a machine, "
              "or "
           << remedy;
  OwningOpRef<arch::MachineOp> loaded = loadMachine(machine, &getContext());
  if (!loaded || failed(applyOverrides(*loaded, *machineChanges)))
    return failure();
  return findCrossbarBlocks(*loaded, remedy);
}

FailureOr<QuantizationRequest> Quantize::readOptions() {
  if (failed(checkOptions()))
    return failure();
  QuantizationRequest request;
  request.weightBits = weightBits;
  request.activationBits = activationBits;
  request.normalFloats = weightCode == WeightCoding::NF4;
  request.symmetricWeights = weightCode != WeightCoding::Affine;
  request.symmetricActivations = activationCode != ActivationCoding::Affine;
  request.activationScales = activationScales;
  request.granularity = weights;
  request.clipping = weightClipping;
  if (weights != WeightScales::CrossbarWise)
    return request;
  FailureOr<CrossbarBlocks> blocks = findBlocks();
  if (failed(blocks))
    return failure();
  request.blocks = *blocks;
  return request;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// Counts what activations hold on samples, if there are any.
FailureOr<ObservedHistograms> Quantize::calibrate(func::FuncOp function,
                                                  const QuantizedUses &uses) {
  ObservedValues activations;
  for (const QuantizedUse &use : uses.quantized)
    if (use.kind == Kind::Activation)
      activations.insert(use.value());
  if (calibration.empty() || activations.empty())
    return ObservedHistograms();
  auto histograms =
      observeHistograms(function, {calibration, progress}, activations);
  if (failed(histograms))
    return failure();
  for (Value value : activations) {
    const ActivationHistogram &found = histograms->find(value)->second;
    if (found.getLeast() != 0 || found.getGreatest() != 0)
      continue;
    ++numZeroActivations;
    emitRemark(value.getLoc())
        << "value is zero in all calibration samples; its scale is 1";
  }
  return histograms;
}

/// Integers of `code` whose scale is found when the model runs.
static Type dynamicType(Type expressed, UniformCode code) {
  return quant::AnyQuantizedType::get(
      code.symmetric ? quant::QuantizationFlags::Signed : 0,
      IntegerType::get(expressed.getContext(), code.bits), expressed,
      code.least(), code.greatest());
}

static Type staticType(Type expressed, UniformCode code, UniformScale scale) {
  return quant::UniformQuantizedType::get(
      code.symmetric ? quant::QuantizationFlags::Signed : 0,
      IntegerType::get(expressed.getContext(), code.bits), expressed,
      scale.scale, scale.zeroPoint, code.least(), code.greatest());
}

/// The type of an attention's probabilities: unsigned, of the range 0 to 1.
static Type probabilitiesType(Type expressed, unsigned bits) {
  UniformCode code{bits, /*symmetric=*/false};
  return staticType(expressed, code, chooseScale({0, 1}, code));
}

Type Quantize::findActivationType(const QuantizedUse &use,
                                  const ObservedHistograms &histograms) {
  Type expressed = getElementTypeOrSelf(use.value().getType());
  auto histogram = histograms.find(use.value());
  UniformCode code = use.format.code;
  if (histogram == histograms.end())
    return dynamicType(expressed, code);
  ClippingRange range = findClippingRange(
      histogram->second, {calibrationMethod, percentile}, code);
  return staticType(expressed, code, chooseScale(range, code));
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

/// Erases what nothing reads any more: the floats of operands of which products
/// read the stored integers.
static void eraseUnread(func::FuncOp function) {
  for (Block &block : function.getBody())
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      if (isOpTriviallyDead(&op))
        op.erase();
}

LogicalResult Quantize::quantizeFunction(func::FuncOp function,
                                         const QuantizationRequest &request) {
  QuantizedUses uses = QuantizedUses::collect(function, request);
  WeightTypes weights;
  for (const QuantizedUse &use : uses.quantized)
    if ((use.kind == Kind::Weight || use.kind == Kind::Rounded) &&
        failed(weights.add(use.value(), use.format)))
      return failure();
  if (failed(weights.run()))
    return failure();
  FailureOr<ObservedHistograms> histograms = calibrate(function, uses);
  if (failed(histograms))
    return failure();
  ErrorFeedbackRounding rounded;
  if (failed(roundWeights(function, uses, weights, rounded)))
    return failure();
  numZeroScales += weights.countZeroScales();
  // Not before the model has been run: a product's operands go together.
  keepStored(uses);
  rewrite(uses, weights, rounded, *histograms, request);
  if (!uses.stored.empty() || !rounded.empty())
    eraseUnread(function);
  return success();
}

/// Rounds the weights of layers with error feedback, if that is asked for.
LogicalResult Quantize::roundWeights(func::FuncOp function,
                                     const QuantizedUses &uses,
                                     const WeightTypes &weights,
                                     ErrorFeedbackRounding &rounded) {
  if (rounding == WeightRounding::Nearest)
    return success();
  for (const QuantizedUse &use : uses.quantized) {
    auto layer = dyn_cast<LinearOp>(use.operand->getOwner());
    bool isInteger = use.kind == Kind::Weight || use.kind == Kind::Rounded;
    if (layer && isInteger && use.operand == &layer.getWeightMutable())
      rounded.add(layer, weights.getType(use.value(), use.format));
  }
  return rounded.run(function, {calibration, progress});
}

/// Lets products read what is stored, and says where that has other widths than
/// were asked for.
void Quantize::keepStored(const QuantizedUses &uses) {
  const StoredUse *other = nullptr;
  unsigned otherBits = 0;
  int64_t count = 0;
  for (const StoredUse &use : uses.stored) {
    unsigned bits = getElementBits(getElementTypeOrSelf(use.stored.getType()));
    if (bits != use.bits && count++ == 0) {
      other = &use;
      otherBits = bits;
    }
    use.operand->set(use.stored);
  }
  numKept += uses.stored.size();
  if (!other)
    return;
  emitWarning(other->operand->getOwner()->getLoc())
      << "operand " << other->operand->getOperandNumber() << " keeps the "
      << otherBits << " bits that it is stored in, " << other->bits
      << " were asked for (" << count << " of " << uses.stored.size()
      << " stored operands keep other widths)";
}

void Quantize::rewrite(const QuantizedUses &uses, const WeightTypes &weights,
                       ErrorFeedbackRounding &rounded,
                       const ObservedHistograms &histograms,
                       const QuantizationRequest &request) {
  Quantizer quantizer(&getContext());
  llvm::SetVector<Operation *> products;
  llvm::DenseSet<Value> quantizedWeights, quantizedActivations;
  llvm::DenseMap<std::pair<Value, unsigned>, Type> activationTypes;
  for (const StoredUse &use : uses.stored)
    products.insert(use.operand->getOwner());
  for (const QuantizedUse &use : uses.quantized) {
    Value value = use.value(), result;
    switch (use.kind) {
    case Kind::Activation: {
      Type &type = activationTypes[{value, use.format.code.bits}];
      if (!type)
        type = findActivationType(use, histograms);
      result = isa<quant::AnyQuantizedType>(type)
                   ? quantizer.quantizeAtRunTime(value, type, use.sharing)
                   : quantizer.quantize(value, type);
      break;
    }
    case Kind::Weight:
    case Kind::Rounded: {
      quant::QuantizedType type = weights.getType(value, use.format);
      result = rounded.create(value, type);
      if (!result)
        result = quantizer.quantize(value, type);
      break;
    }
    case Kind::Coded:
      result = quantizer.quantize(
          value, CodebookType::get(
                     &getContext(), CodebookKind::NF4,
                     cast<FloatType>(getElementTypeOrSelf(value.getType())),
                     codebookBlock));
      break;
    }
    (use.kind == Kind::Activation ? quantizedActivations : quantizedWeights)
        .insert(result);
    if (use.kind == Kind::Rounded)
      result = quantizer.dequantize(result);
    use.operand->set(result);
    products.insert(use.operand->getOwner());
  }
  for (Operation *product : uses.floats)
    product->setAttr(precisionAttribute, request.getPrecision(product));
  numFloat += uses.floats.size();
  for (Operation *product : products)
    if (auto attention = dyn_cast<AttentionOp>(product);
        attention && !attention.getProbabilities())
      attention.setProbabilities(
          probabilitiesType(attention.getType().getElementType(),
                            request.getPrecision(product).getActivations()));
  numProducts += products.size();
  numWeights += quantizedWeights.size();
  numActivations += quantizedActivations.size();
}

std::unique_ptr<Pass> atleus::createQuantize(const QuantizeOptions &options,
                                             ProgressCallback progress) {
  return std::make_unique<Quantize>(options, std::move(progress));
}
