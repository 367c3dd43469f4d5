// Heads and tails by one-machine problems at joins of paths.
#include "atleus/Scheduling/HeadsAndTails.h"
#include "atleus/Scheduling/OneMachine.h"

#include "PositionSet.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
enum class Direction { Forward, Backward };

/// The tasks of a problem by their positions in a topological order of it, or
/// of its mirror image. Numbers are stored in the order in which they are read.
/// Times are counts of picoseconds: what a graph could be built of has none
/// whose sums overflow.
struct OrderedTasks {
  OrderedTasks(const Problem &problem, const DependenceGraph &graph,
               Direction direction);

  /// A use that is not empty, and the time of its task before and after it.
  struct Held {
    unsigned resource;
    int64_t before, length, after;
  };

  unsigned size() const { return order.size(); }
  llvm::ArrayRef<unsigned> before(unsigned position) const {
    return slice(befores, beforeBegins, position);
  }
  llvm::ArrayRef<Held> uses(unsigned position) const {
    return slice(useList, useBegins, position);
  }

  std::vector<unsigned> order;
  std::vector<int64_t> durations;

private:
  template <typename T>
  static llvm::ArrayRef<T> slice(const std::vector<T> &list,
                                 const std::vector<size_t> &begins,
                                 unsigned position) {
    return llvm::ArrayRef<T>(list).slice(
        begins[position], begins[position + 1] - begins[position]);
  }

  /// The positions of the tasks that come right before each.
  std::vector<unsigned> befores;
  std::vector<Held> useList;
  std::vector<size_t> beforeBegins = {0}, useBegins = {0};
};

/// Computes the heads of a problem, or of its mirror image, in which the tails
/// are the heads.
class HeadComputation {
public:
  HeadComputation(const Problem &problem, const DependenceGraph &graph,
                  Direction direction, unsigned effort)
      : problem(problem), direction(direction), effort(effort),
        tasks(problem, graph, direction), heads(tasks.size()),
        joinHeads(tasks.size()), lastJoins(tasks.size(), none),
        paths(tasks.size()), visits(tasks.size(), none), reached(tasks.size()),
        packings(problem.numResources()) {}

  std::vector<Picoseconds> run();

private:
  static constexpr unsigned none = ~0u;
  /// A schedule of the uses of a resource before the join at hand. It is made
  /// from its end: what is found last goes before all others, as late as its
  /// tail allows.
  struct Packing {
    /// From the start of the first use to the end.
    int64_t packed = 0;
    /// Of the whole, zero without uses.
    int64_t length = 0;
    /// The use that was regarded last.
    unsigned last = none;
  };
  /// A use of a task that is regarded, and the one of the same resource that
  /// was regarded before.
  struct RegardedUse {
    const OrderedTasks::Held *use;
    unsigned position;
    unsigned before;
  };

  size_t wantedVisits(unsigned join) const;
  bool isRepeated(unsigned join);
  void reach(unsigned join, unsigned position, int64_t path);
  void collect(unsigned join);
  void addUses(unsigned position);
  int64_t boundOfUses(int64_t known);
  int64_t boundOfResource(unsigned resource);
  int64_t headOfJoin(unsigned join);

  const Problem &problem;
  Direction direction;
  unsigned effort;
  OrderedTasks tasks;
  /// What follows is by position.
  std::vector<int64_t> heads;
  /// Of joins, the heads without releases.
  std::vector<int64_t> joinHeads;
  /// The last join of which a task is the first before it.
  std::vector<unsigned> lastJoins;
  /// Per task that was reached from the join at hand, the longest path from its
  /// end to the join.
  std::vector<int64_t> paths;
  /// The join from which a task was reached last.
  std::vector<unsigned> visits;
  /// The tasks that were reached and not yet regarded. All paths from the last
  /// one to the join are known.
  PositionSet reached;
  /// What all joins together want to visit.
  size_t wanted = 0;
  /// The tasks before the join that are regarded, the last one first.
  /// Each has an entry for each of its uses.
  std::vector<RegardedUse> regarded;
  /// By resource, and the resources that have uses.
  std::vector<Packing> packings;
  std::vector<unsigned> used;
  std::vector<Job> jobs;
};
} // namespace

