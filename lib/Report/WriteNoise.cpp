// The noise of devices in the report's file and in its table.
#include "NoiseFields.h"

#include "atleus/Support/NumberText.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
using llvm::json::OStream;

void atleus::writeNoise(const Report &report, OStream &json) {
  if (!report.noise)
    return json.attribute("noise", nullptr);
  const NoiseReport &noise = *report.noise;
  json.attributeObject("noise", [&] {
    json.attribute("trials", noise.accuracy.count);
    json.attribute("seed", noise.seed);
    json.attribute("elapsed_s", noise.elapsedS);
    json.attribute("lowest_mk", noise.lowestMk);
    json.attribute("highest_mk", noise.highestMk);
    json.attribute("mean", noise.accuracy.mean);
    json.attribute("deviation", noise.accuracy.deviation);
    json.attribute("smallest", noise.accuracy.smallest);
    json.attribute("largest", noise.accuracy.largest);
    json.attributeArray("quantiles", [&] {
      for (size_t i = 0; i < quantilePercents.size(); ++i)
        json.object([&] {
          json.attribute("percent", quantilePercents[i]);
          json.attribute("value", noise.accuracy.quantiles[i]);
        });
    });
  });
}

static std::string percent(double share) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.2f %%", 100 * share);
  return text;
}

/// "318.15 K", or "318.15 K to 331.40 K".
static std::string describeTemperatures(const NoiseReport &noise) {
  std::string lowest = formatKelvin(noise.lowestMk);
  std::string highest = formatKelvin(noise.highestMk);
  return lowest == highest ? lowest : lowest + " to " + highest;
}

static std::string describeQuantiles(const SampleStatistics &statistics) {
  std::string text;
  for (size_t i = 0; i < quantilePercents.size(); ++i)
    text += (i == 0 ? "" : ", ") + percent(statistics.quantiles[i]) + " at " +
            std::to_string(quantilePercents[i]) + " %";
  return text;
}

void atleus::addNoiseRows(const Report &report, Table &table) {
  if (report.crossbarsUsed == 0)
    return;
  if (!report.noise)
    return table.addRow({"noise", "not applied: ideal devices"});
  const NoiseReport &noise = *report.noise;
  const SampleStatistics &accuracy = noise.accuracy;
  bool several = accuracy.count > 1;
  table.addRow({"noise", percent(accuracy.mean) + " mapped, mean of " +
                             formatCount(accuracy.count) +
                             (several ? " trials" : " trial") + ", deviation " +
                             percent(accuracy.deviation)});
  table.addRow({"", percent(accuracy.smallest) + " to " +
                        percent(accuracy.largest) + "; " +
                        describeQuantiles(accuracy)});
  table.addRow({"", "arrays at " + describeTemperatures(noise) + ", " +
                        (noise.elapsedS
                             ? formatCount(noise.elapsedS) + " s after writing"
                             : "before anything drifts")});
}
