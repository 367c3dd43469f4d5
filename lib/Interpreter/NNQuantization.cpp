// What the ops between floats, quantized values and stored integers compute.
#include "EvaluationModel.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Quantization.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

static llvm::Expected<Tensor> evaluateQuantize(nn::QuantizeOp op,
                                               ArrayRef<Tensor> operands) {
  return kernels::quantize(operands[0],
                           getElementTypeOrSelf(op.getResult().getType()),
                           op.getScales());
}

static llvm::Expected<Tensor> evaluateDequantize(nn::DequantizeOp op,
                                                 ArrayRef<Tensor> operands) {
  return kernels::dequantize(operands[0],
                             getElementTypeOrSelf(op.getResult().getType()));
}

static llvm::Expected<Tensor> evaluateStorageCast(nn::StorageCastOp op,
                                                  ArrayRef<Tensor> operands) {
  Tensor result = operands[0].withElementType(op.getType().getElementType());
  result.copyRunTimeScales(Tensor());
  return result;
}

/// The scale and the zero point of a value that has one of each.
static llvm::Expected<std::pair<float, int64_t>>
readOneScale(const Tensor &tensor) {
  const ScaleGrid *scales = tensor.getRunTimeScales();
  if (!scales)
    return llvm::createStringError("quantized value has no scale");
  if (!scales->hasOneBlock())
    return llvm::createStringError("quantized value has " +
                                   llvm::Twine(scales->scales.size()) +
                                   " scales, not one");
  return std::pair(scales->scales.front(), scales->zeroPoints.front());
}

static llvm::Expected<Tensor> evaluateScale(nn::ScaleOp op,
                                            ArrayRef<Tensor> operands) {
  auto parameters = readOneScale(operands[0]);
  if (!parameters)
    return parameters.takeError();
  Type f32 = Float32Type::get(op.getContext());
  return kernels::convert(Tensor::of<float>({}, f32, {parameters->first}),
                          op.getType().getElementType());
}

static llvm::Expected<Tensor> evaluateZeroPoint(nn::ZeroPointOp op,
                                                ArrayRef<Tensor> operands) {
  auto parameters = readOneScale(operands[0]);
  if (!parameters)
    return parameters.takeError();
  Type i64 = IntegerType::get(op.getContext(), 64);
  return kernels::convert(Tensor::of<int64_t>({}, i64, {parameters->second}),
                          op.getType().getElementType());
}

/// The zero points of the operand at `index`, if it is there.
static SmallVector<int64_t>
readZeroPoints(Value value, ArrayRef<Tensor> operands, unsigned index) {
  SmallVector<int64_t> zeroPoints;
  if (value)
    for (int64_t i = 0; i < operands[index].numElements(); ++i)
      zeroPoints.push_back(operands[index].getInteger(i));
  return zeroPoints;
}

static llvm::Expected<Tensor> evaluateIntegerMatMul(nn::IntegerMatMulOp op,
                                                    ArrayRef<Tensor> operands) {
  SmallVector<int64_t> lhs =
      readZeroPoints(op.getLhsZeroPoint(), operands, /*index=*/2);
  SmallVector<int64_t> rhs = readZeroPoints(op.getRhsZeroPoint(), operands,
                                            op.getLhsZeroPoint() ? 3 : 2);
  return kernels::exactProduct(operands[0], operands[1], op.getTransposeRhs(),
                               {lhs, rhs});
}

void atleus::attachQuantizationModels(MLIRContext *context) {
  attachEvaluation<nn::QuantizeOp, evaluateQuantize>(context);
  attachEvaluation<nn::DequantizeOp, evaluateDequantize>(context);
  attachEvaluation<nn::StorageCastOp, evaluateStorageCast>(context);
  attachEvaluation<nn::ScaleOp, evaluateScale>(context);
  attachEvaluation<nn::ZeroPointOp, evaluateZeroPoint>(context);
  attachEvaluation<nn::IntegerMatMulOp, evaluateIntegerMatMul>(context);
}