OrderedTasks::OrderedTasks(const Problem &problem, const DependenceGraph &graph,
                           Direction direction)
    : order(graph.topologicalOrder().vec()) {
  bool isForward = direction == Direction::Forward;
  if (!isForward)
    std::reverse(order.begin(), order.end());
  std::vector<unsigned> positions(order.size());
  for (auto [position, task] : llvm::enumerate(order))
    positions[task] = position;
  durations.reserve(order.size());
  befores.reserve(problem.dependences().size());
  useList.reserve(problem.numUses());
  for (unsigned task : order) {
    int64_t duration = problem.duration(task).count();
    durations.push_back(duration);
    for (unsigned other :
         isForward ? graph.predecessors(task) : graph.successors(task))
      befores.push_back(positions[other]);
    beforeBegins.push_back(befores.size());
    for (const Use &use : problem.uses(task)) {
      int64_t offset = use.offset.count(), length = use.length.count();
      int64_t rest = duration - offset - length;
      if (length > 0)
        useList.push_back({use.resource, isForward ? offset : rest, length,
                           isForward ? rest : offset});
    }
    useBegins.push_back(useList.size());
  }
}

/// How many tasks before a join are regarded at most.
static constexpr size_t maxAncestors = 1024;
/// How many are regarded before all joins: so many, or in a large problem a few
/// for each task.
static constexpr size_t minVisits = 250'000;
static constexpr size_t visitsPerTask = 12;

/// How many tasks before a join would be regarded if there were no others.
size_t HeadComputation::wantedVisits(unsigned join) const {
  size_t joined = tasks.before(join).size();
  return joined > 1 ? std::min(maxAncestors, effort * joined * joined) : 0;
}

/// Whether the last join with the same first task before it has the same ones,
/// as joins of one kernel often do. Else this join is the last one.
bool HeadComputation::isRepeated(unsigned join) {
  llvm::ArrayRef<unsigned> before = tasks.before(join);
  unsigned &last = lastJoins[before.front()];
  if (last != none && tasks.before(last) == before)
    return true;
  last = join;
  return false;
}

void HeadComputation::reach(unsigned join, unsigned position, int64_t path) {
  if (visits[position] == join) {
    paths[position] = std::max(paths[position], path);
    return;
  }
  visits[position] = join;
  paths[position] = path;
  reached.insert(position);
}

void HeadComputation::addUses(unsigned position) {
  int64_t head = heads[position], path = paths[position];
  for (const OrderedTasks::Held &held : tasks.uses(position)) {
    Packing &all = packings[held.resource];
    if (all.length == 0)
      used.push_back(held.resource);
    all.packed = std::max(all.packed, held.after + path) + held.length;
    all.length = std::max(all.length, head + held.before + all.packed);
    regarded.push_back({&held, position, all.last});
    all.last = regarded.size() - 1;
  }
}

/// Finds the nearest tasks before the join and packs their uses.
void HeadComputation::collect(unsigned join) {
  // All joins of a large problem have the same share of what they want.
  size_t limit = wantedVisits(join);
  size_t allowed = std::max(minVisits, visitsPerTask * tasks.size());
  if (wanted > allowed)
    limit = limit * allowed / wanted;
  for (unsigned position : tasks.before(join))
    reach(join, position, 0);
  for (size_t count = 0; count < limit && !reached.empty(); ++count) {
    unsigned position = reached.takeLast();
    addUses(position);
    int64_t path = paths[position] + tasks.durations[position];
    for (unsigned earlier : tasks.before(position))
      reach(join, earlier, path);
  }
  while (!reached.empty())
    reached.takeLast();
}

/// The one-machine bound of the uses of one resource.
int64_t HeadComputation::boundOfResource(unsigned resource) {
  jobs.clear();
  // Nearly in the order of heads.
  for (unsigned at = packings[resource].last; at != none;
       at = regarded[at].before) {
    auto [use, position, before] = regarded[at];
    jobs.push_back({Picoseconds(heads[position] + use->before),
                    Picoseconds(use->length),
                    Picoseconds(use->after + paths[position])});
  }
  return preemptiveMakespan(jobs).count();
}

