// Time, counts and energy of matrix products on resistive crossbars.
//
// A weight of W bits lies in ceil(W / cellBits) adjacent columns, twice as many
// when positive and negative parts are separate. Inputs of A bits enter in
// ceil(A / dacBits) passes; a pass drives `activeRows` wordlines at a time, in
// ceil(rows / activeRows) steps. In each step the ADCs convert the columns that
// share them one after another. What a step takes depends on the readout. With
// n columns per ADC, wordlines that switch in w, a multiplexer that switches in
// x, bitlines that settle in r, conversions of c and a margin of m:
// - sampled: max(m * (w + r), n * m * (x + c)), for columns are held, and
//   converted while the next step is driven;
// - direct: n * m * max(w, x) + n * m * (r + c), each column by itself;
// - clocked: n cycles of m * (max(w, x) + r + c).
// All arrays that hold a weight work at once; vectors follow each other at the
// interval of one vector's steps.
//
// Formulas: ISAAC, ISCA 2016, for sampled; NeuroSim, asynchronous and
// synchronous, for direct and clocked, which the components of its tables
// compose to (lib/Validation/NeuroSimTables.cpp).
#ifndef ATLEUS_COST_CROSSBARMODEL_H
#define ATLEUS_COST_CROSSBARMODEL_H

#include "dialects/Arch/ArchEnums.h"
#include "dialects/Interfaces/Work.h"

namespace atleus {

/// One core. Names and units are those of `arch.crossbar`.
struct CrossbarConstants {
  int64_t tiles = 1;
  int64_t arraysPerTile = 1;
  int64_t rows = 1;
  int64_t columns = 1;
  int64_t cellBits = 1;
  arch::Encoding encoding = arch::Encoding::Offset;
  int64_t activeRows = 1;
  /// Zeros of weights that take no cells.
  arch::Sparsity sparsity = arch::Sparsity::None;
  /// Settling of the bitlines; with the drive of the wordlines if `wordline` is
  /// zero.
  Picoseconds read{1};
  arch::Readout readout = arch::Readout::Sampled;
  Picoseconds wordline;
  Picoseconds mux;
  /// What is added to switching, settling and conversion.
  int64_t senseMarginPercent = 0;
  int64_t dacBits = 1;
  arch::AdcType adcType = arch::AdcType::Sar;
  int64_t adcBits = 8;
  int64_t adcRatedBits = 8;
  int64_t adcSamplesPerSecond = 1;
  int64_t columnsPerAdc = 1;
  /// Energy of a conversion at adcBits.
  Femtojoules adcConversion;
  Femtojoules sampleHold;
  Femtojoules dacDrive;
  /// Energy of a pass that drives all rows of an array once.
  Femtojoules arrayRead;
  /// Energy of selecting a column for its ADC.
  Femtojoules muxSelect;
  Femtojoules shiftAdd;
  Femtojoules inputRegisterBit;
  Femtojoules outputRegister;
  int64_t bufferBytesPerSecond = 1;
  Femtojoules bufferBit;
  Femtojoules busBit;
  Picoseconds pipeline;
  Picoseconds rowWrite{1};
  Femtojoules cellWrite;
  int64_t writePowerMicrowatts = 1;
  int64_t enduranceWrites = 1;

  int64_t arrays() const { return tiles * arraysPerTile; }
};

/// Counts of `vectors` products with a k x n matrix.
struct CrossbarCounts {
  /// Arrays that hold the matrix.
  int64_t arrays = 0;
  /// Passes of one array, summed over arrays and vectors.
  int64_t arrayPasses = 0;
  /// Wordlines driven, input bits read from registers.
  int64_t dacDrives = 0;
  int64_t inputBits = 0;
  /// Columns sampled and converted.
  int64_t conversions = 0;
  /// Sums of slices, of blocks of rows, and of inputs for the offset.
  int64_t shiftAdds = 0;
};

/// What writing a k x n matrix takes.
struct CrossbarProgramming {
  /// Arrays of a core that the power limit lets be written at once.
  int64_t arraysAtOnce = 0;
  Picoseconds duration;
  Femtojoules energy;
};

/// Resolution that represents every sum of a column: ceil(log2(activeRows *
/// (2^dacBits - 1) * (2^cellBits - 1) + 1)), one less when flipped.
int64_t losslessAdcBits(const CrossbarConstants &core);

/// Columns that hold one weight.
int64_t columnsPerWeight(const CrossbarConstants &core, int64_t weightBits);

/// Arrays that hold a k x n matrix: ceil(k / rows) * ceil(n * columns per
/// weight / columns).
int64_t arraysForMatrix(const CrossbarConstants &core, int64_t k, int64_t n,
                        int64_t weightBits);

/// Passes for inputs of `inputBits`.
int64_t crossbarPasses(const CrossbarConstants &core, int64_t inputBits);

/// Steps of a pass over all rows. Blocks of `rowsPerScale` rows, if not 0, are
/// driven apart, because their sums are scaled before they are added.
int64_t crossbarSteps(const CrossbarConstants &core, int64_t rowsPerScale = 0);

/// Time of a step before its conversions: in which wordlines and bitlines get
/// ready if columns are sampled, in which wordlines and multiplexer switch if
/// they are read directly, zero if the clock covers it.
Picoseconds driveTime(const CrossbarConstants &core);

/// Time in which an ADC converts all columns that share it, with what each
/// conversion waits for.
Picoseconds conversionTime(const CrossbarConstants &core);

/// Time of one step. Drive and conversions overlap if columns are sampled.
Picoseconds stepTime(const CrossbarConstants &core);

/// The shortest clock with which a column can be read in a cycle.
Picoseconds senseCycle(const CrossbarConstants &core);

/// Whether conversions take longer than what they wait for or overlap with.
bool isBoundByConversion(const CrossbarConstants &core);

/// Time from one vector to the next: passes * steps * stepTime.
Picoseconds vectorInterval(const CrossbarConstants &core, int64_t inputBits,
                           int64_t rowsPerScale = 0);

/// Time of `vectors` that follow each other, with fill and drain.
Picoseconds crossbarTime(const CrossbarConstants &core, int64_t vectors,
                         int64_t inputBits);

/// Counts of `vectors` products with a k x n matrix of positive dimensions.
CrossbarCounts countCrossbar(const CrossbarConstants &core, int64_t vectors,
                             int64_t k, int64_t n, int64_t inputBits,
                             int64_t weightBits, int64_t rowsPerScale = 0);

/// Counts of a product of positive dimensions. If the core leaves out lines of
/// pruned weights, those that are kept lie side by side (dialects/PIM/
/// ArrayLayout.h), and fewer wordlines are driven, in fewer arrays. Each column
/// of arrays then adds up the inputs of its own rows for the offset. That inputs
/// are picked for the wordlines costs nothing here.
CrossbarCounts countCrossbarProduct(const CrossbarConstants &core,
                                    const MatrixProduct &product);

/// Time from one vector of a product to the next: that of the array with the
/// most steps.
Picoseconds productInterval(const CrossbarConstants &core,
                            const MatrixProduct &product);

/// Energy of counts, without buffers.
EnergyBreakdown crossbarEnergy(const CrossbarConstants &core,
                               const CrossbarCounts &counts);

/// Time and energy of writing a k x n matrix into arrays of one core, rows one
/// after another, arrays in parallel up to the power limit.
CrossbarProgramming programCrossbar(const CrossbarConstants &core, int64_t k,
                                    int64_t n, int64_t weightBits);

} // namespace atleus

#endif // ATLEUS_COST_CROSSBARMODEL_H
