// What the ops of the nn dialect that hold and move data compute.
#include "EvaluationModel.h"

#include "atleus/Interpreter/DataMovement.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

static llvm::Expected<Tensor> evaluateConstant(nn::ConstantOp op,
                                               ArrayRef<Tensor>) {
  return Tensor::fromAttribute(op.getValue());
}

static llvm::Expected<Tensor> evaluateSparseConstant(nn::SparseConstantOp op,
                                                     ArrayRef<Tensor>) {
  llvm::Expected<Tensor> values = Tensor::fromAttribute(op.getValues());
  if (!values)
    return values.takeError();
  nn::SparsePattern pattern = op.getPattern();
  llvm::Expected<nn::SparseMask> mask = op.readMask();
  if (!mask)
    return mask.takeError();
  Tensor result =
      Tensor::zeros(op.getType().getShape(), op.getType().getElementType());
  size_t size = getElementBytes(result.getKind());
  const char *from = values->bytes().data();
  char *to = result.mutableBytes().data();
  for (int64_t place : nn::listPlaces(pattern, *mask)) {
    std::copy_n(from, size, to + place * size);
    from += size;
  }
  return result;
}

static llvm::Expected<Tensor> evaluateReshape(nn::ReshapeOp op,
                                              ArrayRef<Tensor> operands) {
  return operands[0].withShape(resultShape(op));
}

static llvm::Expected<Tensor> evaluateTranspose(nn::TransposeOp op,
                                                ArrayRef<Tensor> operands) {
  return kernels::transpose(operands[0], op.getPermutation());
}

static llvm::Expected<Tensor> evaluateSlice(nn::SliceOp op,
                                            ArrayRef<Tensor> operands) {
  return kernels::slice(operands[0], op.getOffsets(), op.getSizes(),
                        op.getStrides());
}

static llvm::Expected<Tensor> evaluateConcat(nn::ConcatOp op,
                                             ArrayRef<Tensor> operands) {
  return kernels::concat(operands, op.getAxis());
}

static llvm::Expected<Tensor> evaluateExpand(nn::ExpandOp op,
                                             ArrayRef<Tensor> operands) {
  return kernels::expand(operands[0], resultShape(op));
}

static llvm::Expected<Tensor> evaluatePad(nn::PadOp op,
                                          ArrayRef<Tensor> operands) {
  return kernels::pad(operands[0], op.getLow(), op.getHigh(),
                      op.getValue().convertToDouble());
}

static llvm::Expected<Tensor> evaluateTrilu(nn::TriluOp op,
                                            ArrayRef<Tensor> operands) {
  return kernels::triangle(operands[0], op.getUpper(), op.getDiagonal());
}

static llvm::Expected<Tensor> evaluateGather(nn::GatherOp op,
                                             ArrayRef<Tensor> operands) {
  return kernels::gather(operands[0], operands[1], op.getAxis());
}

static llvm::Expected<Tensor> evaluateEmbedding(nn::EmbeddingOp,
                                                ArrayRef<Tensor> operands) {
  return kernels::gather(operands[0], operands[1], 0);
}

void atleus::attachDataModels(MLIRContext *context) {
  attachEvaluation<nn::ConstantOp, evaluateConstant>(context);
  attachEvaluation<nn::SparseConstantOp, evaluateSparseConstant>(context);
  attachEvaluation<nn::ReshapeOp, evaluateReshape>(context);
  attachEvaluation<nn::TransposeOp, evaluateTranspose>(context);
  attachEvaluation<nn::SliceOp, evaluateSlice>(context);
  attachEvaluation<nn::ConcatOp, evaluateConcat>(context);
  attachEvaluation<nn::ExpandOp, evaluateExpand>(context);
  attachEvaluation<nn::PadOp, evaluatePad>(context);
  attachEvaluation<nn::TriluOp, evaluateTrilu>(context);
  attachEvaluation<nn::GatherOp, evaluateGather>(context);
  attachEvaluation<nn::EmbeddingOp, evaluateEmbedding>(context);
}
