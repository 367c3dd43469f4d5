// The independent verifier: a sweep over the intervals of each resource.
#include "atleus/Scheduling/ScheduleVerifier.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <tuple>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// A resource held by a task from `begin` to `end`.
struct Interval {
  unsigned resource;
  Picoseconds begin, end;
  unsigned task;

  bool operator<(const Interval &other) const {
    return std::tuple(resource, begin.count(), end.count(), task) <
           std::tuple(other.resource, other.begin.count(), other.end.count(),
                      other.task);
  }
};
} // namespace

static std::vector<Interval> sortedIntervals(const Problem &problem,
                                             const Starts &starts) {
  std::vector<Interval> intervals;
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task)) {
      Picoseconds begin = starts[task] + use.offset;
      if (Picoseconds(0) < use.length)
        intervals.push_back({use.resource, begin, begin + use.length, task});
    }
  llvm::sort(intervals);
  return intervals;
}

/// The same with one interval for all of a turn.
static std::vector<Interval> repeatedIntervals(const Problem &problem,
                                               const Starts &starts) {
  std::vector<Interval> intervals = sortedIntervals(problem, starts);
  if (problem.turns().empty())
    return intervals;
  constexpr unsigned none = ~0u;
  std::vector<unsigned> turnOf(problem.numTasks(), none);
  for (const Turn &turn : problem.turns())
    for (unsigned task : turn.tasks)
      turnOf[task] = turn.resource;
  llvm::erase_if(intervals, [&](const Interval &interval) {
    return turnOf[interval.task] == interval.resource;
  });
  for (const Turn &turn : problem.turns()) {
    unsigned first = turn.tasks.front();
    Interval whole = {turn.resource, starts[first], starts[first], first};
    for (unsigned task : turn.tasks) {
      whole.begin = std::min(whole.begin, starts[task]);
      whole.end = std::max(whole.end, starts[task] + problem.duration(task));
    }
    intervals.push_back(whole);
  }
  llvm::sort(intervals);
  return intervals;
}

/// Adds a violation for each of the sorted intervals that begins before an
/// earlier one on the same resource has ended.
static void sweep(llvm::ArrayRef<Interval> intervals, Violation::Kind kind,
                  std::vector<Violation> &violations) {
  const Interval *last = nullptr;
  for (const Interval &interval : intervals) {
    bool sameResource = last && last->resource == interval.resource;
    if (sameResource && interval.begin < last->end)
      violations.push_back({kind, interval.task, last->task, interval.resource,
                            interval.begin, last->end});
    if (!sameResource || last->end < interval.end)
      last = &interval;
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
  sweep(sortedIntervals(problem, starts), Kind::Overlap, violations);
  return violations;
}

std::optional<Violation> scheduling::verifyRepetition(const Problem &problem,
                                                      const Starts &starts,
                                                      Picoseconds interval) {
  constexpr auto kind = Violation::Kind::RepetitionOverlap;
  // Uses of all repetitions at once are the uses of one, folded modulo the
  // interval; what passes the end of the interval goes on at its beginning.
  std::vector<Interval> folded;
  for (Interval &use : repeatedIntervals(problem, starts)) {
    if (interval < use.end - use.begin)
      return Violation{kind,         use.task,  use.task,
                       use.resource, use.begin, use.end - interval};
    int64_t shift = use.begin.count() / interval.count();
    use.begin -= interval * shift;
    use.end -= interval * shift;
    if (interval < use.end) {
      folded.push_back(
          {use.resource, Picoseconds(0), use.end - interval, use.task});
      use.end = interval;
    }
    folded.push_back(use);
  }
  llvm::sort(folded);
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
