// Ranges of blocks in one pass over the memory, then the scales of each block.
#include "atleus/Compression/WeightScaling.h"
#include "FloatOrder.h"
#include "RangeSearch.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Parallel.h"

#include <array>
#include <cstring>

using namespace atleus;
using llvm::ArrayRef;
using llvm::MutableArrayRef;

int64_t WeightScaling::countZeroBlocks() const {
  return llvm::count_if(ranges, [](const ClippingRange &range) {
    return range.low == 0 && range.high == 0;
  });
}

//===----------------------------------------------------------------------===//
// Ranges
//===----------------------------------------------------------------------===//

namespace {
/// Some rows of one row of blocks of a matrix, and the ranges of their weights
/// by column of blocks.
struct Chunk {
  WeightScaling *weights;
  int64_t firstRow, rows;
  std::vector<OrderedRange> ranges;
};
} // namespace

static float loadFloat(const char *address) {
  float value;
  std::memcpy(&value, address, sizeof(value));
  return value;
}

/// Columns of their own: one pass over a row keeps the ranges of all of them.
static void searchColumns(Chunk &chunk) {
  int64_t columns = chunk.weights->columns;
  const char *row = chunk.weights->data + chunk.firstRow * columns * 4;
  OrderedRange *ranges = chunk.ranges.data();
  for (int64_t i = 0; i < chunk.rows; ++i, row += columns * 4)
    for (int64_t j = 0; j < columns; ++j)
      ranges[j].add(loadFloat(row + j * 4));
}

static void searchBlocks(Chunk &chunk) {
  int64_t columns = chunk.weights->columns;
  int64_t width = chunk.weights->blockColumns;
  const char *row = chunk.weights->data + chunk.firstRow * columns * 4;
  for (int64_t i = 0; i < chunk.rows; ++i, row += columns * 4)
    for (auto [block, range] : llvm::enumerate(chunk.ranges)) {
      int64_t begin = static_cast<int64_t>(block) * width;
      int64_t end = std::min(columns, begin + width);
      OrderedRange found = range;
      for (int64_t j = begin; j < end; ++j)
        found.add(loadFloat(row + j * 4));
      range = found;
    }
}

/// Chunks of about the same size, which do not depend on the number of threads.
static void appendChunks(WeightScaling &weights, std::vector<Chunk> &chunks) {
  constexpr int64_t chunkBytes = 1 << 20;
  int64_t rowBytes = std::max<int64_t>(1, weights.columns * 4);
  int64_t rows = std::max<int64_t>(1, chunkBytes / rowBytes);
  for (int64_t block = 0; block < weights.rows; block += weights.blockRows) {
    int64_t end = std::min(weights.rows, block + weights.blockRows);
    for (int64_t row = block; row < end; row += rows)
      chunks.push_back({&weights, row, std::min(rows, end - row),
                        std::vector<OrderedRange>(weights.gridColumns())});
  }
}

static void findRanges(MutableArrayRef<WeightScaling> weights) {
  std::vector<Chunk> chunks;
  for (WeightScaling &matrix : weights)
    appendChunks(matrix, chunks);
  llvm::parallelFor(0, chunks.size(), [&](size_t i) {
    if (chunks[i].weights->blockColumns == 1)
      searchColumns(chunks[i]);
    else
      searchBlocks(chunks[i]);
  });
  for (WeightScaling &matrix : weights)
    matrix.ranges.assign(matrix.gridRows() * matrix.gridColumns(), {});
  // Those of one row of blocks follow one another.
  for (size_t begin = 0, end; begin < chunks.size(); begin = end) {
    WeightScaling &matrix = *chunks[begin].weights;
    int64_t block = chunks[begin].firstRow / matrix.blockRows;
    for (end = begin + 1; end < chunks.size(); ++end) {
      if (chunks[end].weights != &matrix ||
          chunks[end].firstRow / matrix.blockRows != block)
        break;
      for (auto [range, other] :
           llvm::zip_equal(chunks[begin].ranges, chunks[end].ranges))
        range.merge(other);
    }
    for (auto [column, range] : llvm::enumerate(chunks[begin].ranges))
      matrix.ranges[block * matrix.gridColumns() + column] = {range.least(),
                                                              range.greatest()};
  }
}

