// Sums of cells in plain C++, and the choice among the kinds of CPUs.
#define ATLEUS_CELL_SUMS portable_cell_sums
#include "CellSumsKernel.h"

using namespace atleus;
using namespace ATLEUS_CELL_SUMS;

namespace {
struct PlainBytes {
  static constexpr int64_t lanes = 16;
  uint8_t sums[lanes] = {};

  static const uint8_t *table(const uint8_t *row) { return row; }
  void addLookups(const uint8_t *table, const uint8_t *patterns) {
    for (int64_t lane = 0; lane < lanes; ++lane)
      sums[lane] += table[patterns[lane]];
  }
  void store(uint8_t *to) const {
    for (int64_t lane = 0; lane < lanes; ++lane)
      to[lane] = sums[lane];
  }
};
} // namespace

const CellSumKernels atleus::portableCellSums = {
    "portable", [] { return true; },        readColumn<PlainBytes>, nullptr,
    nullptr,    readColumnOfTwo<PlainBytes>};

const CellSumKernels &atleus::getCellSumKernels() {
#ifdef ATLEUS_X86_KERNELS
  if (avx512CellSums.isSupported())
    return avx512CellSums;
  if (avx2CellSums.isSupported())
    return avx2CellSums;
#endif
  return portableCellSums;
}
