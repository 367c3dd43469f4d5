// What the kernels of a systolic core compute.
#include "EvaluationModel.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Quantization.h"

#include "dialects/Systolic/Systolic.h"

using namespace mlir;
using namespace atleus;

static Accumulator getAccumulator(systolic::MatMulOp op) {
  Accumulator accumulator;
  if (std::optional<uint64_t> bits = op.getAccumulatorBits())
    accumulator.bits = *bits;
  if (op.getOverflow() == arch::Overflow::Saturate)
    accumulator.overflow = Overflow::Saturate;
  return accumulator;
}

static llvm::Expected<Tensor> evaluateMatMul(systolic::MatMulOp op,
                                             ArrayRef<Tensor> operands) {
  Tensor bias = optionalOperand(operands, 2);
  Type type = getElementTypeOrSelf(op.getResult().getType());
  if (nn::isQuantized(op.getLhs().getType())) {
    llvm::Expected<Tensor> result = kernels::quantizedProduct(
        operands[0], operands[1], op.getTransposeRhs(), bias,
        getAccumulator(op));
    if (!result)
      return result;
    return kernels::convert(*result, type);
  }
  llvm::Expected<Tensor> rhs = kernels::decodeWeight(operands[1]);
  if (!rhs)
    return rhs;
  Tensor result = kernels::matmul(operands[0], *rhs, op.getTransposeRhs());
  if (!bias)
    return result;
  return kernels::binary(kernels::Binary::Add, result, bias);
}

namespace {
/// The tile-wise execution of the region gives the same values as the whole.
struct VectorModel
    : public EvaluationOpInterface::ExternalModel<VectorModel,
                                                  systolic::VectorOp> {
  LogicalResult evaluate(Operation *op, ArrayRef<Tensor> operands,
                         SmallVectorImpl<Tensor> &results) const {
    return evaluateRegion(cast<systolic::VectorOp>(op).getBody(), operands,
                          results);
  }
};
} // namespace

void atleus::attachSystolicModels(MLIRContext *context) {
  attachEvaluation<systolic::MatMulOp, evaluateMatMul>(context);
  systolic::VectorOp::attachInterface<VectorModel>(*context);
}
