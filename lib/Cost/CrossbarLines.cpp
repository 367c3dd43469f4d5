// Products of crossbars that leave out lines of pruned weights.
#include "atleus/Cost/Arithmetic.h"
#include "atleus/Cost/CrossbarModel.h"
#include "atleus/Cost/ZeroSkipping.h"

#include "dialects/PIM/ArrayLayout.h"

#include <algorithm>

using namespace atleus;

namespace {
/// What is written of a weight, into arrays of which a part may be used.
struct WrittenWeight {
  CrossbarConstants core;
  int64_t k, n;
  int64_t rowsPerScale;
  /// Whether each column of arrays has inputs of its own.
  bool ownInputs = false;
};
} // namespace

static WrittenWeight writeWeight(const CrossbarConstants &core,
                                 const MatrixProduct &product) {
  if (core.sparsity != arch::Sparsity::Lines ||
      !arch::skipsZeros(core.sparsity, product))
    return {core, product.k, product.n, product.rowsPerScale};
  pim::ArrayGrid grid{product.k, product.n,
                      columnsPerWeight(core, product.rhsBits), core.rows,
                      core.columns};
  const WeightSparsity &sparsity = product.sparsity;
  pim::ArrayLayout layout =
      layOutLines(grid, pim::fitBlocks(grid, sparsity));
  WrittenWeight written{core, layout.writtenRows, layout.writtenColumns,
                        product.rowsPerScale, sparsity.keptRows != 0};
  written.core.rows = layout.arrayRows;
  written.core.columns = layout.arrayColumns;
  written.core.activeRows = std::min(core.activeRows, layout.arrayRows);
  // Those rows of each block with scales of its own that are kept.
  if (product.rowsPerScale)
    written.rowsPerScale = sparsity.rowsLeft(product.rowsPerScale);
  return written;
}

/// Steps that drive rows [begin, end) of a weight, those of blocks with scales
/// of their own apart.
static int64_t stepsOfRows(const WrittenWeight &weight, int64_t begin,
                           int64_t end) {
  int64_t steps = 0;
  for (int64_t row = begin; row < end;) {
    int64_t last =
        std::min(end, (row / weight.rowsPerScale + 1) * weight.rowsPerScale);
    steps += ceilDivide(last - row, weight.core.activeRows);
    row = last;
  }
  return steps;
}

/// Whether blocks with scales of their own begin and end with arrays, or arrays
/// with them.
static bool isAligned(const WrittenWeight &weight) {
  int64_t rows = weight.core.rows;
  return weight.rowsPerScale == 0 || rows % weight.rowsPerScale == 0 ||
         weight.rowsPerScale % rows == 0;
}

/// Steps of all arrays above each other, and of the one with the most.
static std::pair<int64_t, int64_t> countSteps(const WrittenWeight &weight) {
  int64_t sum = 0, most = 0;
  for (int64_t row = 0; row < weight.k; row += weight.core.rows) {
    int64_t steps = stepsOfRows(weight, row,
                                std::min(weight.k, row + weight.core.rows));
    sum += steps;
    most = std::max(most, steps);
  }
  return {sum, most};
}

CrossbarCounts
atleus::countCrossbarProduct(const CrossbarConstants &core,
                             const MatrixProduct &product) {
  int64_t vectors = product.batch * product.m;
  WrittenWeight weight = writeWeight(core, product);
  CrossbarCounts counts =
      countCrossbar(weight.core, vectors, weight.k, weight.n, product.lhsBits,
                    product.rhsBits, weight.rowsPerScale);
  if (!isAligned(weight)) {
    int64_t columns = weight.n * columnsPerWeight(core, product.rhsBits);
    int64_t conversions = countSteps(weight).first * columns * vectors *
                          crossbarPasses(core, product.lhsBits);
    counts.shiftAdds += conversions - counts.conversions;
    counts.conversions = conversions;
  }
  if (weight.ownInputs && core.encoding != arch::Encoding::Differential) {
    int64_t blocks = ceilDivide(
        weight.n * columnsPerWeight(core, product.rhsBits), weight.core.columns);
    counts.shiftAdds += vectors * weight.k * (blocks - 1);
  }
  return counts;
}

Picoseconds atleus::productInterval(const CrossbarConstants &core,
                                    const MatrixProduct &product) {
  WrittenWeight weight = writeWeight(core, product);
  if (isAligned(weight))
    return vectorInterval(weight.core, product.lhsBits, weight.rowsPerScale);
  return stepTime(core) * (crossbarPasses(core, product.lhsBits) *
                           countSteps(weight).second);
}
