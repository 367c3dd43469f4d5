// The comparison of schemes of compression as a JSON file and as a table.
#include "atleus/Report/CompressionReport.h"

#include "ReportFields.h"
#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Report/Table.h"
#include "atleus/Support/ParetoFront.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
using llvm::json::OStream;

size_t CompressionReport::countFailed() const {
  return llvm::count_if(
      schemes, [](const SchemeReport &scheme) { return !scheme.report; });
}

//===----------------------------------------------------------------------===//
// The front
//===----------------------------------------------------------------------===//

/// What is to be small. All schemes of a comparison have the same dataset or
/// none.
static Costs findCosts(const Report &report) {
  Costs costs = {static_cast<double>(report.crossbarsUsed),
                 static_cast<double>(report.latency.count()),
                 static_cast<double>(report.energy.count())};
  if (!report.accuracy)
    return costs;
  double value = report.accuracy->mappedValue;
  auto metric = parseAccuracyMetric(report.accuracy->metric);
  costs.push_back(metric && isLowerBetter(*metric) ? value : -value);
  return costs;
}

void CompressionReport::markFront() {
  std::vector<SchemeReport *> compiled;
  std::vector<Costs> costs;
  for (SchemeReport &scheme : schemes) {
    scheme.isOnFront = false;
    if (!scheme.report)
      continue;
    compiled.push_back(&scheme);
    costs.push_back(findCosts(*scheme.report));
  }
  for (auto [scheme, isOnFront] :
       llvm::zip_equal(compiled, findParetoFront(costs)))
    scheme->isOnFront = isOnFront;
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

/// The numbers of a scheme, in the order of the schema. All are null if it
/// could not be compiled.
static void writeNumbers(const std::optional<Report> &report, OStream &json) {
  auto write = [&](llvm::StringRef name, auto read) {
    if (report)
      json.attribute(name, read(*report));
    else
      json.attribute(name, nullptr);
  };
  using Value = llvm::json::Value;
  auto writeAccuracy = [&](llvm::StringRef name, auto read) {
    write(name, [&](const Report &found) -> Value {
      return found.accuracy ? Value(read(*found.accuracy)) : Value(nullptr);
    });
  };
  writeAccuracy("metric",
                [](const AccuracyReport &found) { return found.metric; });
  writeAccuracy("samples",
                [](const AccuracyReport &found) { return found.samples; });
  writeAccuracy("float_accuracy",
                [](const AccuracyReport &found) { return found.floatValue; });
  writeAccuracy("accuracy",
                [](const AccuracyReport &found) { return found.mappedValue; });
  write("crossbars", [](const Report &found) { return found.crossbarsUsed; });
  write("weights", [](const Report &found) { return found.weights.count; });
  write("weight_bits", [](const Report &found) { return found.weights.bits; });
  write("latency_ps",
        [](const Report &found) { return found.latency.count(); });
  write("energy_fj", [](const Report &found) { return found.energy.count(); });
}

void atleus::writeCompressionJSON(const CompressionReport &comparison,
                                  llvm::raw_ostream &os) {
  OStream json(os, /*IndentSize=*/2);
  json.array([&] {
    for (const SchemeReport &scheme : comparison.schemes)
      json.object([&] {
        json.attribute("scheme", scheme.name);
        json.attribute("description", scheme.description);
        json.attribute("model", comparison.model);
        json.attribute("machine", comparison.machine);
        writeNumbers(scheme.report, json);
        json.attribute("pareto", scheme.isOnFront);
        if (!scheme.report)
          json.attribute("error", scheme.error);
      });
  });
  os << '\n';
}

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

/// The metric that all schemes have, with the value in floats, or nothing.
static const AccuracyReport *findAccuracy(const CompressionReport &comparison) {
  for (const SchemeReport &scheme : comparison.schemes)
    if (scheme.report && scheme.report->accuracy)
      return &*scheme.report->accuracy;
  return nullptr;
}

/// Bits that one weight takes on average, zeros that are not stored among them.
static std::string formatBits(const WeightReport &weights) {
  std::string text;
  if (weights.count)
    llvm::raw_string_ostream(text)
        << llvm::format("%.2f", static_cast<double>(weights.bits) /
                                    static_cast<double>(weights.count));
  return text;
}

static std::vector<std::string> makeRow(const SchemeReport &scheme) {
  if (!scheme.report)
    return {scheme.name, "failed", "", "", "", "", ""};
  const Report &report = *scheme.report;
  return {scheme.name,
          report.accuracy ? formatAccuracy(report.accuracy->metric,
                                           report.accuracy->mappedValue)
                          : "-",
          formatCount(report.crossbarsUsed),
          formatBits(report.weights),
          formatTime(report.latency),
          formatEnergy(report.energy),
          scheme.isOnFront ? "*" : ""};
}

/// What the columns and the front mean.
static void explain(const AccuracyReport *accuracy, llvm::raw_ostream &os) {
  if (!accuracy)
    os << "accuracy was not measured: no dataset\n";
  else
    os << accuracy->metric << " of " << formatCount(accuracy->samples)
       << " samples of " << accuracy->dataset << ", in floats "
       << formatAccuracy(accuracy->metric, accuracy->floatValue) << "; "
       << (accuracy->metric == stringify(AccuracyMetric::Perplexity) ? "less"
                                                                     : "more")
       << " is better\n";
  os << "bits: of a weight on average, with scales and the places of zeros\n"
     << "* Pareto front: no other scheme is as good in "
     << (accuracy ? "accuracy, " : "")
     << "crossbars, latency and energy and better in one of them\n";
}

void atleus::printCompressionTable(const CompressionReport &comparison,
                                   llvm::raw_ostream &os) {
  const AccuracyReport *accuracy = findAccuracy(comparison);
  os << comparison.model << " on " << comparison.machine << "\n\n";
  Table table({"scheme", accuracy ? accuracy->metric : "accuracy", "crossbars",
               "bits", "latency", "energy", ""});
  for (const SchemeReport &scheme : comparison.schemes)
    table.addRow(makeRow(scheme));
  table.print(os);
  os << '\n';
  explain(accuracy, os);
  for (const SchemeReport &scheme : comparison.schemes)
    if (!scheme.report)
      os << scheme.name << " failed: " << scheme.error << '\n';
}
