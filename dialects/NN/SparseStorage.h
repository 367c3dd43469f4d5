// Where the zeros of a pruned matrix are, and how the matrix is stored: the
// elements that are kept, packed, and an index that says where they belong. This
// is what `#nn.sparsity` means, on plain arrays.
//
// A pattern has up to two levels:
// - lines: the matrix is cut into blocks, and each block keeps `keptLines` of
//   its lines, rows for line dimension 0 and columns for 1;
// - groups: what the lines leave of each column of a block (group dimension 0)
//   or of each row (1) is cut into groups of `group` elements, and each keeps
//   `kept`.
// Both are balanced: blocks and groups of equal size keep equal numbers, so that
// hardware works on them in step. A smaller one at an edge keeps the same share,
// rounded up. Without levels any elements are kept.
//
// Elements are stored block by block; of a block column by column, each from top
// to bottom, for group dimension 0, and row by row for 1. The index has a part
// for each level, one directly after the other, in bits, the lowest of a byte
// first: for each block which lines are kept, then for each group which elements
// are; without levels, for each column or row which elements are. Either part
// is of
// - bitmaps: a bit for each line or element, set if it is kept; or
// - offsets of what is kept, in ascending order, each in as many bits as the
//   largest offset of a whole block or group needs. How many there are follows
//   from the pattern; without levels, their number stands before them, in as
//   many bits as the largest possible number needs.
// The last byte is filled up with zeros. A 4:8 group so takes 8 bits as a bitmap
// and 4 * 3 bits as offsets.
#ifndef ATLEUS_NN_SPARSESTORAGE_H
#define ATLEUS_NN_SPARSESTORAGE_H

#include "dialects/NN/NNEnums.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <vector>

namespace atleus::nn {

/// The pattern of a matrix of positive size, and its format.
struct SparsePattern {
  int64_t rows = 1;
  int64_t columns = 1;
  /// Size of a block, and the lines that one keeps; 0 without blocks.
  int64_t blockRows = 0;
  int64_t blockColumns = 0;
  int64_t keptLines = 0;
  unsigned lineDimension = 0;
  /// Elements of a group, and those that are kept; 0 without groups.
  int64_t group = 0;
  int64_t kept = 0;
  unsigned groupDimension = 0;
  SparseIndex lineIndex = SparseIndex::Bitmap;
  SparseIndex elementIndex = SparseIndex::Bitmap;

  bool hasLines() const { return keptLines != 0; }
  bool hasGroups() const { return kept != 0; }
  bool isUnstructured() const { return !hasLines() && !hasGroups(); }
  int64_t size() const { return rows * columns; }
  /// Lines of a whole block.
  int64_t blockLines() const {
    return lineDimension == 0 ? blockRows : blockColumns;
  }
};

/// What a pattern keeps of one matrix.
struct SparseMask {
  /// For each block, one row of blocks after another, whether each of its lines
  /// is zero as a whole; empty without lines.
  std::vector<uint8_t> prunedLines;
  /// For each element, in row-major order, whether it is zero.
  std::vector<uint8_t> pruned;
};

/// A part of a matrix.
struct MatrixBlock {
  int64_t rowBegin, rowEnd, columnBegin, columnEnd;

  int64_t rows() const { return rowEnd - rowBegin; }
  int64_t columns() const { return columnEnd - columnBegin; }
  /// Lines along a dimension: rows for 0.
  int64_t lines(unsigned dimension) const {
    return dimension == 0 ? rows() : columns();
  }
};

/// The share of `size` that is kept where `kept` of `whole` are, rounded up.
int64_t keptOf(int64_t size, int64_t kept, int64_t whole);

/// The blocks, one row of blocks after another; the matrix without blocks.
std::vector<MatrixBlock> listBlocks(const SparsePattern &pattern);

/// Lines that a block keeps.
int64_t countKeptLines(const SparsePattern &pattern, const MatrixBlock &block);

/// Elements that a pattern with levels keeps.
int64_t countKept(const SparsePattern &pattern);

/// Calls `visit` for each block with its part of `prunedLines`.
void forEachBlock(
    const SparsePattern &pattern, llvm::ArrayRef<uint8_t> prunedLines,
    llvm::function_ref<void(const MatrixBlock &, llvm::ArrayRef<uint8_t>)>
        visit);

/// Calls `visit` for each group in the order of storage with the places of its
/// elements, as numbers in row-major order. Without groups, what the lines
/// leave of a column or row of a block is one.
void forEachGroup(const SparsePattern &pattern,
                  llvm::ArrayRef<uint8_t> prunedLines,
                  llvm::function_ref<void(llvm::ArrayRef<int64_t>)> visit);

/// Bits of the index. `kept` counts the elements that are kept; what has levels
/// does not need it.
int64_t countIndexBits(const SparsePattern &pattern, int64_t kept = 0);

/// The format in which the pattern has the fewest bits; bitmaps if both take as
/// many.
SparsePattern withSmallestIndex(const SparsePattern &pattern, int64_t kept = 0);

/// The index of a mask of this pattern.
std::vector<uint8_t> encodeIndex(const SparsePattern &pattern,
                                 const SparseMask &mask);

/// The mask that `index` describes, in which `kept` elements are kept. Errors:
/// another number of bytes than the pattern needs; a block, group or matrix that
/// keeps another number; offsets that do not ascend or lie outside; a bit set
/// after the end.
llvm::Expected<SparseMask> decodeIndex(const SparsePattern &pattern,
                                       int64_t kept,
                                       llvm::ArrayRef<uint8_t> index);

/// The places of the elements that are kept, as numbers in row-major order, in
/// the order of storage.
std::vector<int64_t> listPlaces(const SparsePattern &pattern,
                                const SparseMask &mask);

/// Elements kept in the column (dimension 0) or row (1) that keeps the most.
int64_t countLongest(const SparsePattern &pattern, const SparseMask &mask,
                     unsigned dimension);

} // namespace atleus::nn

#endif // ATLEUS_NN_SPARSESTORAGE_H
