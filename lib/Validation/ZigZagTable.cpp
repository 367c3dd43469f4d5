// ZigZag's table: how products fill a weight-stationary array.
#include "lib/Validation/Tables.h"

#include "atleus/Cost/SystolicModel.h"

using namespace mlir;
using namespace atleus;

/// The side of the array of ZigZag's `tpu_like`.
static constexpr int64_t tpuSide = 32;

static constexpr ComparedQuantity zigZagQuantities[] = {
    // A quotient of whole numbers.
    {"cycles of full streams", "cycles", ErrorMeasure::Absolute, 1e-3},
};

static LogicalResult evaluateZigZag(const TableFolder &,
                                    Evaluation &evaluation) {
  SystolicConstants array;
  array.rows = array.columns = tpuSide;
  for (const TableRow &row : evaluation.file().rows()) {
    if (row.text("accelerator") != "tpu_like") {
      evaluation.leaveOut("no core of ours unrolls loops as this array does");
      continue;
    }
    if (row.has("error")) {
      evaluation.leaveOut("the tool has no result");
      continue;
    }
    int64_t m = row.size("M"), k = row.size("K"), n = row.size("N");
    double cycles = row.positive("ideal_temporal_cycle");
    if (row.isMalformed())
      return failure();
    SystolicCounts counts = countSystolic(array, m, k, n);
    double macs = static_cast<double>(m) * static_cast<double>(k) *
                  static_cast<double>(n);
    evaluation.observe(0, row, cycles,
                       macs / (tpuSide * tpuSide) * 100 /
                           counts.mappingEfficiency);
  }
  return success();
}

static constexpr StringRef zigZagColumns[] = {
    "accelerator",          "opt",  "name", "M", "K", "N",
    "ideal_temporal_cycle", "error"};
static constexpr StringRef zigZagKeys[] = {"opt", "name", "M", "K", "N"};

const ReferenceTable atleus::zigZagGemm = {
    "zigzag_gemm",
    "filling of a systolic array",
    {"ZigZag 3.8.5", "KULeuven-MICAS/zigzag",
     "3d12a96e9d52b51ccb659c0f7cba688bc7e4b7a3"},
    zigZagColumns,
    zigZagKeys,
    zigZagQuantities,
    "",
    evaluateZigZag};
