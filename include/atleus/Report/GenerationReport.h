// What generating text with a decoder costs: a prompt at once, then token by
// token over a growing context.
#ifndef ATLEUS_REPORT_GENERATIONREPORT_H
#define ATLEUS_REPORT_GENERATIONREPORT_H

#include "atleus/Report/Report.h"

#include <optional>
#include <string>
#include <vector>

namespace atleus {

/// One inference: the prompt, or a step of one token.
struct GenerationPoint {
  /// New tokens, and those before them.
  int64_t tokens = 1;
  int64_t context = 0;
  /// The folder of its files, relative to the generation's.
  std::string folder;
  /// What was found; std::nullopt if the compilation has failed.
  std::optional<Report> report;
  /// Why it has failed.
  std::string error;
};

struct GenerationReport {
  std::string model;
  std::string machine;
  /// Names of the open dimensions that are the tokens and the context; empty if
  /// the model has none.
  std::string tokensDimension, contextDimension;
  std::optional<GenerationPoint> prefill;
  std::vector<GenerationPoint> steps;
  /// What the model lacks for a part of the report; empty if nothing.
  std::string missing;

  size_t countFailed() const;
};

/// Writes `generation.json`; its schema is docs/generation.schema.json.
void writeGenerationJSON(const GenerationReport &generation,
                         llvm::raw_ostream &os);

/// Prints the time to the first token, then a row for each context.
void printGenerationTable(const GenerationReport &generation,
                          llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_GENERATIONREPORT_H
