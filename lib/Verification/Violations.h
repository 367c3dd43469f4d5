// Counts and reports what is wrong with a schedule.
#ifndef ATLEUS_LIB_VERIFICATION_VIOLATIONS_H
#define ATLEUS_LIB_VERIFICATION_VIOLATIONS_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"

#include <map>

namespace atleus {

/// Rules that a schedule may violate. Of each, so many violations are reported
/// and the rest is counted: one error often breaks a rule in many places.
enum class Rule : uint8_t {
  Identity,   ///< of this model and machine
  Tasks,      ///< every task once, at its node, on its unit
  Prices,     ///< durations and energies are those of the cores
  Transfers,  ///< routes, sizes and uses of the network
  Order,      ///< stated dependences and releases
  Data,       ///< operands are there before they are read
  Resources,  ///< nothing is held twice
  Buffers,    ///< nothing is fuller than it is large
  Programs,   ///< weights are written before they are used
  Operations, ///< every multiply-accumulate operation once
  Totals,     ///< makespan, interval, bounds
};

class Violations {
public:
  /// Reported violations of each rule.
  static constexpr unsigned maximumReported = 8;

  /// With `warnOfBuffers` too small buffers are no errors.
  Violations(mlir::Location location, bool warnOfBuffers)
      : location(location), warnOfBuffers(warnOfBuffers) {}

  mlir::Location getLocation() const { return location; }

  /// An error about the schedule's file, or a warning.
  mlir::InFlightDiagnostic report(Rule rule);

  unsigned count() const;
  /// Whether there is an error.
  bool any() const;
  /// Says how many violations have not been reported.
  void finish();

private:
  bool isWarning(Rule rule) const {
    return rule == Rule::Buffers && warnOfBuffers;
  }

  mlir::Location location;
  bool warnOfBuffers;
  std::map<Rule, unsigned> counts;
};

} // namespace atleus

#endif // ATLEUS_LIB_VERIFICATION_VIOLATIONS_H
