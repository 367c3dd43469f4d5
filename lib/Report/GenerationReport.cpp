// The report of a generation as a JSON file and as a table.
#include "atleus/Report/GenerationReport.h"

#include "CacheFields.h"
#include "ReportFields.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace atleus;
using llvm::json::OStream;

size_t GenerationReport::countFailed() const {
  return llvm::count_if(
             steps, [](const GenerationPoint &step) { return !step.report; }) +
         (prefill && !prefill->report);
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

/// Writes the members that all points have, then those of one that is compiled.
static void writePoint(const GenerationPoint &point, OStream &json,
                       llvm::function_ref<void(const Report &)> write) {
  json.attribute("status", point.report ? "compiled" : "failed");
  if (!point.report)
    return json.attribute("error", point.error);
  json.attribute("folder", point.folder);
  write(*point.report);
}

static void writePrefill(const GenerationPoint &prefill, OStream &json) {
  json.attribute("prompt_tokens", prefill.tokens);
  writePoint(prefill, json, [&](const Report &report) {
    json.attribute("time_to_first_token_ps", report.latency.count());
    json.attribute("energy_fj", report.energy.count());
  });
}

static double tokensPerSecond(const Report &report) {
  return report.latency.count() == 0 ? 0 : 1e12 / report.latency.count();
}

static void writeStep(const GenerationPoint &step, OStream &json) {
  json.attribute("context_tokens", step.context);
  writePoint(step, json, [&](const Report &report) {
    json.attribute("time_per_token_ps", report.latency.count());
    json.attribute("tokens_per_s", tokensPerSecond(report));
    json.attribute("energy_per_token_fj", report.energy.count());
    writeCache(report.cache, json);
  });
}

void atleus::writeGenerationJSON(const GenerationReport &generation,
                                 llvm::raw_ostream &os) {
  OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema_version", 1);
    json.attribute("model", generation.model);
    json.attribute("machine", generation.machine);
    json.attribute("tokens_dimension", generation.tokensDimension);
    json.attribute("context_dimension", generation.contextDimension);
    json.attribute("missing", generation.missing);
    if (generation.prefill)
      json.attributeObject("prefill",
                           [&] { writePrefill(*generation.prefill, json); });
    else
      json.attribute("prefill", nullptr);
    json.attributeArray("steps", [&] {
      for (const GenerationPoint &step : generation.steps)
        json.object([&] { writeStep(step, json); });
    });
  });
  os << '\n';
}

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

static std::vector<std::string> makeRow(const GenerationPoint &step) {
  std::string context = formatCount(step.context);
  if (!step.report)
    return {context, "failed", "", "", "", "", "", ""};
  const Report &report = *step.report;
  std::vector<std::string> row = {
      context, formatTime(report.latency),
      formatCount(std::llround(tokensPerSecond(report))),
      formatEnergy(report.energy)};
  if (!report.cache) {
    row.resize(8);
    return row;
  }
  const CacheReport &cache = *report.cache;
  std::string share;
  llvm::raw_string_ostream(share)
      << llvm::format("%.1f %%", 100 * cache.shareOfTime());
  row.push_back(formatQuantity(cache.bytesBefore(), "B"));
  row.push_back(formatQuantity(cache.bytesRead, "B"));
  row.push_back(formatQuantity(cache.bytesWritten, "B"));
  row.push_back(share);
  return row;
}

static void printPrefill(const GenerationPoint &prefill,
                         llvm::raw_ostream &os) {
  os << "\nprompt of " << formatCount(prefill.tokens)
     << (prefill.tokens == 1 ? " token: " : " tokens: ");
  if (prefill.report)
    os << "time to first token " << formatTime(prefill.report->latency) << ", "
       << formatEnergy(prefill.report->energy) << '\n';
  else
    os << "failed: " << prefill.error << '\n';
}

/// What is the same at every context.
static void printCache(const GenerationReport &generation,
                       llvm::raw_ostream &os) {
  for (const GenerationPoint &step : generation.steps) {
    if (!step.report || !step.report->cache)
      continue;
    const CacheReport &cache = *step.report->cache;
    os << "\nThe cache takes " << formatCount(cache.bytesPerToken)
       << " bytes for each token, in " << formatCount(cache.tensors)
       << " tensors";
    if (!cache.place.empty())
      os << ", and lies in " << cache.place << " at node (" << cache.node[0]
         << ", " << cache.node[1] << ", " << cache.node[2] << ") between steps";
    os << (cache.inPlace ? "; new tokens are appended in place.\n"
                         : "; each step writes it anew.\n");
    return;
  }
}

void atleus::printGenerationTable(const GenerationReport &generation,
                                  llvm::raw_ostream &os) {
  os << generation.model << " on " << generation.machine << '\n';
  if (generation.prefill)
    printPrefill(*generation.prefill, os);
  if (!generation.steps.empty()) {
    os << '\n';
    Table table({"context", "time per token", "tokens/s", "energy per token",
                 "cache", "read", "written", "of memory time"});
    for (const GenerationPoint &step : generation.steps)
      table.addRow(makeRow(step));
    table.print(os);
    printCache(generation, os);
  }
  for (const GenerationPoint &step : generation.steps)
    if (!step.report)
      os << "\ncontext " << formatCount(step.context)
         << " failed: " << step.error << '\n';
  if (!generation.missing.empty())
    os << '\n' << generation.missing << '\n';
}
