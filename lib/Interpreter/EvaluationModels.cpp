// Registers the evaluation of all ops with their dialects.
#include "atleus/Interpreter/EvaluationModels.h"
#include "EvaluationModel.h"

#include "dialects/NN/NN.h"
#include "dialects/NoC/NoC.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Systolic/Systolic.h"

using namespace mlir;
using namespace atleus;

/// A transfer changes where a value is, not what it is.
static llvm::Expected<Tensor> evaluateTransfer(noc::TransferOp,
                                               ArrayRef<Tensor> operands) {
  return operands[0];
}

void atleus::registerEvaluationModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    attachElementwiseModels(context);
    attachDataModels(context);
    attachReductionModels(context);
    attachIndexingModels(context);
    attachPoolingModels(context);
    attachKernelModels(context);
    attachQuantizationModels(context);
  });
  registry.addExtension(+[](MLIRContext *context, noc::NoCDialect *) {
    attachEvaluation<noc::TransferOp, evaluateTransfer>(context);
  });
  registry.addExtension(+[](MLIRContext *context, pim::PIMDialect *) {
    attachPIMModels(context);
  });
  registry.addExtension(+[](MLIRContext *context, systolic::SystolicDialect *) {
    attachSystolicModels(context);
  });
}
