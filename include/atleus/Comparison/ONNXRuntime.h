// ONNX Runtime as the reference, through its package for Node.js.
//
// The model's file is extended, in memory, by outputs: a serialized message
// that is appended to another is merged with it, so the weights are neither
// parsed nor copied for that. A script beside the tool then runs the session,
// with optimizations disabled, and hands each value over in a file.
#ifndef ATLEUS_COMPARISON_ONNXRUNTIME_H
#define ATLEUS_COMPARISON_ONNXRUNTIME_H

#include "atleus/Comparison/Reference.h"

namespace atleus {

/// The values that ONNX Runtime computes for a model.
class ONNXRuntimeReference : public Reference {
public:
  /// `function` is the model as the nn dialect, with `nn.onnx_values`, and
  /// `inputs` are one tensor for each of its arguments. `package` is a folder
  /// from which `onnxruntime-node` can be found; if it is empty, that is looked
  /// for where ATLEUS_ONNXRUNTIME says and where the tests have it.
  ONNXRuntimeReference(mlir::func::FuncOp function, llvm::StringRef modelPath,
                       std::vector<Tensor> inputs, llvm::StringRef package)
      : function(function), modelPath(modelPath), inputs(std::move(inputs)),
        package(package) {}

  std::string describe() const override { return "ONNX Runtime"; }
  bool knows(const NamedValue &value) const override;
  llvm::FailureOr<std::vector<Tensor>>
  compute(llvm::ArrayRef<NamedValue> values) override;

  /// The name in the graph of a value that this reference knows.
  llvm::StringRef getONNXName(const NamedValue &value) const;

private:
  llvm::Expected<std::vector<Tensor>>
  runScript(llvm::ArrayRef<NamedValue> values);

  mlir::func::FuncOp function;
  std::string modelPath;
  std::vector<Tensor> inputs;
  std::string package;
};

} // namespace atleus

#endif // ATLEUS_COMPARISON_ONNXRUNTIME_H
