// What the weights of a model take in storage, as a report has it.
#ifndef ATLEUS_REPORT_WEIGHTREPORT_H
#define ATLEUS_REPORT_WEIGHTREPORT_H

#include "mlir/IR/BuiltinOps.h"

#include <cstdint>

namespace atleus {

/// The static operands of products. One that several products share counts
/// once.
struct WeightReport {
  /// Elements, zeros that are left out among them.
  int64_t count = 0;
  /// Elements that are stored, in their own width, scales and zero points, and
  /// the places of zeros.
  int64_t bits = 0;
  /// Whether their values are known; they are not after --weights=none.
  bool areRead = true;
};

WeightReport readWeights(mlir::ModuleOp module);

} // namespace atleus

#endif // ATLEUS_REPORT_WEIGHTREPORT_H
