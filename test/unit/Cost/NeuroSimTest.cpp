// NeuroSim's array and chip, composed of its components.
#include "atleus/Cost/CrossbarComponents.h"

#include "ReferenceTable.h"

#include "gtest/gtest.h"

#include <cmath>
#include <map>

using namespace atleus;
using namespace atleus::test;

static Picoseconds fromNanoseconds(double nanoseconds) {
  return Picoseconds(std::llround(1000 * nanoseconds));
}

/// Picojoules spread over `count` events.
static Femtojoules perEvent(double picojoules, int64_t count) {
  return Femtojoules(std::llround(1000 * picojoules / count));
}

static double area(const ReferenceRow &row, llvm::StringRef column) {
  return 1e6 * row.number(column);
}

static void setConverter(const ReferenceRow &row, CrossbarConstants &core) {
  core.adcBits = row.integer("adc_bits");
  if (row.text("adc_type") == "SAR") {
    // A nanosecond per step; the law of successive approximation does the rest.
    core.adcType = arch::AdcType::Sar;
    core.adcRatedBits = 1;
    core.adcSamplesPerSecond = 500'000'000;
    return;
  }
  core.adcType = arch::AdcType::Flash;
  core.adcSamplesPerSecond = std::llround(
      1e9 / (row.number("lat_mlsa_ns") + row.number("lat_mlsa_encoder_ns")));
}

/// One array with the components of a row of neurosim_subarray.
static CrossbarConstants makeArray(const ReferenceRow &row) {
  CrossbarConstants core;
  core.rows = core.activeRows = row.integer("rows");
  core.columns = row.integer("cols");
  core.cellBits = row.integer("cell_bits");
  core.encoding = arch::Encoding::Differential;
  core.readout = row.integer("synchronous") == 1 ? arch::Readout::Clocked
                                                 : arch::Readout::Direct;
  core.columnsPerAdc = row.integer("cols_per_adc");
  core.wordline = fromNanoseconds(row.number("lat_wl_switch_ns"));
  core.mux = fromNanoseconds(row.number("lat_mux_ns") +
                             row.number("lat_mux_decoder_ns"));
  core.read = fromNanoseconds(row.number("lat_column_rc_ns"));
  core.senseMarginPercent = 40;
  setConverter(row, core);

  core.arrayRead = perEvent(row.number("e_array_pJ"), 1);
  core.dacDrive = perEvent(row.number("e_wl_switch_pJ"), core.rows);
  core.adcConversion =
      perEvent(row.number("e_mlsa_pJ") + row.number("e_mlsa_encoder_pJ") +
                   row.number("e_sar_pJ"),
               core.columns);
  core.muxSelect = perEvent(
      row.number("e_mux_pJ") + row.number("e_mux_decoder_pJ"), core.columns);
  core.shiftAdd = perEvent(row.number("e_shiftadd_weight_pJ") +
                               row.number("e_shiftadd_input_pJ"),
                           core.columns);
  return core;
}

TEST(NeuroSim, ArrayReadsComposeOfTheirComponents) {
  std::vector<ReferenceRow> rows = readReference("neurosim_subarray");
  EXPECT_EQ(rows.size(), 82u);
  for (const ReferenceRow &row : rows) {
    SCOPED_TRACE(row.text("technode_nm").str() + " nm " +
                 row.text("adc_type").str());
    CrossbarConstants core = makeArray(row);
    double cycle = 1000 * row.number("sense_cycle_ns");
    EXPECT_NEAR(senseCycle(core).count(), cycle, 0.003 * cycle);
    // The peer counts in cycles if the array is clocked.
    double unit = row.integer("synchronous") == 1 ? cycle : 1000;
    double conversions = unit * row.number("array_read_latency_adc");
    double switching = unit * row.number("array_read_latency_other");
    EXPECT_NEAR(conversionTime(core).count(), conversions, 0.003 * conversions);
    EXPECT_NEAR(driveTime(core).count(), switching, 0.003 * switching + 1);
    double accumulation = unit * row.number("array_read_latency_accum");
    core.pipeline = Picoseconds(std::llround(accumulation));
    double total = unit * row.number("array_read_latency_total");
    EXPECT_NEAR(crossbarTime(core, 1, core.dacBits).count(), total,
                0.003 * total);
  }
}

