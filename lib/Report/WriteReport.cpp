// The report as a JSON file and as a table.
#include "atleus/Report/Report.h"

#include "AreaText.h"
#include "AssignmentFields.h"
#include "BufferFields.h"
#include "CacheFields.h"
#include "FidelityFields.h"
#include "InputFields.h"
#include "NetworkFields.h"
#include "NoiseFields.h"
#include "ReportFields.h"
#include "SparsityReport.h"
#include "TemperatureFields.h"
#include "WeightTrafficFields.h"
#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Report/Table.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace atleus;
using llvm::json::OStream;

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static void writeBounds(const Report &report, OStream &json) {
  json.attributeObject("bounds", [&] {
    json.attribute("critical_path_ps", report.criticalPath.count());
    json.attribute("busiest_resource_ps", report.busiestResource.count());
    json.attribute("busiest_resource", report.busiestResourceName);
    json.attribute("bandwidth_ps", report.bandwidth.count());
    json.attribute("lower_bound_ps", report.lowerBound.count());
    json.attribute("ratio", report.boundRatio());
    json.attribute("interval_ratio", report.intervalRatio());
  });
}

static void writeAccuracy(const Report &report, OStream &json) {
  if (!report.accuracy)
    return json.attribute("accuracy", nullptr);
  json.attributeObject("accuracy", [&] {
    json.attribute("metric", report.accuracy->metric);
    json.attribute("dataset", report.accuracy->dataset);
    json.attribute("samples", report.accuracy->samples);
    json.attribute("float", report.accuracy->floatValue);
    json.attribute("mapped", report.accuracy->mappedValue);
  });
}

void atleus::writeCosts(const Report &report, OStream &json) {
  json.attribute("latency_ps", report.latency.count());
  json.attribute("interval_ps", report.interval.count());
  json.attribute("throughput_per_s", report.throughputPerSecond());
  json.attribute("energy_fj", report.energy.count());
  json.attribute("edp_js", report.energyDelayProduct());
  writeBounds(report, json);
  writeAccuracy(report, json);
  json.attributeObject("crossbars", [&] {
    json.attribute("used", report.crossbarsUsed);
    json.attribute("available", report.crossbarsAvailable);
  });
}

static void writeTraffic(const TrafficReport &traffic, OStream &json) {
  json.attribute("byte_links", traffic.byteLinks);
  json.attribute("busiest_link_ps", traffic.busiestLink.count());
}

static void writePlacement(const Report &report, OStream &json) {
  if (!report.placement)
    return json.attribute("placement", nullptr);
  json.attributeObject("placement", [&] {
    json.attribute("method", report.placement->method);
    writeTraffic(report.placement->chosen, json);
    json.attributeObject(
        "row_major", [&] { writeTraffic(report.placement->rowMajor, json); });
  });
}

/// Writes an array of objects; `write` writes the entries of one.
template <typename Part>
static void writeParts(llvm::StringRef name, const std::vector<Part> &parts,
                       OStream &json,
                       llvm::function_ref<void(const Part &)> write) {
  json.attributeArray(name, [&] {
    for (const Part &part : parts)
      json.object([&] { write(part); });
  });
}

static void writeHostFallback(const Report &report, OStream &json) {
  writeParts<HostFallbackReport>("host_fallback", report.hostFallback, json,
                                 [&](const auto &fallback) {
                                   json.attribute("name", fallback.name);
                                   json.attributeArray("ops", [&] {
                                     for (const std::string &op : fallback.ops)
                                       json.value(op);
                                   });
                                   json.attribute("macs", fallback.macs);
                                   json.attribute("bytes", fallback.bytes);
                                 });
}

