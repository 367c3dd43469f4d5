// Post-training quantization of the operands of matrix products.
#include "Calibration.h"
#include "StoredOperands.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Transforms/Magnitudes.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/NN/NN.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

namespace atleus {
#define GEN_PASS_DEF_QUANTIZE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

//===----------------------------------------------------------------------===//
// What is quantized
//===----------------------------------------------------------------------===//

namespace {
/// A scale in all, or one for each index of the first or second dimension.
enum class ScaleAxis { None, First, Second };

/// Parameters and how they are quantized: what gets one quantized type.
using Weight = std::pair<Value, ScaleAxis>;

/// An operand of a product.
struct QuantizedUse {
  OpOperand *operand;
  bool isWeight;
  ScaleAxis axis;

  Weight weight() const { return {operand->get(), axis}; }
};
} // namespace

static bool isFloatTensor(Value value) {
  return isa<FloatType>(getElementTypeOrSelf(value.getType()));
}

namespace {
/// An operand of a product that is quantized already, and what is stored.
struct StoredUse {
  OpOperand *operand;
  Value stored;
};

/// Finds the operands of products that are to be quantized, and those that are
/// quantized already.
class UseCollector {
public:
  UseCollector(func::FuncOp function, WeightScales granularity)
      : builder(function.getContext()), granularity(granularity) {}

  void visit(Operation *product);
  ArrayRef<QuantizedUse> getUses() const { return uses; }
  ArrayRef<StoredUse> getStored() const { return stored; }

private:
  void addLhs(OpOperand &operand) { add(operand, /*isLhs=*/true, 0); }
  void addRhs(OpOperand &operand, bool transposed,
              ScaleAxis axis = ScaleAxis::None) {
    int64_t rank = cast<RankedTensorType>(operand.get().getType()).getRank();
    add(operand, /*isLhs=*/false, rank - (transposed ? 2 : 1), axis);
  }
  void add(OpOperand &operand, bool isLhs, int64_t columns,
           ScaleAxis axis = ScaleAxis::None);
  Value keep(OpOperand &operand, bool isLhs, int64_t columns);

  OpBuilder builder;
  WeightScales granularity;
  SmallVector<QuantizedUse> uses;
  SmallVector<StoredUse> stored;
};
} // namespace

/// The stored integers of an operand, if there are any that the product can
/// read, or null.
Value UseCollector::keep(OpOperand &operand, bool isLhs, int64_t columns) {
  std::string reason;
  Value stored = findStored(builder, operand.get(), reason);
  if (stored)
    reason = explainRefusal(stored, isLhs, columns);
  if (reason.empty())
    return stored;
  emitWarning(operand.getOwner()->getLoc())
      << "operand " << operand.getOperandNumber()
      << " is quantized anew: " << reason;
  return {};
}

void UseCollector::add(OpOperand &operand, bool isLhs, int64_t columns,
                       ScaleAxis axis) {
  if (!isFloatTensor(operand.get()))
    return;
  if (Value kept = keep(operand, isLhs, columns)) {
    stored.push_back({&operand, kept});
    return;
  }
  bool isWeight = isStatic(operand.get());
  bool perChannel = isWeight && granularity == WeightScales::PerChannel;
  uses.push_back({&operand, isWeight, perChannel ? axis : ScaleAxis::None});
}

void UseCollector::visit(Operation *product) {
  // What depends on constants alone is computed when compiling.
  if (llvm::all_of(product->getResults(), isStatic))
    return;
  llvm::TypeSwitch<Operation *>(product)
      .Case([&](LinearOp linear) {
        bool transposed = linear.getTransposed();
        addLhs(linear.getInputMutable());
        addRhs(linear.getWeightMutable(), transposed,
               transposed ? ScaleAxis::First : ScaleAxis::Second);
      })
      .Case([&](MatMulOp matmul) {
        addLhs(matmul.getLhsMutable());
        addRhs(matmul.getRhsMutable(), matmul.getTransposeRhs());
      })
      .Case([&](AttentionOp attention) {
        // Heads are taken apart, so that each needs one scale.
        addLhs(attention.getQueryMutable());
        addLhs(attention.getKeyMutable());
        addLhs(attention.getValueMutable());
      });
}

//===----------------------------------------------------------------------===//
// Scales of weights
//===----------------------------------------------------------------------===//

/// Evaluates a value that depends on constants alone.
static FailureOr<Tensor> evaluateStatic(Value value) {
  Operation *op = value.getDefiningOp();
  SmallVector<Tensor> operands, results;
  for (Value operand : op->getOperands()) {
    FailureOr<Tensor> tensor = evaluateStatic(operand);
    if (failed(tensor))
      return failure();
    operands.push_back(*tensor);
  }
  if (failed(evaluateOp(op, operands, results)))
    return failure();
  return results[cast<OpResult>(value).getResultNumber()];
}

/// The bytes of a parameter of f32 that lies in a blob, or nothing for every
/// other value. An elided blob is an error.
static FailureOr<ArrayRef<char>> findBlob(Value value) {
  auto constant = value.getDefiningOp<ConstantOp>();
  auto resource = constant
                      ? dyn_cast<DenseResourceElementsAttr>(constant.getValue())
                      : DenseResourceElementsAttr();
  if (!resource)
    return ArrayRef<char>();
  AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  if (!blob)
    return emitError(constant.getLoc())
           << "weights were elided; quantize the module that was read from the "
              "model, or one written as bytecode";
  if (!constant.getResult().getType().getElementType().isF32())
    return ArrayRef<char>();
  return blob->getData();
}

namespace {
/// Finds the magnitudes of all weights at once.
class WeightScan {
public:
  LogicalResult add(const Weight &weight);
  LogicalResult run();

