// Reservations modulo an interval, as sorted spans in blocks.
#include "atleus/Scheduling/ReservationTable.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cassert>

using namespace atleus;
using namespace atleus::scheduling;

/// A full block is split into two.
static constexpr size_t blockSize = 64;

/// The end of the spans if there is none.
ReservationTable::Position
ReservationTable::firstBeginningAfter(int64_t time) const {
  auto block = llvm::partition_point(blocks, [&](const Block &candidate) {
    return candidate.spans.back().begin <= time;
  });
  if (block == blocks.end())
    return {blocks.size(), 0};
  auto span = llvm::partition_point(block->spans, [&](const Span &candidate) {
    return candidate.begin <= time;
  });
  return {static_cast<size_t>(block - blocks.begin()),
          static_cast<size_t>(span - block->spans.begin())};
}

/// Behind the last span comes the first one again.
ReservationTable::Position ReservationTable::next(Position at) const {
  if (at.index + 1 < blocks[at.block].spans.size())
    return {at.block, at.index + 1};
  return {at.block + 1 < blocks.size() ? at.block + 1 : 0, 0};
}

ReservationTable::Position ReservationTable::previous(Position at) const {
  if (at.index > 0)
    return {at.block, at.index - 1};
  size_t block = at.block > 0 ? at.block - 1 : blocks.size() - 1;
  return {block, blocks[block].spans.size() - 1};
}

void ReservationTable::setBefore(Position at, int64_t before) {
  Block &block = blocks[at.block];
  int64_t former = block.spans[at.index].before;
  block.spans[at.index].before = before;
  if (before >= block.longest) {
    block.longest = before;
  } else if (former == block.longest) {
    block.longest = 0;
    for (const Span &span : block.spans)
      block.longest = std::max(block.longest, span.before);
  }
}

std::optional<Picoseconds>
ReservationTable::firstFit(Picoseconds from, Picoseconds length) const {
  int64_t needed = length.count();
  if (needed > interval)
    return std::nullopt;
  if (isEmpty())
    return from;
  int64_t first = fold(from), turn = 0;
  Position at = firstBeginningAfter(first);
  if (isEnd(at)) {
    at = {0, 0};
    turn = interval;
  }
  // The free time in which `from` may lie.
  const Span &here = get(at);
  int64_t begin = std::max(first, here.begin + turn - here.before);
  if (here.begin + turn - begin >= needed)
    return from + Picoseconds(begin - first);
  // Once around, and at last at the free time in which `from` lies, from the
  // beginning.
  size_t block = at.block, index = at.index + 1;
  for (size_t steps = 0; steps <= blocks.size(); ++steps) {
    const Block &candidate = blocks[block];
    if (candidate.longest >= needed)
      for (; index < candidate.spans.size(); ++index) {
        const Span &span = candidate.spans[index];
        if (span.before >= needed) {
          begin = span.begin + turn - span.before;
          // Where the circle closes there are no more.
          if (begin - first >= interval)
            return std::nullopt;
          return from + Picoseconds(begin - first);
        }
      }
    index = 0;
    if (++block == blocks.size()) {
      block = 0;
      turn += interval;
    }
  }
  return std::nullopt;
}

std::optional<Picoseconds> ReservationTable::lastFit(Picoseconds latest,
                                                     Picoseconds length) const {
  int64_t needed = length.count();
  if (needed > interval)
    return std::nullopt;
  if (isEmpty())
    return latest;
  int64_t last = fold(latest), turn = 0;
  Position at = firstBeginningAfter(last);
  if (isEnd(at)) {
    at = {0, 0};
    turn = interval;
  }
  // The free time in which `latest` may lie.
  const Span &here = get(at);
  int64_t begin = std::min(last, here.begin + turn - needed);
  if (begin >= here.begin + turn - here.before)
    return latest - Picoseconds(last - begin);
  // Once around, backwards, and at last at the free time in which `latest`
  // lies, to the end.
  size_t block = at.block, index = at.index;
  for (size_t steps = 0; steps <= blocks.size(); ++steps) {
    const Block &candidate = blocks[block];
    if (candidate.longest >= needed)
      while (index-- > 0) {
        const Span &span = candidate.spans[index];
        if (span.before < needed)
          continue;
        begin = span.begin + turn - needed;
        if (last - begin >= interval)
          return std::nullopt;
        return latest - Picoseconds(last - begin);
      }
    if (block == 0) {
      block = blocks.size();
      turn -= interval;
    }
    --block;
    index = blocks[block].spans.size();
  }
  return std::nullopt;
}

void ReservationTable::split(size_t block) {
  std::vector<Span> &spans = blocks[block].spans;
  Block second;
  second.spans.reserve(blockSize);
  second.spans.assign(spans.begin() + blockSize / 2, spans.end());
  spans.resize(blockSize / 2);
  for (Block *half : {&blocks[block], &second}) {
    half->longest = 0;
    for (const Span &span : half->spans)
      half->longest = std::max(half->longest, span.before);
  }
  blocks.insert(blocks.begin() + block + 1, std::move(second));
}

void ReservationTable::reserve(Picoseconds begin, Picoseconds length) {
  int64_t from = fold(begin), to = from + length.count();
  if (isEmpty()) {
    blocks.push_back(
        {{{from, to, interval - length.count()}}, interval - length.count()});
    return;
  }
  Position behind = firstBeginningAfter(from);
  // Behind the last span of a block, so that blocks fill up in order.
  Position at = behind;
  if (isEnd(at) || (at.index == 0 && at.block > 0))
    at = {at.block - 1, blocks[at.block - 1].spans.size()};
  if (isEnd(behind))
    behind = {0, 0};
  int64_t follower = get(behind).begin;
  if (follower <= from)
    follower += interval;
  int64_t before = from - (follower - get(behind).before);
  assert(before >= 0 && to <= follower && "not free");
  setBefore(behind, follower - to);
  Block &block = blocks[at.block];
  block.spans.insert(block.spans.begin() + at.index, {from, to, before});
  block.longest = std::max(block.longest, before);
  if (block.spans.size() == blockSize)
    split(at.block);
}

void ReservationTable::release(Picoseconds begin) {
  int64_t from = fold(begin);
  Position at = firstBeginningAfter(from);
  at = previous(isEnd(at) ? Position{0, 0} : at);
  const Span span = get(at);
  assert(span.begin == from && "not reserved");
  Position behind = next(at);
  if (!(behind == at))
    setBefore(behind,
              get(behind).before + span.before + (span.end - span.begin));
  setBefore(at, 0);
  std::vector<Span> &spans = blocks[at.block].spans;
  spans.erase(spans.begin() + at.index);
  if (spans.empty())
    blocks.erase(blocks.begin() + at.block);
}
