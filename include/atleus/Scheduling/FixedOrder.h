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
  /// Use `use` of a task follows use `before` of task `task`.
  struct Follow {
    unsigned task, before, use;
  };

  void addFollows(const Problem &problem, const Starts &starts);

  /// Tasks by their starts.
  std::vector<unsigned> order;
  std::vector<Picoseconds> releases;
  std::vector<llvm::SmallVector<unsigned, 2>> predecessors;
  std::vector<llvm::SmallVector<Follow, 2>> follows;
};

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_FIXEDORDER_H
