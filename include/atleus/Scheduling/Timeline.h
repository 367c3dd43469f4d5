// The free time of one resource.
#ifndef ATLEUS_SCHEDULING_TIMELINE_H
#define ATLEUS_SCHEDULING_TIMELINE_H

#include "atleus/Support/Units.h"

#include <cstddef>
#include <vector>

namespace atleus::scheduling {

/// When a resource is free: gaps between reservations, and all time after the
/// last one. Gaps are kept in the order of time in blocks of a few dozen, each
/// of which knows its longest gap, so that a search passes a block that has no
/// room in one step. Times that are asked for are not negative.
class Timeline {
public:
  /// The earliest time from `from` on at which the resource is free for
  /// `length`.
  Picoseconds firstFit(Picoseconds from, Picoseconds length) const;

  /// Takes [begin, begin + length), which must be free.
  void reserve(Picoseconds begin, Picoseconds length);

private:
  struct Gap {
    int64_t begin, end;
    int64_t length() const { return end - begin; }
  };
  struct Block {
    std::vector<Gap> gaps;
    /// The end of the last gap.
    int64_t end;
    /// The length of the longest one.
    int64_t longest;
  };
  /// The place of a gap: its block, and where it is there.
  struct Position {
    size_t block, index;
  };

  /// The first gap that ends at `time` or later, if there is one.
  Position firstEndingFrom(int64_t time) const;
  void append(Gap gap);
  void erase(Position at);
  void insertBehind(Position at, Gap gap);
  static void update(Block &block);

  /// None of them is empty.
  std::vector<Block> blocks;
  /// When the last reservation ends.
  int64_t lastEnd = 0;
};

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_TIMELINE_H
