// Counts the refills of double-buffered operands fold by fold.
#include "atleus/Cost/SystolicPrefetch.h"

#include "atleus/Cost/Arithmetic.h"

#include "llvm/ADT/SmallVector.h"

#include <algorithm>

using namespace atleus;

/// A buffer is kept in sets of words; a window moves by whole sets.
constexpr int64_t setsPerBuffer = 100;

/// Folds that are walked; further ones are taken to be like the second half of
/// these.
constexpr int64_t walkedFolds = 256;

static int64_t foldsToWalk(int64_t folds) {
  return std::min(folds, walkedFolds);
}

static int64_t clamp(int64_t value, int64_t low, int64_t high) {
  return std::max(low, std::min(value, high));
}

static int64_t activeWords(const OperandBuffer &buffer) {
  return ceilDivide(std::max<int64_t>(buffer.words, 2), 2);
}

static int64_t refillWords(const OperandBuffer &buffer) {
  return std::max<int64_t>(buffer.words, 2) / 2;
}

/// Cycles in which an interface moves `words`, one for the request included.
static int64_t transferCycles(const OperandBuffer &buffer, int64_t words) {
  return ceilScale(words, buffer.wordBits, buffer.bitsPerCycle) + 1;
}

/// `words` rounded up to what the interface moves in a cycle.
static int64_t wholeCycles(const OperandBuffer &buffer, int64_t words) {
  int64_t group = std::max<int64_t>(1, buffer.bitsPerCycle / buffer.wordBits);
  return ceilDivide(words, group) * group;
}

namespace {
/// How folds of a product are laid out and timed.
struct Folds {
  /// Extents along rows, columns and stream, and those of the array.
  int64_t alongRows, alongColumns, stream;
  int64_t rows, columns;
  int64_t rowFolds, columnFolds;
  /// Cycles before the stream in which a tile is loaded.
  int64_t load;
  /// Cycles from the start of one fold to that of the next, and of one cycle of
  /// the array: its passes.
  int64_t interval;
  int64_t step;

  int64_t height(int64_t fold) const {
    return std::min(rows, alongRows - fold * rows);
  }
  int64_t width(int64_t fold) const {
    return std::min(columns, alongColumns - fold * columns);
  }
};

/// The part of an operand that is in its buffer: a window of sets that moves
/// round and round over the operand in the order in which it is stored.
class Window {
public:
  Window(const OperandBuffer &buffer, int64_t operandWords)
      : wordsPerSet(
            ceilDivide(std::max<int64_t>(buffer.words, 2), setsPerBuffer)),
        sets(operandWords / wordsPerSet + 1),
        active(std::min(ceilDivide(activeWords(buffer), wordsPerSet), sets)),
        refill(std::min(ceilDivide(refillWords(buffer), wordsPerSet),
                        sets - active)) {}

  /// Whether the whole operand is in the active half.
  bool holdsAll() const { return refill == 0; }

  int64_t setOf(int64_t word) const { return word / wordsPerSet; }

  /// Moves the window until it holds `set`; returns by how many refills.
  int64_t bringIn(int64_t set) {
    int64_t distance = set - start;
    if (distance < 0)
      distance += sets;
    return moveBy(distance);
  }

  /// The same for all sets from `first`, which is in the window, to `last`.
  int64_t readOn(int64_t first, int64_t last) {
    int64_t distance = first - start;
    if (distance < 0)
      distance += sets;
    return moveBy(distance + last - first);
  }

  /// The lowest place from which on all words up to those of `set`, which is in
  /// the window, are in the window too. May be negative.
  int64_t lowestPlace(int64_t set) const {
    int64_t distance = set - start;
    if (distance < 0)
      distance += sets;
    return (set - distance) * wordsPerSet;
  }

private:
  /// Moves on until the window holds the set at `distance` from its start.
  int64_t moveBy(int64_t distance) {
    if (distance < active)
      return 0;
    // One refill is the rule; divisions are slow.
    int64_t beyond = distance - active;
    int64_t moves = beyond < refill ? 1 : beyond / refill + 1;
    start += moves * refill;
    if (start >= sets)
      start = start < 2 * sets ? start - sets : start % sets;
    return moves;
  }

