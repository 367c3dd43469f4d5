// Changes the numbers of a machine one at a time.
#include "Sensitivity.h"

#include "ScheduleCosts.h"

#include "dialects/Arch/MachineNumbers.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/OwningOpRef.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

double InputReport::influence() const {
  double largest = 0;
  for (const std::optional<InputEffect> &effect : {low, high})
    if (effect)
      largest = std::max({largest, std::abs(effect->latencyPercent),
                          std::abs(effect->energyPercent)});
  return largest;
}

/// `value` times percent / 100, to the nearest integer.
static int64_t scale(int64_t value, int64_t percent) {
  return static_cast<int64_t>((static_cast<__int128>(value) * percent + 50) /
                              100);
}

static Attribute scale(Attribute value, int64_t percent) {
  Builder builder(value.getContext());
  if (auto number = dyn_cast<IntegerAttr>(value))
    return builder.getI64IntegerAttr(scale(number.getInt(), percent));
  SmallVector<int64_t> numbers;
  for (int64_t number : cast<DenseI64ArrayAttr>(value).asArrayRef())
    numbers.push_back(scale(number, percent));
  return builder.getDenseI64ArrayAttr(numbers);
}

static double changePercent(int64_t after, int64_t before) {
  return before == 0 ? 0
                     : 100.0 * static_cast<double>(after - before) /
                           static_cast<double>(before);
}

namespace {
/// Changes a copy of the machine, one number at a time.
class Variation {
public:
  Variation(ScheduleCosts &costs, arch::MachineOp machine)
      : costs(costs), copy(machine.clone()), base(costs.evaluate(*copy)) {}

  InputReport analyze(const arch::MachineNumber &number);
  arch::MachineOp getMachine() { return *copy; }

private:
  std::optional<InputEffect> tryPercent(const arch::MachineNumber &number,
                                        int64_t percent);

  ScheduleCosts &costs;
  OwningOpRef<arch::MachineOp> copy;
  std::optional<ScheduleTotals> base;
};
} // namespace

std::optional<InputEffect>
Variation::tryPercent(const arch::MachineNumber &number, int64_t percent) {
  Attribute value = scale(number.value, percent);
  InputEffect effect;
  effect.value = arch::formatNumber(value);
  if (value == number.value)
    return effect;
  number.part->setAttr(number.name, value);
  std::optional<ScheduleTotals> totals = costs.evaluate(*copy);
  number.part->setAttr(number.name, number.value);
  if (!totals)
    return std::nullopt;
  effect.latencyPercent =
      changePercent(totals->latency.count(), base->latency.count());
  effect.energyPercent =
      changePercent(totals->energy.count(), base->energy.count());
  return effect;
}

InputReport Variation::analyze(const arch::MachineNumber &number) {
  InputReport input;
  input.part = arch::getPartName(number.part);
  input.number = number.name.str();
  input.unit = arch::getUnit(number.name).str();
  input.value = arch::formatNumber(number.value);
  input.provenance =
      arch::stringifyProvenance(number.source.getProvenance()).str();
  input.source = number.source.getText().str();
  if (!base || !arch::isPhysical(number.name))
    return input;
  input.low = tryPercent(number, 80);
  input.high = tryPercent(number, 120);
  return input;
}

std::vector<InputReport>
atleus::analyzeInputs(ModuleOp module, arch::MachineOp machine,
                      const LoadedSchedule &schedule,
                      const scheduling::FixedOrder &order) {
  ScheduleCosts costs(module, schedule, order);
  Variation variation(costs, machine);
  std::vector<InputReport> inputs;
  arch::forEachNumber(variation.getMachine(),
                      [&](const arch::MachineNumber &number) {
                        if (arch::isUnverified(number.source))
                          inputs.push_back(variation.analyze(number));
                      });
  // Equal influences keep the order of the machine.
  std::vector<std::pair<double, size_t>> ranks;
  for (auto [index, input] : llvm::enumerate(inputs))
    ranks.emplace_back(-input.influence(), index);
  llvm::sort(ranks);
  std::vector<InputReport> sorted;
  sorted.reserve(inputs.size());
  for (auto [influence, index] : ranks)
    sorted.push_back(std::move(inputs[index]));
  return sorted;
}
