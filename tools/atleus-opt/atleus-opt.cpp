// Runs passes on IR, for developers and tests.
#include "atleus/Conversion/Passes.h"
#include "atleus/Cost/CostModels.h"
#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Dialects.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  mlir::registerTransformsPasses();
  atleus::registerConversionPasses();
  atleus::registerTransformsPasses();

  mlir::DialectRegistry registry;
  atleus::registerAllDialects(registry);
  atleus::registerCostModels(registry);
  atleus::registerEvaluationModels(registry);
  return mlir::asMainReturnCode(mlir::MlirOptMain(
      argc, argv, "Atleus: runs passes on the IR of any phase\n", registry));
}