  int64_t wordsPerSet, sets, active, refill;
  int64_t start = 0;
};

/// The refills of one operand so far and the longest wait for them.
struct Refills {
  int64_t transfer;
  int64_t count = 0;
  int64_t wait = 0;

  void add(int64_t moves, int64_t cycle) {
    count += moves;
    if (moves > 0)
      wait = std::max(wait, count * transfer - cycle - 2);
  }
};
} // namespace

/// Sum over columns in [first, end) of the rows in [0, rows) that lie on
/// diagonals before `diagonal`.
static int64_t wordsBefore(int64_t diagonal, int64_t first, int64_t end,
                           int64_t rows) {
  int64_t full = clamp(diagonal - rows + 1 - first, 0, end - first);
  int64_t begin = first + full;
  int64_t partial = clamp(diagonal - begin, 0, end - begin);
  int64_t sum = (diagonal - begin) + (diagonal - begin - partial + 1);
  return full * rows + (partial > 0 ? sum * partial / 2 : 0);
}

namespace {
/// The order in which a streamed operand is stored: tiles of `stream` rows one
/// below the other, read along the diagonals of them all. The last tile may
/// have fewer columns.
struct DiagonalOrder {
  int64_t stream, tiles, columns, lastColumns;

  int64_t words() const {
    return stream * ((tiles - 1) * columns + lastColumns);
  }

  /// Place of the word at `row` and `column`.
  int64_t place(int64_t row, int64_t column) const {
    int64_t rows = stream * tiles, lastTile = rows - stream;
    int64_t diagonal = row + column;
    int64_t before =
        wordsBefore(diagonal, 0, columns, rows) -
        wordsBefore(diagonal - lastTile, lastColumns, columns, stream);
    int64_t begin = std::max<int64_t>(0, diagonal - rows + 1);
    int64_t missing = std::min(column - 1, diagonal - lastTile) - lastColumns;
    return before + column - begin - std::max<int64_t>(0, missing + 1);
  }
};
} // namespace

namespace {
/// The sets between which a tile of a streamed operand lies.
struct TileSets {
  int64_t first, last, columns;
};
} // namespace

static TileSets tileSets(const DiagonalOrder &order, const Window &window,
                         int64_t tile) {
  int64_t columns = tile + 1 == order.tiles ? order.lastColumns : order.columns;
  int64_t row = tile * order.stream;
  return {window.setOf(order.place(row, 0)),
          window.setOf(order.place(row + order.stream - 1, columns - 1)),
          columns};
}

/// Loads a stationary tile from its last row to its first; `base` is the place
/// of its first word, and the rows follow each other there.
static void loadTile(int64_t base, int64_t rows, int64_t columns, int64_t cycle,
                     int64_t step, Window &window, Refills &refills) {
  int64_t row = rows - 1;
  while (row >= 0) {
    int64_t first = window.setOf(base + row * columns);
    int64_t last = window.setOf(base + (row + 1) * columns - 1);
    int64_t moves = window.bringIn(first) + window.readOn(first, last);
    refills.add(moves, cycle + step * (rows - 1 - row));
    // Rows that are in the window already need nothing.
    int64_t lowest = std::max(base, window.lowestPlace(last));
    row = std::min(row - 1, (lowest - base + columns - 1) / columns - 1);
  }
}

namespace {
/// One operand: its buffer, its window and its refills.
struct Operand {
  const OperandBuffer &buffer;
  Window window;
  Refills refills;

  Operand(const OperandBuffer &buffer, int64_t words)
      : buffer(buffer), window(buffer, words),
        refills{transferCycles(buffer, refillWords(buffer))} {}
};
} // namespace

/// Walks the folds of an operand, `fold` reading one of them, and scales the
/// refills to all folds.
template <typename Reader>
static void walkFolds(const Folds &folds, Operand &operand, Reader fold) {
  int64_t all = folds.rowFolds * folds.columnFolds;
  int64_t walked = foldsToWalk(all);
  Refills &refills = operand.refills;
  int64_t columnFold = 0, rowFold = 0, half = 0;
  for (int64_t index = 0; index < walked; ++index) {
    if (index == walked / 2)
      half = refills.count;
    fold(columnFold, rowFold, index * folds.interval);
    if (++rowFold == folds.rowFolds) {
      rowFold = 0;
      ++columnFold;
    }
  }
  if (walked == all)
    return;
  refills.count +=
      ceilScale(refills.count - half, all - walked, walked - walked / 2);
  refills.wait = std::max(refills.wait, refills.count * refills.transfer -
                                            all * folds.interval);
}

