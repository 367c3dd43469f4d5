// Reads weights that are pruned, and replaces them by sparse constants.
#include "PrunedWeights.h"

#include "WeightTypes.h"

#include "atleus/Interpreter/Elementwise.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/MapVector.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

StringRef PrunedWeight::getName() const {
  for (nn::LinearOp layer : layers)
    if (StringRef name = nn::getKernelName(layer); !name.empty())
      return name;
  return {};
}

SmallVector<PrunedWeight>
atleus::collectPrunedWeights(func::FuncOp function,
                             function_ref<bool(StringRef)> selects) {
  llvm::MapVector<Value, PrunedWeight> weights;
  function.walk([&](nn::LinearOp layer) {
    Value value = layer.getWeight();
    RankedTensorType type = layer.getWeight().getType();
    if (!isa<FloatType>(type.getElementType()) || !nn::isStatic(value) ||
        nn::isStatic(layer.getResult()) || type.getNumElements() == 0 ||
        !selects(nn::getKernelName(layer)))
      return;
    PrunedWeight &weight = weights[value];
    if (weight.layers.empty())
      weight = {value, {}, {layer.getInnerSize(), layer.getFeatures(),
                            layer.getTransposed()}};
    weight.layers.push_back(layer);
  });
  SmallVector<PrunedWeight> result;
  for (auto &entry : weights)
    result.push_back(std::move(entry.second));
  return result;
}

FailureOr<std::vector<float>> PrunedWeight::read() const {
  FailureOr<Tensor> tensor = evaluateStatic(value);
  if (failed(tensor))
    return failure();
  Tensor floats =
      kernels::convert(*tensor, Float32Type::get(value.getContext()));
  ArrayRef<float> elements = floats.as<float>();
  if (!llvm::all_of(elements, [](float x) { return std::isfinite(x); }))
    return emitError(value.getLoc())
           << "weights hold NaN or infinity, so they cannot be compared";
  return std::vector<float>(elements.begin(), elements.end());
}

//===----------------------------------------------------------------------===//
// Moments
//===----------------------------------------------------------------------===//

namespace {
/// Values that layers read, and their moments.
using MomentsByValue =
    llvm::DenseMap<Value, std::unique_ptr<SecondMoments>>;
} // namespace

LogicalResult atleus::forEachWeightMoments(
    func::FuncOp function, const Calibration &calibration,
    ArrayRef<PrunedWeight> weights,
    function_ref<void(size_t, const SecondMoments &)> use) {
  MomentsByValue byValue;
  ObservedValues values;
  for (const PrunedWeight &weight : weights)
    for (nn::LinearOp layer : weight.layers)
      if (values.insert(layer.getInput()))
        byValue[layer.getInput()] =
            std::make_unique<SecondMoments>(weight.shape.inputs);
  if (failed(observeValues(function, calibration, values,
                           [&](Value value, ArrayRef<float> rows) {
                             byValue[value]->add(rows);
                           })))
    return failure();
  for (auto [index, weight] : llvm::enumerate(weights)) {
    llvm::SmallSetVector<Value, 2> inputs;
    for (nn::LinearOp layer : weight.layers)
      inputs.insert(layer.getInput());
    if (inputs.size() == 1) {
      use(index, *byValue[inputs.front()]);
      continue;
    }
    SecondMoments sum(weight.shape.inputs);
    for (Value input : inputs)
      sum.merge(*byValue[input]);
    use(index, sum);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Replacement
//===----------------------------------------------------------------------===//

/// Bytes as an attribute; many of them lie in a blob.
static ElementsAttr makeElements(RankedTensorType type, StringRef name,
                                 ArrayRef<char> bytes) {
  constexpr size_t inlineBytes = 64;
  if (bytes.size() <= inlineBytes)
    return DenseElementsAttr::getFromRawBuffer(type, bytes);
  return DenseResourceElementsAttr::get(
      type, name,
      HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, /*align=*/64));
}

/// Erases an op that nothing reads, and what it alone has read.
static void eraseUnread(Operation *op) {
  llvm::SmallSetVector<Operation *, 4> open;
  open.insert(op);
  while (!open.empty()) {
    Operation *next = open.pop_back_val();
    if (!next || !isOpTriviallyDead(next))
      continue;
    for (Value operand : next->getOperands())
      open.insert(operand.getDefiningOp());
    next->erase();
  }
}

void atleus::replaceWeight(const PrunedWeight &weight,
                           const nn::SparsePattern &pattern,
                           const nn::SparseMask &mask,
                           ArrayRef<float> elements) {
  MLIRContext *context = weight.value.getContext();
  auto type = cast<RankedTensorType>(weight.value.getType());
  std::vector<int64_t> places = listPlaces(pattern, mask);
  int64_t kept = places.size();
  Tensor packed({kept}, Float32Type::get(context));
  for (auto [place, value] :
       llvm::zip_equal(places, packed.mutableAs<float>()))
    value = elements[place];
  packed = kernels::convert(packed, type.getElementType());
  std::vector<uint8_t> index = encodeIndex(pattern, mask);
  std::string name = weight.getName().str();
  auto indexType = RankedTensorType::get({static_cast<int64_t>(index.size())},
                                         IntegerType::get(context, 8));
  OpBuilder builder(context);
  builder.setInsertionPointAfterValue(weight.value);
  int64_t longest = countLongest(pattern, mask, pattern.groupDimension);
  auto constant = nn::SparseConstantOp::create(
      builder, weight.value.getLoc(), type,
      nn::SparsityAttr::fromPattern(context, pattern, longest),
      makeElements(packed.getType(), name + ".values", packed.bytes()),
      makeElements(indexType, name + ".index",
                   ArrayRef(reinterpret_cast<const char *>(index.data()),
                            index.size())));
  if (Attribute given =
          weight.value.getDefiningOp()->getAttr(nn::nameAttribute))
    constant->setAttr(nn::nameAttribute, given);
  for (nn::LinearOp layer : weight.layers)
    layer.getWeightMutable().assign(constant);
  eraseUnread(weight.value.getDefiningOp());
}
