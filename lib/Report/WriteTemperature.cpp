// Temperatures in the report's file and in its table.
#include "TemperatureFields.h"

#include "atleus/Support/NumberText.h"

#include "llvm/Support/raw_ostream.h"

using namespace atleus;
using llvm::json::OStream;

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static void writeNode(llvm::StringRef name, const std::array<int64_t, 3> &node,
                      OStream &json) {
  json.attributeArray(name, [&] {
    for (int64_t coordinate : node)
      json.value(coordinate);
  });
}

static void writeOperation(const OperationTemperature &entry, OStream &json) {
  json.attribute("period_ps", entry.period.count());
  json.attribute("power_w", entry.power);
  json.attribute("peak_mk", entry.peak);
  writeNode("peak_node", entry.peakNode, json);
  json.attribute("peak_tier", entry.peakTier);
  json.attributeArray("tiers", [&] {
    for (const TierTemperature &tier : entry.tiers)
      json.object([&] {
        json.attribute("name", tier.name);
        json.attribute("mean_mk", tier.mean);
        json.attribute("warmest_node_mk", tier.warmest);
      });
  });
  json.attributeArray("nodes", [&] {
    for (const NodeTemperature &node : entry.nodes)
      json.object([&] {
        writeNode("node", node.node, json);
        json.attribute("mean_mk", node.mean);
      });
  });
}

void atleus::writeTemperature(const Report &report, OStream &json) {
  if (!report.temperature)
    return json.attribute("temperature", nullptr);
  const TemperatureReport &temperature = *report.temperature;
  json.attributeObject("temperature", [&] {
    json.attribute("ambient_mk", temperature.ambient);
    json.attribute("limit_mk", temperature.limit);
    json.attribute("limit_holds", temperature.limitHolds());
    json.attributeArray("operation", [&] {
      for (const OperationTemperature &entry : temperature.operation)
        json.object([&] { writeOperation(entry, json); });
    });
  });
}

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

/// "341.32 K at node (0, 1, 0) of sa0, 12.3 W, an inference every 16.2 us".
static std::string describe(const OperationTemperature &entry) {
  std::string text = formatKelvin(entry.peak) + " at node ";
  llvm::raw_string_ostream os(text);
  os << '(' << entry.peakNode[0] << ", " << entry.peakNode[1] << ", "
     << entry.peakNode[2] << ')';
  if (!entry.peakTier.empty())
    os << " of " << entry.peakTier;
  os << ", " << formatQuantity(entry.power, "W") << ", an inference every "
     << formatQuantity(entry.period.count() * 1e-12, "s");
  return text;
}

void atleus::addTemperatureRows(const Report &report, Table &table) {
  if (!report.temperature)
    return table.addRow({"temperature", report.hasPackage
                                            ? "not estimated"
                                            : "not estimated: no package"});
  const TemperatureReport &temperature = *report.temperature;
  const char *heading = "temperature";
  for (const OperationTemperature &entry : temperature.operation) {
    table.addRow({heading, describe(entry)});
    heading = "";
  }
  table.addRow(
      {"", "limit of " + formatKelvin(temperature.limit) +
               (temperature.limitHolds() ? " holds" : " is exceeded")});
}
