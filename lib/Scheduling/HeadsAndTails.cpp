// Heads and tails by one-machine problems at joins of paths.
#include "atleus/Scheduling/HeadsAndTails.h"
#include "atleus/Scheduling/OneMachine.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <queue>

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
        paths(problem.numTasks()), visits(problem.numTasks(), none) {}

  std::vector<Picoseconds> run();

private:
  /// A use of `resource` by a task before a join.
  struct Held {
    unsigned resource;
    Job job;
  };
  static constexpr unsigned none = ~0u;

  bool isForward() const { return direction == Direction::Forward; }
  llvm::ArrayRef<unsigned> before(unsigned task) const {
    return isForward() ? graph.predecessors(task) : graph.successors(task);
  }
  void reach(unsigned join, unsigned task, Picoseconds path);
  void collect(unsigned join);
  void addUses(unsigned task);
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
  /// Reached tasks by position, the last one on top: all paths from it to the
  /// join are known.
  std::priority_queue<std::pair<unsigned, unsigned>> reached;
  size_t visitCount = 0;
  std::vector<Held> uses;
  std::vector<Job> jobs;
};
} // namespace

/// How many tasks before a join are regarded at most, and before all joins.
static constexpr size_t maxAncestors = 1024;
static constexpr size_t maxVisits = 2'000'000;

void HeadComputation::reach(unsigned join, unsigned task, Picoseconds path) {
  if (visits[task] == join) {
    paths[task] = std::max(paths[task], path);
    return;
  }
  visits[task] = join;
  paths[task] = path;
  reached.emplace(positions[task], task);
}

void HeadComputation::addUses(unsigned task) {
  for (const Use &use : problem.uses(task)) {
    Picoseconds after = problem.duration(task) - use.offset - use.length;
    Picoseconds offset = isForward() ? use.offset : after;
    Picoseconds rest = isForward() ? after : use.offset;
    if (use.length > Picoseconds())
      uses.push_back({use.resource,
                      {heads[task] + offset, use.length, rest + paths[task]}});
  }
}

/// Fills `uses` with those of the nearest tasks before the join.
void HeadComputation::collect(unsigned join) {
  size_t joined = before(join).size();
  size_t limit = std::min(
      {maxAncestors, effort * joined * joined, maxVisits - visitCount});
  uses.clear();
  for (unsigned task : before(join))
    reach(join, task, Picoseconds());
  for (size_t count = 0; count < limit && !reached.empty(); ++count) {
    unsigned task = reached.top().second;
    reached.pop();
    ++visitCount;
    addUses(task);
    for (unsigned earlier : before(task))
      reach(join, earlier, paths[task] + problem.duration(task));
  }
  reached = {};
}

/// The largest one-machine bound of `uses`, at least `known`.
Picoseconds HeadComputation::boundOfUses(Picoseconds known) {
  llvm::sort(uses, [](const Held &a, const Held &b) {
    return a.resource < b.resource;
  });
  for (size_t begin = 0, end = 0; begin < uses.size(); begin = end) {
    Picoseconds head, length, tail;
    jobs.clear();
    for (; end < uses.size() && uses[end].resource == uses[begin].resource;
         ++end) {
      const Job &job = uses[end].job;
      jobs.push_back(job);
      head = std::max(head, job.head);
      length += job.length;
      tail = std::max(tail, job.tail);
    }
    // One job is a path. No set of jobs can give more than this sum.
    if (jobs.size() > 1 && known < head + length + tail)
      known = std::max(known, preemptiveMakespan(jobs));
  }
  return known;
}

std::vector<Picoseconds> HeadComputation::run() {
  auto order = llvm::to_vector(graph.topologicalOrder());
  if (!isForward())
    std::reverse(order.begin(), order.end());
  for (auto [position, task] : llvm::enumerate(order))
    positions[task] = position;
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
