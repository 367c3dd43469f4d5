// Largest magnitudes of values, seen while a function runs on samples.
#ifndef ATLEUS_LIB_TRANSFORMS_CALIBRATION_H
#define ATLEUS_LIB_TRANSFORMS_CALIBRATION_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

namespace atleus {

/// Values whose range is wanted, and the largest |x| of each.
using ObservedValues = llvm::SetVector<mlir::Value>;
using ObservedMagnitudes = llvm::DenseMap<mlir::Value, float>;

/// Runs `function` on every sample of the .npz file at `path` and returns the
/// largest magnitude of each of `values`. A value that is NaN or infinite, and
/// samples that do not fit the function, are reported as diagnostics.
llvm::FailureOr<ObservedMagnitudes>
observeMagnitudes(mlir::func::FuncOp function, llvm::StringRef path,
                  const ObservedValues &values);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_CALIBRATION_H
