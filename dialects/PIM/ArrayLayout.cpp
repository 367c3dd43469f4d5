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

/// Cuts the layout between units of rows that whole arrays hold,
/// `rowsPerArrays` rows of the weight in as many as `arrays`, and that have
/// whole blocks of scales.
static void setRowUnits(ArrayLayout &layout, const ArrayGrid &grid,
                        int64_t rowsPerArrays, int64_t arrays) {
  layout.rowsPerUnit = rowsPerArrays;
  if (grid.rowsPerScale != 0 && grid.rowsPerScale < grid.k)
    layout.rowsPerUnit = std::lcm(rowsPerArrays, grid.rowsPerScale);
  layout.gridRowsPerUnit = layout.rowsPerUnit / rowsPerArrays * arrays;
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
  setRowUnits(layout, grid, grid.rows, 1);
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
    // The fewest blocks whose rows that are kept fill arrays.
    int64_t kept = std::lcm(sparsity.keptRows, grid.rows);
    setRowUnits(layout, grid, kept / sparsity.keptRows * sparsity.blockRows,
                kept / grid.rows);
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
  setRowUnits(layout, grid, layout.arrayRows, 1);
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
