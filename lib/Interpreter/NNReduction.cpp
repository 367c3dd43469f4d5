// What the reductions of the nn dialect compute.
#include "EvaluationModel.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Reduction.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;
using kernels::Reduction;

template <typename OpTy, Reduction reduction>
static llvm::Expected<Tensor> evaluateReduction(OpTy op,
                                                ArrayRef<Tensor> operands) {
  return kernels::reduce(reduction, operands[0], op.getAxes(),
                         op.getKeepDimensions());
}

template <typename OpTy, Reduction reduction>
static void attachReduction(MLIRContext *context) {
  attachEvaluation<OpTy, evaluateReduction<OpTy, reduction>>(context);
}

static llvm::Expected<Tensor> evaluateArgMax(nn::ArgMaxOp op,
                                             ArrayRef<Tensor> operands) {
  if (operands[0].getDim(op.getAxis()) == 0)
    return llvm::createStringError("maximum of no elements");
  Tensor result =
      kernels::argMax(operands[0], op.getAxis(), op.getKeepDimension());
  return kernels::convert(result,
                          getElementTypeOrSelf(op.getResult().getType()));
}

static llvm::Expected<Tensor> evaluateCumSum(nn::CumSumOp op,
                                             ArrayRef<Tensor> operands) {
  return kernels::cumulativeSum(operands[0], op.getAxis());
}

void atleus::attachReductionModels(MLIRContext *context) {
  attachReduction<nn::ReduceSumOp, Reduction::Sum>(context);
  attachReduction<nn::ReduceMeanOp, Reduction::Mean>(context);
  attachReduction<nn::ReduceMaxOp, Reduction::Maximum>(context);
  attachReduction<nn::ReduceMinOp, Reduction::Minimum>(context);
  attachReduction<nn::ReduceProdOp, Reduction::Product>(context);
  attachEvaluation<nn::ArgMaxOp, evaluateArgMax>(context);
  attachEvaluation<nn::CumSumOp, evaluateCumSum>(context);
}
