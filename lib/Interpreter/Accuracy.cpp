// Runs a function on the samples of a dataset and compares with the labels.
#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Interpreter/Dataset.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Interpreter/Reduction.h"

using namespace mlir;
using namespace atleus;

/// Index of the largest element.
static int64_t indexOfLargest(const Tensor &output) {
  Tensor flat = output.withShape({output.numElements()});
  return kernels::argMax(flat, 0, /*keepDimension=*/false).getInteger(0);
}

FailureOr<Accuracy> atleus::measureAccuracy(func::FuncOp function,
                                            StringRef path,
                                            AccuracyMetric metric) {
  assert(metric == AccuracyMetric::Top1 && "the only metric");
  auto type = function.getNumResults() == 0
                  ? RankedTensorType()
                  : dyn_cast<RankedTensorType>(function.getResultTypes()[0]);
  if (!type || type.getNumElements() == 0)
    return function.emitOpError(
        "has no output with elements, so its accuracy cannot be measured");
  FailureOr<Dataset> dataset = Dataset::open(function, path);
  if (failed(dataset))
    return failure();
  FailureOr<Tensor> labels = dataset->readLabels();
  if (failed(labels))
    return failure();
  Interpreter interpreter(function);
  Accuracy accuracy;
  for (; accuracy.samples < dataset->numSamples(); ++accuracy.samples) {
    FailureOr<std::vector<Tensor>> results =
        interpreter.run(dataset->getSample(accuracy.samples));
    if (failed(results))
      return failure();
    if (indexOfLargest(results->front()) ==
        labels->getInteger(accuracy.samples))
      ++accuracy.correct;
  }
  return accuracy;
}
