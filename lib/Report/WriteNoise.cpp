// The noise of devices in the report's file and in its table.
#include "NoiseFields.h"
#include "ReportFields.h"

#include "atleus/Support/NumberText.h"

using namespace atleus;
using llvm::json::OStream;

void atleus::writeNoise(const Report &report, OStream &json) {
  if (!report.noise)
    return json.attribute("noise", nullptr);
  const NoiseReport &noise = *report.noise;
  json.attributeObject("noise", [&] {
    json.attribute("metric", noise.metric);
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

/// "318.15 K", or "318.15 K to 331.40 K".
static std::string describeTemperatures(const NoiseReport &noise) {
  std::string lowest = formatKelvin(noise.lowestMk);
  std::string highest = formatKelvin(noise.highestMk);
  return lowest == highest ? lowest : lowest + " to " + highest;
}

/// "97.50 % at 5 %, 98.06 % at 25 %, ...".
static std::string describeQuantiles(const NoiseReport &noise) {
  std::string text;
  for (size_t i = 0; i < quantilePercents.size(); ++i)
    text += (i == 0 ? "" : ", ") +
            formatAccuracy(noise.metric, noise.accuracy.quantiles[i]) + " at " +
            std::to_string(quantilePercents[i]) + " %";
  return text;
}

void atleus::addNoiseRows(const Report &report, Table &table) {
  if (report.crossbarsUsed == 0)
    return;
  if (!report.noise)
    return table.addRow({"noise", report.hasInjectedNoise
                                      ? "one draw, as the module states"
                                      : "not applied: ideal devices"});
  const NoiseReport &noise = *report.noise;
  const SampleStatistics &accuracy = noise.accuracy;
  auto format = [&](double value) {
    return formatAccuracy(noise.metric, value);
  };
  table.addRow({"noise", format(accuracy.mean) + " mapped, mean of " +
                             formatCount(accuracy.count) +
                             (accuracy.count > 1 ? " trials" : " trial") +
                             ", deviation " + format(accuracy.deviation)});
  table.addRow({"", format(accuracy.smallest) + " to " +
                        format(accuracy.largest) + "; " +
                        describeQuantiles(noise)});
  table.addRow({"", "arrays at " + describeTemperatures(noise) + ", " +
                        (noise.elapsedS
                             ? formatCount(noise.elapsedS) + " s after writing"
                             : "before anything drifts")});
}
