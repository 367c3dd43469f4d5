// What schemes of compression cost and keep, side by side.
#ifndef ATLEUS_REPORT_COMPRESSIONREPORT_H
#define ATLEUS_REPORT_COMPRESSIONREPORT_H

#include "atleus/Report/Report.h"

#include <optional>
#include <string>
#include <vector>

namespace atleus {

/// One scheme: the report of the model that was compiled with it, or why there
/// is none.
struct SchemeReport {
  /// Such as "int8-crossbar-wise".
  std::string name;
  /// What it does, in a few words.
  std::string description;
  std::optional<Report> report;
  /// The first error of a scheme that cannot be compiled.
  std::string error;
  /// Whether no other scheme dominates this one.
  bool isOnFront = false;
};

struct CompressionReport {
  std::string model;
  std::string machine;
  std::vector<SchemeReport> schemes;

  /// Marks the schemes on the Pareto front over accuracy (if it was measured),
  /// crossbars, latency and energy. A scheme without report is not on it.
  void markFront();
  size_t countFailed() const;
};

/// Writes `compression.json`; its schema is docs/compression.schema.json.
void writeCompressionJSON(const CompressionReport &comparison,
                          llvm::raw_ostream &os);

/// Prints a row for each scheme.
void printCompressionTable(const CompressionReport &comparison,
                           llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_COMPRESSIONREPORT_H
