// What a report says of the numbers that it stands on.
#ifndef ATLEUS_REPORT_INPUTREPORT_H
#define ATLEUS_REPORT_INPUTREPORT_H

#include "atleus/Support/Units.h"

#include <optional>
#include <string>

namespace atleus {

/// Costs of an inference with one number changed, relative to those without.
struct InputEffect {
  /// What the number becomes.
  std::string value;
  double latencyPercent = 0;
  double energyPercent = 0;
};

/// A number of the machine that is recalled or estimated, and how much depends
/// on it.
struct InputReport {
  std::string part;
  std::string number;
  std::string unit;
  std::string value;
  std::string provenance;
  std::string source;
  /// The effects of 80 % and of 120 % of it, rounded to integers. Absent for a
  /// number that says how the machine is built, such as the rows of an array:
  /// with another one it would be another machine.
  std::optional<InputEffect> low, high;

  /// The largest change of latency or energy, in percent; 0 if there is none.
  double influence() const;
};

} // namespace atleus

#endif // ATLEUS_REPORT_INPUTREPORT_H
