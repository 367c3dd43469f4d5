// A validation for people, for programs, and for the documentation.
#ifndef ATLEUS_REPORT_VALIDATIONREPORT_H
#define ATLEUS_REPORT_VALIDATIONREPORT_H

#include "atleus/Validation/Validation.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace atleus {

/// Prints a table of quantities for each reference table, the worst rows, and a
/// line with the verdict.
void printValidation(const ValidationResult &result, llvm::raw_ostream &os);

/// Writes JSON as docs/validation.schema.json describes it.
void writeValidation(const ValidationResult &result, llvm::raw_ostream &os);

/// Writes the page docs/fidelity.md.
void writeFidelityPage(const ValidationResult &result, llvm::raw_ostream &os);

/// "4.16 %" or "0.3 K"; "infinite" if it is, as that of what is no number.
std::string formatError(const ComparedQuantity &quantity, double error);
/// What a quantity is held to, such as "max 50 %, mean 10 %".
std::string formatBound(const ComparedQuantity &quantity);
/// The same of what it reached.
std::string formatReached(const QuantityResult &result);
/// Tool, repository and commit.
std::string formatReference(const Reference &reference);

} // namespace atleus

#endif // ATLEUS_REPORT_VALIDATIONREPORT_H
