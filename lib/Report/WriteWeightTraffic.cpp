// Writes and loads of weights in the report's file and in its table.
#include "WeightTrafficFields.h"

#include "ReportFields.h"

#include "atleus/Support/NumberText.h"

using namespace atleus;
using llvm::json::OStream;

static void writeGroup(llvm::StringRef name, const WeightGroup &group,
                       OStream &json) {
  json.attributeObject(name, [&] {
    json.attribute("weights", group.weights);
    json.attribute("replicas", group.replicas);
    json.attribute("bytes", group.bytes);
    json.attribute("tasks", group.tasks);
    json.attribute("busy_ps", group.busy.count());
  });
}

void atleus::writeWeightTraffic(const WeightTraffic &traffic, OStream &json) {
  json.attributeObject("weight_traffic", [&] {
    writeGroup("resident", traffic.resident, json);
    writeGroup("rewritten", traffic.rewritten, json);
    writeGroup("loaded", traffic.loaded, json);
    json.attribute("exposed_ps", traffic.exposed.count());
    json.attributeArray("wear", [&] {
      for (const WearReport &wear : traffic.wear)
        json.object([&] {
          json.attribute("tier", wear.tier);
          json.attribute("writes_per_inference", wear.writesPerInference);
          json.attribute("endurance_writes", wear.enduranceWrites);
          json.attribute("years", wear.years);
        });
    });
  });
}

/// "36 resident (28,311,552 bytes), 36 loaded (...) in each inference".
static std::string describeGroups(const WeightTraffic &traffic) {
  auto describe = [](const WeightGroup &group, const char *how) {
    std::string text = formatCount(group.weights) + " " + how + " (" +
                       formatBytes(group.bytes);
    if (group.replicas > 0)
      text += "; " + formatCount(group.replicas) +
              (group.replicas == 1 ? " replica" : " replicas") + " beside them";
    return text + ")";
  };
  std::string text = describe(traffic.resident, "resident");
  if (traffic.rewritten.weights > 0)
    text += ", " + describe(traffic.rewritten, "rewritten");
  if (traffic.loaded.weights > 0)
    text += ", " + describe(traffic.loaded, "loaded");
  return text + (traffic.busy() > Picoseconds() ? " in each inference" : "");
}

/// "@reram0 lasts 7.24 hours at that throughput: cells are written 2 times in
/// each inference, ...".
static std::string describeWear(const WearReport &wear) {
  constexpr double secondsPerYear = 365.25 * 24 * 60 * 60;
  return wear.tier + " lasts " + formatTimeSpan(wear.years * secondsPerYear) +
         " at that throughput: cells are written " +
         formatCount(wear.writesPerInference) +
         (wear.writesPerInference == 1 ? " time" : " times") +
         " in each inference, " + formatCount(wear.enduranceWrites) +
         " times in all";
}

void atleus::addWeightTrafficRows(const WeightTraffic &traffic, Table &table) {
  table.addRow({"weights", describeGroups(traffic)});
  if (traffic.busy() > Picoseconds())
    table.addRow({"", "bringing them takes " + formatTime(traffic.busy()) +
                          ", of which the latency has " +
                          formatTime(traffic.exposed)});
  for (const WearReport &wear : traffic.wear)
    table.addRow({"", describeWear(wear)});
}
