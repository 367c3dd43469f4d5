// Candidates in the order of time, and queues of tasks at busy resources.
#include "atleus/Scheduling/DispatchScheduler.h"
#include "atleus/Scheduling/ListScheduler.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <tuple>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// Tasks are known by their ranks in the order of priorities.
class Dispatch {
public:
  Dispatch(const Problem &problem, const DependenceGraph &graph,
           llvm::ArrayRef<Picoseconds> priorities);

  Starts run();

private:
  static constexpr unsigned none = ~0u;

  /// A task that is ready, and when it may start as far as is known. It is the
  /// first in the queue at a resource, or in none.
  struct Candidate {
    Picoseconds time;
    unsigned rank, resource;
    bool operator>(const Candidate &other) const {
      return std::tie(time, rank) > std::tie(other.time, other.rank);
    }
  };

  /// The tasks that wait for a resource. The first of them is a candidate, the
  /// others are so when it has left: many can wait, and one at most gets it.
  struct Queue {
    unsigned first = none;
    std::priority_queue<unsigned, std::vector<unsigned>, std::greater<>> others;
  };

  /// When a task can start, and the resource which it waits for until then.
  struct Chance {
    Picoseconds time;
    unsigned resource;
  };

  Chance findChance(unsigned task, Picoseconds from) const;
  void enqueue(unsigned rank, Chance chance);
  void advance(unsigned resource, Picoseconds now);
  void start(unsigned task, Picoseconds time);

  const Problem &problem;
  const DependenceGraph &graph;
  std::vector<unsigned> tasksByRank, ranks;
  /// When the last use of each resource ends.
  std::vector<Picoseconds> freeFrom;
  std::vector<Queue> queues;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>>
      candidates;
  std::vector<unsigned> missing;
  Starts starts;
};
} // namespace

Dispatch::Dispatch(const Problem &problem, const DependenceGraph &graph,
                   llvm::ArrayRef<Picoseconds> priorities)
    : problem(problem), graph(graph), tasksByRank(problem.numTasks()),
      ranks(problem.numTasks()), freeFrom(problem.numResources()),
      queues(problem.numResources()), missing(problem.numTasks()),
      starts(problem.numTasks()) {
  std::iota(tasksByRank.begin(), tasksByRank.end(), 0);
  llvm::sort(tasksByRank, [&](unsigned a, unsigned b) {
    return std::tie(priorities[b], a) < std::tie(priorities[a], b);
  });
  for (auto [rank, task] : llvm::enumerate(tasksByRank))
    ranks[task] = rank;
}

Dispatch::Chance Dispatch::findChance(unsigned task, Picoseconds from) const {
  Chance chance = {from, none};
  for (const Use &use : problem.uses(task))
    if (Picoseconds free = freeFrom[use.resource] - use.offset;
        chance.time < free && Picoseconds() < use.length)
      chance = {free, use.resource};
  return chance;
}

void Dispatch::enqueue(unsigned rank, Chance chance) {
  Queue &queue = queues[chance.resource];
  if (queue.first < rank)
    return queue.others.push(rank);
  // A former first one comes back when its time has come.
  queue.first = rank;
  candidates.push({chance.time, rank, chance.resource});
}

/// Makes the next task that waits for nothing else the first one.
void Dispatch::advance(unsigned resource, Picoseconds now) {
  Queue &queue = queues[resource];
  while (queue.first == none && !queue.others.empty()) {
    unsigned rank = queue.others.top();
    queue.others.pop();
    Chance chance = findChance(tasksByRank[rank], now);
    if (chance.resource == none)
      chance.resource = resource;
    enqueue(rank, chance);
  }
}

void Dispatch::start(unsigned task, Picoseconds time) {
  starts[task] = time;
  for (const Use &use : problem.uses(task))
    freeFrom[use.resource] =
        std::max(freeFrom[use.resource], time + use.offset + use.length);
  Picoseconds end = time + problem.duration(task);
  for (unsigned successor : graph.successors(task)) {
    starts[successor] = std::max(starts[successor], end);
    if (--missing[successor] == 0)
      candidates.push({starts[successor], ranks[successor], none});
  }
}

Starts Dispatch::run() {
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    starts[task] = problem.release(task);
    missing[task] = graph.predecessors(task).size();
    if (missing[task] == 0)
      candidates.push({starts[task], ranks[task], none});
  }
  while (!candidates.empty()) {
    auto [now, rank, resource] = candidates.top();
    candidates.pop();
    bool wasFirst = resource != none && queues[resource].first == rank;
    if (wasFirst)
      queues[resource].first = none;
    Chance chance = findChance(tasksByRank[rank], now);
    if (chance.time == now)
      start(tasksByRank[rank], now);
    else
      enqueue(rank, chance);
    if (wasFirst)
      advance(resource, now);
  }
  return std::move(starts);
}

Starts scheduling::scheduleByDispatch(const Problem &problem,
                                      const DependenceGraph &graph,
                                      llvm::ArrayRef<Picoseconds> priorities) {
  return Dispatch(problem, graph, priorities).run();
}

/// Finer levels let distances decide, coarser ones mix kernels. Makespans of
/// models with 24 to 256 levels differ by a hundredth.
static constexpr int64_t numLevels = 32;

Starts scheduling::scheduleByDispatch(const Problem &problem,
                                      const DependenceGraph &graph) {
  std::vector<Picoseconds> paths = pathsToSink(problem, graph);
  Picoseconds longest;
  for (Picoseconds path : paths)
    longest = std::max(longest, path);
  int64_t height = std::max<int64_t>(longest.count() / numLevels, 1);
  for (Picoseconds &path : paths)
    path = Picoseconds(path.count() / height);
  return scheduleByDispatch(problem, graph, paths);
}