/// An operand that streams in `order`; `tileOf` names the tile of a fold, and
/// streams start `load` cycles after their folds.
template <typename TileOf>
static Operand fetchStream(const Folds &folds, const DiagonalOrder &order,
                           const OperandBuffer &buffer, TileOf tileOf) {
  Operand operand(buffer, order.words());
  if (operand.window.holdsAll())
    return operand;
  int64_t walked = foldsToWalk(folds.rowFolds * folds.columnFolds);
  llvm::SmallVector<TileSets> tiles;
  for (int64_t tile = 0, end = std::min(order.tiles, walked); tile < end;
       ++tile)
    tiles.push_back(tileSets(order, operand.window, tile));
  int64_t load = folds.load * folds.step;
  walkFolds(folds, operand,
            [&](int64_t columnFold, int64_t rowFold, int64_t cycle) {
              const TileSets &tile = tiles[tileOf(columnFold, rowFold)];
              int64_t begin = cycle + load;
              operand.refills.add(operand.window.bringIn(tile.first), begin);
              operand.refills.add(
                  operand.window.readOn(tile.first, tile.last),
                  begin + folds.step * (order.stream + tile.columns - 2));
            });
  return operand;
}

/// The operand that streams along the rows of the array.
static Operand fetchAlongRows(const Folds &folds, const OperandBuffer &buffer) {
  DiagonalOrder order{folds.stream, folds.rowFolds, folds.rows,
                      folds.height(folds.rowFolds - 1)};
  return fetchStream(folds, order, buffer,
                     [](int64_t, int64_t rowFold) { return rowFold; });
}

/// The operand that streams along the columns of an output-stationary array.
static Operand fetchAlongColumns(const Folds &folds,
                                 const OperandBuffer &buffer) {
  DiagonalOrder order{folds.stream, folds.columnFolds, folds.columns,
                      folds.width(folds.columnFolds - 1)};
  return fetchStream(folds, order, buffer,
                     [](int64_t columnFold, int64_t) { return columnFold; });
}

/// The operand that stays in the array.
static Operand fetchStationary(const Folds &folds,
                               const OperandBuffer &buffer) {
  Operand operand(buffer, folds.alongRows * folds.alongColumns);
  if (operand.window.holdsAll())
    return operand;
  walkFolds(
      folds, operand, [&](int64_t columnFold, int64_t rowFold, int64_t cycle) {
        int64_t rows = folds.height(rowFold);
        int64_t columns = folds.width(columnFold);
        int64_t base = columnFold * folds.columns * folds.alongRows +
                       rowFold * folds.rows * columns;
        // Rows that the tile lacks come first.
        loadTile(base, rows, columns, cycle + folds.step * (folds.rows - rows),
                 folds.step, operand.window, operand.refills);
      });
  return operand;
}

/// The words that an operand's interface fetches if the operand takes `padded`
/// words with what fills up its last tiles.
static int64_t fetchedWords(const Operand &operand, int64_t padded) {
  const OperandBuffer &buffer = operand.buffer;
  return wholeCycles(buffer, std::min(activeWords(buffer), padded)) +
         operand.refills.count * wholeCycles(buffer, refillWords(buffer));
}

/// The wait for the result's buffer. The first half drains as soon as it is
/// full, each further one when the one before has drained; a half that drains
/// counts as free, so that the array waits when it has written one half more
/// than the buffer has drained and holds.
static int64_t waitForDrain(const Folds &folds, const OperandBuffer &buffer,
                            int64_t written, int64_t firstWrite,
                            int64_t writeCycles) {
  int64_t all = folds.rowFolds * folds.columnFolds;
  int64_t half = refillWords(buffer);
  int64_t bound = half + std::max<int64_t>(buffer.words, 2);
  if (written < bound)
    return 0;
  int64_t perFold = ceilDivide(written, all);
  auto cycleOf = [&](int64_t words) {
    int64_t fold = words / perFold;
    return fold * folds.interval +
           folds.step * (firstWrite + ceilScale(words - fold * perFold,
                                                writeCycles, perFold));
  };
  int64_t drain = transferCycles(buffer, half) - 1;
  int64_t begin = cycleOf(half);
  int64_t last = (written - bound) / half;
  auto waitAt = [&](int64_t number) {
    return begin + (number + 1) * drain - cycleOf(bound + number * half);
  };
  return std::max({int64_t(0), waitAt(0), waitAt(last)});
}

