// Rounding to nearest, as the interpreter quantizes.
#include "atleus/Compression/RoundingGrid.h"

#include <algorithm>
#include <cassert>
#include <cmath>

using namespace atleus;
using llvm::ArrayRef;

int32_t RoundingGrid::round(float value, int64_t block) const {
  int32_t zero = zeroPoint(block);
  float quotient = value / scales[block];
  if (std::isnan(quotient))
    return zero;
  float limited = std::clamp(quotient, static_cast<float>(minimum - zero),
                             static_cast<float>(maximum - zero));
  return static_cast<int32_t>(std::nearbyint(limited)) + zero;
}

std::vector<int32_t>
RoundingGrid::roundToNearest(ArrayRef<float> weights) const {
  assert(static_cast<int64_t>(weights.size()) == rows * columns);
  std::vector<int32_t> integers(weights.size());
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column) {
      int64_t index = row * columns + column;
      integers[index] = round(weights[index], blockAt(row, column));
    }
  return integers;
}

std::vector<float> RoundingGrid::toReals(ArrayRef<int32_t> integers) const {
  assert(static_cast<int64_t>(integers.size()) == rows * columns);
  std::vector<float> reals(integers.size());
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column) {
      int64_t index = row * columns + column;
      reals[index] = real(integers[index], blockAt(row, column));
    }
  return reals;
}
