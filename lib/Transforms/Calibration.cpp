// Runs a function on samples and keeps the largest magnitudes.
#include "Calibration.h"
using namespace mlir;
using namespace atleus;
FailureOr<ObservedMagnitudes>
atleus::observeMagnitudes(func::FuncOp function, StringRef path,
                          const ObservedValues &values) {
  return failure();
}
