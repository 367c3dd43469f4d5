// Runs a function on samples and keeps the largest magnitudes.
#include "Calibration.h"

#include "atleus/Interpreter/Dataset.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Transforms/Magnitudes.h"
#include "dialects/NN/NN.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

/// The largest |x| of a tensor of floats; NaN if there is one.
static float findMagnitude(const Tensor &tensor) {
  Tensor floats = kernels::convert(
      tensor, Float32Type::get(tensor.getElementType().getContext()));
  MagnitudeSearch search{
      floats.bytes().data(), 1, floats.numElements(), MagnitudeAxis::Rows, {}};
  findMagnitudes(search);
  return search.magnitudes.front();
}

namespace {
/// Keeps the largest magnitudes of some values, and where one is not finite.
class RangeObserver {
public:
  explicit RangeObserver(const ObservedValues &values) : values(values) {}

  void observe(Value value, const Tensor &tensor) {
    if (!values.contains(value))
      return;
    float found = findMagnitude(tensor);
    if (!std::isfinite(found) && !notFinite)
      notFinite = value;
    float &largest = magnitudes[value];
    largest = std::max(largest, found);
  }

  /// The first value that was NaN or infinite, or null.
  Value getNotFinite() const { return notFinite; }
  ObservedMagnitudes take() { return std::move(magnitudes); }

private:
  const ObservedValues &values;
  ObservedMagnitudes magnitudes;
  Value notFinite;
};
} // namespace

/// Checks that the inputs of one sample are numbers. Infinity is one: masks
/// hold it.
static LogicalResult checkSample(func::FuncOp function, StringRef path,
                                 ArrayRef<Tensor> inputs, int64_t sample) {
  for (auto [index, input] : llvm::enumerate(inputs)) {
    if (!isFloat(input.getKind()) || !std::isnan(findMagnitude(input)))
      continue;
    return emitError(NameLoc::get(StringAttr::get(function.getContext(), path)))
           << "array " << function.getArgAttr(index, nn::nameAttribute)
           << " holds NaN in sample " << sample;
  }
  return success();
}

FailureOr<ObservedMagnitudes>
atleus::observeMagnitudes(func::FuncOp function, StringRef path,
                          const ObservedValues &values) {
  FailureOr<Dataset> samples = Dataset::open(function, path);
  if (failed(samples))
    return failure();
  RangeObserver observer(values);
  Interpreter interpreter(function);
  interpreter.setObserver([&](Operation *op, ArrayRef<Tensor> results) {
    for (auto [value, tensor] : llvm::zip_equal(op->getResults(), results))
      observer.observe(value, tensor);
    return success();
  });
  for (int64_t i = 0; i < samples->numSamples(); ++i) {
    std::vector<Tensor> inputs = samples->getSample(i);
    if (failed(checkSample(function, path, inputs, i)))
      return failure();
    for (auto [argument, tensor] :
         llvm::zip_equal(function.getArguments(), inputs))
      observer.observe(argument, tensor);
    if (failed(interpreter.run(inputs)))
      return failure();
    if (Value value = observer.getNotFinite())
      return emitError(value.getLoc())
             << "value is NaN or infinite in calibration sample " << i;
  }
  return observer.take();
}
