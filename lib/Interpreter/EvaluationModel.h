// How a function becomes the evaluation of an op.
#ifndef ATLEUS_LIB_INTERPRETER_EVALUATIONMODEL_H
#define ATLEUS_LIB_INTERPRETER_EVALUATIONMODEL_H

#include "atleus/Interpreter/Tensor.h"

#include "dialects/Interfaces/Interfaces.h"

namespace atleus {

/// A function that computes the one result of an op.
template <typename OpTy>
using Evaluation = llvm::Expected<Tensor> (*)(OpTy, llvm::ArrayRef<Tensor>);

/// The model of an op of one result. An error of the function becomes a
/// diagnostic at the op.
template <typename OpTy, Evaluation<OpTy> function>
struct EvaluationModel : public EvaluationOpInterface::ExternalModel<
                             EvaluationModel<OpTy, function>, OpTy> {
  llvm::LogicalResult evaluate(mlir::Operation *op,
                               llvm::ArrayRef<Tensor> operands,
                               llvm::SmallVectorImpl<Tensor> &results) const {
    llvm::Expected<Tensor> result = function(llvm::cast<OpTy>(op), operands);
    if (!result)
      return op->emitOpError(llvm::toString(result.takeError()));
    results.push_back(std::move(*result));
    return llvm::success();
  }
};

/// Makes `function` the evaluation of the op.
template <typename OpTy, Evaluation<OpTy> function>
void attachEvaluation(mlir::MLIRContext *context) {
  OpTy::template attachInterface<EvaluationModel<OpTy, function>>(*context);
}

/// The operand at `index`, or the null tensor if it is missing.
inline Tensor optionalOperand(llvm::ArrayRef<Tensor> operands, unsigned index) {
  return index < operands.size() ? operands[index] : Tensor();
}

/// Shape of the op's one result.
template <typename OpTy>
llvm::ArrayRef<int64_t> resultShape(OpTy op) {
  return llvm::cast<mlir::RankedTensorType>(op->getResult(0).getType())
      .getShape();
}

// One function per family of ops, each in a file of its own.
void attachElementwiseModels(mlir::MLIRContext *context);
void attachDataModels(mlir::MLIRContext *context);
void attachReductionModels(mlir::MLIRContext *context);
void attachIndexingModels(mlir::MLIRContext *context);
void attachPoolingModels(mlir::MLIRContext *context);
void attachKernelModels(mlir::MLIRContext *context);
void attachQuantizationModels(mlir::MLIRContext *context);
void attachPIMModels(mlir::MLIRContext *context);
void attachSystolicModels(mlir::MLIRContext *context);

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_EVALUATIONMODEL_H
