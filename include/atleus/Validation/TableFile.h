// Tables of comma-separated values, read so that whatever is wrong in one can
// be pointed at: file, line and column.
//
// The first line names the columns; each further line has one field per column.
// A field may be quoted, and two quotes in a quoted field are one. Empty lines
// do not count.
#ifndef ATLEUS_VALIDATION_TABLEFILE_H
#define ATLEUS_VALIDATION_TABLEFILE_H

#include "mlir/IR/Location.h"
#include "mlir/Support/LLVM.h"
#include "llvm/ADT/StringMap.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace atleus {

class TableFile;

/// A row of a table. The first field that is not what an accessor expects is an
/// error at its place; the row is malformed from then on, and the accessors
/// return values that no model stumbles over.
class TableRow {
public:
  /// The text of a field.
  mlir::StringRef text(mlir::StringRef column) const;
  /// Whether a field has text.
  bool has(mlir::StringRef column) const;

  /// A whole number from 1 to a million: an extent of something.
  int64_t size(mlir::StringRef column) const;
  /// A whole number that is not negative, and at most `largest`.
  int64_t count(mlir::StringRef column,
                int64_t largest = std::numeric_limits<int64_t>::max()) const;
  /// A number that is not negative, or one that is positive.
  double number(mlir::StringRef column) const;
  double positive(mlir::StringRef column) const;
  /// 0 or 1, N or Y.
  bool flag(mlir::StringRef column) const;

  /// Reports `message` at a field, unless the row is malformed already.
  void reportAt(mlir::StringRef column, const llvm::Twine &message) const;
  bool isMalformed() const { return malformed; }

  /// The line in the file.
  unsigned line() const { return lineNumber; }

private:
  friend class TableFile;
  struct Field {
    std::string text;
    unsigned column;
  };

  const Field &field(mlir::StringRef column) const;

  const TableFile *table = nullptr;
  std::vector<Field> fields;
  unsigned lineNumber = 0;
  mutable bool malformed = false;
};

/// A table with its name: that of its file without the extension.
class TableFile {
public:
  /// Reads a file, or parses the text of one. Fails with a diagnostic.
  static mlir::FailureOr<std::unique_ptr<TableFile>>
  read(mlir::StringRef path, mlir::MLIRContext *context);
  static mlir::FailureOr<std::unique_ptr<TableFile>>
  parse(mlir::StringRef text, mlir::StringRef path, mlir::MLIRContext *context);

  mlir::StringRef name() const { return tableName; }
  const std::vector<TableRow> &rows() const { return tableRows; }

  /// Fails with a diagnostic unless there are all of `columns`.
  mlir::LogicalResult
  expectColumns(mlir::ArrayRef<mlir::StringRef> columns) const;

  /// The index of a column that there is.
  unsigned indexOf(mlir::StringRef column) const;
  /// The place of a line and column, both counted from 1.
  mlir::Location at(unsigned line, unsigned column) const;

private:
  mlir::LogicalResult splitLine(mlir::StringRef line, TableRow &row) const;
  mlir::LogicalResult setHeadings(const TableRow &headings);

  mlir::MLIRContext *context = nullptr;
  std::string path;
  std::string tableName;
  llvm::StringMap<unsigned> columns;
  std::vector<TableRow> tableRows;
};

/// Rows of one run of a simulator.
using RowGroup = std::vector<const TableRow *>;

/// Rows with the same texts in all of `columns`, in the order of the first of
/// each group.
std::vector<RowGroup> groupRows(mlir::ArrayRef<TableRow> rows,
                                mlir::ArrayRef<mlir::StringRef> columns);

} // namespace atleus

#endif // ATLEUS_VALIDATION_TABLEFILE_H
