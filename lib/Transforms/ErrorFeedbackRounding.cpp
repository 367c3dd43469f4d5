// Rounds weights on the second moments of what they are multiplied with.
#include "ErrorFeedbackRounding.h"
#include "InputMoments.h"
#include "WeightTypes.h"

#include "atleus/Compression/ErrorFeedback.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Quantization.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

//===----------------------------------------------------------------------===//
// Matrices
//===----------------------------------------------------------------------===//

/// The grid of a matrix of a quantized type, or of its transpose.
static RoundingGrid makeGrid(const Tensor &integers, bool transposed) {
  kernels::QuantizationParameters parameters =
      llvm::cantFail(kernels::getQuantizationParameters(integers));
  unsigned row = transposed ? 1 : 0, column = 1 - row;
  RoundingGrid grid;
  grid.rows = integers.getDim(row);
  grid.columns = integers.getDim(column);
  grid.blockRows = parameters.blockSizes[row];
  grid.blockColumns = parameters.blockSizes[column];
  grid.minimum = static_cast<int32_t>(parameters.minimum);
  grid.maximum = static_cast<int32_t>(parameters.maximum);
  int64_t blocks = static_cast<int64_t>(parameters.scales.size());
  for (int64_t i = 0; i < blocks; ++i) {
    int64_t perRow = parameters.grid[column];
    int64_t from =
        transposed ? i % perRow * parameters.grid[row] + i / perRow : i;
    grid.scales.push_back(parameters.scales[from]);
    if (!parameters.zeroPoints.empty())
      grid.zeroPoints.push_back(
          static_cast<int32_t>(parameters.zeroPoints[from]));
  }
  return grid;
}

static Tensor transpose(const Tensor &matrix) {
  return kernels::transpose(matrix, {1, 0});
}

/// The integers in the type of `quantized` that `feedback` makes of floats.
static Tensor roundMatrix(const ErrorFeedback &feedback, const Tensor &floats,
                          const Tensor &quantized, bool transposed,
                          bool isSparse) {
  Tensor matrix = transposed ? transpose(floats) : floats;
  ArrayRef<float> weights = matrix.as<float>();
  std::vector<uint8_t> pruned;
  if (isSparse)
    for (float weight : weights)
      pruned.push_back(weight == 0);
  std::vector<int32_t> rounded =
      feedback.round(weights, makeGrid(quantized, transposed), pruned);
  Tensor result(matrix.getShape(),
                getStoredInteger(quantized.getElementType()));
  dispatchElement(result.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_integral_v<T>)
      llvm::transform(rounded, result.mutableAs<T>().begin(),
                      [](int32_t value) { return static_cast<T>(value); });
  });
  return transposed ? transpose(result) : result;
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

/// Integers of fewer than 8 bits as a parameter holds them: several in a byte,
/// the first in its low bits.
static std::vector<char> packBits(const Tensor &integers, unsigned bits) {
  std::vector<char> bytes(getNumBytes(integers.getType()));
  for (auto [i, byte] : llvm::enumerate(integers.bytes())) {
    unsigned word = static_cast<uint8_t>(byte) & ((1u << bits) - 1);
    size_t first = i * bits / 8, shift = i * bits % 8;
    bytes[first] = static_cast<char>(bytes[first] | (word << shift));
    if (shift + bits > 8)
      bytes[first + 1] = static_cast<char>(word >> (8 - shift));
  }
  return bytes;
}

/// A parameter's value: few elements stand in the text, many lie in a blob.
static ElementsAttr createElements(const Tensor &tensor) {
  constexpr int64_t mostInText = 64;
  if (tensor.numElements() <= mostInText)
    return tensor.toAttribute();
  unsigned bits = getElementBits(tensor.getElementType());
  std::vector<char> packed;
  ArrayRef<char> bytes = tensor.bytes();
  if (bits < 8) {
    packed = packBits(tensor, bits);
    bytes = packed;
  }
  return DenseResourceElementsAttr::get(
      tensor.getType(), "rounded",
      HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, /*align=*/64));
}

