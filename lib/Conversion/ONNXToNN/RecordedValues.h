// Which nn value equals which value of the ONNX graph.
//
// Names are recorded when a node is converted. Patterns then replace values by
// equal ones; as a listener this table hears of it and moves the names along. A
// value that goes without a successor takes its names with it, so that what is
// left is true by construction, whatever the patterns do.
#ifndef ATLEUS_CONVERSION_ONNXTONN_RECORDEDVALUES_H
#define ATLEUS_CONVERSION_ONNXTONN_RECORDEDVALUES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/DenseMap.h"

namespace atleus {

class RecordedValues : public mlir::RewriterBase::Listener {
public:
  /// `value` is what the graph calls `name`. Of several names the first stays.
  void record(mlir::Value value, mlir::StringAttr name) {
    if (name && !name.empty())
      names.try_emplace(value, name);
  }

  void notifyOperationReplaced(mlir::Operation *op,
                               mlir::ValueRange replacement) override;
  using Listener::notifyOperationReplaced;
  void notifyOperationErased(mlir::Operation *op) override;

  /// Sets `nn.onnx_values` on the ops of `function` of whose results the names
  /// are known.
  void annotate(mlir::func::FuncOp function) const;

private:
  llvm::DenseMap<mlir::Value, mlir::StringAttr> names;
};

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_RECORDEDVALUES_H
