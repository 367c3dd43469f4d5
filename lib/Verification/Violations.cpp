// Counts and reports what is wrong with a schedule.
#include "Violations.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace atleus;

InFlightDiagnostic Violations::report(Rule rule) {
  InFlightDiagnostic error =
      isWarning(rule) ? emitWarning(location) : emitError(location);
  if (++counts[rule] > maximumReported)
    error.abandon();
  return error;
}

unsigned Violations::count() const {
  unsigned sum = 0;
  for (auto [rule, number] : counts)
    sum += number;
  return sum;
}

bool Violations::any() const {
  return llvm::any_of(
      counts, [&](const auto &entry) { return !isWarning(entry.first); });
}

static StringRef describe(Rule rule) {
  switch (rule) {
  case Rule::Identity:
    return "in names";
  case Rule::Tasks:
    return "in the tasks of kernels";
  case Rule::Prices:
    return "in what tasks cost";
  case Rule::Transfers:
    return "in transfers";
  case Rule::Order:
    return "in the order of tasks";
  case Rule::Data:
    return "in what tasks read";
  case Rule::Resources:
    return "in the use of resources";
  case Rule::Buffers:
    return "in what buffers hold";
  case Rule::Programs:
    return "in weights";
  case Rule::Operations:
    return "in counts of operations";
  case Rule::Totals:
    return "in what the schedule states as a whole";
  }
  llvm_unreachable("unknown rule");
}

void Violations::finish() {
  for (auto [rule, number] : counts) {
    if (number <= maximumReported)
      continue;
    InFlightDiagnostic more =
        isWarning(rule) ? emitWarning(location) : emitError(location);
    more << number - maximumReported << " more violations " << describe(rule);
  }
}
