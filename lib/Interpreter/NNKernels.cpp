// What the products, attention and normalizations of the nn dialect compute.
#include "EvaluationModel.h"

#include "atleus/Interpreter/Attention.h"
#include "atleus/Interpreter/Convolution.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Normalization.h"
#include "atleus/Interpreter/Quantization.h"
#include "atleus/Interpreter/RotaryEmbedding.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

/// A product of quantized operands is computed in f32; the op's result may have
/// another float type.
template <typename OpTy>
static llvm::Expected<Tensor> inResultType(OpTy op,
                                           llvm::Expected<Tensor> result) {
  if (!result)
    return result;
  return kernels::convert(*result,
                          getElementTypeOrSelf(op->getResult(0).getType()));
}

static llvm::Expected<Tensor> evaluateLinear(nn::LinearOp op,
                                             ArrayRef<Tensor> operands) {
  Tensor bias = optionalOperand(operands, 2);
  if (nn::isQuantized(op.getWeight().getType()))
    return inResultType(op,
                        kernels::quantizedProduct(operands[0], operands[1],
                                                  op.getTransposed(), bias));
  llvm::Expected<Tensor> weight = kernels::decodeWeight(operands[1]);
  if (!weight)
    return weight;
  return kernels::linear(operands[0], *weight, bias, op.getTransposed());
}

static llvm::Expected<Tensor> evaluateMatMul(nn::MatMulOp op,
                                             ArrayRef<Tensor> operands) {
  if (nn::isQuantized(op.getLhs().getType()))
    return inResultType(op, kernels::quantizedProduct(operands[0], operands[1],
                                                      op.getTransposeRhs()));
  return kernels::matmul(operands[0], operands[1], op.getTransposeRhs());
}

static llvm::Expected<Tensor> evaluateAttention(nn::AttentionOp op,
                                                ArrayRef<Tensor> operands) {
  kernels::AttentionOptions options;
  options.heads = op.getHeads();
  options.keyValueHeads = op.getKvHeads();
  options.scale = op.getScale().convertToDouble();
  options.causal = op.getCausal();
  if (std::optional<Type> probabilities = op.getProbabilities())
    options.probabilities = *probabilities;
  return inResultType(
      op, kernels::attention(operands[0], operands[1], operands[2],
                             optionalOperand(operands, 3), options));
}

static llvm::Expected<Tensor> evaluateConv(nn::ConvOp op,
                                           ArrayRef<Tensor> operands) {
  kernels::ConvolutionWindow window;
  window.kernel = {operands[1].getDim(2), operands[1].getDim(3)};
  llvm::copy(op.getStrides(), window.strides.begin());
  llvm::copy(op.getDilations(), window.dilations.begin());
  llvm::copy(op.getPads(), window.pads.begin());
  window.groups = op.getGroups();
  Tensor bias = optionalOperand(operands, 2);
  if (nn::isQuantized(op.getWeight().getType()))
    return inResultType(op, kernels::quantizedConvolution(
                                operands[0], operands[1], bias, window));
  return kernels::convolution(operands[0], operands[1], bias, window);
}

static llvm::Expected<Tensor> evaluatePatches(nn::PatchesOp op,
                                              ArrayRef<Tensor> operands) {
  kernels::ConvolutionWindow window;
  llvm::copy(op.getKernel(), window.kernel.begin());
  llvm::copy(op.getStrides(), window.strides.begin());
  llvm::copy(op.getDilations(), window.dilations.begin());
  llvm::copy(op.getPads(), window.pads.begin());
  if (const ScaleGrid *scales = operands[0].getRunTimeScales();
      scales && !scales->hasOneBlock())
    return llvm::createStringError(
        "image to cut into patches must have one scale, found " +
        llvm::Twine(scales->scales.size()));
  // What lies in the padding is the number that stands for zero.
  int64_t zero = operands[0].getRunTimeZeroPoint();
  if (auto quantized = dyn_cast<quant::UniformQuantizedType>(
          op.getInput().getType().getElementType()))
    zero = quantized.getZeroPoint();
  // [batch, 1, elements of a patch, positions] to [batch, positions, elements].
  Tensor columns = kernels::extractPatches(operands[0], window, zero);
  return kernels::transpose(columns, {0, 1, 3, 2}).withShape(resultShape(op));
}

static llvm::Expected<Tensor> evaluateSoftmax(nn::SoftmaxOp op,
                                              ArrayRef<Tensor> operands) {
  return kernels::softmax(operands[0], op.getAxis());
}

static llvm::Expected<Tensor> evaluateLayerNorm(nn::LayerNormOp op,
                                                ArrayRef<Tensor> operands) {
  return kernels::layerNorm(operands[0], operands[1],
                            optionalOperand(operands, 2),
                            op.getEpsilon().convertToDouble());
}

static llvm::Expected<Tensor> evaluateRMSNorm(nn::RMSNormOp op,
                                              ArrayRef<Tensor> operands) {
  return kernels::rmsNorm(operands[0], operands[1],
                          op.getEpsilon().convertToDouble());
}

static llvm::Expected<Tensor>
evaluateRotaryEmbedding(nn::RotaryEmbeddingOp op, ArrayRef<Tensor> operands) {
  return kernels::rotaryEmbedding(operands[0], operands[1], operands[2],
                                  op.getInterleaved());
}

namespace {
/// The host executes the ops of the region one after another.
struct HostModel
    : public EvaluationOpInterface::ExternalModel<HostModel, nn::HostOp> {
  LogicalResult evaluate(Operation *op, ArrayRef<Tensor> operands,
                         SmallVectorImpl<Tensor> &results) const {
    return evaluateRegion(cast<nn::HostOp>(op).getBody(), operands, results);
  }
};
} // namespace

void atleus::attachKernelModels(MLIRContext *context) {
  attachEvaluation<nn::LinearOp, evaluateLinear>(context);
  attachEvaluation<nn::MatMulOp, evaluateMatMul>(context);
  attachEvaluation<nn::AttentionOp, evaluateAttention>(context);
  attachEvaluation<nn::ConvOp, evaluateConv>(context);
  attachEvaluation<nn::PatchesOp, evaluatePatches>(context);
  attachEvaluation<nn::SoftmaxOp, evaluateSoftmax>(context);
  attachEvaluation<nn::LayerNormOp, evaluateLayerNorm>(context);
  attachEvaluation<nn::RMSNormOp, evaluateRMSNorm>(context);
  attachEvaluation<nn::RotaryEmbeddingOp, evaluateRotaryEmbedding>(context);
  nn::HostOp::attachInterface<HostModel>(*context);
}
