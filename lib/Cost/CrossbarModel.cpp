// Formulas of the crossbar model.
#include "atleus/Cost/CrossbarModel.h"

#include "atleus/Cost/Arithmetic.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace atleus;

int64_t atleus::losslessAdcBits(const CrossbarConstants &core) {
  uint64_t largest = core.activeRows * ((1ull << core.dacBits) - 1) *
                     ((1ull << core.cellBits) - 1);
  int64_t bits = llvm::Log2_64_Ceil(largest + 1);
  bool flipped = core.encoding == arch::Encoding::Flipped;
  return std::max<int64_t>(1, flipped ? bits - 1 : bits);
}

int64_t atleus::columnsPerWeight(const CrossbarConstants &core,
                                 int64_t weightBits) {
  int64_t slices = ceilDivide(weightBits, core.cellBits);
  return core.encoding == arch::Encoding::Differential ? 2 * slices : slices;
}

int64_t atleus::arraysForMatrix(const CrossbarConstants &core, int64_t k,
                                int64_t n, int64_t weightBits) {
  return ceilDivide(k, core.rows) *
         ceilDivide(n * columnsPerWeight(core, weightBits), core.columns);
}

int64_t atleus::crossbarPasses(const CrossbarConstants &core,
                               int64_t inputBits) {
  return ceilDivide(inputBits, core.dacBits);
}

/// Steps that drive the first `rows` rows of an array.
static int64_t stepsOfRows(const CrossbarConstants &core, int64_t rows,
                           int64_t rowsPerScale) {
  if (rowsPerScale == 0 || rowsPerScale >= rows)
    return ceilDivide(rows, core.activeRows);
  return rows / rowsPerScale * ceilDivide(rowsPerScale, core.activeRows) +
         ceilDivide(rows % rowsPerScale, core.activeRows);
}

int64_t atleus::crossbarSteps(const CrossbarConstants &core,
                              int64_t rowsPerScale) {
  return stepsOfRows(core, core.rows, rowsPerScale);
}

//===----------------------------------------------------------------------===//
// Time of a step
//===----------------------------------------------------------------------===//

/// `columns` times `analog` and, if `converts`, a conversion, with the margin,
/// rounded up once.
static Picoseconds readColumns(const CrossbarConstants &core, int64_t columns,
                               Picoseconds analog, bool converts = true) {
  using Wide = __int128;
  // A successive approximation takes a step per bit and one to sample.
  bool sar = core.adcType == arch::AdcType::Sar;
  int64_t steps = sar ? core.adcBits + 1 : 1;
  int64_t ratedSteps = sar ? core.adcRatedBits + 1 : 1;
  Wide rate = static_cast<Wide>(core.adcSamplesPerSecond) * ratedSteps;
  Wide conversion =
      converts ? static_cast<Wide>(steps) * picosecondsPerSecond : 0;
  Wide time = (100 + core.senseMarginPercent) * columns *
              (analog.count() * rate + conversion);
  return Picoseconds(
      static_cast<int64_t>((time + 100 * rate - 1) / (100 * rate)));
}

Picoseconds atleus::senseCycle(const CrossbarConstants &core) {
  return readColumns(core, 1, std::max(core.wordline, core.mux) + core.read);
}

Picoseconds atleus::driveTime(const CrossbarConstants &core) {
  switch (core.readout) {
  case arch::Readout::Sampled:
    return readColumns(core, 1, core.wordline + core.read, /*converts=*/false);
  case arch::Readout::Direct:
    return readColumns(core, core.columnsPerAdc,
                       std::max(core.wordline, core.mux), /*converts=*/false);
  case arch::Readout::Clocked:
    break;
  }
  return Picoseconds();
}

Picoseconds atleus::conversionTime(const CrossbarConstants &core) {
  switch (core.readout) {
  case arch::Readout::Sampled:
    return readColumns(core, core.columnsPerAdc, core.mux);
  case arch::Readout::Direct:
    return readColumns(core, core.columnsPerAdc, core.read);
  case arch::Readout::Clocked:
    break;
  }
  return senseCycle(core) * core.columnsPerAdc;
}

Picoseconds atleus::stepTime(const CrossbarConstants &core) {
  Picoseconds drive = driveTime(core);
  Picoseconds conversion = conversionTime(core);
  return core.readout == arch::Readout::Sampled ? std::max(drive, conversion)
                                                : drive + conversion;
}

