// The shapes of a model's inputs: what the file says, what the user says, and
// what follows from both.
#ifndef ATLEUS_CONVERSION_ONNXTONN_INPUTSHAPES_H
#define ATLEUS_CONVERSION_ONNXTONN_INPUTSHAPES_H

#include "DimensionTable.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SetVector.h"

namespace atleus {

/// The types of a function's arguments or results; null where not known.
using TensorTypes = llvm::SmallVector<mlir::RankedTensorType>;

/// Sizes of named dimensions and shapes of whole inputs, from options.
class InputShapes {
public:
  /// Parses options such as "seq=128" and "image=1x3x224x224" and checks that
  /// the module has the dimensions and inputs they name. A size of a shape may
  /// be '?', which leaves it to other options. Reports errors at the module.
  llvm::LogicalResult parse(mlir::ModuleOp module,
                            llvm::ArrayRef<std::string> dims,
                            llvm::ArrayRef<std::string> shapes);

  /// Finds the types of a function's results from those of its arguments.
  using InferResults = llvm::function_ref<TensorTypes(const TensorTypes &)>;

  /// The static types of all arguments of `function`. What the options leave
  /// open is taken from other inputs with dimensions of the same name, from
  /// formulas in names, and from results whose dimensions have the name.
  /// Reports everything that has no value in one error.
  llvm::FailureOr<TensorTypes> resolve(mlir::func::FuncOp function,
                                       InferResults inferResults) const;

private:
  using Names = llvm::SmallSetVector<llvm::StringRef, 8>;

  llvm::LogicalResult parseDimension(mlir::ModuleOp module,
                                     llvm::StringRef option,
                                     const Names &inputs,
                                     const Names &dimensions);
  llvm::LogicalResult parseShape(mlir::ModuleOp module, llvm::StringRef option,
                                 const Names &inputs, const Names &dimensions);

  DimensionTable dims;
  llvm::StringMap<llvm::SmallVector<int64_t>> shapes;
};

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_INPUTSHAPES_H
