// The list of dialects.
#include "dialects/Dialects.h"

#include "dialects/Arch/Arch.h"
#include "dialects/NN/NN.h"
#include "dialects/NoC/NoC.h"
#include "dialects/ONNX/ONNX.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Sched/Sched.h"
#include "dialects/Systolic/Systolic.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

void atleus::registerAllDialects(mlir::DialectRegistry &registry) {
  registry.insert<mlir::func::FuncDialect, mlir::quant::QuantDialect,
                  arch::ArchDialect, nn::NNDialect, noc::NoCDialect,
                  onnx::ONNXDialect, pim::PIMDialect, sched::SchedDialect,
                  systolic::SystolicDialect>();
}
