// What the user says about the sizes that a model leaves open.
#ifndef ATLEUS_CONVERSION_ONNXTONN_INPUTSHAPES_H
#define ATLEUS_CONVERSION_ONNXTONN_INPUTSHAPES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

namespace atleus {

/// Sizes of named dimensions and shapes of whole inputs, from options.
class InputShapes {
public:
  /// Parses options such as "seq=128" and "image=1x3x224x224" and checks that
  /// the module has the dimensions and inputs they name. Reports errors at the
  /// module.
  llvm::LogicalResult parse(mlir::ModuleOp module,
                            llvm::ArrayRef<std::string> dims,
                            llvm::ArrayRef<std::string> shapes);

  /// The static type of argument `index` of `function`. Reports what has no
  /// value.
  llvm::FailureOr<mlir::RankedTensorType> resolve(mlir::func::FuncOp function,
                                                  unsigned index) const;

private:
  llvm::FailureOr<llvm::SmallVector<int64_t>>
  resolveDimensions(mlir::func::FuncOp function, unsigned index,
                    mlir::RankedTensorType type) const;
  llvm::FailureOr<llvm::SmallVector<int64_t>>
  applyShape(mlir::func::FuncOp function, unsigned index, mlir::TensorType type,
             llvm::ArrayRef<int64_t> shape) const;

  llvm::StringMap<int64_t> dims;
  llvm::StringMap<llvm::SmallVector<int64_t>> shapes;
};

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_INPUTSHAPES_H
