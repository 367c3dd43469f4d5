// The systolic model against SCALE-Sim's tables, and at its edges.
#include "atleus/Cost/SystolicModel.h"

#include "ReferenceTable.h"

#include "gtest/gtest.h"

using namespace atleus;
using namespace atleus::test;

static SystolicConstants makeArray(int64_t rows, int64_t columns,
                                   arch::Dataflow dataflow) {
  SystolicConstants array;
  array.rows = rows;
  array.columns = columns;
  array.dataflow = dataflow;
  return array;
}

static SystolicConstants makeArray(const ReferenceRow &row) {
  auto dataflow = arch::symbolizeDataflow(row.text("dataflow"));
  EXPECT_TRUE(dataflow.has_value());
  return makeArray(row.integer("array_rows"), row.integer("array_cols"),
                   dataflow.value_or(arch::Dataflow::WeightStationary));
}

static SystolicCounts countRow(const ReferenceRow &row) {
  return countSystolic(makeArray(row), row.integer("M"), row.integer("K"),
                       row.integer("N"));
}

TEST(SystolicModel, EqualsScaleSimOnEveryRow) {
  std::vector<ReferenceRow> rows = readReference("scalesim_gemm");
  EXPECT_EQ(rows.size(), 237u);
  for (const ReferenceRow &row : rows) {
    SCOPED_TRACE(row.text("name").str() + " " + row.text("dataflow").str());
    SystolicCounts counts = countRow(row);
    EXPECT_EQ(counts.cycles, row.integer("compute_cycles"));
    EXPECT_EQ(counts.lhsReads, row.integer("sram_ifmap_reads"));
    EXPECT_EQ(counts.rhsReads, row.integer("sram_filter_reads"));
    // The tool adds rows + columns to the writes of each output-stationary
    // fold; the true count is one write per result.
    int64_t slip = row.text("dataflow") == "os"
                       ? counts.folds * (row.integer("array_rows") +
                                         row.integer("array_cols"))
                       : 0;
    EXPECT_EQ(counts.resultWrites + slip, row.integer("sram_ofmap_writes"));
    EXPECT_NEAR(counts.mappingEfficiency, row.number("mapping_eff_pct"), 1e-6);
  }
}

TEST(SystolicModel, EqualsScaleSimWithLimitedBandwidthBeforeStalls) {
  std::vector<ReferenceRow> rows =
      readReference("scalesim_gemm_user_bandwidth");
  EXPECT_EQ(rows.size(), 87u);
  for (const ReferenceRow &row : rows) {
    SCOPED_TRACE(row.text("name").str() + " " + row.text("dataflow").str());
    EXPECT_EQ(countRow(row).cycles, row.integer("compute_cycles"));
  }
}

TEST(SystolicModel, OneByOneArrayTakesOneCyclePerMacAndLoad) {
  SystolicCounts counts =
      countSystolic(makeArray(1, 1, arch::Dataflow::WeightStationary), 5, 3, 2);
  EXPECT_EQ(counts.folds, 6);
  EXPECT_EQ(counts.cycles, 6 * (2 + 1 + 5 - 2));
  EXPECT_DOUBLE_EQ(counts.mappingEfficiency, 100);
}

TEST(SystolicModel, OneRowOfTokensAsInDecoding) {
  SystolicCounts counts = countSystolic(
      makeArray(16, 16, arch::Dataflow::OutputStationary), 1, 768, 768);
  EXPECT_EQ(counts.folds, 48);
  EXPECT_EQ(counts.cycles, 48 * (768 + 16 + 16 - 2));
  EXPECT_DOUBLE_EQ(counts.mappingEfficiency, 100.0 / 16);
}

TEST(SystolicModel, OneColumnOfWeights) {
  SystolicCounts counts =
      countSystolic(makeArray(8, 8, arch::Dataflow::InputStationary), 17, 8, 1);
  EXPECT_EQ(counts.folds, 3);
  EXPECT_EQ(counts.cycles, 3 * (2 * 8 + 8 + 1 - 2));
  EXPECT_EQ(counts.resultWrites, 17);
}

TEST(SystolicModel, OverlapChangesNothingForOneFold) {
  for (arch::Dataflow dataflow :
       {arch::Dataflow::WeightStationary, arch::Dataflow::OutputStationary,
        arch::Dataflow::InputStationary}) {
    SystolicConstants array = makeArray(32, 32, dataflow);
    int64_t apart = countSystolic(array, 20, 32, 30).cycles;
    array.overlapFolds = true;
    EXPECT_EQ(countSystolic(array, 20, 32, 30).cycles, apart);
  }
}

TEST(SystolicModel, OverlappedFoldsFollowAtTheIntervalOfTheStream) {
  SystolicConstants array = makeArray(32, 32, arch::Dataflow::WeightStationary);
  array.overlapFolds = true;
  // Four folds: a stream of 128 hides the load of 32 rows ...
  EXPECT_EQ(countSystolic(array, 128, 64, 64).cycles,
            (64 + 32 + 128 - 2) + 3 * 128);
  // ... a stream of 8 does not.
  EXPECT_EQ(countSystolic(array, 8, 64, 64).cycles, (64 + 32 + 8 - 2) + 3 * 32);
}

TEST(SystolicModel, WideOperandsTakeAPassPerPairOfParts) {
  SystolicConstants array = makeArray(8, 8, arch::Dataflow::OutputStationary);
  EXPECT_EQ(systolicPasses(array, 8, 8), 1);
  EXPECT_EQ(systolicPasses(array, 4, 8), 1);
  EXPECT_EQ(systolicPasses(array, 16, 8), 2);
  EXPECT_EQ(systolicPasses(array, 9, 32), 8);
}