  /// Largest magnitude of the weight, or of each of its features.
  ArrayRef<float> magnitudes(const Weight &weight) { return found[weight]; }

private:
  SmallVector<Weight> weights;
  std::vector<MagnitudeSearch> searches;
  /// Values that are not read where they lie.
  SmallVector<Tensor> evaluated;
  llvm::MapVector<Weight, std::vector<float>> found;
};
} // namespace

LogicalResult WeightScan::add(const Weight &weight) {
  if (!found.insert({weight, {}}).second)
    return success();
  auto [value, axis] = weight;
  FailureOr<ArrayRef<char>> blob = findBlob(value);
  if (failed(blob))
    return failure();
  const char *data = blob->data();
  if (blob->empty()) {
    FailureOr<Tensor> tensor = evaluateStatic(value);
    if (failed(tensor))
      return failure();
    evaluated.push_back(
        kernels::convert(*tensor, Float32Type::get(value.getContext())));
    data = evaluated.back().bytes().data();
  }
  ArrayRef<int64_t> shape = cast<RankedTensorType>(value.getType()).getShape();
  int64_t columns = shape.empty() ? 1 : shape.back();
  int64_t rows = shape.empty() ? 1 : llvm::product_of(shape.drop_back());
  weights.push_back(weight);
  searches.push_back(
      {data,
       rows,
       columns,
       axis == ScaleAxis::Second ? MagnitudeAxis::Columns : MagnitudeAxis::Rows,
       {}});
  return success();
}

LogicalResult WeightScan::run() {
  findMagnitudes(searches);
  for (auto [weight, search] : llvm::zip_equal(weights, searches)) {
    for (float magnitude : search.magnitudes)
      if (!std::isfinite(magnitude))
        return emitError(weight.first.getLoc())
               << "weights hold NaN or infinity, so they have no scale";
    if (weight.second == ScaleAxis::None && !search.magnitudes.empty())
      search.magnitudes = {*llvm::max_element(search.magnitudes)};
    found[weight] = std::move(search.magnitudes);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
/// Makes quantized types of one width, and quantizes each value once.
class Quantizer {
public:
  Quantizer(MLIRContext *context, unsigned bits)
      : builder(context), storage(builder.getIntegerType(bits)),
        lowest(-(int64_t(1) << (bits - 1))),
        largest((int64_t(1) << (bits - 1)) - 1) {}

  /// One scale, or one for each index of `axis`.
  Type uniform(Type expressed, ArrayRef<float> magnitudes, ScaleAxis axis) {
    constexpr unsigned isSigned = quant::QuantizationFlags::Signed;
    if (axis == ScaleAxis::None)
      return quant::UniformQuantizedType::get(
          isSigned, storage, expressed,
          symmetricScale(magnitudes.front(), largest), /*zeroPoint=*/0, lowest,
          largest);
    SmallVector<double> scales;
    for (float magnitude : magnitudes)
      scales.push_back(symmetricScale(magnitude, largest));
    SmallVector<int64_t> zeroPoints(scales.size(), 0);
    return quant::UniformQuantizedPerAxisType::get(
        isSigned, storage, expressed, scales, zeroPoints,
        axis == ScaleAxis::First ? 0 : 1, lowest, largest);
  }

  /// The scale is found when the model runs.
  Type dynamic(Type expressed) {
    return quant::AnyQuantizedType::get(quant::QuantizationFlags::Signed,
                                        storage, expressed, lowest, largest);
  }

  /// Unsigned, of the range 0 to 1.
  Type probabilities(Type expressed) {
    int64_t steps = (int64_t(1) << storage.getWidth()) - 1;
    return quant::UniformQuantizedType::get(
        /*flags=*/0, storage, expressed, symmetricScale(1.0f, steps),
        /*zeroPoint=*/0, /*storageTypeMin=*/0, steps);
  }

  Value quantize(Value value, Type elementType) {
    Value &result = quantized[{value, elementType}];
    if (!result) {
      builder.setInsertionPointAfterValue(value);
      auto type = cast<RankedTensorType>(value.getType());
      result = QuantizeOp::create(builder, value.getLoc(),
                                  type.clone(elementType), value);
    }
    return result;
  }

  size_t count() const { return quantized.size(); }

private:
  OpBuilder builder;
  IntegerType storage;
  int64_t lowest, largest;
  llvm::DenseMap<std::pair<Value, Type>, Value> quantized;
};

struct Quantize : public atleus::impl::QuantizeBase<Quantize> {
  using QuantizeBase::QuantizeBase;

  void runOnOperation() final {
    if (failed(checkBits("weight-bits", weightBits)) ||
        failed(checkBits("activation-bits", activationBits)))
      return signalPassFailure();
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (failed(quantizeFunction(function)))
        return signalPassFailure();
  }

private:
  LogicalResult checkBits(StringRef option, unsigned bits) {
    if (bits >= 2 && bits <= 8)
      return success();
    return emitError(getOperation().getLoc())
           << option << " must be from 2 to 8, found " << bits;
  }

  LogicalResult quantizeFunction(func::FuncOp function);
  void rewrite(ArrayRef<QuantizedUse> uses, WeightScan &weightScan,
               const ObservedMagnitudes &observed,
               llvm::SetVector<Operation *> &products);
};
} // namespace

/// Erases what nothing reads any more: the floats of operands of which products
/// read the stored integers.
static void eraseUnread(func::FuncOp function) {
  for (Block &block : function.getBody())
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      if (isOpTriviallyDead(&op))
        op.erase();
}

LogicalResult Quantize::quantizeFunction(func::FuncOp function) {
  UseCollector collector(function, weights);
  function.walk([&](Operation *op) {
    if (isa<LinearOp, MatMulOp, AttentionOp>(op))
      collector.visit(op);
  });
  ArrayRef<QuantizedUse> uses = collector.getUses();
  WeightScan weightScan;
  ObservedValues activations;
  for (const QuantizedUse &use : uses) {
    if (!use.isWeight)
      activations.insert(use.operand->get());
    else if (failed(weightScan.add(use.weight())))
      return failure();
  }
  if (failed(weightScan.run()))
    return failure();
  ObservedMagnitudes observed;
  if (!calibration.empty()) {
    FailureOr<ObservedMagnitudes> magnitudes =
        observeMagnitudes(function, calibration, activations);
    if (failed(magnitudes))
      return failure();
    observed = std::move(*magnitudes);
  }
  llvm::SetVector<Operation *> products;
  // Not before the model has been run: a product's operands go together.
  for (const StoredUse &use : collector.getStored()) {
    use.operand->set(use.stored);
    products.insert(use.operand->getOwner());
  }
  rewrite(uses, weightScan, observed, products);
  numKept += collector.getStored().size();
  if (!collector.getStored().empty())
    eraseUnread(function);
  return success();
}

void Quantize::rewrite(ArrayRef<QuantizedUse> uses, WeightScan &weightScan,
                       const ObservedMagnitudes &observed,
                       llvm::SetVector<Operation *> &products) {
  Quantizer weightQuantizer(&getContext(), weightBits);
  Quantizer activationQuantizer(&getContext(), activationBits);
  llvm::DenseSet<Weight> counted;
  for (const QuantizedUse &use : uses) {
    Value value = use.operand->get();
    Type expressed = getElementTypeOrSelf(value.getType());
    products.insert(use.operand->getOwner());
    if (use.isWeight) {
      ArrayRef<float> magnitudes = weightScan.magnitudes(use.weight());
      if (counted.insert(use.weight()).second)
        numZeroScales += llvm::count(magnitudes, 0.0f);
      use.operand->set(weightQuantizer.quantize(
          value, weightQuantizer.uniform(expressed, magnitudes, use.axis)));
      continue;
    }
    auto magnitude = observed.find(value);
    Type type = magnitude == observed.end()
                    ? activationQuantizer.dynamic(expressed)
                    : activationQuantizer.uniform(expressed, magnitude->second,
                                                  ScaleAxis::None);
    use.operand->set(activationQuantizer.quantize(value, type));
  }
  for (Operation *product : products)
    if (auto attention = dyn_cast<AttentionOp>(product);
        attention && !attention.getProbabilities())
      attention.setProbabilities(activationQuantizer.probabilities(
          attention.getType().getElementType()));
  numProducts += products.size();
  numWeights += weightQuantizer.count();
  numActivations += activationQuantizer.count();
}
