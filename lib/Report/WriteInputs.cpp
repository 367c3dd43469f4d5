// Writes what a report says of unverified numbers.
#include "InputFields.h"

#include "atleus/Report/Table.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace atleus;
using llvm::ArrayRef;
using llvm::json::OStream;

/// Four digits behind the point are more than the models know.
static double shorten(double percent) {
  return std::round(percent * 1e4) / 1e4;
}

static void writeEffect(llvm::StringRef name,
                        const std::optional<InputEffect> &effect,
                        OStream &json) {
  if (!effect)
    return json.attribute(name, nullptr);
  json.attributeObject(name, [&] {
    json.attribute("value", effect->value);
    json.attribute("latency_percent", shorten(effect->latencyPercent));
    json.attribute("energy_percent", shorten(effect->energyPercent));
  });
}

void atleus::writeInputs(ArrayRef<InputReport> inputs, OStream &json) {
  json.attributeArray("inputs", [&] {
    for (const InputReport &input : inputs)
      json.object([&] {
        json.attribute("part", input.part);
        json.attribute("number", input.number);
        json.attribute("value", input.value);
        json.attribute("unit", input.unit);
        json.attribute("provenance", input.provenance);
        json.attribute("source", input.source);
        writeEffect("minus_20_percent", input.low, json);
        writeEffect("plus_20_percent", input.high, json);
      });
  });
}

/// "-3.1 % to +3.2 %", or "unchanged".
static std::string describeRange(double low, double high) {
  if (std::abs(low) < 0.05 && std::abs(high) < 0.05)
    return "unchanged";
  std::string text;
  llvm::raw_string_ostream(text)
      << llvm::format("%+.1f %% to %+.1f %%", low, high);
  return text;
}

static std::string describeInput(const InputReport &input) {
  InputEffect low = input.low.value_or(InputEffect());
  InputEffect high = input.high.value_or(InputEffect());
  return input.part + "." + input.number + " (" + input.provenance +
         "): latency " +
         describeRange(low.latencyPercent, high.latencyPercent) + ", energy " +
         describeRange(low.energyPercent, high.energyPercent);
}

std::vector<std::string> atleus::describeInputs(ArrayRef<InputReport> inputs) {
  constexpr size_t listed = 5;
  size_t recalled = llvm::count_if(inputs, [](const InputReport &input) {
    return input.provenance == "recalled";
  });
  std::vector<std::string> lines = {
      std::to_string(recalled) + " recalled and " +
      std::to_string(inputs.size() - recalled) +
      " estimated numbers; what 20 % less or more changes most:"};
  for (const InputReport &input : inputs.take_front(listed))
    if (input.influence() > 0)
      lines.push_back(describeInput(input));
  if (lines.size() == 1)
    lines.front() = std::to_string(inputs.size()) +
                    " numbers, on none of which latency or energy depend";
  return lines;
}
