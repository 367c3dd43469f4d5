// Serial schedule generation with room in buffers as a resource.
#include "atleus/Scheduling/BufferedScheduler.h"

#include "PendingReaders.h"

#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/Timeline.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cassert>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// How full a buffer is over time, with data that stays for good.
class BufferProfile {
public:
  /// The earliest time from `from` on from which the level is never above
  /// `most`.
  Picoseconds findRoom(Picoseconds from, Bits most) const;

  /// Raises the level from `time` on, or lowers it.
  void add(Picoseconds time, Bits size);

private:
  struct Change {
    Picoseconds time;
    Bits size;
  };
  std::vector<Change> changes;
  Bits last;
};
} // namespace

Picoseconds BufferProfile::findRoom(Picoseconds from, Bits most) const {
  assert(last <= most && "the order is not safe");
  Bits level = last;
  for (const Change &change : llvm::reverse(changes)) {
    if (change.time <= from)
      break;
    level -= change.size;
    if (most < level)
      return change.time;
  }
  return from;
}

void BufferProfile::add(Picoseconds time, Bits size) {
  last += size;
  auto place = llvm::partition_point(
      changes, [&](const Change &change) { return change.time < time; });
  if (place != changes.end() && place->time == time)
    place->size += size;
  else
    changes.insert(place, {time, size});
}

namespace {
class BufferedPlacement {
public:
  BufferedPlacement(const Problem &problem, const DependenceGraph &graph,
                    const BufferProblem &buffers,
                    llvm::ArrayRef<Bits> capacities)
      : problem(problem), graph(graph), buffers(buffers),
        capacities(capacities), readers(buffers), profiles(capacities.size()),
        timelines(problem.numResources()), starts(problem.numTasks()) {
    for (unsigned task = 0; task < problem.numTasks(); ++task)
      starts[task] = problem.release(task);
  }

  void place(unsigned task);

  Starts takeStarts() && { return std::move(starts); }

private:
  bool takesPlace(unsigned task, const Deposit &deposit) const {
    return deposit.buffer < profiles.size() &&
           readers.takesPlace(task, deposit);
  }
  Picoseconds findRoom(unsigned task, Picoseconds from) const;

  const Problem &problem;
  const DependenceGraph &graph;
  const BufferProblem &buffers;
  llvm::ArrayRef<Bits> capacities;
  PendingReaders readers;
  std::vector<BufferProfile> profiles;
  std::vector<Timeline> timelines;
  Starts starts;
};
} // namespace

/// The earliest start from `from` on with room for good. It has room at all
/// later starts, too.
Picoseconds BufferedPlacement::findRoom(unsigned task, Picoseconds from) const {
  Picoseconds start = from;
  for (const Deposit &deposit : buffers.deposits(task)) {
    if (!takesPlace(task, deposit))
      continue;
    Bits together;
    for (const Deposit &other : buffers.deposits(task))
      if (other.buffer == deposit.buffer && takesPlace(task, other))
        together += other.size;
    Picoseconds room = profiles[deposit.buffer].findRoom(
        start + deposit.begin, capacities[deposit.buffer] - together);
    start = std::max(start, room - deposit.begin);
  }
  return start;
}

void BufferedPlacement::place(unsigned task) {
  Picoseconds start = earliestStart(problem.uses(task), timelines,
                                    findRoom(task, starts[task]));
  starts[task] = start;
  for (const Use &use : problem.uses(task))
    timelines[use.resource].reserve(start + use.offset, use.length);
  for (const Deposit &deposit : buffers.deposits(task))
    if (takesPlace(task, deposit))
      profiles[deposit.buffer].add(start + deposit.begin, deposit.size);
  readers.run(task, start,
              [&](unsigned, const Deposit &deposit, Picoseconds until) {
                if (deposit.buffer < profiles.size())
                  profiles[deposit.buffer].add(until, Bits(0) - deposit.size);
              });
  for (unsigned successor : graph.successors(task))
    starts[successor] =
        std::max(starts[successor], start + problem.duration(task));
}

Starts scheduling::scheduleInBuffers(const Problem &problem,
                                     const DependenceGraph &graph,
                                     const BufferProblem &buffers,
                                     llvm::ArrayRef<Bits> capacities,
                                     llvm::ArrayRef<unsigned> order) {
  BufferedPlacement placement(problem, graph, buffers, capacities);
  for (unsigned task : order)
    placement.place(task);
  return std::move(placement).takeStarts();
}

//===----------------------------------------------------------------------===//
// Near given starts
//===----------------------------------------------------------------------===//

bool scheduling::holdsInBuffers(const Problem &problem,
                                const BufferProblem &buffers,
                                llvm::ArrayRef<Bits> capacities,
                                const Starts &starts) {
  Picoseconds length = makespan(problem, starts);
  if (length == Picoseconds())
    return true;
  return fitsBuffers(findStays(buffers, starts), capacities, length);
}

/// How often starts are found anew from those of the time before.
static constexpr unsigned maxRounds = 2;

BufferedStarts scheduling::findBufferedStarts(const Problem &problem,
                                              const DependenceGraph &graph,
                                              const BufferProblem &buffers,
                                              llvm::ArrayRef<Bits> capacities,
                                              const Starts &starts) {
  if (holdsInBuffers(problem, buffers, capacities, starts))
    return {starts, std::nullopt};
  Starts best;
  for (unsigned round = 0; round < maxRounds; ++round) {
    BufferedOrder order = findBufferedOrder(buffers, graph, capacities,
                                            best.empty() ? starts : best);
    if (order.shortage && best.empty())
      return {{}, std::move(order.shortage)};
    if (order.shortage)
      break;
    Starts found =
        scheduleInBuffers(problem, graph, buffers, capacities, order.steps);
    if (!best.empty() && makespan(problem, best) <= makespan(problem, found))
      break;
    best = std::move(found);
  }
  return {std::move(best), std::nullopt};
}

bool scheduling::hasBufferedStarts(const Problem &problem,
                                   const DependenceGraph &graph,
                                   const BufferProblem &buffers,
                                   llvm::ArrayRef<Bits> capacities,
                                   const Starts &starts) {
  return holdsInBuffers(problem, buffers, capacities, starts) ||
         !findBufferedOrder(buffers, graph, capacities, starts).shortage;
}

Picoseconds scheduling::findBufferedInterval(const Problem &problem,
                                             const Starts &starts,
                                             llvm::ArrayRef<Stay> stays,
                                             llvm::ArrayRef<Bits> capacities,
                                             Picoseconds interval) {
  Picoseconds longest = makespan(problem, starts);
  while (Picoseconds() < interval && interval < longest &&
         !fitsBuffers(stays, capacities, interval)) {
    Picoseconds longer(interval.count() + interval.count() / 16 + 1);
    interval = repetitionInterval(problem, starts, longer);
  }
  return std::min(interval, longest);
}
