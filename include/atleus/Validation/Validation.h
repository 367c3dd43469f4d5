// Compares the cost models with every table of a folder.
#ifndef ATLEUS_VALIDATION_VALIDATION_H
#define ATLEUS_VALIDATION_VALIDATION_H

#include "atleus/Validation/ReferenceTable.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace atleus {

/// How one quantity of a table came out.
struct QuantityResult {
  const ComparedQuantity *quantity = nullptr;
  unsigned compared = 0;
  /// Rows that are equal up to rounding.
  unsigned equal = 0;
  double meanError = 0;
  double largestError = 0;
  /// Spearman's, if the quantity has a bound on it.
  double rankCorrelation = 1;
  /// The row with the largest error.
  Observation worst;

  bool isWithin() const;
};

struct TableResult {
  const ReferenceTable *table = nullptr;
  unsigned rows = 0;
  std::vector<QuantityResult> quantities;
  /// Rows that are not compared, by the reason.
  std::vector<std::pair<std::string, unsigned>> leftOut;

  bool isWithin() const;
};

struct ValidationResult {
  std::vector<TableResult> tables;
  std::vector<const UncomparedTable *> uncompared;

  bool isWithin() const;
};

/// Spearman's rank correlation; ties share the mean of their ranks. 1 for
/// fewer than two pairs or if neither side varies.
double rankCorrelation(mlir::ArrayRef<Observation> observations);

/// Evaluates one table of a folder. Fails with a diagnostic.
mlir::FailureOr<TableResult> evaluateTable(const ReferenceTable &table,
                                           const TableFolder &folder);

/// Reads and evaluates all tables of `path`, telling `progress` the name of
/// each. A file *.csv in no known format is an error, and so is a folder
/// without tables that can be compared. Fails with a diagnostic.
mlir::FailureOr<ValidationResult>
validateFolder(mlir::StringRef path, mlir::MLIRContext *context,
               llvm::function_ref<void(mlir::StringRef)> progress);

/// The folder of the tables that are shipped: share/atleus/reference beside the
/// running program's folder, else test/reference of the source tree.
std::string getReferenceFolder();

} // namespace atleus

#endif // ATLEUS_VALIDATION_VALIDATION_H
