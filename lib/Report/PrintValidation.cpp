// Validation for a terminal.
#include "atleus/Report/ValidationReport.h"

#include "atleus/Report/Table.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace atleus;
using llvm::StringRef;

/// A number with up to `digits` digits behind the point, without zeros there.
static std::string formatNumber(double value, int digits) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.*f", digits, value);
  StringRef rest = text;
  if (rest.contains('.'))
    rest = rest.rtrim('0').rtrim('.');
  return rest == "-0" ? "0" : rest.str();
}

/// Two digits that are not zero for a value below one, else two behind the
/// point.
static std::string formatSmall(double value) {
  if (value == 0 || value >= 1)
    return formatNumber(value, 2);
  return formatNumber(value,
                      1 - static_cast<int>(std::floor(std::log10(value))));
}

std::string atleus::formatError(const ComparedQuantity &quantity,
                                double error) {
  if (std::isinf(error))
    return "infinite";
  if (quantity.measure != ErrorMeasure::Absolute)
    return formatSmall(100 * error) + " %";
  return formatSmall(error) + " " + quantity.unit.str();
}

std::string atleus::formatBound(const ComparedQuantity &quantity) {
  std::vector<std::string> parts;
  bool bounded = !std::isinf(quantity.largestError);
  if (quantity.largestError == 0)
    parts.emplace_back("equal");
  else if (bounded)
    parts.push_back("max " + formatError(quantity, quantity.largestError));
  if (quantity.meanError != quantity.largestError)
    parts.push_back("mean " + formatError(quantity, quantity.meanError));
  if (quantity.rankCorrelation > 0)
    parts.push_back("rank " + formatNumber(quantity.rankCorrelation, 3));
  return llvm::join(parts, ", ");
}

std::string atleus::formatReached(const QuantityResult &result) {
  const ComparedQuantity &quantity = *result.quantity;
  std::vector<std::string> parts;
  if (result.compared == 0)
    return "-";
  if (result.equal == result.compared)
    return "none";
  if (!std::isinf(quantity.largestError))
    parts.push_back("max " + formatError(quantity, result.largestError));
  if (!std::isinf(quantity.meanError))
    parts.push_back("mean " + formatError(quantity, result.meanError));
  if (quantity.rankCorrelation > 0)
    parts.push_back("rank " + formatNumber(result.rankCorrelation, 3));
  return llvm::join(parts, ", ");
}

std::string atleus::formatReference(const Reference &reference) {
  return (reference.tool + " (" + reference.repository + " at " +
          reference.commit.take_front(12) + ")")
      .str();
}

static void printTable(const TableResult &result, llvm::raw_ostream &os) {
  os << result.table->name << ": " << formatCount(result.rows) << " rows of "
     << formatReference(result.table->reference) << '\n';
  Table table({"quantity", "compared", "equal", "error", "bound", ""});
  for (const QuantityResult &quantity : result.quantities)
    table.addRow({quantity.quantity->name.str(), formatCount(quantity.compared),
                  formatCount(quantity.equal), formatReached(quantity),
                  formatBound(*quantity.quantity),
                  quantity.compared == 0 ? "not compared"
                  : quantity.isWithin()  ? "within"
                                         : "OUTSIDE"});
  table.print(os);
  for (const QuantityResult &quantity : result.quantities) {
    const Observation &worst = quantity.worst;
    if (quantity.equal == quantity.compared)
      continue;
    os << "worst " << quantity.quantity->name << ": line " << worst.line << ", "
       << worst.key << ": expected " << formatNumber(worst.expected, 4)
       << ", found " << formatNumber(worst.found, 4) << '\n';
  }
  if (!result.table->note.empty())
    os << result.table->note << '\n';
  for (const auto &[reason, rows] : result.leftOut)
    os << formatCount(rows) << (rows == 1 ? " row" : " rows")
       << " not compared: " << reason << '\n';
  os << '\n';
}

void atleus::printValidation(const ValidationResult &result,
                             llvm::raw_ostream &os) {
  for (const TableResult &table : result.tables)
    printTable(table, os);
  for (const UncomparedTable *table : result.uncompared)
    os << table->name << ": not compared, for " << table->reason << '\n';
  auto isCompared = [](const TableResult &table) {
    return llvm::any_of(table.quantities, [](const QuantityResult &quantity) {
      return quantity.compared > 0;
    });
  };
  size_t compared = llvm::count_if(result.tables, isCompared);
  size_t within = llvm::count_if(result.tables, [&](const TableResult &table) {
    return isCompared(table) && table.isWithin();
  });
  os << (result.uncompared.empty() ? "" : "\n") << within << " of " << compared
     << (compared == 1 ? " table is" : " tables are")
     << " within the bounds stated\n";
}
