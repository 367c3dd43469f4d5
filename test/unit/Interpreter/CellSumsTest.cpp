// Tests of the sums of cells: the functions for every kind of CPU add what
// plain loops over rows add.
#include "lib/Interpreter/CellSums.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <random>
#include <vector>

using namespace atleus;

namespace {
struct alignas(64) Line {
  uint8_t bytes[64];
};

struct CellSumsTest : public ::testing::Test {
  int64_t draw(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(generator);
  }
  /// Of inputs of `bits` bits at most.
  void check(ReadColumn readColumn, int64_t lanes, int64_t bits = 16);

  std::mt19937 generator{1};
};
} // namespace

/// Cells and digits of a column, one number for each row.
static int64_t expectedTotal(const std::vector<int64_t> &cells,
                             const std::vector<int64_t> &codes,
                             const ColumnConversion &conversion) {
  int64_t total = 0;
  for (unsigned bit = 0; bit < conversion.inputBits;
       bit += conversion.dacBits) {
    unsigned width = std::min(conversion.dacBits, conversion.inputBits - bit);
    int64_t sum = 0;
    for (size_t row = 0; row < cells.size(); ++row)
      sum += cells[row] * ((codes[row] >> bit) & ((1 << width) - 1));
    int64_t code = (2 * sum + conversion.step) / (2 * conversion.step);
    int64_t value = std::min(code * conversion.step, conversion.limit);
    bool last = bit + width == conversion.inputBits;
    total += (last && conversion.subtractsLastPass ? -value : value) << bit;
  }
  return total;
}

void CellSumsTest::check(ReadColumn readColumn, int64_t lanes, int64_t bits) {
  int64_t rows = draw(1, 400), words = (rows + 3) / 4;
  unsigned cellBits = draw(1, 8), pairs = (cellBits + 1) / 2;
  ColumnConversion conversion;
  conversion.inputBits = draw(1, bits);
  int64_t patternBits = lanes == 2 ? 8 : conversion.inputBits;
  conversion.dacBits = draw(1, 8);
  conversion.subtractsLastPass = draw(0, 1);
  conversion.step = draw(0, 1) ? 1 : draw(2, 2000);
  conversion.limit = conversion.step * ((1 << draw(1, 16)) - 1);
  conversion.largestSum =
      rows * ((1 << cellBits) - 1) * ((1 << conversion.dacBits) - 1);
  // As for every converter that covers its range.
  conversion.step = std::max(conversion.step, conversion.largestSum / 65535);
  std::vector<uint8_t> cellWords(words * pairs);
  std::vector<int64_t> cells(rows);
  for (int64_t row = 0; row < rows; ++row) {
    cells[row] = draw(0, (1 << cellBits) - 1);
    for (unsigned pair = 0; pair < pairs; ++pair)
      cellWords[pair * words + row / 4] |= (cells[row] >> (2 * pair) & 3)
                                           << (2 * (row % 4));
  }
  std::vector<std::vector<int64_t>> codes(lanes, std::vector<int64_t>(rows));
  std::vector<Line> patterns(words * patternBits * lanes / 64 + 1);
  uint8_t *bytes = patterns.data()->bytes;
  for (int64_t lane = 0; lane < lanes; ++lane)
    for (int64_t row = 0; row < rows; ++row) {
      codes[lane][row] = draw(0, (1 << conversion.inputBits) - 1);
      for (unsigned bit = 0; bit < conversion.inputBits; ++bit)
        bytes[(row / 4 * patternBits + bit) * lanes + lane] |=
            (codes[lane][row] >> bit & 1) << (row % 4);
    }
  std::vector<int64_t> totals(lanes, 7);
  int64_t factor = draw(-64, 64);
  readColumn({cellWords.data(), words, pairs, factor}, conversion, bytes,
             totals.data());
  for (int64_t lane = 0; lane < lanes; ++lane)
    ASSERT_EQ(totals[lane],
              7 + factor * expectedTotal(cells, codes[lane], conversion))
        << "rows " << rows << " cell bits " << cellBits << " input bits "
        << conversion.inputBits << " dac bits " << conversion.dacBits
        << " step " << conversion.step << " limit " << conversion.limit;
}

TEST_F(CellSumsTest, every_kind_of_cpu_adds_what_plain_loops_add) {
  std::vector<const CellSumKernels *> all = {&portableCellSums};
#ifdef ATLEUS_X86_KERNELS
  all.insert(all.end(), {&avx2CellSums, &avx512CellSums});
#endif
  for (const CellSumKernels *kernels : all) {
    if (!kernels->isSupported())
      continue;
    SCOPED_TRACE(kernels->name);
    for (int trial = 0; trial < 300; ++trial) {
      check(kernels->read16, 16);
      check(kernels->read2, 2, 8);
      if (kernels->read32)
        check(kernels->read32, 32);
      if (kernels->read64)
        check(kernels->read64, 64);
      if (HasFatalFailure())
        return;
    }
  }
}
