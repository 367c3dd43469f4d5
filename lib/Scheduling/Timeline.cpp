// Free time of a resource as blocks of gaps.
#include "atleus/Scheduling/Timeline.h"

#include <algorithm>
#include <cassert>

using namespace atleus;
using namespace atleus::scheduling;

/// Inserting moves half a block, and searching may look at all of one.
static constexpr size_t maxGaps = 32;

Timeline::Position Timeline::firstEndingFrom(int64_t time) const {
  auto block = llvm::partition_point(
      blocks, [&](const Block &candidate) { return candidate.end < time; });
  if (block == blocks.end())
    return {blocks.size(), 0};
  auto gap = llvm::partition_point(
      block->gaps, [&](const Gap &candidate) { return candidate.end < time; });
  return {static_cast<size_t>(block - blocks.begin()),
          static_cast<size_t>(gap - block->gaps.begin())};
}

Picoseconds Timeline::firstFit(Picoseconds from, Picoseconds length) const {
  // A reservation of no length conflicts with nothing.
  if (length.count() == 0 || lastEnd <= from.count())
    return from;
  auto [block, index] = firstEndingFrom(from.count() + length.count());
  for (; block < blocks.size(); ++block, index = 0) {
    const std::vector<Gap> &gaps = blocks[block].gaps;
    if (blocks[block].longest < length.count())
      continue;
    for (; index < gaps.size(); ++index)
      if (int64_t begin = std::max(gaps[index].begin, from.count());
          gaps[index].end - begin >= length.count())
        return Picoseconds(begin);
  }
  return Picoseconds(lastEnd);
}

void Timeline::update(Block &block) {
  block.end = block.gaps.back().end;
  block.longest = 0;
  for (const Gap &gap : block.gaps)
    block.longest = std::max(block.longest, gap.length());
}

void Timeline::append(Gap gap) {
  if (blocks.empty() || blocks.back().gaps.size() == maxGaps) {
    blocks.push_back({{}, 0, 0});
    blocks.back().gaps.reserve(maxGaps + 1);
  }
  Block &last = blocks.back();
  last.gaps.push_back(gap);
  last.end = gap.end;
  last.longest = std::max(last.longest, gap.length());
}

void Timeline::erase(Position at) {
  Block &block = blocks[at.block];
  block.gaps.erase(block.gaps.begin() + at.index);
  if (block.gaps.empty())
    blocks.erase(blocks.begin() + at.block);
  else
    update(block);
}

void Timeline::insertBehind(Position at, Gap gap) {
  Block &block = blocks[at.block];
  block.gaps.insert(block.gaps.begin() + at.index + 1, gap);
  if (block.gaps.size() > maxGaps) {
    auto middle = block.gaps.begin() + maxGaps / 2;
    Block second = {{middle, block.gaps.end()}, 0, 0};
    block.gaps.erase(middle, block.gaps.end());
    update(second);
    update(block);
    blocks.insert(blocks.begin() + at.block + 1, std::move(second));
  } else {
    update(block);
  }
}

void Timeline::reserve(Picoseconds begin, Picoseconds length) {
  if (length.count() == 0)
    return;
  Gap taken = {begin.count(), begin.count() + length.count()};
  if (lastEnd <= taken.begin) {
    if (lastEnd < taken.begin)
      append({lastEnd, taken.begin});
    lastEnd = taken.end;
    return;
  }
  Position at = firstEndingFrom(taken.end);
  assert(at.block < blocks.size() && "not free");
  Gap &gap = blocks[at.block].gaps[at.index];
  assert(gap.begin <= taken.begin && "not free");
  Gap rest = {taken.end, gap.end};
  if (gap.begin == taken.begin && rest.length() == 0)
    return erase(at);
  if (gap.begin == taken.begin) {
    gap.begin = rest.begin;
    return update(blocks[at.block]);
  }
  gap.end = taken.begin;
  if (rest.length() > 0)
    insertBehind(at, rest);
  else
    update(blocks[at.block]);
}
