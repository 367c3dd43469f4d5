// How the fields of a report are written, for the files that hold them.
#ifndef ATLEUS_LIB_REPORT_REPORTFIELDS_H
#define ATLEUS_LIB_REPORT_REPORTFIELDS_H

#include "atleus/Report/Report.h"

#include "llvm/Support/JSON.h"

namespace atleus {

/// Writes the attributes from `latency_ps` to `crossbars` into an object.
void writeCosts(const Report &report, llvm::json::OStream &json);

/// The number of inferences in a second, with two decimals below 100.
std::string formatThroughput(const Report &report);

/// A share as percent, or a perplexity.
std::string formatAccuracy(llvm::StringRef metric, double value);

/// Times and energies with a unit of fitting size.
std::string formatTime(Picoseconds time);
std::string formatEnergy(Femtojoules energy);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_REPORTFIELDS_H
