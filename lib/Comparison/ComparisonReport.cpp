// Writes a comparison as a diagnostic, a table and JSON.
#include "atleus/Comparison/ComparisonReport.h"

#include "atleus/Report/Table.h"
#include "dialects/NN/NN.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

static std::string format(const char *pattern, double number) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(pattern, number);
  return text;
}

static std::string formatError(double error) { return format("%.2e", error); }
/// As many digits as tell two floats apart.
static std::string formatNumber(double number) {
  return format("%.9g", number);
}

//===----------------------------------------------------------------------===//
// Diagnostics
//===----------------------------------------------------------------------===//

static void noteValues(Diagnostic &note, const Difference &difference) {
  note << "at " << formatIndex(difference.index) << ": found "
       << formatNumber(difference.found) << ", expected "
       << formatNumber(difference.expected)
       << "; the largest magnitude expected is "
       << formatNumber(difference.largest);
}

static void noteNodes(InFlightDiagnostic &diagnostic, Location location,
                      ArrayRef<std::string> nodes) {
  // The last nodes are those that a reader looks for.
  constexpr size_t mostNodes = 12;
  if (nodes.empty())
    return;
  Diagnostic &note = diagnostic.attachNote(location);
  note << "computed by " << nodes.size()
       << (nodes.size() == 1 ? " node: " : " nodes: ");
  if (nodes.size() > mostNodes)
    note << nodes.size() - mostNodes << " others, ";
  llvm::interleaveComma(nodes.take_back(mostNodes), note);
}

static void noteInputs(InFlightDiagnostic &diagnostic,
                       const Comparison &comparison,
                       const ComparedValue &value) {
  for (const ComparedValue *input : comparison.findInputs(value))
    diagnostic.attachNote(input->pair.found.value.getLoc())
        << "its input from " << input->pair.found.describe() << " has error "
        << formatError(input->difference.error);
}

LogicalResult atleus::reportFirstDifference(const Comparison &comparison,
                                            NodesOf nodesOf) {
  const ComparedValue *first = comparison.findFirst();
  if (!first)
    return success();
  Location location = first->pair.found.value.getLoc();
  InFlightDiagnostic diagnostic = emitError(location);
  diagnostic << first->pair.found.describe() << " is the first that differs "
             << "from " << comparison.reference << ": error "
             << formatError(first->difference.error) << ", tolerance "
             << formatError(comparison.options.tolerance);
  noteValues(diagnostic.attachNote(location), first->difference);
  noteNodes(diagnostic, location, nodesOf(*first));
  noteInputs(diagnostic, comparison, *first);
  if (first->own)
    diagnostic.attachNote(location) << "given expected inputs, its error is "
                                    << formatError(first->own->error);
  return diagnostic;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

void atleus::printAgreement(const Comparison &comparison,
                            llvm::raw_ostream &os) {
  const ComparedValue &worst = comparison.findWorst();
  size_t count = comparison.values.size();
  os << count << (count == 1 ? " value agrees" : " values agree") << " with "
     << comparison.reference << " within "
     << formatError(comparison.options.tolerance) << "; largest error "
     << formatError(worst.difference.error) << ", "
     << worst.pair.found.describe() << " at "
     << formatIndex(worst.difference.index) << ": found "
     << formatNumber(worst.difference.found) << ", expected "
     << formatNumber(worst.difference.expected) << '\n';
  if (comparison.unmatched > 0)
    os << comparison.unmatched
       << (comparison.unmatched == 1 ? " kernel has" : " kernels have")
       << " no counterpart to compare with\n";
}

static std::string nameOf(const NamedValue &value) {
  if (!value.kernel.empty())
    return value.kernel;
  return getOutputName(value.getFunction(), *value.output);
}

static std::string kindOf(const NamedValue &value) {
  return value.kernel.empty()
             ? "output"
             : value.value.getDefiningOp()->getName().getStringRef().str();
}

void atleus::printTable(const Comparison &comparison, llvm::raw_ostream &os) {
  std::vector<const ComparedValue *> sorted;
  sorted.reserve(comparison.values.size());
  for (const ComparedValue &value : comparison.values)
    sorted.push_back(&value);
  llvm::sort(sorted, [](const ComparedValue *a, const ComparedValue *b) {
    double first = a->difference.error, second = b->difference.error;
    return first != second ? first > second : a < b;
  });
  std::vector<std::string> headings = {"value", "kind", "error"};
  if (comparison.options.ownErrors)
    headings.emplace_back("own error");
  headings.insert(headings.end(), {"at", "found", "expected"});
  Table table(headings);
  for (const ComparedValue *value : sorted) {
    const Difference &difference = value->difference;
    std::vector<std::string> row = {nameOf(value->pair.found),
                                    kindOf(value->pair.found),
                                    formatError(difference.error)};
    if (comparison.options.ownErrors)
      row.push_back(value->own ? formatError(value->own->error) : "-");
    row.push_back(formatIndex(difference.index));
    row.push_back(formatNumber(difference.found));
    row.push_back(formatNumber(difference.expected));
    table.addRow(std::move(row));
  }
  table.print(os);
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static llvm::json::Value numberOrNull(double number) {
  return std::isfinite(number) ? llvm::json::Value(number)
                               : llvm::json::Value(nullptr);
}

static void writeValue(const ComparedValue &value, bool ownErrors,
                       ArrayRef<std::string> nodes, llvm::json::OStream &json) {
  json.attribute("name", nameOf(value.pair.found));
  json.attribute("kind", kindOf(value.pair.found));
  json.attribute("error", numberOrNull(value.difference.error));
  if (ownErrors)
    json.attribute("own_error", value.own ? numberOrNull(value.own->error)
                                          : llvm::json::Value(nullptr));
  json.attributeArray("index", [&] {
    for (int64_t position : value.difference.index)
      json.value(position);
  });
  json.attribute("found", numberOrNull(value.difference.found));
  json.attribute("expected", numberOrNull(value.difference.expected));
  json.attribute("largest", numberOrNull(value.difference.largest));
  json.attributeArray("nodes", [&] {
    for (const std::string &node : nodes)
      json.value(node);
  });
}

void atleus::writeComparisonJSON(const Comparison &comparison, NodesOf nodesOf,
                                 llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  const ComparedValue *first = comparison.findFirst();
  json.object([&] {
    json.attribute("reference", comparison.reference);
    json.attribute("tolerance", comparison.options.tolerance);
    json.attribute("agrees", first == nullptr);
    json.attribute("first",
                   first ? llvm::json::Value(first - comparison.values.data())
                         : llvm::json::Value(nullptr));
    json.attribute("unmatched", comparison.unmatched);
    json.attributeArray("values", [&] {
      for (const ComparedValue &value : comparison.values)
        json.object([&] {
          writeValue(value, comparison.options.ownErrors, nodesOf(value), json);
        });
    });
  });
  os << '\n';
}
