// The independent verifier: a sweep over the intervals of each resource.
#include "atleus/Scheduling/ScheduleVerifier.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <tuple>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// A resource held by a task from `begin` to `end`.
struct Interval {
  Picoseconds begin, end;
  unsigned task;

  bool operator<(const Interval &other) const {
    return std::tuple(begin.count(), end.count(), task) <
           std::tuple(other.begin.count(), other.end.count(), other.task);
  }
};

/// The intervals of each resource in the order of time.
using Holdings = std::vector<std::vector<Interval>>;
} // namespace

/// Of one resource after another much is in order already.
static void sort(Holdings &holdings) {
  for (std::vector<Interval> &intervals : holdings)
    if (!llvm::is_sorted(intervals))
      llvm::sort(intervals);
}

static Holdings findHoldings(const Problem &problem, const Starts &starts) {
  std::vector<size_t> numUses(problem.numResources());
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task))
      ++numUses[use.resource];
  Holdings holdings(problem.numResources());
  for (auto [intervals, size] : llvm::zip_equal(holdings, numUses))
    intervals.reserve(size);
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task)) {
      Picoseconds begin = starts[task] + use.offset;
      if (Picoseconds(0) < use.length)
        holdings[use.resource].push_back({begin, begin + use.length, task});
    }
  return holdings;
}

/// The same with one interval for all of a turn.
static Holdings findRepeatedHoldings(const Problem &problem,
                                     const Starts &starts) {
  Holdings holdings = findHoldings(problem, starts);
  if (problem.turns().empty())
    return holdings;
  constexpr unsigned none = ~0u;
  std::vector<unsigned> turnOf(problem.numTasks(), none);
  for (const Turn &turn : problem.turns())
    for (unsigned task : turn.tasks)
      turnOf[task] = turn.resource;
  for (auto [resource, intervals] : llvm::enumerate(holdings))
    llvm::erase_if(intervals, [&, resource = resource](const Interval &held) {
      return turnOf[held.task] == resource;
    });
  for (const Turn &turn : problem.turns()) {
    unsigned first = turn.tasks.front();
    Interval whole = {starts[first], starts[first], first};
    for (unsigned task : turn.tasks) {
      whole.begin = std::min(whole.begin, starts[task]);
      whole.end = std::max(whole.end, starts[task] + problem.duration(task));
    }
    holdings[turn.resource].push_back(whole);
  }
  return holdings;
}

/// Adds a violation for each of the sorted intervals that begins before an
/// earlier one on the same resource has ended.
static void sweep(const Holdings &holdings, Violation::Kind kind,
                  std::vector<Violation> &violations) {
  for (auto [resource, intervals] : llvm::enumerate(holdings)) {
    const Interval *last = nullptr;
    for (const Interval &interval : intervals) {
      if (last && interval.begin < last->end)
        violations.push_back({kind, interval.task, last->task,
                              static_cast<unsigned>(resource), interval.begin,
                              last->end});
      if (!last || last->end < interval.end)
        last = &interval;
    }
  }
}

std::vector<Violation> scheduling::verifySchedule(const Problem &problem,
                                                  const Starts &starts) {
  using Kind = Violation::Kind;
  std::vector<Violation> violations;
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    Picoseconds start = starts[task];
    if (start < Picoseconds(0))
      violations.push_back(
          {Kind::NegativeStart, task, task, 0, start, Picoseconds(0)});
    else if (start < problem.release(task))
      violations.push_back(
          {Kind::BeforeRelease, task, task, 0, start, problem.release(task)});
  }
  for (auto [predecessor, task] : problem.dependences()) {
    Picoseconds end = starts[predecessor] + problem.duration(predecessor);
    if (starts[task] < end)
      violations.push_back(
          {Kind::Dependence, task, predecessor, 0, starts[task], end});
  }
  Holdings holdings = findHoldings(problem, starts);
  sort(holdings);
  sweep(holdings, Kind::Overlap, violations);
  return violations;
}

std::optional<Violation> scheduling::verifyRepetition(const Problem &problem,
                                                      const Starts &starts,
                                                      Picoseconds interval) {
  constexpr auto kind = Violation::Kind::RepetitionOverlap;
  // Uses of all repetitions at once are the uses of one, folded modulo the
  // interval; what passes the end of the interval goes on at its beginning.
  Holdings folded = findRepeatedHoldings(problem, starts);
  sort(folded);
  for (auto [resource, intervals] : llvm::enumerate(folded)) {
    std::vector<Interval> parts;
    for (Interval &use : intervals) {
      if (interval < use.end - use.begin)
        return Violation{kind,
                         use.task,
                         use.task,
                         static_cast<unsigned>(resource),
                         use.begin,
                         use.end - interval};
      int64_t shift = use.begin.count() / interval.count();
      use.begin -= interval * shift;
      use.end -= interval * shift;
      if (interval < use.end) {
        parts.push_back({Picoseconds(0), use.end - interval, use.task});
        use.end = interval;
      }
    }
    llvm::append_range(intervals, parts);
  }
  sort(folded);
  std::vector<Violation> violations;
  sweep(folded, kind, violations);
  if (violations.empty())
    return std::nullopt;
  return violations.front();
}

std::string scheduling::describe(const Problem &problem,
                                 const Violation &violation) {
  using Kind = Violation::Kind;
  llvm::StringRef task = problem.taskName(violation.task);
  llvm::StringRef other = problem.taskName(violation.other);
  int64_t start = violation.start.count(), limit = violation.limit.count();
  switch (violation.kind) {
  case Kind::NegativeStart:
    return llvm::formatv("{0} starts at {1} ps, before time 0", task, start);
  case Kind::BeforeRelease:
    return llvm::formatv("{0} starts at {1} ps, before its release at {2} ps",
                         task, start, limit);
  case Kind::Dependence:
    return llvm::formatv("{0} starts at {1} ps, but {2}, for which it waits, "
                         "ends at {3} ps",
                         task, start, other, limit);
  case Kind::Overlap:
    return llvm::formatv("{0} holds {1} from {2} ps on, but {3} holds it until "
                         "{4} ps",
                         task, problem.resourceName(violation.resource), start,
                         other, limit);
  case Kind::RepetitionOverlap:
    return llvm::formatv("{0} holds {1} from {2} ps on in each repetition, but "
                         "{3} of another repetition holds it until {4} ps",
                         task, problem.resourceName(violation.resource), start,
                         other, limit);
  }
  llvm_unreachable("unknown kind of violation");
}
