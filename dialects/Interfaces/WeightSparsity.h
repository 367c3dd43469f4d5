// Zeros of the static right operand of a matrix product, as counts.
#ifndef ATLEUS_INTERFACES_WEIGHTSPARSITY_H
#define ATLEUS_INTERFACES_WEIGHTSPARSITY_H

#include <cstdint>

namespace atleus {

/// Zeros of an operand [k, n] that a core may skip. Blocks and groups are those
/// of `#nn.sparsity`, seen from the product, which sums over rows: a block keeps
/// some of its rows or some of its columns as a whole, a group some of its
/// consecutive rows of one column. What there is not is 0.
struct WeightSparsity {
  /// Elements that are kept, and bits of the index that says which.
  int64_t kept = 0;
  int64_t indexBits = 0;
  /// Size of a block, and how many rows or columns it keeps.
  int64_t blockRows = 0;
  int64_t blockColumns = 0;
  int64_t keptRows = 0;
  int64_t keptColumns = 0;
  /// Size of a group, of rows that its block keeps, and how many it keeps.
  int64_t group = 0;
  int64_t keptInGroup = 0;
  /// Elements that are kept in the column that has the most.
  int64_t longestColumn = 0;

  bool any() const { return kept != 0; }
  bool hasLines() const { return keptRows != 0 || keptColumns != 0; }
  bool hasGroups() const { return keptInGroup != 0; }

  /// What blocks keep of so many rows or columns; all of them if blocks do not
  /// keep that kind of line.
  int64_t rowsLeft(int64_t rows) const;
  int64_t columnsLeft(int64_t columns) const;
  /// What groups keep of so many rows; all of them without groups.
  int64_t elementsLeft(int64_t rows) const;
  /// The part of `columns` of the operand's `all` columns.
  WeightSparsity ofColumns(int64_t columns, int64_t all) const;
  /// Bytes of the operand in sparse storage, for elements of `bits`.
  int64_t packedBytes(unsigned bits) const;

  bool operator==(const WeightSparsity &other) const;
};

} // namespace atleus

#endif // ATLEUS_INTERFACES_WEIGHTSPARSITY_H