TEST(NeuroSim, ArrayEnergiesAddUp) {
  for (const ReferenceRow &row : readReference("neurosim_subarray")) {
    CrossbarConstants core = makeArray(row);
    // A matrix that fills the array: a weight has a column of either sign.
    CrossbarCounts counts = countCrossbar(core, 1, core.rows, core.columns / 2,
                                          core.dacBits, core.cellBits);
    EXPECT_EQ(counts.conversions, core.columns);
    EnergyBreakdown energy = crossbarEnergy(core, counts);
    double total = 1000 * row.number("e_read_total_pJ");
    EXPECT_NEAR(energy.total().count(), total, 0.01 * total);
    double accumulation = 1000 * row.number("e_read_accum_group_pJ");
    EXPECT_NEAR(energy[EnergyComponent::ShiftAndAdd].count(), accumulation,
                0.02 * accumulation);
  }
}

TEST(NeuroSim, ArrayAreasAddUp) {
  for (const ReferenceRow &row : readReference("neurosim_subarray")) {
    CrossbarConstants core = makeArray(row);
    int64_t converters = core.columns / core.columnsPerAdc;
    CrossbarComponents parts;
    parts.area[CrossbarPart::Array] =
        SquareNanometres(std::llround(area(row, "area_array_um2")));
    parts.area[CrossbarPart::Adc] =
        SquareNanometres(std::llround(area(row, "area_adc_um2") / converters));
    parts.area[CrossbarPart::ShiftAdd] =
        SquareNanometres(std::llround(area(row, "area_accum_um2")));
    // Wordline drivers and multiplexers.
    parts.area[CrossbarPart::Dac] =
        SquareNanometres(std::llround(area(row, "area_other_um2") / core.rows));
    double used = area(row, "area_subarray_used_um2");
    EXPECT_NEAR(crossbarArea(core, parts, CrossbarLevel::Array).total().count(),
                used, 1e-4 * used);
  }
}

/// The columns that name an array in both tables.
static std::string getKey(const ReferenceRow &row) {
  std::string key;
  for (const char *column : {"technode_nm", "adc_bits", "adc_type", "rows",
                             "cell_bits", "cols_per_adc"})
    key += row.text(column).str() + " ";
  return key;
}

TEST(NeuroSim, ChipsComposeOfTheComponentsOfTheirArrays) {
  // The stock cell: rows that vary it come after it.
  std::map<std::string, CrossbarConstants> arrays;
  for (const ReferenceRow &row : readReference("neurosim_subarray"))
    if (row.number("r_on_ohm") == 6000 && row.number("on_off_ratio") == 150)
      arrays.try_emplace(getKey(row), makeArray(row));
  unsigned checked = 0;
  for (const ReferenceRow &row : readReference("neurosim_chip")) {
    SCOPED_TRACE(row.text("workload").str() + " " + getKey(row));
    auto array = arrays.find(getKey(row));
    if (array == arrays.end())
      continue;
    CrossbarConstants core = array->second;
    core.readout = arch::Readout::Clocked;
    double clock = 1000 * row.number("clock_ns");
    EXPECT_NEAR(senseCycle(core).count(), clock, 0.003 * clock);
    // An encoder layer is six matrices, of which four share their shape.
    int64_t matrices = row.text("workload").starts_with("bert") ? 6 : 1;
    double expected = 1000 * row.number("adc_latency_ns");
    EXPECT_NEAR(matrices *
                    crossbarTime(core, 16, row.integer("input_bits")).count(),
                expected, 0.003 * expected);
    ++checked;
  }
  EXPECT_EQ(checked, 12u);
}

TEST(NeuroSim, AChipHasTheConvertersOfItsArrays) {
  std::map<std::string, ReferenceRow> arrays;
  for (const ReferenceRow &row : readReference("neurosim_subarray"))
    arrays.try_emplace(getKey(row), row);
  unsigned checked = 0;
  for (const ReferenceRow &row : readReference("neurosim_chip")) {
    auto array = arrays.find(getKey(row));
    if (array == arrays.end())
      continue;
    CrossbarConstants core = makeArray(array->second);
    int64_t converters = core.columns / core.columnsPerAdc;
    core.arraysPerTile = std::llround(row.number("cim_array_area_um2") /
                                      array->second.number("area_array_um2"));
    CrossbarComponents parts;
    parts.area[CrossbarPart::Adc] = SquareNanometres(
        std::llround(area(array->second, "area_adc_um2") / converters));
    double expected = area(row, "adc_area_um2");
    EXPECT_NEAR(crossbarArea(core, parts, CrossbarLevel::Core).total().count(),
                expected, 1e-3 * expected);
    ++checked;
  }
  EXPECT_EQ(checked, 12u);
}
