// How good a placement is, beside one row by row: `--atleus-place` leaves it as
// an attribute of the module.
#ifndef ATLEUS_REPORT_PLACEMENTREPORT_H
#define ATLEUS_REPORT_PLACEMENTREPORT_H

#include "atleus/Support/Units.h"

#include "mlir/IR/BuiltinOps.h"

#include <optional>
#include <string>

namespace atleus {

/// Traffic of an inference over a network.
struct TrafficReport {
  /// Bytes times links that they take.
  int64_t byteLinks = 0;
  /// For how long the busiest link carries data, without packets' headers.
  Picoseconds busiestLink;
};

struct PlacementReport {
  /// "row-major", "curve" or "anneal".
  std::string method;
  TrafficReport chosen;
  /// With every kernel placed row by row, in the order of the model.
  TrafficReport rowMajor;
};

/// The attribute `noc.placement` of a module, if there is one of the right
/// form.
std::optional<PlacementReport> readPlacement(mlir::ModuleOp module);

/// "anneal: 22 % less traffic x distance than row-major, busiest link 138 us,
/// 30 % less".
std::string describePlacement(const PlacementReport &report);

} // namespace atleus

#endif // ATLEUS_REPORT_PLACEMENTREPORT_H
