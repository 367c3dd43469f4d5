// What independent simulators found, and how far our models may be from it.
//
// A reference table is a file of results, a row per run, in a known format. It
// knows how to make from a row the constants of a machine and a kernel, asks
// the cost models that compiling uses, and observes for each quantity what was
// expected and what was found. Bounds are stated here, once: the validation,
// docs/fidelity.md and the reports read them.
//
// To add a table: describe it in a file of lib/Validation, list it in
// ReferenceTables.cpp, put the file into test/reference.
#ifndef ATLEUS_VALIDATION_REFERENCETABLE_H
#define ATLEUS_VALIDATION_REFERENCETABLE_H

#include "atleus/Validation/TableFile.h"

#include <limits>
#include <map>
#include <memory>

namespace atleus {

/// How the error of a found value is measured.
enum class ErrorMeasure {
  /// |found - expected| / |expected|, shown in percent.
  Relative,
  /// The same where more was found than expected, or less; else none.
  Excess,
  Shortfall,
  /// |found - expected| in the quantity's unit.
  Absolute,
};

/// A bound that holds for every error.
constexpr double unbounded = std::numeric_limits<double>::infinity();

/// A quantity that a table holds and a model predicts.
struct ComparedQuantity {
  mlir::StringRef name;
  mlir::StringRef unit;
  ErrorMeasure measure = ErrorMeasure::Relative;
  /// Error up to which a row counts as equal: what the table, or the constants
  /// that are taken from it, round away.
  double rounding = 0;
  /// Bounds on the error of each row and on the mean of all; 0 for both asks
  /// for equality.
  double largestError = 0;
  double meanError = 0;
  /// Smallest Spearman rank correlation of found and expected; 0 asks for none.
  double rankCorrelation = 0;
  /// Step of the table's values, in the unit: a difference of relative errors
  /// counts only as far as it exceeds half of it.
  double step = 0;
};

/// Where a table comes from.
struct Reference {
  mlir::StringRef tool;
  mlir::StringRef repository;
  mlir::StringRef commit;
};

/// The tables of a folder by name.
using TableFolder = std::map<std::string, std::unique_ptr<TableFile>>;

/// A pair of values for one quantity.
struct Observation {
  unsigned line = 0;
  std::string key;
  double expected = 0;
  double found = 0;
  double error = 0;
  /// Up to rounding.
  bool isEqual = false;
};

class Evaluation;

struct ReferenceTable {
  /// Name of the file without the extension.
  mlir::StringRef name;
  /// The part of a report whose numbers it checks.
  mlir::StringRef model;
  Reference reference;
  /// Columns that are read, and those that tell rows apart.
  mlir::ArrayRef<mlir::StringRef> columns;
  mlir::ArrayRef<mlir::StringRef> keys;
  mlir::ArrayRef<ComparedQuantity> quantities;
  /// Another table that is read with this one, or "".
  mlir::StringRef companion;
  /// Observes all quantities; fails with a diagnostic if a row is malformed.
  mlir::LogicalResult (*evaluate)(const TableFolder &folder,
                                  Evaluation &evaluation);
  /// Why there are differences, in sentences; or "".
  mlir::StringRef note = "";
};

/// A table in a known format that is not compared, and why.
struct UncomparedTable {
  mlir::StringRef name;
  mlir::StringRef reason;
};

/// Collects what one table observes.
class Evaluation {
public:
  Evaluation(const ReferenceTable &table, const TableFile &file);

  const TableFile &file() const { return tableFile; }

  /// Adds a pair for the quantity of this index.
  void observe(unsigned index, const TableRow &row, double expected,
               double found);
  /// Counts a row that is not compared for `reason`.
  void leaveOut(mlir::StringRef reason) { ++left[reason]; }

  const std::vector<Observation> &observations(unsigned quantity) const {
    return observed[quantity];
  }
  const std::map<mlir::StringRef, unsigned> &leftOut() const { return left; }

private:
  const ReferenceTable &table;
  const TableFile &tableFile;
  std::vector<std::vector<Observation>> observed;
  std::map<mlir::StringRef, unsigned> left;
};

/// All tables that are compared, in the order in which they are shown.
mlir::ArrayRef<const ReferenceTable *> getReferenceTables();

/// Tables in formats that are known but not compared.
mlir::ArrayRef<UncomparedTable> getUncomparedTables();

} // namespace atleus

#endif // ATLEUS_VALIDATION_REFERENCETABLE_H
