// Reads the tables of test/reference.
#ifndef ATLEUS_TEST_UNIT_COST_REFERENCETABLE_H
#define ATLEUS_TEST_UNIT_COST_REFERENCETABLE_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace atleus::test {

/// One row of a table; cells by the name of their column.
class ReferenceRow {
public:
  llvm::StringMap<std::string> cells;

  llvm::StringRef text(llvm::StringRef column) const;
  int64_t integer(llvm::StringRef column) const;
  double number(llvm::StringRef column) const;
};

/// The rows of test/reference/`name`.csv; a test failure and no rows if it
/// cannot be read.
std::vector<ReferenceRow> readReference(llvm::StringRef name);

} // namespace atleus::test

#endif // ATLEUS_TEST_UNIT_COST_REFERENCETABLE_H
