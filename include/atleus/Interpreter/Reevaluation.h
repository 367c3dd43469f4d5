// What a function would return if one op had other results.
//
// A first run keeps the value of every op. Then results of an op are replaced,
// and only what depends on them is computed again, as often as wanted.
//
// Example: the outputs if a layer had other weights.
//   Reevaluation function(main);
//   FailureOr<std::vector<Tensor>> outputs = function.run(inputs);
//   SmallVector<Tensor> results;
//   evaluateOp(layer, {*function.get(layer.getInput()), weights}, results);
//   outputs = function.runWith(layer, results);
#ifndef ATLEUS_INTERPRETER_REEVALUATION_H
#define ATLEUS_INTERPRETER_REEVALUATION_H

#include "atleus/Interpreter/Interpreter.h"

namespace atleus {

/// A function of one block and the values of its last run. Failures have been
/// reported as diagnostics.
class Reevaluation {
public:
  /// The function must not change as long as this is used.
  explicit Reevaluation(mlir::func::FuncOp function);
  Reevaluation(const Reevaluation &) = delete;
  Reevaluation &operator=(const Reevaluation &) = delete;

  /// Computes everything for one tensor per argument; what depends on constants
  /// alone only the first time. Returns the results.
  llvm::FailureOr<std::vector<Tensor>> run(llvm::ArrayRef<Tensor> inputs);

  /// The value in the last run.
  const Tensor &get(mlir::Value value) const {
    return values.find(value)->second;
  }

  /// The results of the function if those of `op` were `results`.
  llvm::FailureOr<std::vector<Tensor>>
  runWith(mlir::Operation *op, llvm::ArrayRef<Tensor> results) const;

private:
  mlir::func::FuncOp function;
  Interpreter interpreter;
  llvm::DenseMap<mlir::Value, Tensor> values;
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_REEVALUATION_H