bool atleus::isBoundByConversion(const CrossbarConstants &core) {
  if (core.readout == arch::Readout::Sampled)
    return conversionTime(core) > driveTime(core);
  Picoseconds waiting = std::max(core.wordline, core.mux) + core.read;
  return readColumns(core, 1, Picoseconds()) >
         readColumns(core, 1, waiting, /*converts=*/false);
}

Picoseconds atleus::vectorInterval(const CrossbarConstants &core,
                                   int64_t inputBits, int64_t rowsPerScale) {
  return stepTime(core) *
         (crossbarPasses(core, inputBits) * crossbarSteps(core, rowsPerScale));
}

Picoseconds atleus::crossbarTime(const CrossbarConstants &core, int64_t vectors,
                                 int64_t inputBits) {
  return vectorInterval(core, inputBits) * vectors + core.pipeline;
}

//===----------------------------------------------------------------------===//
// Counts and energy
//===----------------------------------------------------------------------===//

CrossbarCounts atleus::countCrossbar(const CrossbarConstants &core,
                                     int64_t vectors, int64_t k, int64_t n,
                                     int64_t inputBits, int64_t weightBits,
                                     int64_t rowsPerScale) {
  int64_t rowBlocks = ceilDivide(k, core.rows);
  int64_t usedColumns = n * columnsPerWeight(core, weightBits);
  int64_t columnBlocks = ceilDivide(usedColumns, core.columns);
  int64_t passes = crossbarPasses(core, inputBits) * vectors;

  CrossbarCounts counts;
  counts.arrays = rowBlocks * columnBlocks;
  counts.arrayPasses = counts.arrays * passes;
  counts.dacDrives = passes * k * columnBlocks;
  counts.inputBits = vectors * k * inputBits * columnBlocks;
  // The last block of rows may need fewer steps than the others.
  int64_t lastRows = k - (rowBlocks - 1) * core.rows;
  int64_t steps = (rowBlocks - 1) * crossbarSteps(core, rowsPerScale) +
                  stepsOfRows(core, lastRows, rowsPerScale);
  counts.conversions = passes * steps * usedColumns;
  int64_t blockSums = vectors * (rowBlocks - 1) * n;
  bool offset = core.encoding != arch::Encoding::Differential;
  int64_t inputSums = offset ? vectors * k : 0;
  counts.shiftAdds = counts.conversions + blockSums + inputSums;
  return counts;
}

EnergyBreakdown atleus::crossbarEnergy(const CrossbarConstants &core,
                                       const CrossbarCounts &counts) {
  EnergyBreakdown energy;
  energy[EnergyComponent::CrossbarArray] =
      core.arrayRead * counts.arrayPasses +
      (core.sampleHold + core.muxSelect) * counts.conversions;
  energy[EnergyComponent::DigitalToAnalog] = core.dacDrive * counts.dacDrives;
  energy[EnergyComponent::AnalogToDigital] =
      core.adcConversion * counts.conversions;
  energy[EnergyComponent::ShiftAndAdd] = core.shiftAdd * counts.shiftAdds;
  energy[EnergyComponent::Register] = core.inputRegisterBit * counts.inputBits +
                                      core.outputRegister * counts.conversions;
  return energy;
}

CrossbarProgramming atleus::programCrossbar(const CrossbarConstants &core,
                                            int64_t k, int64_t n,
                                            int64_t weightBits) {
  int64_t arrays = arraysForMatrix(core, k, n, weightBits);
  int64_t usedColumns = n * columnsPerWeight(core, weightBits);
  // fJ per ps is mW.
  int64_t arrayMicrowatts = ceilScale(
      core.columns * 1000, core.cellWrite.count(), core.rowWrite.count());
  CrossbarProgramming result;
  result.arraysAtOnce = std::clamp<int64_t>(
      core.writePowerMicrowatts / std::max<int64_t>(1, arrayMicrowatts), 1,
      core.arrays());
  result.duration = core.rowWrite * (std::min(k, core.rows) *
                                     ceilDivide(arrays, result.arraysAtOnce));
  result.energy = core.cellWrite * (k * usedColumns);
  return result;
}
