// Runs a function and compares its named values with a reference.
//
// Two errors tell different things. The error of a value is what the function
// makes of the inputs of the model: it grows from kernel to kernel. Its own
// error is what its kernel adds: the function is run once more, and every value
// that has been compared is replaced by the expected one before it is used.
#ifndef ATLEUS_COMPARISON_COMPARISON_H
#define ATLEUS_COMPARISON_COMPARISON_H

#include "atleus/Comparison/Difference.h"
#include "atleus/Comparison/NamedValues.h"
#include "atleus/Comparison/Reference.h"

namespace atleus {

struct ComparisonOptions {
  /// The largest error of a value that agrees.
  double tolerance = 1e-5;
  /// Also find what each kernel adds.
  bool ownErrors = false;
  /// Bytes of expected values that are held at a time.
  int64_t maximumBytes = int64_t(512) << 20;
};

/// A value, what it should equal, and how far it is from it.
struct ComparedValue {
  ValuePair pair;
  Difference difference;
  std::optional<Difference> own;
};

struct Comparison {
  ComparisonOptions options;
  /// What the expected values come from.
  std::string reference;
  /// In the order in which the function computes them.
  std::vector<ComparedValue> values;
  /// Kernels without a value to compare them with.
  unsigned unmatched = 0;

  /// The first value whose error exceeds the tolerance, or null.
  const ComparedValue *findFirst() const;
  /// The value of the largest error; there must be one.
  const ComparedValue &findWorst() const;
  /// The nearest compared values on which `value` depends.
  std::vector<const ComparedValue *>
  findInputs(const ComparedValue &value) const;
};

/// Compares what `found` computes from `inputs` with the values of `expected`,
/// the same function in another form, which `reference` computes. A failure has
/// been reported as a diagnostic; a difference is none.
llvm::FailureOr<Comparison> compareValues(mlir::func::FuncOp found,
                                          llvm::ArrayRef<Tensor> inputs,
                                          mlir::func::FuncOp expected,
                                          Reference &reference,
                                          const ComparisonOptions &options);

} // namespace atleus

#endif // ATLEUS_COMPARISON_COMPARISON_H
