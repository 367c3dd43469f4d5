// SCALE-Sim's tables: cycles and buffer traffic of a systolic array, with ideal
// and with limited bandwidth.
#include "lib/Validation/Tables.h"

#include "atleus/Cost/CoreModel.h"

using namespace mlir;
using namespace atleus;

static constexpr Reference scaleSim = {
    "SCALE-Sim v3", "scalesim-project/SCALE-Sim",
    "1d62b68a2c77f71e1a7cd30b1a7d9748a3b0a603"};

static SystolicConstants readArray(const TableRow &row) {
  SystolicConstants array;
  array.rows = row.size("array_rows");
  array.columns = row.size("array_cols");
  if (auto dataflow = arch::symbolizeDataflow(row.text("dataflow")))
    array.dataflow = *dataflow;
  else
    row.reportAt("dataflow",
                 "must be ws, os or is, found '" + row.text("dataflow") + "'");
  return array;
}

namespace {
struct Product {
  int64_t m, k, n;
};
} // namespace

static Product readProduct(const TableRow &row) {
  return {row.size("M"), row.size("K"), row.size("N")};
}

//===----------------------------------------------------------------------===//
// Ideal bandwidth
//===----------------------------------------------------------------------===//

enum GemmQuantity { Cycles, LhsReads, RhsReads, ResultWrites, Efficiency };

static constexpr ComparedQuantity gemmQuantities[] = {
    {"cycles", "cycles"},
    {"reads of the input", "words"},
    {"reads of the weight", "words"},
    {"writes of the result", "words"},
    // The table has six decimals.
    {"mapping efficiency", "percent", ErrorMeasure::Absolute, 1e-6},
};

static LogicalResult evaluateGemm(const TableFolder &, Evaluation &evaluation) {
  for (const TableRow &row : evaluation.file().rows()) {
    SystolicConstants array = readArray(row);
    Product product = readProduct(row);
    double cycles = row.count("compute_cycles");
    double lhs = row.count("sram_ifmap_reads");
    double rhs = row.count("sram_filter_reads");
    double writes = row.count("sram_ofmap_writes");
    double efficiency = row.number("mapping_eff_pct");
    if (row.isMalformed())
      return failure();
    SystolicCounts counts =
        countSystolic(array, product.m, product.k, product.n);
    // The tool adds rows + columns to the writes of each output-stationary
    // fold, a slip in its accounting.
    if (array.dataflow == arch::Dataflow::OutputStationary)
      writes -= counts.folds * (array.rows + array.columns);
    evaluation.observe(Cycles, row, cycles, counts.cycles);
    evaluation.observe(LhsReads, row, lhs, counts.lhsReads);
    evaluation.observe(RhsReads, row, rhs, counts.rhsReads);
    evaluation.observe(ResultWrites, row, writes, counts.resultWrites);
    evaluation.observe(Efficiency, row, efficiency, counts.mappingEfficiency);
  }
  return success();
}

static constexpr StringRef gemmColumns[] = {"name",
                                            "M",
                                            "K",
                                            "N",
                                            "array_rows",
                                            "array_cols",
                                            "dataflow",
                                            "compute_cycles",
                                            "sram_ifmap_reads",
                                            "sram_filter_reads",
                                            "sram_ofmap_writes",
                                            "mapping_eff_pct"};
static constexpr StringRef gemmKeys[] = {
    "name", "M", "K", "N", "array_rows", "array_cols", "dataflow"};

const ReferenceTable atleus::scaleSimGemm = {
    "scalesim_gemm", "systolic array", scaleSim, gemmColumns,
    gemmKeys,        gemmQuantities,   "",       evaluateGemm};

//===----------------------------------------------------------------------===//
// Limited bandwidth
//===----------------------------------------------------------------------===//

enum BandwidthQuantity { Compute, LhsFetches, RhsFetches, Stalls, Total };

// The tool counts a wait twice when it occurs and takes it back from the next,
// so that the worst case is a product that waits once: half of it is missing.
static constexpr ComparedQuantity bandwidthQuantities[] = {
    {"cycles without stalls", "cycles"},
    {"fetches of the input", "words"},
    {"fetches of the weight", "words"},
    {"stalls", "cycles", ErrorMeasure::Absolute, 0, unbounded, unbounded, 0.9},
    {"total cycles", "cycles", ErrorMeasure::Relative, 0, 0.5, 0.1},
};

static LogicalResult evaluateBandwidth(const TableFolder &,
                                       Evaluation &evaluation) {
  for (const TableRow &row : evaluation.file().rows()) {
    SystolicConstants array = readArray(row);
    Product product = readProduct(row);
    OperandBuffer buffer;
    buffer.words = row.size("sram_kb") * 1024;
    buffer.bitsPerCycle = row.size("bw") * buffer.wordBits;
    double cycles = row.count("compute_cycles");
    double stalls = row.count("stall_cycles");
    double total = row.count("total_cycles_reported");
    double lhs = row.count("dram_ifmap_reads");
    double rhs = row.count("dram_filter_reads");
    if (row.isMalformed())
      return failure();
    PrefetchBuffers buffers{arch::Prefetch::Stored, buffer, buffer, buffer};
    PrefetchCounts counts =
        countPrefetch(array, buffers, product.m, product.k, product.n);
    int64_t compute =
        countSystolic(array, product.m, product.k, product.n).cycles;
    evaluation.observe(Compute, row, cycles, compute);
    evaluation.observe(LhsFetches, row, lhs, counts.lhsFetches);
    evaluation.observe(RhsFetches, row, rhs, counts.rhsFetches);
    evaluation.observe(Stalls, row, stalls, counts.stalls);
    // What the tool prints is the index of the last cycle.
    evaluation.observe(Total, row, total, compute - 1 + counts.stalls);
  }
  return success();
}

static constexpr StringRef bandwidthColumns[] = {"name",
                                                 "M",
                                                 "K",
                                                 "N",
                                                 "array_rows",
                                                 "array_cols",
                                                 "dataflow",
                                                 "sram_kb",
                                                 "bw",
                                                 "compute_cycles",
                                                 "stall_cycles",
                                                 "total_cycles_reported",
                                                 "dram_ifmap_reads",
                                                 "dram_filter_reads"};
static constexpr StringRef bandwidthKeys[] = {
    "name",       "M",        "K",       "N", "array_rows",
    "array_cols", "dataflow", "sram_kb", "bw"};

const ReferenceTable atleus::scaleSimBandwidth = {
    "scalesim_gemm_user_bandwidth",
    "systolic array with operand buffers",
    scaleSim,
    bandwidthColumns,
    bandwidthKeys,
    bandwidthQuantities,
    "",
    evaluateBandwidth,
    "The tool adds a wait twice when it occurs and takes the second half back "
    "from the next: where a product waits once, its stalls are twice ours."};