/// In whole square micrometres; null for what the machine does not state.
static void writeAreas(const TierReport &tier, OStream &json) {
  json.attributeObject("area_um2", [&] {
    for (const AreaReport &area : tier.areas)
      if (area.area)
        json.attribute(area.part, (area.area->count() + 500'000) / 1'000'000);
      else
        json.attribute(area.part, nullptr);
  });
}

static void writeTiers(const Report &report, OStream &json) {
  writeParts<TierReport>("tiers", report.tiers, json, [&](const auto &tier) {
    json.attribute("name", tier.name);
    json.attribute("core", tier.core);
    json.attribute("level", tier.level);
    json.attribute("nodes", tier.nodes);
    json.attribute("kernels", tier.kernels);
    json.attribute("crossbars_used", tier.crossbarsUsed);
    json.attribute("crossbars_available", tier.crossbarsAvailable);
    writeCrossbarUse(tier.crossbars, json);
    json.attribute("busy_ps", tier.busy.count());
    json.attribute("energy_fj", tier.energy.count());
    writeAreas(tier, json);
  });
}

/// Null for a kernel whose weight is not pruned.
static void writeSparsity(const KernelReport &kernel, OStream &json) {
  if (!kernel.sparsity)
    return json.attribute("sparsity", nullptr);
  json.attributeObject("sparsity", [&] {
    json.attribute("zeros", kernel.sparsity->zeros);
    json.attribute("skipped_macs", kernel.sparsity->skippedMacs);
    json.attribute("unused_because", kernel.sparsity->unusedBecause);
  });
}

static void writeKernels(const Report &report, OStream &json) {
  writeParts<KernelReport>(
      "kernels", report.kernels, json, [&](const auto &kernel) {
        json.attribute("name", kernel.name);
        json.attribute("kind", kernel.kind);
        json.attribute("tier", kernel.tier);
        json.attribute("tasks", kernel.tasks);
        json.attribute("tokens_per_task", kernel.tokensPerTask);
        json.attribute("macs", kernel.macs);
        json.attribute("latency_ps", kernel.latency.count());
        json.attribute("busy_ps", kernel.busy.count());
        json.attribute("energy_fj", kernel.energy.count());
        json.attribute("bound", stringify(kernel.bound));
        writeSparsity(kernel, json);
        writeAssignment(kernel.assignment, json);
      });
}

void atleus::writeReportJSON(const Report &report, llvm::raw_ostream &os) {
  OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema_version", 1);
    json.attribute("model", report.model);
    json.attribute("machine", report.machine);
    json.attributeObject("options", [&] {
      for (const auto &[name, value] : report.options)
        json.attribute(name, value);
    });
    writeCosts(report, json);
    json.attribute("interval_energy_fj", report.intervalEnergy().count());
    json.attributeObject("programming", [&] {
      json.attribute("time_ps", report.programmingTime.count());
      json.attribute("energy_fj", report.programmingEnergy.count());
    });
    writePlacement(report, json);
    json.attribute("macs", report.macs);
    json.attributeObject("weights", [&] {
      json.attribute("count", report.weights.count);
      json.attribute("bits", report.weights.bits);
      json.attribute("read", report.weights.areRead);
    });
    writeWeightTraffic(report.weightTraffic, json);
    writeAssignment(report.assignment, json);
    writeHostFallback(report, json);
    json.attributeObject("energy_breakdown_fj", [&] {
      for (unsigned i = 0; i < numEnergyComponents; ++i) {
        auto component = static_cast<EnergyComponent>(i);
        json.attribute(stringify(component),
                       report.energyBreakdown[component].count());
      }
    });
    writeNoise(report, json);
    writeTemperature(report, json);
    writeNetwork(report.network, json);
    writeBuffers(report, json);
    writeCache(report.cache, json);
    writeFidelity(json);
    writeTiers(report, json);
    writeKernels(report, json);
    writeInputs(report.inputs, json);
  });
  os << '\n';
}

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

static std::string percent(double part, double whole) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << llvm::format("%.2f %%", whole == 0 ? 0 : 100 * part / whole);
  return text;
}

std::string atleus::formatAccuracy(llvm::StringRef metric, double value) {
  auto known = parseAccuracyMetric(metric);
  if (!known || !isLowerBetter(*known))
    return percent(value, 1);
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.4f", value);
  return text;
}

std::string atleus::formatTime(Picoseconds time) {
  return formatQuantity(time.count() * 1e-12, "s");
}

std::string atleus::formatEnergy(Femtojoules energy) {
  return formatQuantity(energy.count() * 1e-15, "J");
}

std::string atleus::formatThroughput(const Report &report) {
  double rate = report.throughputPerSecond();
  if (rate >= 100)
    return formatCount(std::llround(rate));
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.2f", rate);
  return text;
}

/// "2 kernels, 0 MACs (0.00 %), 24,576 bytes (0.10 %)", or "none".
static std::string describeFallback(const Report &report) {
  if (report.hostFallback.empty())
    return "none";
  int64_t macs = 0, bytes = 0;
  for (const HostFallbackReport &fallback : report.hostFallback) {
    macs += fallback.macs;
    bytes += fallback.bytes;
  }
  std::string text = std::to_string(report.hostFallback.size());
  text += report.hostFallback.size() == 1 ? " kernel, " : " kernels, ";
  text += formatCount(macs) + " MACs (" + percent(macs, report.macs) + "), ";
  text += formatCount(bytes) + " bytes (" + percent(bytes, report.bytes) + ")";
  return text;
}

static std::string describeAccuracy(const Report &report) {
  if (!report.accuracy)
    return report.weights.areRead ? "not measured: no dataset"
                                  : "not measured: no weights";
  const AccuracyReport &accuracy = *report.accuracy;
  auto metric = parseAccuracyMetric(accuracy.metric);
  return formatAccuracy(accuracy.metric, accuracy.floatValue) + " float, " +
         formatAccuracy(accuracy.metric, accuracy.mappedValue) + " mapped (" +
         accuracy.metric + ", " + formatCount(accuracy.samples) + " samples" +
         (metric && isLowerBetter(*metric) ? "; less is better)" : ")");
}

