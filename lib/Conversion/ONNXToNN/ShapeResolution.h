// Finds the shapes of one function's arguments.
#ifndef ATLEUS_CONVERSION_ONNXTONN_SHAPERESOLUTION_H
#define ATLEUS_CONVERSION_ONNXTONN_SHAPERESOLUTION_H

#include "InputShapes.h"

namespace atleus {

/// The name of argument `index` in the file, or an empty string.
llvm::StringRef getInputName(mlir::func::FuncOp function, unsigned index);

/// The name of a dimension in an `onnx.dims`, or an empty string.
llvm::StringRef getDimensionName(mlir::ArrayAttr names, unsigned dimension);

/// The shapes of a function's arguments while they become known.
class ShapeResolution {
public:
  ShapeResolution(mlir::func::FuncOp function, DimensionTable dims)
      : function(function), dims(std::move(dims)) {}

  /// Takes over what the file declares and `given`, by the name of the input.
  llvm::LogicalResult
  start(const llvm::StringMap<llvm::SmallVector<int64_t>> &given);

  /// Fills in dimensions whose names have a size.
  llvm::LogicalResult fillIn();

  /// Gives names the sizes that dimensions of results with them have; true if
  /// one was open before.
  bool learnFrom(const TensorTypes &results);

  /// Whether every argument has a static type.
  bool isComplete() const { return !llvm::is_contained(getTypes(), nullptr); }

  /// Reports all that has no value in one error.
  llvm::LogicalResult reportOpen();

  /// The types of the arguments; null for those that are not known.
  TensorTypes getTypes() const;

  /// Refuses shapes that no tensor can have.
  llvm::LogicalResult checkSizes();

private:
  /// A named dimension without a size, or an input with others.
  struct Open {
    std::string description;
    std::string option;
    mlir::Location location;
  };

  llvm::LogicalResult applyShape(unsigned index, llvm::ArrayRef<int64_t> given);
  llvm::LogicalResult bindStatic(unsigned index, const llvm::Twine &source);
  mlir::ArrayAttr getNames(unsigned index);
  mlir::Location getLocation(unsigned index);
  llvm::SmallVector<Open> collectOpen();
  void collectOpenNames(llvm::SmallVectorImpl<Open> &open);
  std::string suggestShape(unsigned index);

  mlir::func::FuncOp function;
  DimensionTable dims;
  /// The shape of each argument, or std::nullopt if not even its rank is known.
  llvm::SmallVector<std::optional<llvm::SmallVector<int64_t>>> shapes;
};

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_SHAPERESOLUTION_H
