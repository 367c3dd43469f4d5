// Executes a function of tensors op by op.
//
// The interpreter defines what the IR means: it is written to be read, and its
// results are what every later phase is compared with. It knows no op; each op
// says what it computes through EvaluationOpInterface, whose models
// `registerEvaluationModels` (EvaluationModels.h) attaches.
//
// Example:
//   Interpreter interpreter(module.lookupSymbol<func::FuncOp>("main"));
//   FailureOr<std::vector<Tensor>> results = interpreter.run({image});
#ifndef ATLEUS_INTERPRETER_INTERPRETER_H
#define ATLEUS_INTERPRETER_INTERPRETER_H

#include "atleus/Interpreter/Tensor.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"

#include <functional>
#include <vector>

namespace atleus {

/// Runs one function, many times if wanted. Values that depend on constants
/// alone, such as quantized weights, are computed in the first run and kept.
/// Other values are freed after their last use. One run at a time.
class Interpreter {
public:
  /// Called with each op and its results as soon as they are known. It may put
  /// tensors of the same types in their place, with which the run goes on. For
  /// ops that depend on constants alone it is called in the first run only. A
  /// failure ends the run; it must have been reported.
  using Observer = std::function<llvm::LogicalResult(
      mlir::Operation *, llvm::MutableArrayRef<Tensor>)>;

  /// The function must not change as long as the interpreter is used.
  explicit Interpreter(mlir::func::FuncOp function);

  void setObserver(Observer newObserver) { observer = std::move(newObserver); }

  /// The results for one tensor per argument. A failure has been reported as a
  /// diagnostic at the function or at the op.
  llvm::FailureOr<std::vector<Tensor>> run(llvm::ArrayRef<Tensor> inputs);

private:
  struct Step {
    mlir::Operation *op;
    /// Depends on constants alone.
    bool isStatic;
    /// Values that no later step uses.
    llvm::SmallVector<mlir::Value, 2> lastUses;
  };

  void plan();
  llvm::LogicalResult checkInputs(llvm::ArrayRef<Tensor> inputs);
  llvm::LogicalResult evaluate(const Step &step,
                               llvm::DenseMap<mlir::Value, Tensor> &values);

  mlir::func::FuncOp function;
  Observer observer;
  std::vector<Step> steps;
  /// Values of static steps that other steps use.
  llvm::DenseMap<mlir::Value, Tensor> constants;
  bool constantsKnown = false;
};

/// Evaluates one op on the values of its operands and checks the types of what
/// it returns. A failure has been reported as a diagnostic.
llvm::LogicalResult evaluateOp(mlir::Operation *op,
                               llvm::ArrayRef<Tensor> operands,
                               llvm::SmallVectorImpl<Tensor> &results);

/// Evaluates a region of one block whose ops use no value from outside. The
/// results are the operands of the terminator.
llvm::LogicalResult evaluateRegion(mlir::Region &region,
                                   llvm::ArrayRef<Tensor> arguments,
                                   llvm::SmallVectorImpl<Tensor> &results);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_INTERPRETER_H
