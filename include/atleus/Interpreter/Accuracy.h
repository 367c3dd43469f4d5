// How often a model is right on a dataset, or how likely it finds what is.
#ifndef ATLEUS_INTERPRETER_ACCURACY_H
#define ATLEUS_INTERPRETER_ACCURACY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace atleus {

enum class AccuracyMetric {
  /// Share of the answers that have the largest element of the output.
  Top1,
  /// exp of the mean of -log(softmax(output)[answer]): as unsure as a choice
  /// among so many equal ones.
  Perplexity,
};

/// "top1" or "perplexity".
llvm::StringRef stringify(AccuracyMetric metric);

/// The metric of that name, or std::nullopt.
std::optional<AccuracyMetric> parseAccuracyMetric(llvm::StringRef name);

/// Whether less is better: a perplexity of 1 is the best.
bool isLowerBetter(AccuracyMetric metric);

struct Accuracy {
  AccuracyMetric metric = AccuracyMetric::Top1;
  int64_t samples = 0;
  /// In all samples together. A classifier gives one for each.
  int64_t answers = 0;
  /// Answers that have the largest element of the output.
  int64_t correct = 0;
  /// Sum over the answers, in nats. Zero unless the metric is perplexity.
  double negativeLogLikelihood = 0;

  /// Share of correct answers, from 0 to 1; 0 without answers.
  double top1() const;
  /// At least 1; 1 without answers.
  double perplexity() const;
  /// What the metric says.
  double value() const;
};

/// Runs `function` on each sample of the .npz file at `path`. For each input of
/// the function the file holds an array of its name, with samples along the
/// first axis. A sample has the input's shape, or that shape without leading
/// dimensions of size 1. An array of integers holds the right answers:
///   label, [samples]: the first output, flat, is one element for each class;
///   target, [samples, positions]: the first output ends in one element for
///     each token, and has as many rows of them as there are positions.
/// A negative answer does not count. Without a metric, labels ask for top1 and
/// targets for perplexity; each metric can be had of either.
///
/// What is missing or does not fit is reported as a diagnostic at the file, and
/// so is a perplexity that is not finite.
llvm::FailureOr<Accuracy>
measureAccuracy(mlir::func::FuncOp function, llvm::StringRef path,
                std::optional<AccuracyMetric> metric = std::nullopt);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_ACCURACY_H
