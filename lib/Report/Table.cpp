// Aligns columns, and writes numbers as people read them.
#include "atleus/Report/Table.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <array>
#include <cassert>
#include <cmath>

using namespace atleus;

Table::Table(std::vector<std::string> headings) {
  rows.push_back(std::move(headings));
}

void Table::addRow(std::vector<std::string> row) {
  assert(row.size() == rows.front().size() && "one entry per heading");
  rows.push_back(std::move(row));
}

bool Table::isNumeric(size_t column) const {
  for (size_t i = 1; i < rows.size(); ++i) {
    const std::string &entry = rows[i][column];
    if (!entry.empty() && !llvm::isDigit(entry.front()) && entry != "-")
      return false;
  }
  return true;
}

void Table::print(llvm::raw_ostream &os) const {
  size_t columns = rows.front().size();
  std::vector<unsigned> widths(columns, 0);
  std::vector<bool> right(columns);
  for (size_t column = 0; column < columns; ++column) {
    right[column] = column > 0 && isNumeric(column);
    for (const auto &row : rows)
      widths[column] = std::max<unsigned>(widths[column], row[column].size());
  }
  for (const auto &[index, row] : llvm::enumerate(rows)) {
    std::string line;
    llvm::raw_string_ostream stream(line);
    for (size_t column = 0; column < columns; ++column) {
      stream << (column == 0 ? "" : "  ");
      if (right[column])
        stream << llvm::right_justify(row[column], widths[column]);
      else
        stream << llvm::left_justify(row[column], widths[column]);
    }
    os << llvm::StringRef(line).rtrim() << '\n';
    if (index == 0) {
      unsigned total = 2 * (columns - 1);
      for (unsigned width : widths)
        total += width;
      os << std::string(total, '-') << '\n';
    }
  }
}

std::string atleus::formatQuantity(double value, llvm::StringRef unit) {
  static constexpr std::array<const char *, 10> prefixes = {
      "f", "p", "n", "u", "m", "", "k", "M", "G", "T"};
  int index = 5;
  double scaled = value;
  if (scaled != 0) {
    while (std::abs(scaled) < 1 && index > 0) {
      scaled *= 1000;
      --index;
    }
    while (std::abs(scaled) >= 999.5 &&
           index + 1 < static_cast<int>(prefixes.size())) {
      scaled /= 1000;
      ++index;
    }
  }
  int decimals = std::abs(scaled) < 9.995   ? 2
                 : std::abs(scaled) < 99.95 ? 1
                                            : 0;
  std::string text;
  llvm::raw_string_ostream os(text);
  os << llvm::format("%.*f", decimals, scaled) << ' ' << prefixes[index]
     << unit;
  return text;
}
