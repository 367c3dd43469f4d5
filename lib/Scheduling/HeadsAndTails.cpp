// Heads and tails by one-machine problems at joins of paths.
#include "atleus/Scheduling/HeadsAndTails.h"
#include "atleus/Scheduling/OneMachine.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <utility>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
enum class Direction { Forward, Backward };

/// Computes the heads of a problem, or of its mirror image, in which the tails
/// are the heads.
class HeadComputation {
public:
  HeadComputation(const Problem &problem, const DependenceGraph &graph,
                  Direction direction, unsigned effort)
      : problem(problem), graph(graph), direction(direction), effort(effort),
        heads(problem.numTasks()), positions(problem.numTasks()),
        paths(problem.numTasks()), visits(problem.numTasks(), none),
        shared(problem.numResources()) {}

  std::vector<Picoseconds> run();

private:
  static constexpr unsigned none = ~0u;
  /// A use of a resource by a task before a join, and the one of the same
  /// resource that was found before it.
  struct Held {
    Job job;
    unsigned previous;
  };
  /// The uses of a resource before the join at hand: the last one, their
  /// number, the largest head and tail, and the sum of their lengths.
  struct Shared {
    unsigned last = none;
    unsigned count = 0;
    Picoseconds head, length, tail;
  };

  bool isForward() const { return direction == Direction::Forward; }
  llvm::ArrayRef<unsigned> before(unsigned task) const {
    return isForward() ? graph.predecessors(task) : graph.successors(task);
  }
  size_t wantedVisits(unsigned join) const;
  void reach(unsigned join, unsigned task, Picoseconds path);
  void collect(unsigned join);
  void addUses(unsigned task);
  void addUse(unsigned resource, const Job &job);
  Picoseconds boundOfUses(Picoseconds known);

  const Problem &problem;
  const DependenceGraph &graph;
  Direction direction;
  unsigned effort;
  std::vector<Picoseconds> heads;
  /// Where tasks stand in the order of the computation.
  std::vector<unsigned> positions;
  /// Per task that was reached from the join at hand, the longest path from its
  /// end to the join.
  std::vector<Picoseconds> paths;
  /// The join from which a task was reached last.
  std::vector<unsigned> visits;
  /// A heap of reached tasks by position, the last one on top: all paths from
  /// it to the join are known.
  std::vector<std::pair<unsigned, unsigned>> reached;
  /// What all joins together want to visit.
  size_t wanted = 0;
  std::vector<Held> uses;
  /// By resource, and the resources that have uses.
  std::vector<Shared> shared;
  std::vector<unsigned> used;
  std::vector<Job> jobs;
};
} // namespace

/// How many tasks before a join are regarded at most, and before all joins.
static constexpr size_t maxAncestors = 1024;
static constexpr size_t maxVisits = 250'000;

/// How many tasks before a join would be regarded if there were no others.
size_t HeadComputation::wantedVisits(unsigned join) const {
  size_t joined = before(join).size();
  return joined > 1 ? std::min(maxAncestors, effort * joined * joined) : 0;
}

void HeadComputation::reach(unsigned join, unsigned task, Picoseconds path) {
  if (visits[task] == join) {
    paths[task] = std::max(paths[task], path);
    return;
  }
  visits[task] = join;
  paths[task] = path;
  reached.emplace_back(positions[task], task);
  std::push_heap(reached.begin(), reached.end());
}

void HeadComputation::addUse(unsigned resource, const Job &job) {
  Shared &all = shared[resource];
  if (all.count++ == 0)
    used.push_back(resource);
  all.head = std::max(all.head, job.head);
  all.length += job.length;
  all.tail = std::max(all.tail, job.tail);
  uses.push_back({job, all.last});
  all.last = uses.size() - 1;
}

void HeadComputation::addUses(unsigned task) {
  for (const Use &use : problem.uses(task)) {
    Picoseconds after = problem.duration(task) - use.offset - use.length;
    Picoseconds offset = isForward() ? use.offset : after;
    Picoseconds rest = isForward() ? after : use.offset;
    if (use.length > Picoseconds())
      addUse(use.resource,
             {heads[task] + offset, use.length, rest + paths[task]});
  }
}

/// Fills `uses` with those of the nearest tasks before the join.
void HeadComputation::collect(unsigned join) {
  // All joins of a large problem have the same share of what they want.
  size_t limit = wantedVisits(join);
  if (wanted > maxVisits)
    limit = limit * maxVisits / wanted;
  for (unsigned task : before(join))
    reach(join, task, Picoseconds());
  for (size_t count = 0; count < limit && !reached.empty(); ++count) {
    std::pop_heap(reached.begin(), reached.end());
    unsigned task = reached.back().second;
    reached.pop_back();
    addUses(task);
    for (unsigned earlier : before(task))
      reach(join, earlier, paths[task] + problem.duration(task));
  }
  reached.clear();
}

/// The largest one-machine bound of the uses that were collected, at least
/// `known`. Forgets them.
Picoseconds HeadComputation::boundOfUses(Picoseconds known) {
  for (unsigned resource : used) {
    Shared all = std::exchange(shared[resource], {});
    // One job is a path. No set of jobs can give more than this sum.
    if (all.count < 2 || all.head + all.length + all.tail <= known)
      continue;
    jobs.clear();
    for (unsigned use = all.last; use != none; use = uses[use].previous)
      jobs.push_back(uses[use].job);
    known = std::max(known, preemptiveMakespan(jobs));
  }
  used.clear();
  uses.clear();
  return known;
}

std::vector<Picoseconds> HeadComputation::run() {
  auto order = llvm::to_vector(graph.topologicalOrder());
  if (!isForward())
    std::reverse(order.begin(), order.end());
  for (auto [position, task] : llvm::enumerate(order)) {
    positions[task] = position;
    wanted += wantedVisits(task);
  }
  for (unsigned task : order) {
    Picoseconds head = isForward() ? problem.release(task) : Picoseconds();
    for (unsigned earlier : before(task))
      head = std::max(head, heads[earlier] + problem.duration(earlier));
    if (before(task).size() > 1) {
      collect(task);
      head = boundOfUses(head);
    }
    heads[task] = head;
  }
  return std::move(heads);
}

HeadsAndTails scheduling::computeHeadsAndTails(const Problem &problem,
                                               const DependenceGraph &graph,
                                               unsigned effort) {
  auto compute = [&](Direction direction) {
    return HeadComputation(problem, graph, direction, effort).run();
  };
  return {compute(Direction::Forward), compute(Direction::Backward)};
}

Picoseconds scheduling::oneMachineBound(const Problem &problem,
                                        const HeadsAndTails &headsAndTails) {
  const auto &[heads, tails] = headsAndTails;
  Picoseconds bound;
  std::vector<std::vector<Job>> jobs(problem.numResources());
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    Picoseconds duration = problem.duration(task);
    bound = std::max(bound, heads[task] + duration + tails[task]);
    for (const Use &use : problem.uses(task))
      jobs[use.resource].push_back(
          {heads[task] + use.offset, use.length,
           duration - use.offset - use.length + tails[task]});
  }
  for (std::vector<Job> &shared : jobs)
    bound = std::max(bound, preemptiveMakespan(shared));
  return bound;
}
