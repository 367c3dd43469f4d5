// The crossbar model: resolution, time, counts, and its edges.
#include "atleus/Cost/CrossbarModel.h"

#include "gtest/gtest.h"

using namespace atleus;

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

/// Wordlines, multiplexer and bitlines of 3, 2 and 5 ns, conversions of 9 ns at
/// 8 bits, 4 columns per ADC, and a fifth more for everything.
static CrossbarConstants makeDirect() {
  CrossbarConstants core;
  core.readout = arch::Readout::Direct;
  core.rows = core.activeRows = core.columns = 16;
  core.wordline = Picoseconds(3000);
  core.mux = Picoseconds(2000);
  core.read = Picoseconds(5000);
  core.senseMarginPercent = 20;
  core.adcRatedBits = 1;
  core.adcSamplesPerSecond = 500'000'000;
  core.columnsPerAdc = 4;
  return core;
}

TEST(CrossbarModel, DirectReadsSettleAndConvertColumnByColumn) {
  CrossbarConstants core = makeDirect();
  EXPECT_EQ(driveTime(core).count(), 4 * 3000 * 6 / 5);
  EXPECT_EQ(conversionTime(core).count(), 4 * (5000 + 9000) * 6 / 5);
  EXPECT_EQ(stepTime(core), driveTime(core) + conversionTime(core));
  EXPECT_TRUE(isBoundByConversion(core));
  core.mux = Picoseconds(4500);
  EXPECT_EQ(driveTime(core).count(), 4 * 4500 * 6 / 5);
  EXPECT_FALSE(isBoundByConversion(core));
  EXPECT_EQ(vectorInterval(core, 8), stepTime(core) * 8);
}

TEST(CrossbarModel, AClockCoversOneColumn) {
  CrossbarConstants core = makeDirect();
  core.readout = arch::Readout::Clocked;
  EXPECT_EQ(senseCycle(core).count(), (3000 + 5000 + 9000) * 6 / 5);
  EXPECT_EQ(driveTime(core).count(), 0);
  EXPECT_EQ(stepTime(core), senseCycle(core) * 4);
  // A clock of a third of a picosecond more than 20,400 ps takes another one.
  core.read = Picoseconds(5001);
  EXPECT_EQ(senseCycle(core).count(), 20'402);
  EXPECT_EQ(stepTime(core).count(), 4 * 20'402);
}

TEST(CrossbarModel, SampledColumnsAreConvertedWhileTheNextStepIsDriven) {
  CrossbarConstants core = makeDirect();
  core.readout = arch::Readout::Sampled;
  EXPECT_EQ(driveTime(core).count(), (3000 + 5000) * 6 / 5);
  EXPECT_EQ(conversionTime(core).count(), 4 * (2000 + 9000) * 6 / 5);
  EXPECT_EQ(stepTime(core), conversionTime(core));
  EXPECT_TRUE(isBoundByConversion(core));
  core.columnsPerAdc = 1;
  core.adcBits = 3;
  EXPECT_EQ(stepTime(core), driveTime(core));
  EXPECT_FALSE(isBoundByConversion(core));
}

TEST(CrossbarModel, AnArrayOfOneCellIsOneConversionPerPass) {
  CrossbarConstants core;
  core.cellBits = 1;
  core.encoding = arch::Encoding::Offset;
  core.adcSamplesPerSecond = 1'000'000'000;
  core.adcBits = core.adcRatedBits = 1;
  EXPECT_EQ(losslessAdcBits(core), 1);
  EXPECT_EQ(arraysForMatrix(core, 3, 2, 4), 3 * 2 * 4);
  CrossbarCounts counts = countCrossbar(core, 1, 3, 2, 5, 4);
  EXPECT_EQ(counts.conversions, 5 * 3 * 2 * 4);
  EXPECT_EQ(counts.dacDrives, 5 * 3 * 8);
  EXPECT_EQ(crossbarTime(core, 1, 5).count(), 5 * 1000);
}

TEST(CrossbarModel, EveryWidthOfWeightsAndInputsCounts) {
  CrossbarConstants core = makeIsaac();
  for (arch::Encoding encoding :
       {arch::Encoding::Offset, arch::Encoding::Flipped,
        arch::Encoding::Differential}) {
    core.encoding = encoding;
    int64_t polarities = encoding == arch::Encoding::Differential ? 2 : 1;
    for (int64_t cell = 1; cell <= 8; ++cell)
      for (int64_t bits = 1; bits <= 16; ++bits) {
        core.cellBits = core.dacBits = cell;
        int64_t pieces = (bits + cell - 1) / cell;
        CrossbarCounts counts = countCrossbar(core, 3, 1, 1, bits, bits);
        EXPECT_EQ(columnsPerWeight(core, bits), polarities * pieces);
        EXPECT_EQ(counts.conversions, 3 * pieces * polarities * pieces);
        EXPECT_EQ(counts.dacDrives, 3 * pieces);
        EXPECT_EQ(counts.inputBits, 3 * bits);
        EXPECT_EQ(vectorInterval(core, bits), stepTime(core) * pieces);
        EXPECT_GT(crossbarEnergy(core, counts).total(), Femtojoules());
      }
  }
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
