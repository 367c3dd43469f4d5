// Reads the tables of test/reference.
#include "ReferenceTable.h"

#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace atleus::test;
using llvm::StringRef;

int64_t ReferenceRow::integer(StringRef column) const {
  int64_t value = 0;
  EXPECT_FALSE(text(column).getAsInteger(10, value)) << column.str();
  return value;
}

double ReferenceRow::number(StringRef column) const {
  double value = 0;
  EXPECT_FALSE(text(column).getAsDouble(value)) << column.str();
  return value;
}

std::vector<ReferenceRow> atleus::test::readReference(StringRef name) {
  static mlir::MLIRContext context;
  std::string path =
      (StringRef(ATLEUS_SOURCE_DIR "/test/reference/") + name + ".csv").str();
  std::vector<ReferenceRow> rows;
  auto read = TableFile::read(path, &context);
  if (failed(read)) {
    ADD_FAILURE() << "cannot read " << path;
    return rows;
  }
  std::shared_ptr<TableFile> table = std::move(*read);
  for (const TableRow &row : table->rows())
    rows.emplace_back(table, row);
  return rows;
}
