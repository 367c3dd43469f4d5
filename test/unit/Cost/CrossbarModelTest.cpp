// The crossbar model: resolution, time and counts, against NeuroSim's and
// ISAAC's numbers where they exist.
#include "atleus/Cost/CrossbarModel.h"

#include "ReferenceTable.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace atleus;
using namespace atleus::test;

/// ISAAC's array: 128 x 128 cells of 2 bits, 1-bit DACs, one ADC of 8 bits at
/// 1.28 GS/s per array. Energies are the component powers over 100 ns, divided
/// by what the component does in that time.
static CrossbarConstants makeIsaac() {
  CrossbarConstants core;
  core.tiles = 1;
  core.arraysPerTile = 96;
  core.rows = core.columns = core.activeRows = core.columnsPerAdc = 128;
  core.cellBits = 2;
  core.dacBits = 1;
  core.encoding = arch::Encoding::Flipped;
  core.read = Picoseconds(100'000);
  core.adcBits = core.adcRatedBits = 8;
  core.adcSamplesPerSecond = 1'280'000'000;
  core.adcConversion = Femtojoules(1563);
  core.sampleHold = Femtojoules(1);
  core.dacDrive = Femtojoules(391);
  core.arrayRead = Femtojoules(30'000);
  core.shiftAdd = Femtojoules(20);
  core.inputRegisterBit = Femtojoules(121);
  core.outputRegister = Femtojoules(22);
  core.rowWrite = Picoseconds(85'694);
  core.cellWrite = Femtojoules(1379);
  core.writePowerMicrowatts = 20'000;
  return core;
}

TEST(CrossbarModel, LosslessResolutionCountsRowsInputsAndCells) {
  CrossbarConstants core = makeIsaac();
  EXPECT_EQ(losslessAdcBits(core), 8);
  core.encoding = arch::Encoding::Offset;
  EXPECT_EQ(losslessAdcBits(core), 9);
  core.cellBits = 1;
  EXPECT_EQ(losslessAdcBits(core), 8);
  core.activeRows = 1;
  EXPECT_EQ(losslessAdcBits(core), 1);
  core.dacBits = 2;
  EXPECT_EQ(losslessAdcBits(core), 2);
  core.encoding = arch::Encoding::Flipped;
  core.dacBits = 1;
  EXPECT_EQ(losslessAdcBits(core), 1);
}

TEST(CrossbarModel, AMatrixTakesBlocksOfRowsAndSlicedColumns) {
  CrossbarConstants core = makeIsaac();
  EXPECT_EQ(columnsPerWeight(core, 8), 4);
  EXPECT_EQ(arraysForMatrix(core, 768, 3072, 8), 6 * 96);
  EXPECT_EQ(arraysForMatrix(core, 1, 1, 8), 1);
  EXPECT_EQ(arraysForMatrix(core, 129, 33, 8), 2 * 2);
  core.encoding = arch::Encoding::Differential;
  EXPECT_EQ(arraysForMatrix(core, 768, 3072, 8), 6 * 192);
  EXPECT_EQ(columnsPerWeight(core, 7), 8);
}

TEST(CrossbarModel, AVectorTakesPassesTimesSteps) {
  CrossbarConstants core = makeIsaac();
  EXPECT_EQ(conversionTime(core).count(), 100'000);
  EXPECT_EQ(vectorInterval(core, 8).count(), 800'000);
  core.dacBits = 2;
  EXPECT_EQ(vectorInterval(core, 8).count(), 400'000);
  EXPECT_EQ(vectorInterval(core, 7).count(), 400'000);
  core.activeRows = 48;
  EXPECT_EQ(crossbarSteps(core), 3);
  EXPECT_EQ(vectorInterval(core, 8).count(), 1'200'000);
  core.pipeline = Picoseconds(600'000);
  EXPECT_EQ(crossbarTime(core, 10, 8).count(), 12'600'000);
}

TEST(CrossbarModel, ResolutionAndSharingSetTheTimeOfConversions) {
  CrossbarConstants core = makeIsaac();
  core.read = Picoseconds(1);
  core.adcBits = 5;
  EXPECT_EQ(conversionTime(core).count(), 100'000 * 6 / 9 + 1);
  core.columnsPerAdc = 8;
  EXPECT_EQ(conversionTime(core).count(), 4167);
  core.adcType = arch::AdcType::Flash;
  EXPECT_EQ(conversionTime(core).count(), 6250);
}

TEST(CrossbarModel, CountsScaleWithVectorsAndUsedColumns) {
  CrossbarConstants core = makeIsaac();
  CrossbarCounts counts = countCrossbar(core, 10, 200, 40, 8, 8);
  EXPECT_EQ(counts.arrays, 2 * 2);
  EXPECT_EQ(counts.arrayPasses, 4 * 10 * 8);
  EXPECT_EQ(counts.dacDrives, 10 * 8 * 200 * 2);
  EXPECT_EQ(counts.inputBits, 10 * 200 * 8 * 2);
  EXPECT_EQ(counts.conversions, 10 * 8 * 2 * 160);
  EXPECT_EQ(counts.shiftAdds, counts.conversions + 10 * 40 + 10 * 200);
}

TEST(CrossbarModel, StepsOfUnusedRowsAreNotConverted) {
  CrossbarConstants core = makeIsaac();
  core.activeRows = 32;
  // 128 rows take four steps, the other 33 two.
  EXPECT_EQ(countCrossbar(core, 1, 161, 1, 1, 2).conversions, 4 + 2);
  core.encoding = arch::Encoding::Differential;
  EXPECT_EQ(countCrossbar(core, 1, 161, 1, 1, 2).conversions, 2 * (4 + 2));
  EXPECT_EQ(countCrossbar(core, 1, 161, 1, 1, 2).shiftAdds, 12 + 1);
}

TEST(CrossbarModel, BlocksOfRowsWithScalesOfTheirOwnAreDrivenApart) {
  CrossbarConstants core = makeIsaac();
  EXPECT_EQ(crossbarSteps(core), 1);
  EXPECT_EQ(crossbarSteps(core, 32), 4);
  EXPECT_EQ(crossbarSteps(core, 256), 1);
  EXPECT_EQ(vectorInterval(core, 8, 32), vectorInterval(core, 8) * 4);
  core.activeRows = 16;
  EXPECT_EQ(crossbarSteps(core, 32), 8);
  // 128 rows in 4 blocks of 2 steps, then 40 rows: a block, and 8 rows.
  CrossbarCounts counts = countCrossbar(core, 1, 168, 1, 8, 8, 32);
  EXPECT_EQ(counts.conversions, 8 * (8 + 2 + 1) * 4);
}

TEST(CrossbarModel, FullIsaacTileAddsUpToItsArraysPower) {
  // 12 units of ADC 16, DAC 4, sample and hold 0.01, arrays 2.4, shift and add
  // 0.2, input register 1.24, output register 0.23 mW.
  double milliwatts = 12 * (16 + 4 + 0.01 + 2.4 + 0.2 + 1.24 + 0.23);
  CrossbarConstants core = makeIsaac();
  core.encoding = arch::Encoding::Differential;
  // All 96 arrays: a matrix of 128 x 1536 with 8 columns per weight.
  CrossbarCounts counts = countCrossbar(core, 1'000'000, 128, 1536, 8, 8);
  EXPECT_EQ(counts.arrays, 96);
  double femtojoules = crossbarEnergy(core, counts).total().count();
  double picoseconds = crossbarTime(core, 1'000'000, 8).count();
  EXPECT_NEAR(femtojoules / picoseconds, milliwatts, 0.003 * milliwatts);
}

TEST(CrossbarModel, ProgrammingWritesRowsInTurnWithinThePowerLimit) {
  CrossbarConstants core = makeIsaac();
  // An array draws 128 * 1379 fJ / 85694 ps = 2.06 mW: nine at once.
  CrossbarProgramming one = programCrossbar(core, 128, 32, 8);
  EXPECT_EQ(one.arraysAtOnce, 9);
  EXPECT_EQ(one.duration.count(), 128 * 85'694);
  EXPECT_EQ(one.energy.count(), 128 * 128 * 1379);
  CrossbarProgramming ten = programCrossbar(core, 1280, 32, 8);
  EXPECT_EQ(ten.duration.count(), 2 * 128 * 85'694);
  EXPECT_EQ(programCrossbar(core, 1, 1, 8).duration.count(), 85'694);
  core.writePowerMicrowatts = 1;
  EXPECT_EQ(programCrossbar(core, 128, 32, 8).arraysAtOnce, 1);
}

/// Constants in which only conversions take time, of `nanoseconds` each.
static CrossbarConstants makeConverter(double nanoseconds, int64_t columns) {
  CrossbarConstants core;
  core.adcType = arch::AdcType::Flash;
  core.adcSamplesPerSecond = std::llround(1e9 / nanoseconds);
  core.columnsPerAdc = columns;
  return core;
}

TEST(CrossbarModel, ComposesNeuroSimsChipOnEveryRowOfOneProduct) {
  unsigned checked = 0;
  for (const ReferenceRow &row : readReference("neurosim_chip")) {
    if (row.text("workload") != "gemm_16x768x768")
      continue;
    CrossbarConstants core =
        makeConverter(row.number("clock_ns"), row.integer("cols_per_adc"));
    double expected = 1000 * row.number("adc_latency_ns");
    EXPECT_NEAR(crossbarTime(core, 16, row.integer("input_bits")).count(),
                expected, 1e-4 * expected);
    ++checked;
  }
  EXPECT_EQ(checked, 11u);
}

TEST(CrossbarModel, ComposesNeuroSimsArrayOnEveryRow) {
  std::vector<ReferenceRow> rows = readReference("neurosim_subarray");
  EXPECT_EQ(rows.size(), 82u);
  for (const ReferenceRow &row : rows) {
    SCOPED_TRACE(row.text("technode_nm").str() + " nm " +
                 row.text("adc_type").str());
    double converter = row.number("lat_mlsa_ns") +
                       row.number("lat_mlsa_encoder_ns") +
                       row.number("lat_sar_ns");
    double sense = 1.4 * (row.number("lat_column_rc_ns") + converter);
    int64_t columns = row.integer("cols_per_adc");
    // A synchronous array takes whole cycles.
    bool synchronous = row.integer("synchronous") == 1;
    double cycle = synchronous ? row.number("sense_cycle_ns") : sense;
    double expected = row.number("array_read_latency_adc") *
                      (synchronous ? row.number("sense_cycle_ns") : 1) * 1000;
    EXPECT_NEAR(conversionTime(makeConverter(cycle, columns)).count(), expected,
                0.001 * expected);
  }
}

TEST(CrossbarModel, ResolutionScalesSarLikeNeuroSims) {
  unsigned checked = 0;
  for (const ReferenceRow &row : readReference("neurosim_subarray")) {
    if (row.text("adc_type") != "SAR")
      continue;
    CrossbarConstants core;
    core.adcBits = row.integer("adc_bits");
    core.adcRatedBits = 8;
    core.adcSamplesPerSecond = 111'111'111;
    EXPECT_NEAR(conversionTime(core).count(), 1000 * row.number("lat_sar_ns"),
                1);
    ++checked;
  }
  EXPECT_EQ(checked, 43u);
}
