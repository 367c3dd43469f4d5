// The free time of one resource.
#ifndef ATLEUS_SCHEDULING_TIMELINE_H
#define ATLEUS_SCHEDULING_TIMELINE_H

#include "atleus/Support/Units.h"

#include <vector>

namespace atleus::scheduling {

/// When a resource is free, as gaps between reservations. Gaps are the nodes of
/// a treap ordered by time, each with the longest gap of its subtree, so that
/// finding the first gap that is long enough and reserving it take logarithmic
/// time. The balance comes from a fixed pseudo-random sequence: the same calls
/// give the same tree. A gap that is used up stays in the tree with length 0.
class Timeline {
public:
  Timeline();

  /// The earliest time from `from` on at which the resource is free for
  /// `length`.
  Picoseconds firstFit(Picoseconds from, Picoseconds length) const;

  /// Takes [begin, begin + length), which must be free.
  void reserve(Picoseconds begin, Picoseconds length);

private:
  struct Gap {
    int64_t begin, end;
    /// The longest gap of the subtree.
    int64_t longest;
    uint32_t priority;
    int32_t left, right;
  };
  static constexpr int32_t none = -1;

  int64_t firstFit(int32_t node, int64_t from, int64_t length) const;
  int32_t addGap(int64_t begin, int64_t end);
  int32_t insert(int32_t root, int32_t node);
  void rotate(int32_t &root, bool toRight);
  void shrink(int32_t node, int64_t begin, int64_t end, int64_t &restEnd);
  void update(int32_t node);

  std::vector<Gap> gaps;
  int32_t root = none;
  uint32_t random = 0x9e3779b9;
};

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_TIMELINE_H
