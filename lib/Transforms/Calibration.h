// Values that a function computes on samples.
#ifndef ATLEUS_LIB_TRANSFORMS_CALIBRATION_H
#define ATLEUS_LIB_TRANSFORMS_CALIBRATION_H

#include "atleus/Compression/ActivationHistogram.h"
#include "atleus/Interpreter/Tensor.h"
#include "atleus/Support/Progress.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

namespace atleus {

/// Where samples of a function's inputs are, and who is told how many of them
/// are done.
struct Calibration {
  /// Path of an .npz file.
  llvm::StringRef path;
  ProgressCallback progress;
};

/// Calls `body` with the inputs of every sample, and the progress with `what`.
/// Samples that do not fit the function are reported as diagnostics; a failure
/// of `body` has been.
llvm::LogicalResult forEachSample(
    mlir::func::FuncOp function, const Calibration &calibration,
    llvm::StringRef what,
    llvm::function_ref<llvm::LogicalResult(llvm::ArrayRef<Tensor>)> body);

/// Values that are wanted.
using ObservedValues = llvm::SetVector<mlir::Value>;

/// Runs `function` on every sample and calls `observe` with what each of
/// `values` is, as f32 and in row-major order. Samples that do not fit the
/// function, and a value that is NaN or infinite, are reported as diagnostics.
llvm::LogicalResult observeValues(
    mlir::func::FuncOp function, const Calibration &calibration,
    const ObservedValues &values,
    llvm::function_ref<void(mlir::Value, llvm::ArrayRef<float>)> observe);

using ObservedHistograms = llvm::DenseMap<mlir::Value, ActivationHistogram>;

/// Counts the numbers that `values` hold in all samples.
llvm::FailureOr<ObservedHistograms>
observeHistograms(mlir::func::FuncOp function, const Calibration &calibration,
                  const ObservedValues &values);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_CALIBRATION_H
