// What the ops of pooling of the nn dialect compute.
#include "EvaluationModel.h"

#include "atleus/Interpreter/Pooling.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

template <typename OpTy,
          Tensor (*kernel)(const Tensor &, const kernels::Window &)>
static llvm::Expected<Tensor> evaluatePooling(OpTy op,
                                              ArrayRef<Tensor> operands) {
  kernels::Window window = {Shape(op.getKernel()), Shape(op.getStrides()),
                            Shape(op.getPads()), Shape(op.getDilations())};
  return kernel(operands[0], window);
}

void atleus::attachPoolingModels(MLIRContext *context) {
  attachEvaluation<nn::MaxPoolOp,
                   evaluatePooling<nn::MaxPoolOp, kernels::maxPool>>(context);
  attachEvaluation<nn::ArgMaxPoolOp,
                   evaluatePooling<nn::ArgMaxPoolOp, kernels::argMaxPool>>(
      context);
  attachEvaluation<nn::AveragePoolOp,
                   evaluatePooling<nn::AveragePoolOp, kernels::averagePool>>(
      context);
}
