// The function of CellSums.h as a template over a register of bytes. Each file
// that includes it is compiled for one kind of CPU, so that nothing here may
// be shared among them: it defines ATLEUS_CELL_SUMS as the name of a namespace
// of its own.
#ifndef ATLEUS_LIB_INTERPRETER_CELLSUMSKERNEL_H
#define ATLEUS_LIB_INTERPRETER_CELLSUMSKERNEL_H

#include "CellSums.h"

namespace ATLEUS_CELL_SUMS {

using atleus::CellColumn;
using atleus::ColumnConversion;

constexpr int64_t wordsPerByteSum = 21;
constexpr unsigned mostInputBits = 16;

/// For each byte of cells and each pattern of driven wordlines the sum.
struct SumTable {
  constexpr SumTable() {
    for (unsigned cells = 0; cells < 256; ++cells)
      for (unsigned pattern = 0; pattern < 16; ++pattern)
        for (unsigned row = 0; row < 4; ++row)
          if (pattern >> row & 1)
            sums[cells * 16 + pattern] += cells >> (2 * row) & 3;
  }
  alignas(64) uint8_t sums[4096] = {};
};
constexpr SumTable sumTable;

/// Adds the sums of up to 21 words in `count` bits of the input to `sums`,
/// which has one number for each bit and lane.
template <typename Register, int count, typename BitSum>
void addWords(const uint8_t *words, int64_t numWords, const uint8_t *patterns,
              int64_t wordStride, unsigned shift, BitSum *sums) {
  constexpr int64_t lanes = Register::lanes;
  Register bytes[count];
  for (int64_t word = 0; word < numWords; ++word) {
    auto table = Register::table(sumTable.sums + 16 * words[word]);
    const uint8_t *pattern = patterns + word * wordStride;
    for (int bit = 0; bit < count; ++bit)
      bytes[bit].addLookups(table, pattern + bit * lanes);
  }
  for (int bit = 0; bit < count; ++bit) {
    alignas(64) uint8_t stored[lanes];
    bytes[bit].store(stored);
    for (int64_t lane = 0; lane < lanes; ++lane)
      sums[bit * lanes + lane] += static_cast<BitSum>(stored[lane] << shift);
  }
}

/// Sets the sums of a column in every bit of the input.
template <typename Register, typename BitSum>
void sumColumn(const CellColumn &column, unsigned inputBits,
               const uint8_t *patterns, BitSum *sums) {
  constexpr int64_t lanes = Register::lanes;
  int64_t wordStride = inputBits * lanes;
  for (int64_t i = 0; i < wordStride; ++i)
    sums[i] = 0;
  for (unsigned pair = 0; pair < column.numPairs; ++pair)
    for (int64_t begin = 0; begin < column.numWords; begin += wordsPerByteSum) {
      int64_t rest = column.numWords - begin;
      int64_t count = rest < wordsPerByteSum ? rest : wordsPerByteSum;
      const uint8_t *words = column.words + pair * column.numWords + begin;
      const uint8_t *from = patterns + begin * wordStride;
      unsigned bit = 0;
      for (; bit + 8 <= inputBits; bit += 8)
        addWords<Register, 8>(words, count, from + bit * lanes, wordStride,
                              2 * pair, sums + bit * lanes);
      for (; bit + 4 <= inputBits; bit += 4)
        addWords<Register, 4>(words, count, from + bit * lanes, wordStride,
                              2 * pair, sums + bit * lanes);
      for (; bit < inputBits; ++bit)
        addWords<Register, 1>(words, count, from + bit * lanes, wordStride,
                              2 * pair, sums + bit * lanes);
    }
}

/// Rounds sums to whole steps, halves up. The quotient of floats is off by one
/// at most, because an ADC has up to 16 bits.
template <typename Sum, int64_t lanes>
void roundToSteps(Sum *sums, int64_t step) {
  Sum divisor = static_cast<Sum>(2 * step);
  float inverse = 1.0f / static_cast<float>(divisor);
  for (int64_t lane = 0; lane < lanes; ++lane) {
    Sum dividend = 2 * sums[lane] + static_cast<Sum>(step);
    Sum quotient = static_cast<Sum>(static_cast<float>(dividend) * inverse);
    Sum remainder = dividend - quotient * divisor;
    quotient += (remainder >= divisor ? 1 : 0) - (remainder < 0 ? 1 : 0);
    sums[lane] = quotient * static_cast<Sum>(step);
  }
}

/// Converts the sums of every pass and adds them up, the first pass lightest.
template <typename Sum, typename Total, int64_t lanes, typename BitSum>
void convertPasses(const ColumnConversion &conversion, const BitSum *bitSums,
                   int64_t factor, int64_t *totals) {
  alignas(64) Total added[lanes] = {};
  Sum limit = static_cast<Sum>(conversion.limit);
  for (unsigned shift = 0; shift < conversion.inputBits;
       shift += conversion.dacBits) {
    alignas(64) Sum sums[lanes];
    for (int64_t lane = 0; lane < lanes; ++lane)
      sums[lane] = static_cast<Sum>(bitSums[shift * lanes + lane]);
    for (unsigned bit = 1;
         bit < conversion.dacBits && shift + bit < conversion.inputBits; ++bit)
      for (int64_t lane = 0; lane < lanes; ++lane)
        sums[lane] += static_cast<Sum>(bitSums[(shift + bit) * lanes + lane])
                      << bit;
    if (conversion.step != 1)
      roundToSteps<Sum, lanes>(sums, conversion.step);
    bool last = shift + conversion.dacBits >= conversion.inputBits;
    Total sign = last && conversion.subtractsLastPass ? -1 : 0;
    for (int64_t lane = 0; lane < lanes; ++lane) {
      Sum code = sums[lane] < limit ? sums[lane] : limit;
      // Negated in two's complement if `sign` is -1.
      added[lane] += ((static_cast<Total>(code) << shift) ^ sign) - sign;
    }
  }
  for (int64_t lane = 0; lane < lanes; ++lane)
    totals[lane] += factor * static_cast<int64_t>(added[lane]);
}

template <int64_t lanes, typename BitSum>
void convertColumn(const CellColumn &column, const ColumnConversion &conversion,
                   const BitSum *sums, int64_t *totals) {
  constexpr int64_t largest32 = 0x7fffffff;
  // Of the dividend of a rounding, and of the limit.
  int64_t largest = 2 * (conversion.largestSum + conversion.step);
  if (largest < conversion.limit)
    largest = conversion.limit;
  if (largest > largest32)
    return convertPasses<int64_t, int64_t, lanes>(conversion, sums,
                                                  column.factor, totals);
  if (largest << conversion.inputBits > largest32)
    return convertPasses<int32_t, int64_t, lanes>(conversion, sums,
                                                  column.factor, totals);
  convertPasses<int32_t, int32_t, lanes>(conversion, sums, column.factor,
                                         totals);
}

template <typename Register, typename BitSum>
void readColumnAs(const CellColumn &column, const ColumnConversion &conversion,
                  const uint8_t *patterns, int64_t *totals) {
  constexpr int64_t lanes = Register::lanes;
  alignas(64) BitSum sums[mostInputBits * lanes];
  sumColumn<Register>(column, conversion.inputBits, patterns, sums);
  convertColumn<lanes>(column, conversion, sums, totals);
}

template <typename Register>
void readColumn(const CellColumn &column, const ColumnConversion &conversion,
                const uint8_t *patterns, int64_t *totals) {
  // The largest sum of one bit of the input.
  int64_t largestCell = (int64_t(1) << (2 * column.numPairs)) - 1;
  if (column.numWords * 4 * largestCell <= 0xffff)
    readColumnAs<Register, uint16_t>(column, conversion, patterns, totals);
  else
    readColumnAs<Register, uint32_t>(column, conversion, patterns, totals);
}

/// Two vectors of up to 8 bits in a register: bit b of vector v is in its lane
/// 2 * b + v, so that one lookup does for all bits.
template <typename Register>
void readColumnOfTwo(const CellColumn &column,
                     const ColumnConversion &conversion,
                     const uint8_t *patterns, int64_t *totals) {
  alignas(64) uint32_t sums[Register::lanes];
  sumColumn<Register>(column, /*inputBits=*/1, patterns, sums);
  convertColumn<2>(column, conversion, sums, totals);
}

} // namespace ATLEUS_CELL_SUMS

#endif // ATLEUS_LIB_INTERPRETER_CELLSUMSKERNEL_H
