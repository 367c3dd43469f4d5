// Search for largest magnitudes. Floats without their sign bit are ordered like
// the integers of the same bits, with infinity and then NaN above all others,
// so integer maxima find them, whatever the order.
#include "atleus/Transforms/Magnitudes.h"

#include "atleus/Interpreter/Parallel.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

#include <cstring>
#include <limits>

using namespace atleus;
using llvm::MutableArrayRef;

/// Bytes that one thread reads at a time.
static constexpr int64_t chunkBytes = 1 << 20;

namespace {
/// Some rows of one matrix.
struct Chunk {
  MagnitudeSearch *search;
  int64_t firstRow, rows;
  /// By column, if columns are searched.
  std::vector<int32_t> largest;
};
} // namespace

/// The bits of a float at any address, without its sign.
static int32_t magnitudeBits(const char *address) {
  int32_t bits;
  std::memcpy(&bits, address, sizeof(bits));
  return bits & 0x7fffffff;
}

static void searchColumns(Chunk &chunk) {
  int64_t columns = chunk.search->columns;
  chunk.largest.assign(columns, 0);
  int32_t *largest = chunk.largest.data();
  const char *row = chunk.search->data + chunk.firstRow * columns * 4;
  for (int64_t i = 0; i < chunk.rows; ++i, row += columns * 4)
    for (int64_t j = 0; j < columns; ++j)
      largest[j] = std::max(largest[j], magnitudeBits(row + j * 4));
}

static void searchRows(Chunk &chunk) {
  int64_t columns = chunk.search->columns;
  const char *row = chunk.search->data + chunk.firstRow * columns * 4;
  for (int64_t i = 0; i < chunk.rows; ++i, row += columns * 4) {
    int32_t largest = 0;
    for (int64_t j = 0; j < columns; ++j)
      largest = std::max(largest, magnitudeBits(row + j * 4));
    chunk.search->magnitudes[chunk.firstRow + i] =
        llvm::bit_cast<float>(largest);
  }
}

/// Chunks of about the same size, which do not depend on the number of threads.
static std::vector<Chunk>
makeChunks(MutableArrayRef<MagnitudeSearch> searches) {
  std::vector<Chunk> chunks;
  for (MagnitudeSearch &search : searches) {
    int64_t rowBytes = std::max<int64_t>(1, search.columns * 4);
    int64_t rows = std::max<int64_t>(1, chunkBytes / rowBytes);
    for (int64_t first = 0; first < search.rows; first += rows)
      chunks.push_back(
          {&search, first, std::min(rows, search.rows - first), {}});
  }
  return chunks;
}

void atleus::findMagnitudes(MutableArrayRef<MagnitudeSearch> searches) {
  for (MagnitudeSearch &search : searches)
    search.magnitudes.assign(
        search.axis == MagnitudeAxis::Rows ? search.rows : search.columns,
        0.0f);
  std::vector<Chunk> chunks = makeChunks(searches);
  parallelChunks(chunks.size(), 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      if (chunks[i].search->axis == MagnitudeAxis::Rows)
        searchRows(chunks[i]);
      else
        searchColumns(chunks[i]);
    }
  });
  for (const Chunk &chunk : chunks) {
    if (chunk.largest.empty())
      continue;
    for (auto [magnitude, bits] :
         llvm::zip_equal(chunk.search->magnitudes, chunk.largest))
      magnitude = llvm::bit_cast<float>(
          std::max(llvm::bit_cast<int32_t>(magnitude), bits));
  }
}

double atleus::symmetricScale(float magnitude, int64_t largestStored) {
  if (magnitude == 0)
    return 1.0;
  // A scale that a float holds only as a denormal loses precision or is zero.
  return std::max(magnitude / static_cast<float>(largestStored),
                  std::numeric_limits<float>::min());
}
