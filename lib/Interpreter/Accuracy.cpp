// Runs a function on the samples of a dataset and compares with the answers.
#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Interpreter/Dataset.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Interpreter/Likelihood.h"
#include "atleus/Interpreter/Reduction.h"

#include "mlir/IR/Diagnostics.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Metrics
//===----------------------------------------------------------------------===//

StringRef atleus::stringify(AccuracyMetric metric) {
  return metric == AccuracyMetric::Top1 ? "top1" : "perplexity";
}

std::optional<AccuracyMetric> atleus::parseAccuracyMetric(StringRef name) {
  for (AccuracyMetric metric :
       {AccuracyMetric::Top1, AccuracyMetric::Perplexity})
    if (stringify(metric) == name)
      return metric;
  return std::nullopt;
}

bool atleus::isLowerBetter(AccuracyMetric metric) {
  return metric == AccuracyMetric::Perplexity;
}

double Accuracy::top1() const {
  return answers == 0 ? 0 : static_cast<double>(correct) / answers;
}

double Accuracy::perplexity() const {
  return answers == 0 ? 1 : std::exp(negativeLogLikelihood / answers);
}

double Accuracy::value() const {
  return metric == AccuracyMetric::Top1 ? top1() : perplexity();
}

//===----------------------------------------------------------------------===//
// Answers
//===----------------------------------------------------------------------===//

namespace {
/// The right answers, the same number of them for each sample.
struct Answers {
  StringRef array;
  Tensor values;
  int64_t perSample;
};
} // namespace

/// The answers of `dataset` to a function whose first output has type `output`.
static FailureOr<Answers> readAnswers(const Dataset &dataset,
                                      RankedTensorType output,
                                      std::optional<AccuracyMetric> metric) {
  StringRef preferred = "label", other = "target";
  if (metric == AccuracyMetric::Perplexity)
    std::swap(preferred, other);
  StringRef array = dataset.contains(preferred) ? preferred : other;
  if (!dataset.contains(array))
    return emitError(dataset.getLocation())
           << "the dataset has no array 'label' or 'target' with the right "
              "answers; it has: "
           << dataset.listArrays();
  FailureOr<Tensor> values =
      array == "label" ? dataset.readLabels() : dataset.readTargets();
  if (failed(values))
    return failure();
  int64_t perSample = values->numElements() / dataset.numSamples();
  if (array == "target" &&
      (output.getRank() == 0 ||
       output.getNumElements() != perSample * output.getShape().back()))
    return emitError(dataset.getLocation())
           << "array 'target' has " << perSample
           << " tokens for each sample, the output has shape "
           << formatShape(output.getShape());
  return Answers{array, *values, perSample};
}

//===----------------------------------------------------------------------===//
// Measuring
//===----------------------------------------------------------------------===//

namespace {
/// Adds up the answers of samples.
class AnswerCount {
public:
  AnswerCount(Answers answers, AccuracyMetric metric, Location location)
      : answers(std::move(answers)), location(location) {
    accuracy.metric = metric;
  }

  /// Compares the output for the next sample with its answers.
  LogicalResult add(const Tensor &output);
  FailureOr<Accuracy> finish() const;

private:
  LogicalResult addLikelihood(const Tensor &logits, int64_t row,
                              int64_t answer);

  Answers answers;
  Location location;
  Accuracy accuracy;
};
} // namespace

LogicalResult AnswerCount::addLikelihood(const Tensor &logits, int64_t row,
                                         int64_t answer) {
  int64_t choices = logits.getDim(1);
  double found = negativeLogLikelihood(
      logits.as<float>().slice(row * choices, choices), answer);
  if (std::isfinite(found)) {
    accuracy.negativeLogLikelihood += found;
    return success();
  }
  InFlightDiagnostic diagnostic = emitError(location)
                                  << "the perplexity is not finite: ";
  if (std::isnan(found))
    diagnostic << "the output for sample " << accuracy.samples
               << " holds NaN or infinity";
  else
    diagnostic << "answer " << row << " of sample " << accuracy.samples
               << " has probability 0";
  return diagnostic;
}

LogicalResult AnswerCount::add(const Tensor &output) {
  int64_t choices = output.numElements() / answers.perSample;
  Tensor rows = output.withShape({answers.perSample, choices});
  Tensor largest = kernels::argMax(rows, 1, /*keepDimension=*/false);
  bool wantsLikelihood = accuracy.metric == AccuracyMetric::Perplexity;
  if (wantsLikelihood)
    rows = kernels::convert(
        rows, Float32Type::get(output.getElementType().getContext()));
  for (int64_t row = 0; row < answers.perSample; ++row) {
    int64_t answer =
        answers.values.getInteger(accuracy.samples * answers.perSample + row);
    if (answer < 0)
      continue;
    if (answer >= choices)
      return emitError(location)
             << "array '" << answers.array << "' holds " << answer
             << " in sample " << accuracy.samples << ", the output has "
             << choices << " elements to choose from";
    ++accuracy.answers;
    accuracy.correct += largest.getInteger(row) == answer;
    if (wantsLikelihood && failed(addLikelihood(rows, row, answer)))
      return failure();
  }
  ++accuracy.samples;
  return success();
}

FailureOr<Accuracy> AnswerCount::finish() const {
  if (accuracy.answers == 0)
    return emitError(location) << "array '" << answers.array
                               << "' has no answer: all of it is negative";
  if (!std::isfinite(accuracy.value()))
    return emitError(location)
           << "the perplexity is not finite: its logarithm is "
           << accuracy.negativeLogLikelihood / accuracy.answers;
  return accuracy;
}

FailureOr<Accuracy>
atleus::measureAccuracy(func::FuncOp function, StringRef path,
                        std::optional<AccuracyMetric> metric) {
  auto type = function.getNumResults() == 0
                  ? RankedTensorType()
                  : dyn_cast<RankedTensorType>(function.getResultTypes()[0]);
  if (!type || type.getNumElements() == 0)
    return function.emitOpError(
        "has no output with elements, so its accuracy cannot be measured");
  FailureOr<Dataset> dataset = Dataset::open(function, path);
  if (failed(dataset))
    return failure();
  FailureOr<Answers> answers = readAnswers(*dataset, type, metric);
  if (failed(answers))
    return failure();
  if (!metric)
    metric = answers->array == "label" ? AccuracyMetric::Top1
                                       : AccuracyMetric::Perplexity;
  AnswerCount count(*answers, *metric, dataset->getLocation());
  Interpreter interpreter(function);
  for (int64_t i = 0; i < dataset->numSamples(); ++i) {
    FailureOr<std::vector<Tensor>> results =
        interpreter.run(dataset->getSample(i));
    if (failed(results) || failed(count.add(results->front())))
      return failure();
  }
  return count.finish();
}
