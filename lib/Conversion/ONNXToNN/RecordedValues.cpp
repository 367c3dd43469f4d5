// Follows values of the ONNX graph through rewrites.
#include "RecordedValues.h"

#include "dialects/NN/NN.h"
#include "dialects/NN/ONNXValues.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace atleus;

void RecordedValues::notifyOperationReplaced(Operation *op,
                                             ValueRange replacement) {
  for (auto [before, after] : llvm::zip_equal(op->getResults(), replacement))
    if (StringAttr name = names.lookup(before); name && after)
      record(after, name);
}

void RecordedValues::notifyOperationErased(Operation *op) {
  // Another op may get the same address.
  for (Value result : op->getResults())
    names.erase(result);
}

void RecordedValues::annotate(func::FuncOp function) const {
  for (Operation &op : function.front()) {
    if (isa<nn::ConstantOp>(op))
      continue;
    SmallVector<StringRef> found;
    for (Value result : op.getResults()) {
      StringAttr name = names.lookup(result);
      found.push_back(name ? name.getValue() : StringRef());
    }
    if (!llvm::all_of(found, [](StringRef name) { return name.empty(); }))
      op.setAttr(nn::onnxValuesAttribute,
                 Builder(function.getContext()).getStrArrayAttr(found));
  }
}
