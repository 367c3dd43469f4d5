// Reads the tables of a folder, evaluates them and sums up their errors.
#include "atleus/Validation/Validation.h"

#include "atleus/Support/NearestName.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace mlir;
using namespace atleus;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

Evaluation::Evaluation(const ReferenceTable &table, const TableFile &file)
    : table(table), tableFile(file), observed(table.quantities.size()) {}

/// By how much `found` is off, as the quantity counts it.
static double differenceOf(ErrorMeasure measure, double expected,
                           double found) {
  switch (measure) {
  case ErrorMeasure::Excess:
    return std::max(0.0, found - expected);
  case ErrorMeasure::Shortfall:
    return std::max(0.0, expected - found);
  case ErrorMeasure::Relative:
  case ErrorMeasure::Absolute:
    break;
  }
  return std::abs(found - expected);
}

static double errorOf(const ComparedQuantity &quantity, double expected,
                      double found) {
  // What is no number is no excess of anything.
  if (!std::isfinite(found))
    return std::numeric_limits<double>::infinity();
  double difference = differenceOf(quantity.measure, expected, found);
  if (quantity.measure == ErrorMeasure::Absolute)
    return difference;
  // A hair more than half a step, for decimals are not exact.
  double excess = difference - quantity.step * 0.5000001;
  if (excess <= 0 || difference == 0)
    return 0;
  return expected == 0 ? 1 : excess / std::abs(expected);
}

void Evaluation::observe(unsigned index, const TableRow &row, double expected,
                         double found) {
  const ComparedQuantity &quantity = table.quantities[index];
  double error = errorOf(quantity, expected, found);
  Observation observation{row.line(), "",    expected,
                          found,      error, error <= quantity.rounding};
  for (StringRef key : table.keys) {
    observation.key += observation.key.empty() ? "" : " ";
    observation.key += (key + "=" + row.text(key)).str();
  }
  observed[index].push_back(std::move(observation));
}

//===----------------------------------------------------------------------===//
// Statistics
//===----------------------------------------------------------------------===//

/// The rank of each value, counted from 0; equal values share a mean rank.
static std::vector<double> rank(const std::vector<double> &values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](size_t a, size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]])
      ++end;
    for (size_t i = begin; i < end; ++i)
      ranks[order[i]] = static_cast<double>(begin + end - 1) / 2;
  }
  return ranks;
}

double atleus::rankCorrelation(ArrayRef<Observation> observations) {
  std::vector<double> expected, found;
  for (const Observation &observation : observations) {
    expected.push_back(observation.expected);
    found.push_back(observation.found);
  }
  std::vector<double> a = rank(expected), b = rank(found);
  double mean = (static_cast<double>(a.size()) - 1) / 2;
  double both = 0, ofA = 0, ofB = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    both += (a[i] - mean) * (b[i] - mean);
    ofA += (a[i] - mean) * (a[i] - mean);
    ofB += (b[i] - mean) * (b[i] - mean);
  }
  if (ofA == 0 && ofB == 0)
    return 1;
  return ofA == 0 || ofB == 0 ? 0 : both / std::sqrt(ofA * ofB);
}

static QuantityResult sumUp(const ComparedQuantity &quantity,
                            ArrayRef<Observation> observations) {
  QuantityResult result;
  result.quantity = &quantity;
  result.compared = observations.size();
  for (const Observation &observation : observations) {
    result.equal += observation.isEqual;
    result.meanError += observation.error;
    if (&observation == &observations.front() ||
        observation.error > result.worst.error)
      result.worst = observation;
  }
  result.largestError = result.worst.error;
  if (!observations.empty())
    result.meanError /= observations.size();
  if (quantity.rankCorrelation > 0)
    result.rankCorrelation = rankCorrelation(observations);
  return result;
}

bool QuantityResult::isWithin() const {
  if (equal == compared)
    return true;
  return largestError <= quantity->largestError &&
         meanError <= quantity->meanError &&
         rankCorrelation >= quantity->rankCorrelation;
}

bool TableResult::isWithin() const {
  return llvm::all_of(quantities, [](const QuantityResult &result) {
    return result.isWithin();
  });
}

bool ValidationResult::isWithin() const {
  return llvm::all_of(
      tables, [](const TableResult &result) { return result.isWithin(); });
}

//===----------------------------------------------------------------------===//
// Folders
//===----------------------------------------------------------------------===//

FailureOr<TableResult> atleus::evaluateTable(const ReferenceTable &table,
                                             const TableFolder &folder) {
  const TableFile &file = *folder.find(table.name.str())->second;
  Evaluation evaluation(table, file);
  if (failed(file.expectColumns(table.columns)))
    return failure();
  if (!table.companion.empty() && !folder.count(table.companion.str()))
    return emitError(file.at(1, 1))
           << "the table '" << table.name << "' needs the table '"
           << table.companion << "' in the same folder";
  if (failed(table.evaluate(folder, evaluation)))
    return failure();
  TableResult result;
  result.table = &table;
  result.rows = file.rows().size();
  for (auto [index, quantity] : llvm::enumerate(table.quantities))
    result.quantities.push_back(
        sumUp(quantity, evaluation.observations(index)));
  for (auto [reason, rows] : evaluation.leftOut())
    result.leftOut.emplace_back(reason.str(), rows);
  return result;
}

/// Names of all tables in known formats.
static std::vector<std::string> knownNames() {
  std::vector<std::string> names;
  for (const ReferenceTable *table : getReferenceTables()) {
    names.push_back(table->name.str());
    if (!table->companion.empty())
      names.push_back(table->companion.str());
  }
  for (const UncomparedTable &table : getUncomparedTables())
    names.push_back(table.name.str());
  return names;
}

static FailureOr<TableFolder> readFolder(StringRef folder,
                                         MLIRContext *context) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    if (path::extension(entry->path()) == ".csv" &&
        !path::filename(entry->path()).starts_with("."))
      files.push_back(entry->path());
  if (error)
    return emitError(UnknownLoc::get(context))
           << "cannot read the folder '" << folder << "': " << error.message();
  llvm::sort(files);
  std::vector<std::string> known = knownNames();
  TableFolder tables;
  for (const std::string &file : files) {
    std::string name = path::stem(file).str();
    if (!llvm::is_contained(known, name))
      return emitError(FileLineColLoc::get(context, file, 1, 1))
             << "no table is named '" << name
             << "'; known: " << listNearest(name, known, known.size());
    FailureOr<std::unique_ptr<TableFile>> table =
        TableFile::read(file, context);
    if (failed(table))
      return failure();
    tables.emplace(name, std::move(*table));
  }
  return tables;
}

FailureOr<ValidationResult>
atleus::validateFolder(StringRef path, MLIRContext *context,
                       llvm::function_ref<void(StringRef)> progress) {
  FailureOr<TableFolder> folder = readFolder(path, context);
  if (failed(folder))
    return failure();
  ValidationResult result;
  for (const ReferenceTable *table : getReferenceTables()) {
    if (!folder->count(table->name.str()))
      continue;
    progress(table->name);
    FailureOr<TableResult> evaluated = evaluateTable(*table, *folder);
    if (failed(evaluated))
      return failure();
    result.tables.push_back(std::move(*evaluated));
  }
  for (const UncomparedTable &table : getUncomparedTables())
    if (folder->count(table.name.str()))
      result.uncompared.push_back(&table);
  if (result.tables.empty())
    return emitError(UnknownLoc::get(context))
           << "the folder '" << path << "' has no table to compare with";
  return result;
}
