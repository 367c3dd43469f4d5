// Runs samples with other weights and compares outputs.
#include "PrecisionSensitivity.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Reduction.h"
#include "atleus/Interpreter/Reevaluation.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

static Tensor toFloats(const Tensor &tensor) {
  return kernels::convert(
      tensor, Float32Type::get(tensor.getElementType().getContext()));
}

static Tensor findAnswers(const Tensor &output) {
  return kernels::argMax(output, output.getRank() - 1,
                         /*keepDimension=*/false);
}

void OutputLoss::add(const Tensor &expected, const Tensor &found) {
  Tensor expectedFloats = toFloats(expected), foundFloats = toFloats(found);
  for (auto [right, given] :
       llvm::zip_equal(expectedFloats.as<float>(), foundFloats.as<float>())) {
    double value = right, difference = given - value;
    if (!std::isfinite(value))
      continue;
    squares += value * value;
    squaredError +=
        std::isfinite(difference) ? difference * difference : value * value;
  }
  if (expected.getRank() == 0 || expected.numElements() == 0)
    return;
  Tensor rightAnswers = findAnswers(expectedFloats);
  Tensor givenAnswers = findAnswers(foundFloats);
  answers += rightAnswers.numElements();
  for (auto [right, given] :
       llvm::zip_equal(rightAnswers.as<int64_t>(), givenAnswers.as<int64_t>()))
    changedAnswers += right != given;
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

/// The first output if `layer` had other weights.
static FailureOr<Tensor> runVariant(const Reevaluation &run, nn::LinearOp layer,
                                    const Tensor &weight) {
  Type element = getElementTypeOrSelf(layer.getWeight().getType());
  SmallVector<Tensor> operands = {run.get(layer.getInput()),
                                  kernels::convert(weight, element)};
  if (layer.getBias())
    operands.push_back(run.get(layer.getBias()));
  SmallVector<Tensor> results;
  if (failed(evaluateOp(layer, operands, results)))
    return failure();
  FailureOr<std::vector<Tensor>> outputs = run.runWith(layer, results);
  if (failed(outputs))
    return failure();
  return outputs->front();
}

FailureOr<std::vector<std::vector<OutputLoss>>>
atleus::measureSensitivity(func::FuncOp function,
                           const Calibration &calibration,
                           ArrayRef<WeightVariants> layers) {
  std::vector<std::vector<OutputLoss>> losses;
  for (const WeightVariants &layer : layers)
    losses.emplace_back(layer.count);
  Reevaluation run(function);
  auto measure = [&](ArrayRef<Tensor> inputs) -> LogicalResult {
    FailureOr<std::vector<Tensor>> expected = run.run(inputs);
    if (failed(expected))
      return failure();
    for (auto [layer, loss] : llvm::zip_equal(layers, losses))
      for (size_t variant = 0; variant < layer.count; ++variant) {
        FailureOr<Tensor> found =
            runVariant(run, layer.layer, layer.get(variant));
        if (failed(found))
          return failure();
        loss[variant].add(expected->front(), *found);
      }
    return success();
  };
  if (failed(forEachSample(function, calibration, "measuring sensitivity",
                           measure)))
    return failure();
  return losses;
}

FailureOr<std::vector<Tensor>>
atleus::computeOutputs(func::FuncOp function, const Calibration &calibration) {
  std::vector<Tensor> outputs;
  Interpreter interpreter(function);
  auto compute = [&](ArrayRef<Tensor> inputs) -> LogicalResult {
    FailureOr<std::vector<Tensor>> results = interpreter.run(inputs);
    if (failed(results))
      return failure();
    outputs.push_back(results->front());
    return success();
  };
  if (failed(
          forEachSample(function, calibration, "computing outputs", compute)))
    return failure();
  return outputs;
}