//===----------------------------------------------------------------------===//
// Requests
//===----------------------------------------------------------------------===//

void ErrorFeedbackRounding::add(LinearOp layer, quant::QuantizedType type) {
  requests[{layer.getWeight(), type}].layers.push_back(layer);
}

/// The values that are multiplied with a weight. Where layers read it in both
/// directions, those that read it as the first one does.
static ObservedValues collectInputs(ArrayRef<LinearOp> layers) {
  ObservedValues inputs;
  LinearOp first = layers.front();
  for (LinearOp layer : layers)
    if (layer.getTransposed() == first.getTransposed())
      inputs.insert(layer.getInput());
  return inputs;
}

LogicalResult ErrorFeedbackRounding::run(func::FuncOp function,
                                         const Calibration &calibration) {
  SmallVector<ObservedValues> inputs;
  for (auto &[key, request] : requests) {
    FailureOr<Tensor> floats = evaluateStatic(key.first);
    if (failed(floats))
      return failure();
    request.floats =
        kernels::convert(*floats, Float32Type::get(function.getContext()));
    inputs.push_back(collectInputs(request.layers));
  }
  return forEachInputMoments(
      function, calibration, inputs, "rounding weights",
      [&](ArrayRef<size_t> indices, const SecondMoments &moments) {
        ErrorFeedback feedback(moments);
        for (size_t index : indices) {
          auto &[key, request] = requests.begin()[index];
          bool isSparse =
              key.first.getDefiningOp<SparseConstantOp>() != nullptr;
          request.integers =
              roundMatrix(feedback, request.floats,
                          Tensor(request.floats.getShape(), key.second),
                          request.layers.front().getTransposed(), isSparse);
          request.floats = Tensor();
        }
      });
}

/// A weight in sparse storage whose numbers are those that `integers` stand
/// for. They stay floats: a zero of the storage need not be the integer zero.
static Value createSparse(OpBuilder &builder, SparseConstantOp weight,
                          const Tensor &integers, RankedTensorType type) {
  Type expressed = weight.getType().getElementType();
  Tensor numbers = llvm::cantFail(kernels::dequantize(
      integers.withElementType(type.getElementType()), expressed));
  SparseMask mask = llvm::cantFail(weight.readMask());
  std::vector<int64_t> places = listPlaces(weight.getPattern(), mask);
  Tensor kept({static_cast<int64_t>(places.size())}, expressed);
  size_t size = getElementBytes(kept.getKind());
  char *to = kept.mutableBytes().data();
  for (auto [index, place] : llvm::enumerate(places))
    std::copy_n(numbers.bytes().data() + place * size, size, to + index * size);
  auto constant = SparseConstantOp::create(
      builder, weight.getLoc(), weight.getType(), weight.getSparsity(),
      createElements(kept), weight.getIndex());
  if (Attribute name = weight->getAttr(nameAttribute))
    constant->setAttr(nameAttribute, name);
  return QuantizeOp::create(builder, weight.getLoc(), type, constant);
}

Value ErrorFeedbackRounding::create(Value weight, Type type) {
  auto *found = requests.find({weight, type});
  if (found == requests.end())
    return {};
  Request &request = found->second;
  if (request.created)
    return request.created;
  OpBuilder builder(weight.getContext());
  builder.setInsertionPointAfterValue(weight);
  auto quantized = cast<RankedTensorType>(weight.getType()).clone(type);
  if (auto sparse = weight.getDefiningOp<SparseConstantOp>()) {
    request.created =
        createSparse(builder, sparse, request.integers, quantized);
    return request.created;
  }
  Location loc = weight.getLoc();
  auto constant =
      ConstantOp::create(builder, loc, createElements(request.integers));
  request.created = StorageCastOp::create(builder, loc, quantized, constant);
  return request.created;
}
