// Registers the evaluation of all ops with their dialects.
#include "atleus/Interpreter/EvaluationModels.h"
#include "EvaluationModel.h"

#include "dialects/NN/NN.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Systolic/Systolic.h"

using namespace mlir;
using namespace atleus;

void atleus::registerEvaluationModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    attachElementwiseModels(context);
    attachDataModels(context);
    attachReductionModels(context);
    attachKernelModels(context);
  });
  registry.addExtension(+[](MLIRContext *context, pim::PIMDialect *) {
    attachPIMModels(context);
  });
  registry.addExtension(+[](MLIRContext *context, systolic::SystolicDialect *) {
    attachSystolicModels(context);
  });
}