/// The components that take energy, largest first.
static std::string describeEnergy(const Report &report) {
  std::vector<EnergyComponent> components;
  components.reserve(numEnergyComponents);
  for (unsigned i = 0; i < numEnergyComponents; ++i)
    components.push_back(static_cast<EnergyComponent>(i));
  llvm::sort(components, [&](EnergyComponent a, EnergyComponent b) {
    Femtojoules left = report.energyBreakdown[a];
    Femtojoules right = report.energyBreakdown[b];
    return left != right ? left > right : a < b;
  });
  std::string text;
  for (EnergyComponent component : llvm::ArrayRef(components).take_front(4)) {
    Femtojoules energy = report.energyBreakdown[component];
    if (energy.count() == 0)
      break;
    text += (text.empty() ? "" : ", ") + stringify(component).str() + " " +
            percent(energy.count(), report.energy.count());
  }
  return text.empty() ? "none" : text;
}

/// How full the crossbars are and what writing them takes, if there are any.
static void addCrossbars(const Report &report, Table &table) {
  if (report.crossbarsAvailable == 0)
    return table.addRow({"crossbars", "none: weights come from memory"});
  table.addRow({"crossbars",
                formatCount(report.crossbarsUsed) + " of " +
                    formatCount(report.crossbarsAvailable) + " (" +
                    percent(report.crossbarsUsed, report.crossbarsAvailable) +
                    ")"});
  for (const std::string &line : describeCrossbarUse(report))
    table.addRow({"", line});
  table.addRow({"programming", formatTime(report.programmingTime) + ", " +
                                   formatEnergy(report.programmingEnergy) +
                                   ", once"});
}

/// How many tasks there are, and of how many tokens where a kernel is cut.
static std::string describeGranularity(const Report &report) {
  int64_t tasks = 0, least = 0, most = 0;
  for (const KernelReport &kernel : report.kernels) {
    tasks += kernel.tasks;
    if (kernel.tasks <= 1)
      continue;
    least = least == 0 ? kernel.tokensPerTask
                       : std::min(least, kernel.tokensPerTask);
    most = std::max(most, kernel.tokensPerTask);
  }
  std::string text = formatCount(tasks) + (tasks == 1 ? " task" : " tasks");
  if (most == 0)
    return text + ", one of each kernel";
  text += ", of " + formatCount(least);
  if (most > least)
    text += " to " + formatCount(most);
  return text + (most == 1 ? " token" : " tokens");
}

static std::string describeLowerBound(const Report &report) {
  if (report.latency == report.lowerBound)
    return "no schedule of these tasks is shorter";
  std::string ratio;
  llvm::raw_string_ostream(ratio) << llvm::format(
      "%.2f", double(report.latency.count()) / report.lowerBound.count());
  return "no schedule of these tasks is shorter than " +
         formatTime(report.lowerBound) + ", latency is " + ratio +
         " times that";
}

void atleus::printReportTable(const Report &report, llvm::raw_ostream &os) {
  std::string ratio, intervalRatio;
  llvm::raw_string_ostream(ratio) << llvm::format("%.2f", report.boundRatio());
  llvm::raw_string_ostream(intervalRatio)
      << llvm::format("%.2f", report.intervalRatio());
  Table table({"", report.model + " on " + report.machine});
  table.addRow({"latency", formatTime(report.latency)});
  table.addRow({"throughput", formatThroughput(report) + " inferences/s"});
  table.addRow({"energy", formatEnergy(report.energy) + " per inference, " +
                              formatEnergy(report.intervalEnergy()) +
                              " at that throughput"});
  table.addRow({"", describeEnergy(report)});
  table.addRow({"EDP", formatQuantity(report.energyDelayProduct(), "J s")});
  addCrossbars(report, table);
  table.addRow({"granularity", describeGranularity(report)});
  addWeightTrafficRows(report.weightTraffic, table);
  if (report.placement)
    table.addRow({"placement", describePlacement(*report.placement)});
  addAssignmentRows(report, table);
  for (const TierReport &tier : report.tiers)
    table.addRow({&tier == &report.tiers.front() ? "area" : "",
                  tier.name + " " + formatTotalArea(tier.areas)});
  table.addRow({"host fallback", describeFallback(report)});
  if (!report.weights.areRead)
    table.addRow({"weights", "none read: their scales are 1"});
  table.addRow({"accuracy", describeAccuracy(report)});
  addNoiseRows(report, table);
  addSparsityRows(report, table);
  addTemperatureRows(report, table);
  addNetworkRows(report.network, table);
  addBufferRows(report, table);
  addCacheRows(report, table);
  table.addRow({"bounds", "critical path " + formatTime(report.criticalPath)});
  table.addRow({"", "busiest resource " + formatTime(report.busiestResource) +
                        ", " + report.busiestResourceName});
  table.addRow({"", "bandwidth " + formatTime(report.bandwidth)});
  table.addRow({"", "latency is " + ratio + " times the largest"});
  if (report.lowerBound > Picoseconds())
    table.addRow({"", describeLowerBound(report)});
  table.addRow({"", "an inference every " + formatTime(report.interval) + ", " +
                        intervalRatio + " times the busiest resource"});
  for (auto [index, line] : llvm::enumerate(describeInputs(report.inputs)))
    table.addRow({index == 0 ? "unverified" : "", line});
  table.addRow({"fidelity", describeFidelity()});
  table.print(os);
}
