// When a resource is in use when a schedule repeats.
#ifndef ATLEUS_SCHEDULING_RESERVATIONTABLE_H
#define ATLEUS_SCHEDULING_RESERVATIONTABLE_H

#include "atleus/Support/Units.h"

#include <optional>
#include <vector>

namespace atleus::scheduling {

/// The reservations of one resource when all of them repeat every `interval`:
/// the modulo reservation table of software pipelining, with spans of time
/// instead of slots. Spans are kept in order in blocks of a few dozen, each of
/// which knows the longest free time before one of its spans, so that a search
/// passes a block that has no room in one step. Times that are asked for are
/// not negative, lengths are positive.
class ReservationTable {
public:
  explicit ReservationTable(Picoseconds interval)
      : interval(interval.count()) {}

  /// The earliest time from `from` on at which the resource is free for
  /// `length` in every repetition, if there is one: if so, it is less than an
  /// interval later.
  std::optional<Picoseconds> firstFit(Picoseconds from,
                                      Picoseconds length) const;

  /// The latest time up to `latest` from which on the resource is free for
  /// `length` in every repetition, if there is one: if so, it is less than an
  /// interval earlier, and may be negative.
  std::optional<Picoseconds> lastFit(Picoseconds latest,
                                     Picoseconds length) const;

  /// Takes [begin, begin + length), which must be free.
  void reserve(Picoseconds begin, Picoseconds length);

  /// Gives back what `reserve` has taken from `begin` on.
  void release(Picoseconds begin);

private:
  /// A span begins within the first interval. Only the last one may end behind
  /// it.
  struct Span {
    int64_t begin, end;
    /// The free time between the span before, around the circle, and this one.
    int64_t before;
  };
  struct Block {
    std::vector<Span> spans;
    /// The longest free time before one of them.
    int64_t longest = 0;
  };
  /// The place of a span: its block, and where it is there.
  struct Position {
    size_t block, index;
    bool operator==(const Position &other) const {
      return block == other.block && index == other.index;
    }
  };

  int64_t fold(Picoseconds time) const { return time.count() % interval; }
  bool isEmpty() const { return blocks.empty(); }
  const Span &get(Position at) const {
    return blocks[at.block].spans[at.index];
  }
  Position firstBeginningAfter(int64_t time) const;
  bool isEnd(Position at) const { return at.block == blocks.size(); }
  Position next(Position at) const;
  Position previous(Position at) const;
  void setBefore(Position at, int64_t before);
  void split(size_t block);

  int64_t interval;
  /// None of them is empty.
  std::vector<Block> blocks;
};

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_RESERVATIONTABLE_H
