// The real numbers that the integers of quantized weights stand for.
#ifndef ATLEUS_COMPRESSION_ROUNDINGGRID_H
#define ATLEUS_COMPRESSION_ROUNDINGGRID_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <vector>

namespace atleus {

/// Weights [rows, columns] in blocks with a scale each: one block for a scale
/// per tensor, blocks of one column for a scale per channel, and blocks of a
/// crossbar's size for crossbar-wise scales. Blocks at the edges are smaller.
/// An integer q of a block stands for (q - zero point) * scale.
struct RoundingGrid {
  int64_t rows = 0;
  int64_t columns = 0;
  int64_t blockRows = 0;
  int64_t blockColumns = 0;
  /// One for each block, row by row of blocks; positive.
  std::vector<float> scales;
  /// One for each block, or none, which means that all are zero.
  std::vector<int32_t> zeroPoints;
  /// Range of the integers; zero points lie in it.
  int32_t minimum = 0;
  int32_t maximum = 0;

  int64_t blockAt(int64_t row, int64_t column) const {
    int64_t perRow = (columns - 1) / blockColumns + 1;
    return row / blockRows * perRow + column / blockColumns;
  }
  int32_t zeroPoint(int64_t block) const {
    return zeroPoints.empty() ? 0 : zeroPoints[block];
  }

  /// The integer of `block` whose number is nearest to `value`, of two the even
  /// one: what `nn.quantize` gives for it.
  int32_t round(float value, int64_t block) const;

  /// The number that an integer of `block` stands for, as `nn.dequantize`.
  float real(int32_t integer, int64_t block) const {
    return static_cast<float>(integer - zeroPoint(block)) * scales[block];
  }

  /// All weights, each to its nearest number.
  std::vector<int32_t> roundToNearest(llvm::ArrayRef<float> weights) const;
  std::vector<float> toReals(llvm::ArrayRef<int32_t> integers) const;
};

} // namespace atleus

#endif // ATLEUS_COMPRESSION_ROUNDINGGRID_H
