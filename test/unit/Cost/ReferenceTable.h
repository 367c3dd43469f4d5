// Rows of the tables of test/reference, for tests.
#ifndef ATLEUS_TEST_UNIT_COST_REFERENCETABLE_H
#define ATLEUS_TEST_UNIT_COST_REFERENCETABLE_H

#include "atleus/Validation/TableFile.h"

#include <memory>

namespace atleus::test {

/// One row of a table. A field that is not what is asked for is a test failure.
class ReferenceRow {
public:
  ReferenceRow(std::shared_ptr<TableFile> table, const TableRow &row)
      : table(std::move(table)), row(&row) {}

  llvm::StringRef text(llvm::StringRef column) const {
    return row->text(column);
  }
  int64_t integer(llvm::StringRef column) const;
  double number(llvm::StringRef column) const;

private:
  std::shared_ptr<TableFile> table;
  const TableRow *row;
};

/// The rows of test/reference/`name`.csv; a test failure and no rows if it
/// cannot be read.
std::vector<ReferenceRow> readReference(llvm::StringRef name);

} // namespace atleus::test

#endif // ATLEUS_TEST_UNIT_COST_REFERENCETABLE_H
