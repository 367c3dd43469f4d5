// Sums of ideal cells, by table.
//
// Four wordlines cross a column of 2-bit cells: their cells are one of 256
// bytes, the wordlines that one bit of the inputs drives are one of 16
// patterns, and all the sums are a table of 4 KB (the method of four Russians,
// Arlazarov et al., 1970). A byte shuffle looks up one byte of cells for as
// many vectors at once as a register has bytes; 21 lookups of at most 12 still
// fit in a byte. Wider cells are pairs of bit planes, wider digits are bits:
// whatever the widths of cells and converters, a bit of an input meets a pair
// of bits of a weight in a quarter of a lookup.
//
// Files that are compiled for one kind of CPU include this header, so that it
// includes no other that defines functions.
#ifndef ATLEUS_LIB_INTERPRETER_CELLSUMS_H
#define ATLEUS_LIB_INTERPRETER_CELLSUMS_H

#include "ColumnConversion.h"

namespace atleus {

/// One column of cells in one group of wordlines.
struct CellColumn {
  /// A byte for each four rows, for each pair of bit planes from the lowest on.
  const uint8_t *words;
  int64_t numWords;
  unsigned numPairs;
  /// The factor of its sums.
  int64_t factor;
};

/// Reads a column: for each lane, a vector, adds factor * (converted sums) to
/// `totals`. `patterns` has the driven wordlines, four bits in a byte, for each
/// word, bit of the input and lane. Registers of bytes are loaded from it, so
/// that it must be aligned for them.
using ReadColumn = void (*)(const CellColumn &column,
                            const ColumnConversion &conversion,
                            const uint8_t *patterns, int64_t *totals);

/// The functions for one kind of CPU.
struct CellSumKernels {
  const char *name;
  /// Whether this CPU can run them.
  bool (*isSupported)();
  /// For 16, 32 and 64 lanes; null where registers are too narrow.
  ReadColumn read16, read32, read64;
  /// For 2 lanes and inputs of up to 8 bits, which take 8 in `patterns` then.
  ReadColumn read2;
};

extern const CellSumKernels portableCellSums;
#ifdef ATLEUS_X86_KERNELS
extern const CellSumKernels avx2CellSums, avx512CellSums;
#endif

/// The fastest that this CPU can run.
const CellSumKernels &getCellSumKernels();

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_CELLSUMS_H