//===----------------------------------------------------------------------===//
// Clipping
//===----------------------------------------------------------------------===//

/// Rounds to nearest, ties to even, magnitudes below 2^22.
static float roundToEven(float value) {
  return (value + 0x1.8p23f) - 0x1.8p23f;
}

double atleus::measureSquaredError(ArrayRef<float> values, UniformScale scale,
                                   UniformCode code) {
  constexpr size_t lanes = 16, stretch = 64 * lanes;
  auto low = static_cast<float>(code.least() - scale.zeroPoint);
  auto high = static_cast<float>(code.greatest() - scale.zeroPoint);
  // In units of the scale, whose square may be too small for a float.
  auto errorOf = [&](float value) {
    float x = value / scale.scale;
    float clipped = x < low ? low : (x > high ? high : x);
    float error = x - roundToEven(clipped);
    return error * error;
  };
  double sum = 0;
  while (!values.empty()) {
    ArrayRef<float> part = values.take_front(stretch);
    values = values.drop_front(part.size());
    std::array<float, lanes> sums = {};
    size_t whole = part.size() / lanes * lanes;
    for (size_t i = 0; i < whole; i += lanes)
      for (size_t lane = 0; lane < lanes; ++lane)
        sums[lane] += errorOf(part[i + lane]);
    for (size_t i = whole; i < part.size(); ++i)
      sums[i - whole] += errorOf(part[i]);
    for (float lane : sums)
      sum += lane;
  }
  double step = scale.scale;
  return sum * step * step;
}

ClippingRange atleus::clipForSquaredError(ArrayRef<float> values,
                                          ClippingRange widest,
                                          UniformCode code) {
  widest = {std::min(widest.low, 0.0f), std::max(widest.high, 0.0f)};
  if (code.symmetric) {
    widest.high = std::max(-widest.low, widest.high);
    widest.low = -widest.high;
  }
  constexpr unsigned octaves = 5;
  return searchRange(widest, code.symmetric, octaves, [&](ClippingRange range) {
    return measureSquaredError(values, chooseScale(range, code), code);
  });
}

/// The weights of one block, one after another.
static std::vector<float> gatherBlock(const WeightScaling &weights,
                                      int64_t block) {
  int64_t row = block / weights.gridColumns() * weights.blockRows;
  int64_t column = block % weights.gridColumns() * weights.blockColumns;
  int64_t rows = std::min(weights.blockRows, weights.rows - row);
  int64_t columns = std::min(weights.blockColumns, weights.columns - column);
  std::vector<float> values(rows * columns);
  for (int64_t i = 0; i < rows; ++i)
    std::memcpy(values.data() + i * columns,
                weights.data + ((row + i) * weights.columns + column) * 4,
                columns * 4);
  return values;
}

static bool isFinite(const ClippingRange &range) {
  return std::isfinite(range.low) && std::isfinite(range.high);
}

void atleus::findWeightScales(MutableArrayRef<WeightScaling> weights) {
  findRanges(weights);
  struct Block {
    WeightScaling *weights;
    int64_t index;
  };
  std::vector<Block> clipped;
  for (WeightScaling &matrix : weights) {
    matrix.scales.clear();
    if (!llvm::all_of(matrix.ranges, isFinite))
      continue;
    for (auto [index, range] : llvm::enumerate(matrix.ranges)) {
      matrix.scales.push_back(chooseScale(range, matrix.code));
      if (matrix.clipping == WeightClipping::MeanSquaredError)
        clipped.push_back({&matrix, static_cast<int64_t>(index)});
    }
  }
  llvm::parallelFor(0, clipped.size(), [&](size_t i) {
    auto [matrix, index] = clipped[i];
    std::vector<float> values = gatherBlock(*matrix, index);
    matrix->scales[index] = chooseScale(
        clipForSquaredError(values, matrix->ranges[index], matrix->code),
        matrix->code);
  });
}
