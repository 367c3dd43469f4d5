// Buffers in the report's file and in its table.
#include "BufferFields.h"

#include "ReportFields.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
using llvm::json::OStream;

static bool allHold(const Report &report) {
  return llvm::all_of(report.buffers, [](const OperationBuffers &operation) {
    return llvm::all_of(operation.tiers,
                        [](const TierBuffers &tier) { return tier.holds(); });
  });
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static void writeTier(const TierBuffers &tier, OStream &json) {
  json.attribute("name", tier.tier);
  json.attribute("capacity_bytes", tier.capacityBytes);
  json.attribute("peak_bytes", tier.peakBytes);
  json.attributeArray("peak_node", [&] {
    for (int64_t coordinate : tier.peakNode)
      json.value(coordinate);
  });
  json.attribute("peak_ps", tier.peakTime.count());
  json.attribute("holds", tier.holds());
}

void atleus::writeBuffers(const Report &report, OStream &json) {
  json.attributeObject("buffers", [&] {
    json.attribute("hold", allHold(report));
    json.attributeArray("operation", [&] {
      for (const OperationBuffers &operation : report.buffers)
        json.object([&] {
          json.attribute("period_ps", operation.period.count());
          json.attributeArray("tiers", [&] {
            for (const TierBuffers &tier : operation.tiers)
              json.object([&] { writeTier(tier, json); });
          });
        });
    });
  });
}

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

/// "at most 37.50 % full in sa0, 3.10 % in reram0, an inference every 191 us".
static std::string describe(const OperationBuffers &operation) {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (const TierBuffers &tier : operation.tiers) {
    bool first = &tier == &operation.tiers.front();
    os << (first ? "at most " : "")
       << llvm::format("%.2f %%", 100.0 * tier.peakBytes / tier.capacityBytes)
       << (first ? " full in " : " in ") << tier.tier << ", ";
  }
  os << "an inference every " << formatTime(operation.period);
  return text;
}

void atleus::addBufferRows(const Report &report, Table &table) {
  if (report.buffers.empty() || report.buffers.front().tiers.empty())
    return table.addRow({"buffers", "not checked: no core states a capacity"});
  const char *heading = "buffers";
  for (const OperationBuffers &operation : report.buffers) {
    table.addRow({heading, describe(operation)});
    heading = "";
  }
  table.addRow({"", allHold(report)
                        ? "hold what is kept in them"
                        : "are too small for what is kept in them"});
}
