// One of NeuroSim's arrays as a crossbar of ours.
//
// A component of the peer is a component here, with these exceptions: the
// switch matrix of the wordlines stands in for the DACs, whose inputs are one
// bit, and its two shift-and-adds, of slices and of input bits, are one.
// Energies are of one read of the whole array, and are spread over what is
// counted: wordlines driven, columns selected and converted.
#include "lib/Validation/NeuroSimArray.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace atleus;

static Picoseconds fromNanoseconds(double nanoseconds) {
  return Picoseconds(std::llround(1000 * nanoseconds));
}

/// Picojoules spread over `count` events.
static Femtojoules perEvent(double picojoules, int64_t count) {
  return Femtojoules(std::llround(1000 * picojoules / count));
}

/// Square micrometres spread over `count` pieces.
static SquareNanometres perPiece(double area, int64_t count) {
  return SquareNanometres(std::llround(1e6 * area / count));
}

/// Conversions in a second, one at least.
static int64_t perSecond(double nanoseconds) {
  return std::max<int64_t>(1, std::llround(1e9 / nanoseconds));
}

/// A converter by successive approximation has a law for its time, one with
/// a sense amplifier per level has not. The law is given the time of its step.
static void setConverter(const TableRow &row, CrossbarConstants &core) {
  core.adcBits = std::clamp<int64_t>(row.size("adc_bits"), 1, 16);
  if (row.text("adc_type") == "SAR") {
    core.adcType = arch::AdcType::Sar;
    core.adcRatedBits = core.adcBits;
    core.adcSamplesPerSecond = perSecond(row.positive("lat_sar_ns"));
    return;
  }
  if (!row.text("adc_type").starts_with("MLSA"))
    row.reportAt("adc_type",
                 "must be SAR or MLSA, found '" + row.text("adc_type") + "'");
  core.adcType = arch::AdcType::Flash;
  core.adcSamplesPerSecond = perSecond(row.positive("lat_mlsa_ns") +
                                       row.number("lat_mlsa_encoder_ns"));
}

static void setTimes(const TableRow &row, CrossbarConstants &core) {
  core.readout =
      row.flag("synchronous") ? arch::Readout::Clocked : arch::Readout::Direct;
  core.wordline = fromNanoseconds(row.number("lat_wl_switch_ns"));
  core.mux = fromNanoseconds(row.number("lat_mux_ns") +
                             row.number("lat_mux_decoder_ns"));
  core.read = fromNanoseconds(row.number("lat_column_rc_ns"));
  // The peer's factor of calibration, beta = 1.4.
  core.senseMarginPercent = 40;
  setConverter(row, core);
}

static void setEnergies(const TableRow &row, CrossbarConstants &core) {
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
}

NeuroSimArray::NeuroSimArray(const TableRow &row) {
  core.rows = core.activeRows = row.size("rows");
  core.columns = row.size("cols");
  core.columnsPerAdc = row.size("cols_per_adc");
  core.cellBits = std::clamp<int64_t>(row.size("cell_bits"), 1, 8);
  // A column for either sign, and no sum of the inputs.
  core.encoding = arch::Encoding::Differential;
  setTimes(row, core);
  setEnergies(row, core);
  auto &area = components.area;
  area[CrossbarPart::Array] = perPiece(row.number("area_array_um2"), 1);
  area[CrossbarPart::Adc] = perPiece(
      row.number("area_adc_um2"), ceilDivide(core.columns, core.columnsPerAdc));
  area[CrossbarPart::ShiftAdd] = perPiece(row.number("area_accum_um2"), 1);
  area[CrossbarPart::Dac] = perPiece(row.number("area_other_um2"), core.rows);
}
