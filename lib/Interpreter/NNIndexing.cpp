// What the ops of the nn dialect that find places when they run compute.
#include "EvaluationModel.h"

#include "atleus/Interpreter/Indexing.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;
using kernels::Combine;

static Combine combineOf(nn::ScatterReduction reduction) {
  switch (reduction) {
  case nn::ScatterReduction::Replace:
    return Combine::Replace;
  case nn::ScatterReduction::Add:
    return Combine::Add;
  case nn::ScatterReduction::Multiply:
    return Combine::Multiply;
  case nn::ScatterReduction::Maximum:
    return Combine::Maximum;
  case nn::ScatterReduction::Minimum:
    return Combine::Minimum;
  }
  llvm_unreachable("every way to combine is handled");
}

static llvm::Expected<Tensor>
evaluateGatherElements(nn::GatherElementsOp op, ArrayRef<Tensor> operands) {
  return kernels::gatherElements(operands[0], operands[1], op.getAxis());
}

static llvm::Expected<Tensor> evaluateGatherND(nn::GatherNDOp op,
                                               ArrayRef<Tensor> operands) {
  return kernels::gatherND(operands[0], operands[1], op.getBatchDims());
}

static llvm::Expected<Tensor>
evaluateScatterElements(nn::ScatterElementsOp op, ArrayRef<Tensor> operands) {
  return kernels::scatterElements(operands[0], operands[1], operands[2],
                                  op.getAxis(), combineOf(op.getReduction()));
}

static llvm::Expected<Tensor> evaluateScatterND(nn::ScatterNDOp op,
                                                ArrayRef<Tensor> operands) {
  return kernels::scatterND(operands[0], operands[1], operands[2],
                            combineOf(op.getReduction()));
}

static llvm::Expected<Tensor> evaluateTopK(nn::TopKOp op,
                                           ArrayRef<Tensor> operands) {
  return kernels::topK(operands[0], op.getAxis(), op.getCount(),
                       op.getSmallest());
}

void atleus::attachIndexingModels(MLIRContext *context) {
  attachEvaluation<nn::GatherElementsOp, evaluateGatherElements>(context);
  attachEvaluation<nn::GatherNDOp, evaluateGatherND>(context);
  attachEvaluation<nn::ScatterElementsOp, evaluateScatterElements>(context);
  attachEvaluation<nn::ScatterNDOp, evaluateScatterND>(context);
  attachEvaluation<nn::TopKOp, evaluateTopK>(context);
}
