// What becomes of a schedule when times change and nothing else does.
//
// A schedule decides in which order tasks use each resource. This keeps that
// order and asks how long the schedule would take with other durations: every
// task starts as early as its dependences and the tasks before it allow. So the
// answer never falls when a duration grows, which a scheduler that decides anew
// does not promise.
#ifndef ATLEUS_SCHEDULING_FIXEDORDER_H
#define ATLEUS_SCHEDULING_FIXEDORDER_H

#include "atleus/Scheduling/Problem.h"

#include <optional>

namespace atleus::scheduling {

/// The order of a valid schedule of a problem. Later times are given for the
/// same tasks and the same uses, in the same order.
class FixedOrder {
public:
  FixedOrder(const Problem &problem, const Starts &starts);

  /// The makespan with other durations and uses: `durations` by task, and
  /// `uses` one task after another. std::nullopt if no start times keep the
  /// order: a transfer that is slower on one link can arrive at the next after
  /// one that it preceded there.
  std::optional<Picoseconds> makespan(llvm::ArrayRef<Picoseconds> durations,
                                      llvm::ArrayRef<Use> uses) const;

private:
  /// What task `of` waits for: the end of `task`, or, where they share a
  /// resource, that use `before` of it is over when use `use` of `of` begins.
  struct Condition {
    unsigned of, task, before, use;
    bool isDependence() const { return before == none; }
    /// The least time from the start of `task` to that of `of`.
    Picoseconds findGap(llvm::ArrayRef<Picoseconds> durations,
                        llvm::ArrayRef<Use> uses) const {
      if (isDependence())
        return durations[task];
      return uses[before].offset + uses[before].length - uses[use].offset;
    }
  };
  static constexpr unsigned none = ~0u;

  static std::vector<Condition> findConditions(const Problem &problem,
                                               const Starts &starts);
  void sort(llvm::ArrayRef<Condition> found, const Starts &starts);

  std::vector<Picoseconds> releases;
  /// All conditions, those of one task together, in an order of the tasks.
  std::vector<Condition> conditions;
  /// Those of them that refer to a task which comes later: none if the order
  /// is topological.
  std::vector<Condition> backward;
};

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_FIXEDORDER_H