/// The largest one-machine bound of the uses that were packed, at least
/// `known`. Forgets them.
int64_t HeadComputation::boundOfUses(int64_t known) {
  // No bound is above the length of a schedule. The longest one first: what it
  // gives is mostly more than others can.
  unsigned longest = none;
  for (unsigned resource : used)
    if (int64_t length = packings[resource].length;
        known < length &&
        (longest == none || packings[longest].length < length))
      longest = resource;
  if (longest != none)
    known = std::max(known, boundOfResource(longest));
  for (unsigned resource : used) {
    if (known < packings[resource].length && resource != longest)
      known = std::max(known, boundOfResource(resource));
    packings[resource] = {};
  }
  used.clear();
  regarded.clear();
  return known;
}

/// The head of a join, its release aside.
int64_t HeadComputation::headOfJoin(unsigned join) {
  llvm::ArrayRef<unsigned> before = tasks.before(join);
  unsigned known = lastJoins[before.front()];
  if (isRepeated(join))
    return joinHeads[join] = joinHeads[known];
  int64_t head = 0;
  for (unsigned position : before)
    head = std::max(head, heads[position] + tasks.durations[position]);
  collect(join);
  return joinHeads[join] = boundOfUses(head);
}

std::vector<Picoseconds> HeadComputation::run() {
  for (unsigned position = 0; position < tasks.size(); ++position)
    if (tasks.before(position).size() > 1 && !isRepeated(position))
      wanted += wantedVisits(position);
  llvm::fill(lastJoins, none);
  std::vector<Picoseconds> result(tasks.size());
  for (auto [position, task] : llvm::enumerate(tasks.order)) {
    int64_t head =
        direction == Direction::Forward ? problem.release(task).count() : 0;
    llvm::ArrayRef<unsigned> before = tasks.before(position);
    if (before.size() > 1)
      head = std::max(head, headOfJoin(position));
    else if (before.size() == 1)
      head = std::max(head,
                      heads[before.front()] + tasks.durations[before.front()]);
    heads[position] = head;
    result[task] = Picoseconds(head);
  }
  return result;
}

HeadsAndTails scheduling::computeHeadsAndTails(const Problem &problem,
                                               const DependenceGraph &graph,
                                               unsigned effort) {
  auto compute = [&](Direction direction) {
    return HeadComputation(problem, graph, direction, effort).run();
  };
  return {compute(Direction::Forward), compute(Direction::Backward)};
}

/// The uses of each resource as jobs.
static std::vector<std::vector<Job>>
findJobs(const Problem &problem, const HeadsAndTails &headsAndTails) {
  const auto &[heads, tails] = headsAndTails;
  std::vector<size_t> numUses(problem.numResources());
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task))
      ++numUses[use.resource];
  std::vector<std::vector<Job>> jobs(problem.numResources());
  for (auto [shared, size] : llvm::zip_equal(jobs, numUses))
    shared.reserve(size);
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task))
      jobs[use.resource].push_back(
          {heads[task] + use.offset, use.length,
           problem.duration(task) - use.offset - use.length + tails[task]});
  return jobs;
}

/// The length of the schedule in which jobs follow each other as they are.
static Picoseconds lengthInOrder(llvm::ArrayRef<Job> jobs) {
  Picoseconds now, end;
  for (const Job &job : jobs) {
    now = std::max(now, job.head) + job.length;
    end = std::max(end, now + job.tail);
  }
  return end;
}

Picoseconds scheduling::oneMachineBound(const Problem &problem,
                                        const HeadsAndTails &headsAndTails) {
  const auto &[heads, tails] = headsAndTails;
  Picoseconds bound;
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    bound = std::max(bound, heads[task] + problem.duration(task) + tails[task]);
  // No bound is above the length of a schedule.
  for (std::vector<Job> &shared : findJobs(problem, headsAndTails))
    if (bound < lengthInOrder(shared))
      bound = std::max(bound, preemptiveMakespan(shared));
  return bound;
}