/// The words fetched of an operand of `words` that comes as it is read, `read`
/// words altogether; `stalls` grows to the wait for them.
static int64_t fetchOnDemand(const OperandBuffer &buffer, int64_t words,
                             int64_t read, int64_t cycles, int64_t &stalls) {
  int64_t fetched = words <= activeWords(buffer) ? words : read;
  int64_t later = std::max<int64_t>(0, fetched - activeWords(buffer));
  if (later > 0)
    stalls = std::max(stalls, transferCycles(buffer, later) - cycles);
  return wholeCycles(buffer, fetched);
}

static Folds layOut(const SystolicConstants &array, int64_t m, int64_t k,
                    int64_t n, int64_t passes) {
  SystolicMapping mapping = mapProduct(array.dataflow, m, k, n);
  Folds folds{mapping.alongRows,
              mapping.alongColumns,
              mapping.stream,
              array.rows,
              array.columns,
              ceilDivide(mapping.alongRows, array.rows),
              ceilDivide(mapping.alongColumns, array.columns),
              array.dataflow == arch::Dataflow::OutputStationary ? 0
                                                                 : array.rows,
              0,
              passes};
  folds.interval = passes * foldInterval(array, mapping);
  return folds;
}

PrefetchCounts atleus::countPrefetch(const SystolicConstants &array,
                                     const PrefetchBuffers &buffers, int64_t m,
                                     int64_t k, int64_t n, int64_t passes) {
  bool outputStays = array.dataflow == arch::Dataflow::OutputStationary;
  bool inputStays = array.dataflow == arch::Dataflow::InputStationary;
  Folds folds = layOut(array, m, k, n, passes);
  SystolicCounts counts = countSystolic(array, m, k, n);
  PrefetchCounts result;
  // Outputs leave after the fill; those of a stationary tile all at once.
  int64_t firstWrite = folds.load + (outputStays ? folds.stream : folds.rows);
  int64_t writeCycles =
      folds.columns - 1 + (outputStays ? folds.rows : folds.stream);
  result.stalls = waitForDrain(folds, buffers.result, counts.resultWrites,
                               firstWrite - 1, writeCycles);
  if (buffers.order == arch::Prefetch::Demand) {
    int64_t cycles = counts.cycles * passes;
    // A tile that streams along the columns is read again at once.
    bool tileStays = outputStays &&
                     k * std::min(array.columns, n) <= activeWords(buffers.rhs);
    result.lhsFetches = fetchOnDemand(buffers.lhs, m * k, counts.lhsReads,
                                      cycles, result.stalls);
    result.rhsFetches =
        fetchOnDemand(buffers.rhs, k * n, tileStays ? k * n : counts.rhsReads,
                      cycles, result.stalls);
    return result;
  }

  const OperandBuffer &along = inputStays ? buffers.rhs : buffers.lhs;
  const OperandBuffer &other = inputStays ? buffers.lhs : buffers.rhs;
  Operand rows = fetchAlongRows(folds, along);
  Operand columns = outputStays ? fetchAlongColumns(folds, other)
                                : fetchStationary(folds, other);
  result.stalls =
      std::max({result.stalls, rows.refills.wait, columns.refills.wait});
  int64_t rowFetches =
      fetchedWords(rows, folds.stream * folds.rowFolds * folds.rows);
  int64_t columnFetches =
      fetchedWords(columns, (outputStays ? folds.stream : folds.alongRows) *
                                folds.columnFolds * folds.columns);
  result.lhsFetches = inputStays ? columnFetches : rowFetches;
  result.rhsFetches = inputStays ? rowFetches : columnFetches;
  return result;
}
