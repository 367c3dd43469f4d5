// Samples of the inputs of a function, from a .npz file.
#ifndef ATLEUS_INTERPRETER_DATASET_H
#define ATLEUS_INTERPRETER_DATASET_H

#include "atleus/Interpreter/NumpyFile.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <vector>

namespace atleus {

/// For each input of a function the file holds an array of its name, with
/// samples along the first axis. A sample has the input's shape, or that shape
/// without leading dimensions of size 1.
///
/// Example, for `func.func @main(%x: tensor<1x1x8x8xf32> {nn.name = "image"})`
/// and an array `image` of 360x1x8x8 floats:
///   FailureOr<Dataset> dataset = Dataset::open(function, "digits.npz");
///   for (int64_t i = 0; i < dataset->numSamples(); ++i)
///     interpreter.run(dataset->getSample(i));
class Dataset {
public:
  /// What is missing or does not fit is reported as a diagnostic at the file.
  static llvm::FailureOr<Dataset> open(mlir::func::FuncOp function,
                                       llvm::StringRef path);

  /// At least one.
  int64_t numSamples() const { return samples; }

  /// One tensor per input of the function, which shares the file's memory.
  std::vector<Tensor> getSample(int64_t index) const;

  /// Whether the file has an array of that name.
  bool contains(llvm::StringRef name) const { return archive.contains(name); }
  /// The names of all arrays, with commas.
  std::string listArrays() const;
  /// The file, for diagnostics.
  mlir::Location getLocation() const { return location; }

  /// The array `label`: one integer for each sample. That it is missing or does
  /// not fit is reported as a diagnostic at the file.
  llvm::FailureOr<Tensor> readLabels() const;
  /// The array `target`: integers for each sample, as many as it has positions.
  llvm::FailureOr<Tensor> readTargets() const;

private:
  Dataset(NumpyArchive archive, mlir::Location location)
      : archive(std::move(archive)), location(location) {}

  llvm::FailureOr<Tensor> readArray(llvm::StringRef name) const;
  llvm::LogicalResult addInput(llvm::StringRef name,
                               mlir::RankedTensorType type);

  struct Input {
    std::string name;
    mlir::RankedTensorType type;
    std::shared_ptr<const Tensor> array;
  };

  NumpyArchive archive;
  mlir::Location location;
  std::vector<Input> inputs;
  int64_t samples = 0;
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_DATASET_H
