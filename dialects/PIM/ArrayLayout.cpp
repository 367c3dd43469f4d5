// Arrays that weights take, with and without lines that are zero.
#include "dialects/PIM/ArrayLayout.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <numeric>

using namespace atleus;
using namespace atleus::pim;

static int64_t ceilOf(int64_t a, int64_t b) {
  return static_cast<int64_t>(llvm::divideCeil(a, b));
}

int64_t ArrayLayout::gridColumns() const {
  return ceilOf(units * columnsPerUnit, arrayColumns);
}

ArrayLayout pim::layOutDense(const ArrayGrid &grid) {
  ArrayLayout layout;
  layout.writtenRows = grid.k;
  layout.writtenColumns = grid.n;
  layout.arrayRows = grid.rows;
  layout.arrayColumns = grid.columns;
  layout.gridRows = ceilOf(grid.k, grid.rows);
  layout.units = grid.n;
  layout.columnsPerUnit = grid.slices;
  return layout;
}

ArrayLayout pim::layOutLines(const ArrayGrid &grid,
                             const WeightSparsity &sparsity) {
  ArrayLayout layout = layOutDense(grid);
  if (sparsity.keptRows != 0) {
    layout.writtenRows = sparsity.rowsLeft(grid.k);
    layout.gridRows = ceilOf(layout.writtenRows, grid.rows);
    layout.arrayColumns =
        std::min(grid.columns, sparsity.blockColumns * grid.slices);
    return layout;
  }
  layout.arrayRows = std::min(grid.rows, sparsity.blockRows);
  layout.gridRows = ceilOf(grid.k, layout.arrayRows);
  layout.writtenColumns = sparsity.columnsLeft(grid.n);
  // A block at the edge that has fewer columns counts like the others, so that
  // every cut between blocks takes the same room.
  layout.units = ceilOf(grid.n, sparsity.blockColumns);
  layout.featuresPerUnit = sparsity.blockColumns;
  layout.columnsPerUnit = sparsity.keptColumns * grid.slices;
  return layout;
}

/// The part of a block's `size` lines that lies in one array with room for
/// `room` of them.
static int64_t fitSize(int64_t size, int64_t room) {
  return size <= room ? size : std::gcd(size, room);
}

WeightSparsity pim::fitBlocks(const ArrayGrid &grid,
                              const WeightSparsity &sparsity) {
  WeightSparsity fitted = sparsity;
  if (sparsity.keptRows != 0)
    fitted.blockColumns =
        fitSize(sparsity.blockColumns,
                std::max<int64_t>(1, grid.columns / grid.slices));
  else
    fitted.blockRows = fitSize(sparsity.blockRows, grid.rows);
  return fitted;
}
