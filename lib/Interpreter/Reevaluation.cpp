// Runs a function once, and what depends on one op many times.
#include "atleus/Interpreter/Reevaluation.h"

using namespace mlir;
using namespace atleus;

Reevaluation::Reevaluation(func::FuncOp function)
    : function(function), interpreter(function) {
  interpreter.setObserver([this](Operation *op, ArrayRef<Tensor> results) {
    for (auto [value, tensor] : llvm::zip_equal(op->getResults(), results))
      values[value] = tensor;
    return success();
  });
}

FailureOr<std::vector<Tensor>> Reevaluation::run(ArrayRef<Tensor> inputs) {
  FailureOr<std::vector<Tensor>> results = interpreter.run(inputs);
  if (succeeded(results))
    for (auto [argument, tensor] :
         llvm::zip_equal(function.getArguments(), inputs))
      values[argument] = tensor;
  return results;
}

FailureOr<std::vector<Tensor>>
Reevaluation::runWith(Operation *op, ArrayRef<Tensor> results) const {
  llvm::DenseMap<Value, Tensor> changed;
  auto isChanged = [&](Value value) { return changed.contains(value); };
  auto get = [&](Value value) {
    auto found = changed.find(value);
    return found == changed.end() ? this->get(value) : found->second;
  };
  for (auto [value, tensor] : llvm::zip_equal(op->getResults(), results))
    changed[value] = tensor;
  for (op = op->getNextNode(); !op->hasTrait<OpTrait::IsTerminator>();
       op = op->getNextNode()) {
    if (llvm::none_of(op->getOperands(), isChanged))
      continue;
    SmallVector<Tensor> operands = llvm::map_to_vector(op->getOperands(), get);
    SmallVector<Tensor> opResults;
    if (failed(evaluateOp(op, operands, opResults)))
      return failure();
    for (auto [value, tensor] : llvm::zip_equal(op->getResults(), opResults))
      changed[value] = std::move(tensor);
  }
  std::vector<Tensor> outputs;
  for (Value value : op->getOperands())
    outputs.push_back(get(value));
  return outputs;
}
