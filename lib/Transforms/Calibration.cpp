// Runs a function on samples and looks at values on the way.
#include "Calibration.h"

#include "atleus/Interpreter/Dataset.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Interpreter.h"
#include "dialects/NN/NN.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

static Tensor toFloats(const Tensor &tensor) {
  return kernels::convert(
      tensor, Float32Type::get(tensor.getElementType().getContext()));
}

/// Checks that the inputs of one sample are numbers. Infinity is one: masks
/// hold it.
static LogicalResult checkSample(func::FuncOp function, StringRef path,
                                 ArrayRef<Tensor> inputs, int64_t sample) {
  for (auto [index, input] : llvm::enumerate(inputs)) {
    if (!isFloat(input.getKind()) ||
        llvm::none_of(toFloats(input).as<float>(),
                      [](float value) { return std::isnan(value); }))
      continue;
    return emitError(NameLoc::get(StringAttr::get(function.getContext(), path)))
           << "array " << function.getArgAttr(index, nn::nameAttribute)
           << " holds NaN in sample " << sample;
  }
  return success();
}

LogicalResult
atleus::forEachSample(func::FuncOp function, const Calibration &calibration,
                      StringRef what,
                      function_ref<LogicalResult(ArrayRef<Tensor>)> body) {
  FailureOr<Dataset> samples = Dataset::open(function, calibration.path);
  if (failed(samples))
    return failure();
  auto report = [&](int64_t done) {
    if (calibration.progress)
      calibration.progress(what, done, samples->numSamples());
  };
  report(0);
  for (int64_t sample = 0; sample < samples->numSamples(); ++sample) {
    std::vector<Tensor> inputs = samples->getSample(sample);
    if (failed(checkSample(function, calibration.path, inputs, sample)) ||
        failed(body(inputs)))
      return failure();
    report(sample + 1);
  }
  return success();
}

LogicalResult
atleus::observeValues(func::FuncOp function, const Calibration &calibration,
                      const ObservedValues &values,
                      function_ref<void(Value, ArrayRef<float>)> observe) {
  int64_t sample = 0;
  auto look = [&](Value value, const Tensor &tensor) -> LogicalResult {
    if (!values.contains(value))
      return success();
    Tensor floats = toFloats(tensor);
    if (!llvm::all_of(floats.as<float>(),
                      [](float number) { return std::isfinite(number); }))
      return emitError(value.getLoc())
             << "value is NaN or infinite in calibration sample " << sample;
    observe(value, floats.as<float>());
    return success();
  };
  Interpreter interpreter(function);
  interpreter.setObserver([&](Operation *op, ArrayRef<Tensor> results) {
    for (auto [value, tensor] : llvm::zip_equal(op->getResults(), results))
      if (failed(look(value, tensor)))
        return failure();
    return success();
  });
  auto run = [&](ArrayRef<Tensor> inputs) -> LogicalResult {
    for (auto [argument, tensor] :
         llvm::zip_equal(function.getArguments(), inputs))
      if (failed(look(argument, tensor)))
        return failure();
    FailureOr<std::vector<Tensor>> results = interpreter.run(inputs);
    ++sample;
    return success(succeeded(results));
  };
  return forEachSample(function, calibration, "calibrating", run);
}

FailureOr<ObservedHistograms>
atleus::observeHistograms(func::FuncOp function, const Calibration &calibration,
                          const ObservedValues &values) {
  ObservedHistograms histograms;
  for (Value value : values)
    histograms[value];
  if (failed(observeValues(function, calibration, values,
                           [&](Value value, ArrayRef<float> numbers) {
                             histograms[value].add(numbers);
                           })))
    return failure();
  return histograms;
}
