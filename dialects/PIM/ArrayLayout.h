// How a weight lies in a grid of crossbar arrays, on plain numbers.
//
// A weight [k, n] takes ceil(k / rows) arrays for each column of arrays, and
// its columns, each of which is `slices` cells wide, lie side by side. Lines
// that blocks of a pruned weight do not keep can be left out:
// - rows: the rows that are kept of all blocks below each other lie side by
//   side, and each column of arrays holds columns of one block only, for its
//   wordlines are driven by inputs of its own;
// - columns: the columns that are kept of all blocks beside each other lie side
//   by side, and each row of arrays holds rows of one block only, for its sums
//   go to features of its own.
// A weight that is too large for a core is cut along its features, between
// `units`: single features, or with columns left out, blocks of them. Where not
// even one column of arrays fits, it is cut along its rows, too, between rows
// of arrays: every array holds what it would hold uncut.
//
// Example: 768 x 3072 weights of 8 bits, 128 x 128 arrays of 2-bit cells,
// blocks of 128 x 32 that keep 64 rows: 3 arrays for each of 96 blocks of
// columns, 288 in all, where a dense weight takes 576.
#ifndef ATLEUS_PIM_ARRAYLAYOUT_H
#define ATLEUS_PIM_ARRAYLAYOUT_H

#include "dialects/Interfaces/WeightSparsity.h"

namespace atleus::pim {

/// A weight and the arrays that it is written to. All sizes are positive.
struct ArrayGrid {
  int64_t k = 1;
  int64_t n = 1;
  /// Columns of cells that a weight takes.
  int64_t slices = 1;
  /// Of an array.
  int64_t rows = 1;
  int64_t columns = 1;
  /// Rows of the weight that have scales in common; 0 if all have.
  int64_t rowsPerScale = 0;
};

struct ArrayLayout {
  /// Rows and columns of the weight that are written: of one block of columns,
  /// or of one block of rows, if lines are left out.
  int64_t writtenRows = 0;
  int64_t writtenColumns = 0;
  /// Rows and columns of cells of an array that are used.
  int64_t arrayRows = 0;
  int64_t arrayColumns = 0;
  /// Arrays above each other.
  int64_t gridRows = 0;
  /// Features between which a weight may be cut, as units of so many features,
  /// each of which takes so many columns of cells.
  int64_t units = 0;
  int64_t featuresPerUnit = 1;
  int64_t columnsPerUnit = 1;
  /// Rows between which a weight may be cut, as units of so many rows of the
  /// weight, each of which takes so many rows of arrays. The last unit may have
  /// fewer. A cut goes neither through an array nor through rows with scales in
  /// common if others have other scales.
  int64_t rowsPerUnit = 0;
  int64_t gridRowsPerUnit = 1;

  /// Arrays beside each other.
  int64_t gridColumns() const;
  int64_t arrays() const { return gridRows * gridColumns(); }
};

/// The layout of a weight of which nothing is left out.
ArrayLayout layOutDense(const ArrayGrid &grid);

/// The layout without the lines that `sparsity`, which has some, leaves out.
ArrayLayout layOutLines(const ArrayGrid &grid, const WeightSparsity &sparsity);

/// Blocks that fill arrays: of the pattern's blocks those parts that one array
/// holds, if whole arrays make up a block. What a block keeps of its rows every
/// part of its columns keeps, and the reverse.
WeightSparsity fitBlocks(const ArrayGrid &grid, const WeightSparsity &sparsity);

} // namespace atleus::pim

#endif // ATLEUS_PIM_ARRAYLAYOUT_H
