// Splits comma-separated values into fields and reads fields as numbers.
#include "atleus/Validation/TableFile.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// TableRow
//===----------------------------------------------------------------------===//

const TableRow::Field &TableRow::field(StringRef column) const {
  return fields[table->indexOf(column)];
}

StringRef TableRow::text(StringRef column) const { return field(column).text; }

bool TableRow::has(StringRef column) const { return !text(column).empty(); }

void TableRow::reportAt(StringRef column, const llvm::Twine &message) const {
  if (!malformed)
    emitError(table->at(lineNumber, field(column).column))
        << "'" << column << "' " << message;
  malformed = true;
}

int64_t TableRow::size(StringRef column) const {
  constexpr int64_t largest = 1'000'000;
  int64_t value = 0;
  if (!text(column).getAsInteger(10, value) && value >= 1 && value <= largest)
    return value;
  reportAt(column, "must be a whole number from 1 to 1000000, found '" +
                       text(column) + "'");
  return 1;
}

int64_t TableRow::count(StringRef column, int64_t largest) const {
  int64_t value = 0;
  if (text(column).getAsInteger(10, value) || value < 0)
    reportAt(column, "must be a whole number that is not negative, found '" +
                         text(column) + "'");
  else if (value > largest)
    reportAt(column, "must be at most " + llvm::Twine(largest) + ", found " +
                         llvm::Twine(value));
  else
    return value;
  return 0;
}

double TableRow::number(StringRef column) const {
  double value = 0;
  if (!text(column).getAsDouble(value) && std::isfinite(value) && value >= 0)
    return value;
  reportAt(column, "must be a number that is not negative, found '" +
                       text(column) + "'");
  return 0;
}

double TableRow::positive(StringRef column) const {
  double value = 0;
  if (!text(column).getAsDouble(value) && std::isfinite(value) && value > 0)
    return value;
  reportAt(column, "must be a positive number, found '" + text(column) + "'");
  return 1;
}

bool TableRow::flag(StringRef column) const {
  StringRef value = text(column);
  if (value == "1" || value == "Y")
    return true;
  if (value != "0" && value != "N")
    reportAt(column, "must be 0 or 1, or N or Y, found '" + value + "'");
  return false;
}

//===----------------------------------------------------------------------===//
// TableFile
//===----------------------------------------------------------------------===//

unsigned TableFile::indexOf(StringRef column) const {
  auto entry = columns.find(column);
  assert(entry != columns.end() && "a column that was not expected");
  return entry->second;
}

Location TableFile::at(unsigned line, unsigned column) const {
  return FileLineColLoc::get(context, path, line, column);
}

LogicalResult TableFile::expectColumns(ArrayRef<StringRef> expected) const {
  for (StringRef column : expected)
    if (!columns.contains(column))
      return emitError(at(1, 1))
             << "the table '" << name() << "' has no column '" << column << "'";
  return success();
}

LogicalResult TableFile::splitLine(StringRef line, TableRow &row) const {
  bool quoted = false;
  row.fields.push_back({"", 1});
  for (size_t i = 0; i < line.size(); ++i) {
    char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
      row.fields.back().text += line[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      row.fields.push_back({"", static_cast<unsigned>(i + 2)});
    else
      row.fields.back().text += c;
  }
  if (quoted)
    return emitError(at(row.lineNumber, row.fields.back().column))
           << "the quote that starts here is not closed in its line";
  return success();
}

LogicalResult TableFile::setHeadings(const TableRow &headings) {
  for (const TableRow::Field &heading : headings.fields)
    if (!columns.try_emplace(heading.text, columns.size()).second)
      return emitError(at(headings.lineNumber, heading.column))
             << "there are two columns '" << heading.text << "'";
  return success();
}

FailureOr<std::unique_ptr<TableFile>>
TableFile::parse(StringRef text, StringRef path, MLIRContext *context) {
  auto table = std::make_unique<TableFile>();
  table->context = context;
  table->path = path.str();
  table->tableName = llvm::sys::path::stem(path).str();
  text.consume_front("\xEF\xBB\xBF");
  unsigned lineNumber = 0;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    text = rest;
    ++lineNumber;
    if (line.trim().empty())
      continue;
    TableRow row;
    row.table = table.get();
    row.lineNumber = lineNumber;
    if (failed(table->splitLine(line.rtrim('\r'), row)))
      return failure();
    if (table->columns.empty()) {
      if (failed(table->setHeadings(row)))
        return failure();
      continue;
    }
    if (row.fields.size() != table->columns.size())
      return emitError(table->at(lineNumber, row.fields.back().column))
             << "expected " << table->columns.size()
             << " fields as in the first line, found " << row.fields.size();
    table->tableRows.push_back(std::move(row));
  }
  if (table->tableRows.empty())
    return emitError(table->at(1, 1))
           << "the table '" << table->name() << "' has no rows";
  return table;
}

FailureOr<std::unique_ptr<TableFile>> TableFile::read(StringRef path,
                                                      MLIRContext *context) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return emitError(FileLineColLoc::get(context, path, 1, 1))
           << "cannot read the table: " << buffer.getError().message();
  return parse((*buffer)->getBuffer(), path, context);
}

std::vector<RowGroup> atleus::groupRows(ArrayRef<TableRow> rows,
                                        ArrayRef<StringRef> columns) {
  std::vector<RowGroup> groups;
  llvm::StringMap<size_t> indices;
  for (const TableRow &row : rows) {
    std::string key;
    for (StringRef column : columns)
      key += (row.text(column) + "\n").str();
    auto [entry, isNew] = indices.try_emplace(key, groups.size());
    if (isNew)
      groups.emplace_back();
    groups[entry->second].push_back(&row);
  }
  return groups;
}
