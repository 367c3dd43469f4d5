// What blocks and groups of a weight keep.
#include "dialects/Interfaces/WeightSparsity.h"

#include "llvm/Support/MathExtras.h"

#include <tuple>

using namespace atleus;

/// The share `kept` of `whole` of `size`, rounded up.
static int64_t shareOf(int64_t size, int64_t kept, int64_t whole) {
  auto product = static_cast<__int128>(size) * kept;
  return static_cast<int64_t>((product + whole - 1) / whole);
}

/// What pieces of `whole` keep of `size`, the last of which may be smaller.
static int64_t keptOfPieces(int64_t size, int64_t kept, int64_t whole) {
  return size / whole * kept + shareOf(size % whole, kept, whole);
}

int64_t WeightSparsity::rowsLeft(int64_t rows) const {
  return keptRows == 0 ? rows : keptOfPieces(rows, keptRows, blockRows);
}

int64_t WeightSparsity::columnsLeft(int64_t columns) const {
  return keptColumns == 0 ? columns
                          : keptOfPieces(columns, keptColumns, blockColumns);
}

int64_t WeightSparsity::elementsLeft(int64_t rows) const {
  return keptInGroup == 0 ? rows : keptOfPieces(rows, keptInGroup, group);
}

WeightSparsity WeightSparsity::ofColumns(int64_t columns, int64_t all) const {
  WeightSparsity part = *this;
  part.kept = shareOf(kept, columns, all);
  part.indexBits = shareOf(indexBits, columns, all);
  return part;
}

int64_t WeightSparsity::packedBytes(unsigned bits) const {
  return llvm::divideCeil(kept * bits + indexBits, 8);
}

bool WeightSparsity::operator==(const WeightSparsity &other) const {
  auto values = [](const WeightSparsity &it) {
    return std::tie(it.kept, it.indexBits, it.blockRows, it.blockColumns,
                    it.keptRows, it.keptColumns, it.group, it.keptInGroup,
                    it.longestColumn);
  };
  return values(*this) == values(other);
}
