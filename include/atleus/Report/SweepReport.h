// The cost reports of one model at several sizes, side by side.
#ifndef ATLEUS_REPORT_SWEEPREPORT_H
#define ATLEUS_REPORT_SWEEPREPORT_H

#include "atleus/Report/Report.h"

namespace atleus {

/// One compilation of a sweep.
struct SweepPointReport {
  /// What tells it from the others, "seq=64".
  std::string name;
  /// The sizes of all dimensions, and the shapes of all inputs, that were
  /// given.
  std::vector<std::pair<std::string, std::string>> dimensions;
  std::vector<std::pair<std::string, std::string>> shapes;
  /// The folder of its files, relative to the sweep's.
  std::string folder;
  /// What was found; std::nullopt if the compilation has failed.
  std::optional<Report> report;
  /// Why it has failed.
  std::string error;
};

struct SweepReport {
  std::string model;
  std::string machine;
  std::vector<SweepPointReport> points;

  /// How many points have failed.
  size_t countFailed() const;
};

/// Writes the `report.json` of a sweep; its schema is docs/sweep.schema.json.
void writeSweepJSON(const SweepReport &sweep, llvm::raw_ostream &os);

/// Prints a row for each point, then the reasons of those that have failed.
void printSweepTable(const SweepReport &sweep, llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_SWEEPREPORT_H
