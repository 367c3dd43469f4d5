// Computes ops whose operands are constants, through the interpreter.
//
// Shape arithmetic and small floats are computed as soon as they are built.
// Parameters are not: a large result is left as an op until the module is
// complete, because most such ops vanish (the transpose of a weight becomes an
// attribute of its product). foldRemaining() then computes what is left, unless
// the result is larger than its operands.
//
// What a file asks for beyond FoldingBudget is not computed: it stays an op.
// What would be computed from weights that have no values becomes a weight
// without values, so that the kernels are those of the model with them.
#ifndef ATLEUS_CONVERSION_ONNXTONN_CONSTANTFOLDING_H
#define ATLEUS_CONVERSION_ONNXTONN_CONSTANTFOLDING_H

#include "FoldingBudget.h"

#include "dialects/NN/NN.h"

#include "atleus/Interpreter/Tensor.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/PatternMatch.h"

namespace atleus {

class ConstantFolding {
public:
  /// Computes for a model with so many bytes of parameters.
  explicit ConstantFolding(uint64_t parameterBytes) : budget(parameterBytes) {}

  /// Replaces `op`, which has been built just now, by a constant or by one of
  /// its operands where that is what it is equal to. Returns the result; null
  /// if the computation failed, which has been reported.
  mlir::Value foldBuilt(mlir::OpBuilder &builder, mlir::Operation *op);

  /// Computes every op of the function that has only constant operands and
  /// does not grow them. The listener hears what is replaced.
  llvm::LogicalResult
  foldRemaining(mlir::func::FuncOp function,
                mlir::RewriterBase::Listener *listener = nullptr);

  /// The elements of a constant. std::nullopt if `value` is no constant, or
  /// reading it is too much.
  std::optional<Tensor> read(mlir::Value value);

  /// Whether `value` is a weight without values.
  static bool isAbsent(mlir::Value value);

  unsigned getNumFolded() const { return numFolded; }

private:
  /// The constant that `op` computes. Null without a diagnostic if its operands
  /// are not constants or it has no model of evaluation.
  llvm::FailureOr<mlir::Value> compute(mlir::OpBuilder &builder,
                                       mlir::Operation *op);

  /// Its elements; null where an operand is too much to read.
  llvm::FailureOr<mlir::ElementsAttr> computeElements(mlir::Operation *op);

  FoldingBudget budget;
  unsigned numFolded = 0;
};

/// The elements of a constant, or std::nullopt if `value` is no constant or one
/// of too many equal elements.
std::optional<Tensor> getConstantTensor(mlir::Value value);

/// The number that every element of the constant `value` is, if there is one.
std::optional<double> getConstantSplat(mlir::Value value);

/// An attribute with the elements of `tensor`; a large one is a resource.
mlir::ElementsAttr createElements(const Tensor &tensor);

/// An attribute whose elements are all `value`; integers are its integral part.
mlir::DenseElementsAttr createSplat(mlir::RankedTensorType type, double value);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_CONSTANTFOLDING_H
