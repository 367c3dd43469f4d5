// Keeps the values of a run that are asked for.
#include "atleus/Comparison/Reference.h"

#include "atleus/Interpreter/Interpreter.h"

using namespace mlir;
using namespace atleus;

FailureOr<std::vector<Tensor>>
InterpretedReference::compute(ArrayRef<NamedValue> values) {
  llvm::DenseMap<Value, size_t> wanted;
  for (auto [i, value] : llvm::enumerate(values))
    wanted[value.value] = i;
  std::vector<Tensor> result(values.size());
  Interpreter interpreter(function);
  interpreter.setObserver([&](Operation *op, MutableArrayRef<Tensor> tensors) {
    for (auto [value, tensor] : llvm::zip_equal(op->getResults(), tensors))
      if (auto found = wanted.find(value); found != wanted.end())
        result[found->second] = tensor;
    return success();
  });
  if (failed(interpreter.run(inputs)))
    return failure();
  return result;
}
