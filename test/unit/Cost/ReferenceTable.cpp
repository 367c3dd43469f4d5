// Comma-separated values with optional quotes.
#include "ReferenceTable.h"

#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace atleus::test;
using llvm::StringRef;

StringRef ReferenceRow::text(StringRef column) const {
  auto cell = cells.find(column);
  EXPECT_NE(cell, cells.end()) << "no column " << column.str();
  return cell == cells.end() ? StringRef() : StringRef(cell->second);
}

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

static std::vector<std::string> splitLine(StringRef line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

std::vector<ReferenceRow> atleus::test::readReference(StringRef name) {
  std::string path =
      (StringRef(ATLEUS_SOURCE_DIR "/test/reference/") + name + ".csv").str();
  auto buffer = llvm::MemoryBuffer::getFile(path);
  EXPECT_TRUE(buffer) << "cannot read " << path;
  std::vector<ReferenceRow> rows;
  if (!buffer)
    return rows;
  llvm::SmallVector<StringRef> lines;
  (*buffer)->getBuffer().split(lines, '\n', -1, /*KeepEmpty=*/false);
  std::vector<std::string> columns = splitLine(lines.front().rtrim());
  for (StringRef line : llvm::drop_begin(lines)) {
    std::vector<std::string> cells = splitLine(line.rtrim());
    EXPECT_EQ(cells.size(), columns.size()) << line.str();
    ReferenceRow &row = rows.emplace_back();
    for (size_t i = 0; i < std::min(cells.size(), columns.size()); ++i)
      row.cells[columns[i]] = cells[i];
  }
  return rows;
}
