// How often a model is right on a dataset.
#ifndef ATLEUS_INTERPRETER_ACCURACY_H
#define ATLEUS_INTERPRETER_ACCURACY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringRef.h"

namespace atleus {

enum class AccuracyMetric {
  Top1, ///< the index of the largest element of the first output is the label
};

struct Accuracy {
  int64_t samples = 0;
  int64_t correct = 0;

  /// Share of correct samples, from 0 to 1.
  double value() const {
    return samples == 0 ? 0 : static_cast<double>(correct) / samples;
  }
};

/// Runs `function` on each sample of the .npz file at `path`. For each input of
/// the function the file holds an array of its name, with samples along the
/// first axis; integers named `label` are the right answers. A sample has the
/// input's shape, or that shape without leading dimensions of size 1. What is
/// missing or does not fit is reported as a diagnostic at the file.
llvm::FailureOr<Accuracy>
measureAccuracy(mlir::func::FuncOp function, llvm::StringRef path,
                AccuracyMetric metric = AccuracyMetric::Top1);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_ACCURACY_H
