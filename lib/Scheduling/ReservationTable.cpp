// Reservations modulo an interval, as sorted spans.
#include "atleus/Scheduling/ReservationTable.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cassert>

using namespace atleus;
using namespace atleus::scheduling;

std::vector<ReservationTable::Span>::const_iterator
ReservationTable::firstEndingAfter(int64_t time) const {
  return llvm::partition_point(
      spans, [&](const Span &span) { return span.end <= time; });
}

std::optional<Picoseconds>
ReservationTable::firstFit(Picoseconds from, Picoseconds length) const {
  if (length > interval)
    return std::nullopt;
  int64_t first = fold(from), begin = first, turn = 0;
  auto next = firstEndingAfter(first);
  // Twice around, since the gap that fits may begin before `from` and end after
  // the turn.
  for (size_t step = 0; step <= 2 * spans.size(); ++step) {
    if (next == spans.end()) {
      turn += interval.count();
      next = spans.begin();
      if (next == spans.end())
        return from;
    }
    if (next->begin + turn - begin >= length.count())
      break;
    begin = std::max(begin, next->end + turn);
    ++next;
  }
  if (begin - first >= interval.count())
    return std::nullopt;
  return from + Picoseconds(begin - first);
}

void ReservationTable::reserve(Picoseconds begin, Picoseconds length,
                               unsigned task) {
  auto insert = [&](int64_t from, int64_t to) {
    auto position = firstEndingAfter(from);
    assert((position == spans.end() || to <= position->begin) && "not free");
    spans.insert(position, {from, to, task});
  };
  int64_t from = fold(begin), to = from + length.count();
  insert(from, std::min(to, interval.count()));
  if (to > interval.count())
    insert(0, to - interval.count());
}

void ReservationTable::release(Picoseconds begin, Picoseconds length) {
  int64_t from = fold(begin), to = from + length.count();
  spans.erase(firstEndingAfter(from));
  if (to > interval.count())
    spans.erase(spans.begin());
}

void ReservationTable::visitHolders(
    Picoseconds begin, Picoseconds length,
    llvm::function_ref<bool(unsigned task)> visit) const {
  auto visitSpan = [&](int64_t from, int64_t to) {
    for (auto span = firstEndingAfter(from);
         span != spans.end() && span->begin < to; ++span)
      if (!visit(span->task))
        return false;
    return true;
  };
  int64_t from = fold(begin), to = from + length.count();
  if (visitSpan(from, std::min(to, interval.count())) && to > interval.count())
    visitSpan(0, to - interval.count());
}

void ReservationTable::visitEnds(
    llvm::function_ref<void(Picoseconds end)> visit) const {
  for (const Span &span : spans)
    visit(Picoseconds(span.end));
}
