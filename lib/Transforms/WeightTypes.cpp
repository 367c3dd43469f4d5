// Reads parameters where they lie, and puts their scales into types.
#include "WeightTypes.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Support/AbsentWeights.h"
#include "dialects/NN/NN.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Values of parameters
//===----------------------------------------------------------------------===//

FailureOr<Tensor> atleus::evaluateStatic(Value value) {
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

/// The scales of weights whose values are not known: each is 1, with an affine
/// code's zero point in the middle.
static void assumeScales(WeightScaling &scaling) {
  UniformCode code = scaling.code;
  UniformScale unit{1, code.symmetric ? 0 : int64_t(1) << (code.bits - 1)};
  ClippingRange whole{static_cast<float>(code.least() - unit.zeroPoint),
                      static_cast<float>(code.greatest() - unit.zeroPoint)};
  size_t blocks = scaling.gridRows() * scaling.gridColumns();
  scaling.ranges.assign(blocks, whole);
  scaling.scales.assign(blocks, unit);
}

/// The bytes of a parameter of f32 that lies in a blob, or nothing for every
/// other value. An elided blob is an error.
static FailureOr<ArrayRef<char>> findBlob(Value value) {
  auto constant = value.getDefiningOp<nn::ConstantOp>();
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

//===----------------------------------------------------------------------===//
// Requests
//===----------------------------------------------------------------------===//

const WeightTypes::Request *
WeightTypes::find(Value value, const WeightFormat &format) const {
  auto found = byValue.find(value);
  if (found == byValue.end())
    return nullptr;
  for (size_t index : found->second)
    if (requests[index].format == format)
      return &requests[index];
  return nullptr;
}

LogicalResult WeightTypes::read(Request &request) {
  FailureOr<ArrayRef<char>> blob = findBlob(request.value);
  if (failed(blob))
    return failure();
  request.scaling.data = blob->data();
  if (!blob->empty())
    return success();
  FailureOr<Tensor> tensor = evaluateStatic(request.value);
  if (failed(tensor))
    return failure();
  request.evaluated =
      kernels::convert(*tensor, Float32Type::get(request.value.getContext()));
  request.scaling.data = request.evaluated.bytes().data();
  return success();
}

LogicalResult WeightTypes::add(Value value, const WeightFormat &format) {
  if (find(value, format))
    return success();
  Request request{value, format, {}, {}};
  WeightScaling &scaling = request.scaling;
  bool isAbsent = areWeightsAbsent(value.getDefiningOp());
  if (!isAbsent && failed(read(request)))
    return failure();
  ArrayRef<int64_t> shape = cast<RankedTensorType>(value.getType()).getShape();
  scaling.columns = shape.empty() ? 1 : shape.back();
  scaling.rows = shape.empty() ? 1 : llvm::product_of(shape.drop_back());
  auto blockOf = [](int64_t block, int64_t size) {
    size = std::max<int64_t>(1, size);
    return block == 0 ? size : std::min(block, size);
  };
  scaling.blockRows = blockOf(format.blockRows, scaling.rows);
  scaling.blockColumns = blockOf(format.blockColumns, scaling.columns);
  scaling.code = format.code;
  scaling.clipping = format.clipping;
  if (isAbsent)
    assumeScales(scaling);
  byValue[value].push_back(requests.size());
  requests.push_back(std::move(request));
  return success();
}

LogicalResult WeightTypes::run() {
  std::vector<WeightScaling> scalings;
  std::vector<Request *> read;
  for (Request &request : requests)
    if (request.scaling.scales.empty()) { // not assumed
      scalings.push_back(request.scaling);
      read.push_back(&request);
    }
  findWeightScales(scalings);
  for (auto [pointer, scaling] : llvm::zip_equal(read, scalings)) {
    Request &request = *pointer;
    bool isEmpty = scaling.ranges.empty();
    if (!isEmpty && scaling.scales.empty())
      return emitError(request.value.getLoc())
             << "weights hold NaN or infinity, so they have no scale";
    if (!isEmpty && scaling.countZeroBlocks() ==
                        static_cast<int64_t>(scaling.ranges.size()))
      emitRemark(request.value.getLoc())
          << "weights are all zero; their scale is 1";
    request.scaling = std::move(scaling);
  }
  return success();
}

const WeightScaling &WeightTypes::getScaling(Value value,
                                             const WeightFormat &format) const {
  const Request *request = find(value, format);
  assert(request && "scales were not asked for");
  return request->scaling;
}

int64_t WeightTypes::countZeroScales() const {
  int64_t count = 0;
  for (const Request &request : requests)
    count += request.scaling.countZeroBlocks();
  return count;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

namespace {
/// Builds the types of one code.
struct TypeBuilder {
  TypeBuilder(Type expressed, UniformCode code)
      : expressed(expressed), code(code),
        storage(IntegerType::get(expressed.getContext(), code.bits)),
        flags(code.symmetric ? quant::QuantizationFlags::Signed : 0) {}

  quant::QuantizedType perTensor(UniformScale scale) const {
    return quant::UniformQuantizedType::get(flags, storage, expressed,
                                            scale.scale, scale.zeroPoint,
                                            code.least(), code.greatest());
  }

  quant::QuantizedType perAxis(const WeightScaling &scaling, int axis) const {
    SmallVector<double> scales;
    SmallVector<int64_t> zeroPoints;
    for (UniformScale scale : scaling.scales) {
      scales.push_back(scale.scale);
      zeroPoints.push_back(scale.zeroPoint);
    }
    return quant::UniformQuantizedPerAxisType::get(
        flags, storage, expressed, scales, zeroPoints, axis, code.least(),
        code.greatest());
  }

  quant::QuantizedType blocks(const WeightScaling &scaling) const;

  Type expressed;
  UniformCode code;
  IntegerType storage;
  unsigned flags;
};
} // namespace

/// Scales of blocks are numbers of the expressed type.
quant::QuantizedType TypeBuilder::blocks(const WeightScaling &scaling) const {
  const llvm::fltSemantics &semantics =
      cast<FloatType>(expressed).getFloatSemantics();
  APFloat smallest = APFloat::getSmallestNormalized(semantics);
  SmallVector<APFloat> scales;
  SmallVector<APInt> zeroPoints;
  for (UniformScale scale : scaling.scales) {
    APFloat number(scale.scale);
    bool losesInfo;
    number.convert(semantics, APFloat::rmNearestTiesToEven, &losesInfo);
    scales.push_back(number < smallest ? smallest : number);
    zeroPoints.emplace_back(code.bits, scale.zeroPoint, /*isSigned=*/false,
                            /*implicitTrunc=*/true);
  }
  auto numbers = [&](Type element, const auto &values) {
    return DenseElementsAttr::get(
        RankedTensorType::get({scaling.gridRows(), scaling.gridColumns()},
                              element),
        ArrayRef(values));
  };
  return quant::UniformQuantizedSubChannelType::get(
      flags, storage, expressed, numbers(expressed, scales),
      numbers(storage, zeroPoints), {0, 1},
      {scaling.blockRows, scaling.blockColumns}, code.least(), code.greatest());
}

quant::QuantizedType WeightTypes::getType(Value value,
                                          const WeightFormat &format) const {
  const WeightScaling &scaling = getScaling(value, format);
  TypeBuilder builder(getElementTypeOrSelf(value.getType()), format.code);
  if (format.blockRows == 0 && format.blockColumns == 1)
    return builder.perAxis(scaling, /*axis=*/1);
  if (format.blockRows == 1 && format.blockColumns == 0)
    return builder.perAxis(scaling, /*axis=*/0);
  if (scaling.scales.empty())
    return builder.perTensor({});
  return scaling.scales.size() == 1 ? builder.perTensor(scaling.scales.front())
                                    : builder.blocks(scaling);
}
