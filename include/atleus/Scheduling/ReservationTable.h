// Which tasks hold a resource when when a schedule repeats.
#ifndef ATLEUS_SCHEDULING_RESERVATIONTABLE_H
#define ATLEUS_SCHEDULING_RESERVATIONTABLE_H

#include "atleus/Support/Units.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>
#include <vector>

namespace atleus::scheduling {

/// The reservations of one resource, each for a task, when all of them repeat
/// every `interval`: the modulo reservation table of software pipelining, with
/// spans of time instead of slots. Operations take time linear in the number of
/// reservations. Times that are asked for are not negative.
class ReservationTable {
public:
  explicit ReservationTable(Picoseconds interval) : interval(interval) {}

  /// The earliest time from `from` on at which the resource is free for
  /// `length` in every repetition, if there is one: if so, it is less than an
  /// interval later. `length` is positive.
  std::optional<Picoseconds> firstFit(Picoseconds from,
                                      Picoseconds length) const;

  /// Takes [begin, begin + length), which must be free.
  void reserve(Picoseconds begin, Picoseconds length, unsigned task);

  /// Gives back what `reserve` has taken.
  void release(Picoseconds begin, Picoseconds length);

  /// Calls `visit` with each task that holds the resource in [begin, begin +
  /// length), until it says that it has seen enough. `length` is not longer
  /// than the interval.
  void visitHolders(Picoseconds begin, Picoseconds length,
                    llvm::function_ref<bool(unsigned task)> visit) const;

  /// Calls `visit` with the end of each reservation in the first repetition.
  void visitEnds(llvm::function_ref<void(Picoseconds end)> visit) const;

private:
  /// Spans lie within one interval; what passes its end is two of them.
  struct Span {
    int64_t begin, end;
    unsigned task;
  };

  int64_t fold(Picoseconds time) const {
    return time.count() % interval.count();
  }
  std::vector<Span>::const_iterator firstEndingAfter(int64_t time) const;

  Picoseconds interval;
  std::vector<Span> spans;
};

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_RESERVATIONTABLE_H
