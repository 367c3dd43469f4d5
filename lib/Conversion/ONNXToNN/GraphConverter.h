// Turns the body of a function from onnx into nn, node by node.
#ifndef ATLEUS_CONVERSION_ONNXTONN_GRAPHCONVERTER_H
#define ATLEUS_CONVERSION_ONNXTONN_GRAPHCONVERTER_H

#include "ConstantFolding.h"
#include "InputShapes.h"
#include "Node.h"
#include "RecordedValues.h"

namespace atleus {

class GraphConverter {
public:
  GraphConverter(mlir::func::FuncOp function, ConstantFolding &folding,
                 RecordedValues &recorded)
      : function(function), folding(folding), recorded(recorded) {}

  /// Converts arguments, which get the static types `arguments`, nodes and
  /// results; no onnx op is left.
  llvm::LogicalResult run(const TensorTypes &arguments);

  /// The types of the results that depend only on arguments whose types are
  /// given; the others, and those that cannot be converted, are null. Nothing
  /// is reported, and the function can only be erased afterwards.
  TensorTypes inferResults(const TensorTypes &arguments);

private:
  void convertArguments(const TensorTypes &arguments);
  /// Converts what is no terminator.
  llvm::LogicalResult convertBodyOp(mlir::Operation &op);
  bool hasAllOperands(onnx::NodeOp op) const;
  llvm::LogicalResult convertInitializer(onnx::InitializerOp op);
  llvm::LogicalResult convertNode(onnx::NodeOp op);
  /// Fails if the file declares another element type for an output; another
  /// shape, which exporters get wrong, is worth a warning.
  llvm::LogicalResult checkResult(Node &node, onnx::NodeOp op, unsigned index,
                                  mlir::Value value);
  llvm::LogicalResult convertReturn(mlir::func::ReturnOp op);

  mlir::func::FuncOp function;
  ConstantFolding &folding;
  RecordedValues &recorded;
  /// What stands for a value of the onnx dialect; null for a left-out input.
  llvm::DenseMap<mlir::Value, mlir::Value> converted;
};

/// Reports all operators of the module that have no rule, in one error with a
/// note for each.
llvm::LogicalResult checkOperators(mlir::ModuleOp module);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_GRAPHCONVERTER_H
