//===- Evaluation.td - what an op computes -----------------------*- C++ -*-===//
//
// The interface through which the interpreter executes an op.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_INTERFACES_EVALUATION_TD
#define ATLEUS_INTERFACES_EVALUATION_TD

include "mlir/IR/OpBase.td"

def EvaluationOpInterface : OpInterface<"EvaluationOpInterface"> {
  let cppNamespace = "::atleus";
  let description = [{
    The meaning of an op, executable. The models are attached by
    `registerEvaluationModels` (`atleus/Interpreter/Interpreter.h`), so that a
    dialect does not depend on the numerics.
  }];
  let methods = [
    InterfaceMethod<[{
      Computes the op's results from the values of its operands. A failure has
      been reported as a diagnostic at the op.
    }], "::llvm::LogicalResult", "evaluate",
      (ins "::llvm::ArrayRef<::atleus::Tensor>":$operands,
           "::llvm::SmallVectorImpl<::atleus::Tensor> &":$results)>,
  ];
}

#endif // ATLEUS_INTERFACES_EVALUATION_TD
