// Tables for a terminal: columns as wide as their longest entry.
#ifndef ATLEUS_REPORT_TABLE_H
#define ATLEUS_REPORT_TABLE_H

#include "atleus/Support/NumberText.h"

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace atleus {

/// Rows of text. Columns that hold numbers only are aligned to the right.
class Table {
public:
  /// Starts a table with the given column headings.
  explicit Table(std::vector<std::string> headings);

  /// Adds a row, which has as many entries as there are headings.
  void addRow(std::vector<std::string> row);

  void print(llvm::raw_ostream &os) const;

private:
  bool isNumeric(size_t column) const;

  std::vector<std::vector<std::string>> rows;
};

/// A value in `unit` with three digits and a prefix, such as "1.23 ms" for
/// 0.00123 and "s".
std::string formatQuantity(double value, llvm::StringRef unit);

} // namespace atleus

#endif // ATLEUS_REPORT_TABLE_H
