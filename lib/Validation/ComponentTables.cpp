// MNSIM's table: converters, crossbars, and the processing elements of them.
//
// A processing element is a pair of crossbars, for either sign, that share the
// DACs of their rows and `ADC_Num` ADCs, which they reach through a
// multiplexer. Its converters draw their power all the time while it reads, a
// crossbar only in the columns that are selected.
#include "lib/Validation/Tables.h"

#include "atleus/Cost/CrossbarComponents.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace mlir;
using namespace atleus;

static constexpr Reference mnsim = {"MNSIM 2.0", "thu-nics/MNSIM-2.0",
                                    "ca39ccb672b631c752dce0fb919e1bec434d8dee"};

enum ElementQuantity {
  AdcArea,
  DacArea,
  AdcPower,
  DacPower,
  CrossbarPower,
};

static constexpr ComparedQuantity elementQuantities[] = {
    {"area of the ADCs", "um^2", ErrorMeasure::Relative, 1e-6, 0.01, 0.01},
    {"area of the DACs", "um^2", ErrorMeasure::Relative, 1e-6, 0.01, 0.01},
    {"power of the ADCs", "W", ErrorMeasure::Relative, 1e-6, 0.01, 0.01},
    {"power of the DACs", "W", ErrorMeasure::Relative, 1e-6, 0.01, 0.01},
    // Energies in whole femtojoules of some thousand.
    {"power of the crossbars", "W", ErrorMeasure::Relative, 1e-3, 0.01, 0.01},
};

namespace {
/// What "128x128 ADC_Choice=4 ADC_Num=16" says of an element.
struct Element {
  std::string crossbar;
  std::string adc;
  int64_t rows = 0;
  int64_t columns = 0;
  int64_t adcs = 0;
};

/// The rows of components by their name: "ADC_Choice=4", "128x128".
using Components = std::map<std::string, const TableRow *>;
} // namespace

static std::optional<Element> parseElement(StringRef variant) {
  SmallVector<StringRef> words;
  variant.split(words, ' ');
  if (words.size() != 3 || !words[1].starts_with("ADC_Choice="))
    return std::nullopt;
  auto [rows, columns] = words[0].split('x');
  Element element;
  element.crossbar = words[0].str();
  element.adc = words[1].str();
  auto isSize = [](StringRef text, int64_t &size) {
    return !text.getAsInteger(10, size) && size >= 1 && size <= 1'000'000;
  };
  if (!isSize(rows, element.rows) || !isSize(columns, element.columns) ||
      !words[2].consume_front("ADC_Num=") || !isSize(words[2], element.adcs) ||
      element.adcs > element.columns)
    return std::nullopt;
  return element;
}

/// The components, crossbars by their size alone: their power is the same in
/// all technologies. The stock DAC has one bit and is the first of the table.
static Components findComponents(const TableFile &file) {
  Components components;
  for (const TableRow &row : file.rows()) {
    StringRef component = row.text("component");
    StringRef name = row.text("variant");
    if (component == "crossbar")
      name = name.split(' ').first;
    if (component != "PE")
      components.try_emplace(name.str(), &row);
    if (component == "DAC" && row.text("precision_bits") == "1")
      components.try_emplace("stock DAC", &row);
  }
  return components;
}

/// Nanowatts and square nanometres of what the table states in watts and square
/// micrometres.
static Nanowatts readPower(const TableRow &row) {
  return Nanowatts(std::llround(1e9 * row.positive("power_W")));
}
static SquareNanometres readArea(const TableRow &row) {
  return SquareNanometres(std::llround(1e6 * row.positive("area_um2")));
}

static void observeElement(const TableRow &row, const Element &element,
                           const Components &components,
                           Evaluation &evaluation) {
  const TableRow &adc = *components.at(element.adc);
  const TableRow &dac = *components.at("stock DAC");
  const TableRow &crossbar = *components.at(element.crossbar);

  CrossbarConstants core;
  core.rows = core.activeRows = element.rows;
  core.columns = element.columns;
  core.columnsPerAdc = ceilDivide(element.columns, element.adcs);
  // Columns are read one after another; the table has no time of a conversion
  // in the element, so that its energy is left out with it.
  core.readout = arch::Readout::Direct;
  core.adcType = arch::AdcType::Flash;
  core.adcSamplesPerSecond = picosecondsPerSecond;
  double picoseconds = 1000 * crossbar.positive("latency_ns");
  core.read =
      Picoseconds(std::max<int64_t>(0, std::llround(picoseconds) - 1));
  core.arrayRead = Femtojoules(
      std::llround(2e3 * crossbar.positive("power_W") * picoseconds));

  CrossbarComponents pieces;
  pieces.area[CrossbarPart::Adc] = readArea(adc);
  pieces.area[CrossbarPart::Dac] = readArea(dac);
  pieces.leakage[CrossbarPart::Adc] = readPower(adc);
  pieces.leakage[CrossbarPart::Dac] = readPower(dac);

  auto area = crossbarArea(core, pieces, CrossbarLevel::Array);
  auto power = crossbarLeakage(core, pieces, CrossbarLevel::Array);
  auto dynamic = crossbarPeakPower(core, pieces, CrossbarLevel::Array);
  auto observe = [&](ElementQuantity quantity, StringRef column, double found) {
    evaluation.observe(quantity, row, row.positive(column), found);
  };
  observe(AdcArea, "adc_area_um2", 1e-6 * area[CrossbarPart::Adc]->count());
  observe(DacArea, "dac_area_um2", 1e-6 * area[CrossbarPart::Dac]->count());
  observe(AdcPower, "adc_power_W", 1e-9 * power[CrossbarPart::Adc]->count());
  observe(DacPower, "dac_power_W", 1e-9 * power[CrossbarPart::Dac]->count());
  observe(CrossbarPower, "xbar_power_W",
          1e-9 * dynamic[CrossbarPart::Array]->count());
}

static LogicalResult evaluateElements(const TableFolder &,
                                      Evaluation &evaluation) {
  Components components = findComponents(evaluation.file());
  for (const TableRow &row : evaluation.file().rows()) {
    if (row.text("component") != "PE") {
      evaluation.leaveOut("it is a component, of which elements are composed");
      continue;
    }
    std::optional<Element> element = parseElement(row.text("variant"));
    if (!element) {
      row.reportAt("variant", "must be as 128x128 ADC_Choice=4 ADC_Num=16, "
                              "found '" +
                                  row.text("variant") + "'");
      return failure();
    }
    if (!components.count(element->adc) ||
        !components.count(element->crossbar) ||
        !components.count("stock DAC")) {
      evaluation.leaveOut("the table lacks a component of the element");
      continue;
    }
    observeElement(row, *element, components, evaluation);
  }
  return failure(
      llvm::any_of(evaluation.file().rows(),
                   [](const TableRow &row) { return row.isMalformed(); }));
}

static constexpr StringRef elementColumns[] = {
    "component",   "variant",     "precision_bits", "area_um2",
    "power_W",     "latency_ns",  "adc_area_um2",   "dac_area_um2",
    "adc_power_W", "dac_power_W", "xbar_power_W"};
static constexpr StringRef elementKeys[] = {"component", "variant"};

const ReferenceTable atleus::mnsimComponents = {
    "mnsim_components", "crossbar components", mnsim, elementColumns,
    elementKeys,        elementQuantities,     "",    evaluateElements};
