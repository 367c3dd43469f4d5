// The report of a sweep as a JSON file and as a table.
#include "atleus/Report/SweepReport.h"

#include "ReportFields.h"
#include "atleus/Report/Table.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
using llvm::json::OStream;

size_t SweepReport::countFailed() const {
  return llvm::count_if(
      points, [](const SweepPointReport &point) { return !point.report; });
}

static void
writeSizes(llvm::StringRef attribute,
           llvm::ArrayRef<std::pair<std::string, std::string>> sizes,
           OStream &json) {
  json.attributeObject(attribute, [&] {
    for (const auto &[name, value] : sizes)
      json.attribute(name, value);
  });
}

static void writePoint(const SweepPointReport &point, OStream &json) {
  json.object([&] {
    json.attribute("name", point.name);
    writeSizes("dimensions", point.dimensions, json);
    writeSizes("shapes", point.shapes, json);
    json.attribute("status", point.report ? "compiled" : "failed");
    if (!point.report)
      return json.attribute("error", point.error);
    json.attribute("folder", point.folder);
    writeCosts(*point.report, json);
    json.attribute("macs", point.report->macs);
  });
}

void atleus::writeSweepJSON(const SweepReport &sweep, llvm::raw_ostream &os) {
  OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema_version", 1);
    json.attribute("model", sweep.model);
    json.attribute("machine", sweep.machine);
    json.attributeArray("points", [&] {
      for (const SweepPointReport &point : sweep.points)
        writePoint(point, json);
    });
  });
  os << '\n';
}

/// The cells of a point's row.
static std::vector<std::string> makeRow(const SweepPointReport &point) {
  if (!point.report)
    return {point.name, "failed", "", "", "", ""};
  const Report &report = *point.report;
  std::string ratio;
  llvm::raw_string_ostream(ratio) << llvm::format("%.2f", report.boundRatio());
  return {point.name,
          formatTime(report.latency),
          formatEnergy(report.energy),
          formatQuantity(report.energyDelayProduct(), "J s"),
          formatThroughput(report) + "/s",
          ratio};
}

void atleus::printSweepTable(const SweepReport &sweep, llvm::raw_ostream &os) {
  os << sweep.model << " on " << sweep.machine << "\n\n";
  Table table({"point", "latency", "energy", "EDP", "inferences", "of bound"});
  for (const SweepPointReport &point : sweep.points)
    table.addRow(makeRow(point));
  table.print(os);
  for (const SweepPointReport &point : sweep.points)
    if (!point.report)
      os << '\n' << point.name << " failed: " << point.error;
  if (sweep.countFailed())
    os << '\n';
}
