// Free time of a resource as a treap of gaps.
#include "atleus/Scheduling/Timeline.h"

#include <algorithm>
#include <cassert>
#include <limits>

using namespace atleus;
using namespace atleus::scheduling;

Timeline::Timeline() { root = addGap(0, std::numeric_limits<int64_t>::max()); }

int32_t Timeline::addGap(int64_t begin, int64_t end) {
  // Xorshift (Marsaglia).
  random ^= random << 13;
  random ^= random >> 17;
  random ^= random << 5;
  gaps.push_back({begin, end, end - begin, random, none, none});
  return gaps.size() - 1;
}

void Timeline::update(int32_t node) {
  Gap &gap = gaps[node];
  gap.longest = gap.end - gap.begin;
  if (gap.left != none)
    gap.longest = std::max(gap.longest, gaps[gap.left].longest);
  if (gap.right != none)
    gap.longest = std::max(gap.longest, gaps[gap.right].longest);
}

/// Returns -1 when no gap of the subtree fits.
int64_t Timeline::firstFit(int32_t node, int64_t from, int64_t length) const {
  if (node == none || gaps[node].longest < length)
    return -1;
  const Gap &gap = gaps[node];
  // Gaps to the left end before this one begins.
  if (from < gap.begin) {
    int64_t found = firstFit(gap.left, from, length);
    if (found >= 0)
      return found;
  }
  int64_t begin = std::max(gap.begin, from);
  if (begin <= gap.end && gap.end - begin >= length)
    return begin;
  return firstFit(gap.right, from, length);
}

Picoseconds Timeline::firstFit(Picoseconds from, Picoseconds length) const {
  // A reservation of no length conflicts with nothing.
  if (length.count() == 0)
    return from;
  int64_t found = firstFit(root, from.count(), length.count());
  assert(found >= 0 && "time overflows");
  return Picoseconds(found);
}

void Timeline::rotate(int32_t &top, bool toRight) {
  int32_t child = toRight ? gaps[top].left : gaps[top].right;
  if (toRight) {
    gaps[top].left = gaps[child].right;
    gaps[child].right = top;
  } else {
    gaps[top].right = gaps[child].left;
    gaps[child].left = top;
  }
  update(top);
  top = child;
  update(top);
}

int32_t Timeline::insert(int32_t top, int32_t node) {
  if (top == none)
    return node;
  bool toLeft = gaps[node].begin < gaps[top].begin;
  int32_t child = insert(toLeft ? gaps[top].left : gaps[top].right, node);
  (toLeft ? gaps[top].left : gaps[top].right) = child;
  if (gaps[child].priority > gaps[top].priority)
    rotate(top, toLeft);
  else
    update(top);
  return top;
}

/// Ends the gap that holds `begin` there. `restEnd` becomes the former end. A
/// gap that starts at `begin` is moved to start at `end` instead.
void Timeline::shrink(int32_t node, int64_t begin, int64_t end,
                      int64_t &restEnd) {
  assert(node != none && "not free");
  Gap &gap = gaps[node];
  if (begin < gap.begin) {
    shrink(gap.left, begin, end, restEnd);
  } else if (begin >= gap.end) {
    shrink(gap.right, begin, end, restEnd);
  } else {
    assert(end <= gap.end && "not free");
    restEnd = gap.end;
    if (gap.begin == begin) {
      gap.begin = end;
      restEnd = end;
    } else {
      gap.end = begin;
    }
  }
  update(node);
}

void Timeline::reserve(Picoseconds begin, Picoseconds length) {
  if (length.count() == 0)
    return;
  int64_t end = begin.count() + length.count();
  int64_t restEnd = end;
  shrink(root, begin.count(), end, restEnd);
  if (end < restEnd)
    root = insert(root, addGap(end, restEnd));
}
