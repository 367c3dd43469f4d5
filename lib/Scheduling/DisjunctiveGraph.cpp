// Construction and propagation of disjunctive graphs.
#include "DisjunctiveGraph.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

using namespace atleus;
using namespace atleus::scheduling;

size_t DisjunctiveGraph::countDisjunctions(const Problem &problem) {
  std::vector<size_t> uses(problem.numResources());
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task))
      ++uses[use.resource];
  size_t pairs = 0;
  for (size_t count : uses)
    pairs += count * (count - std::min<size_t>(count, 1)) / 2;
  return pairs;
}

DisjunctiveGraph::DisjunctiveGraph(const Problem &problem,
                                   const DependenceGraph &graph) {
  for (auto [predecessor, task] : problem.dependences())
    dependences.push_back({predecessor, task, problem.duration(predecessor)});
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    root.heads.push_back(problem.release(task));
    root.tails.push_back(problem.duration(task));
    for (const Use &use : problem.uses(task))
      if (use.length > Picoseconds())
        holdings.push_back({task, use.resource, use.offset, use.length});
  }
  llvm::sort(holdings, [](const Holding &a, const Holding &b) {
    return std::tuple(a.resource, a.task, a.offset.count()) <
           std::tuple(b.resource, b.task, b.offset.count());
  });
  addDisjunctions();
  orderAlikes(problem, graph);
}

void DisjunctiveGraph::addDisjunctions() {
  for (size_t i = 0; i < holdings.size(); ++i)
    for (size_t j = i + 1;
         j < holdings.size() && holdings[j].resource == holdings[i].resource;
         ++j) {
      const Holding &a = holdings[i], &b = holdings[j];
      if (a.task == b.task)
        continue;
      root.open.push_back(disjunctions.size());
      disjunctions.push_back(
          {{a.task, b.task, a.offset + a.length - b.offset},
           {b.task, a.task, b.offset + b.length - a.offset}});
    }
}

/// Tasks that differ in nothing but the index can change places in any
/// schedule, so they may as well start in the order of indices.
void DisjunctiveGraph::orderAlikes(const Problem &problem,
                                   const DependenceGraph &graph) {
  auto sorted = [](llvm::ArrayRef<unsigned> tasks) {
    std::vector<unsigned> list(tasks.begin(), tasks.end());
    llvm::sort(list);
    return list;
  };
  using Uses = std::vector<std::tuple<unsigned, int64_t, int64_t>>;
  std::map<std::tuple<int64_t, int64_t, Uses, std::vector<unsigned>,
                      std::vector<unsigned>>,
           unsigned>
      last;
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    Uses uses;
    for (const Use &use : problem.uses(task))
      uses.emplace_back(use.resource, use.offset.count(), use.length.count());
    llvm::sort(uses);
    auto [entry, isNew] = last.try_emplace(
        {problem.duration(task).count(), problem.release(task).count(), uses,
         sorted(graph.predecessors(task)), sorted(graph.successors(task))},
        task);
    if (isNew)
      continue;
    // Behind the whole of the longest use, as they hold it one after the other.
    Picoseconds gap;
    for (const Use &use : problem.uses(task))
      gap = std::max(gap, use.length);
    dependences.push_back({entry->second, task, gap});
    entry->second = task;
  }
}

/// Longest paths. Returns false if a task has no time left, also when a cycle
/// of arcs pushes a task further and further.
bool DisjunctiveGraph::relax(PartialOrder &order, Picoseconds end) const {
  bool changed = true;
  auto apply = [&](const Arc &arc) {
    Picoseconds head = order.heads[arc.from] + arc.gap;
    if (order.heads[arc.to] < head) {
      order.heads[arc.to] = head;
      changed = true;
    }
    Picoseconds tail = order.tails[arc.to] + arc.gap;
    if (order.tails[arc.from] < tail) {
      order.tails[arc.from] = tail;
      changed = true;
    }
  };
  // Paths without a cycle have fewer arcs than there are tasks.
  for (size_t round = 0; changed; ++round) {
    if (round > order.heads.size())
      return false;
    changed = false;
    for (const Arc &arc : dependences)
      apply(arc);
    for (const Arc &arc : order.arcs)
      apply(arc);
  }
  return llvm::all_of(llvm::zip_equal(order.heads, order.tails),
                      [&](const auto &path) {
                        return std::get<0>(path) + std::get<1>(path) <= end;
                      });
}

/// Decides each disjunction of which one side leaves too little time.
bool DisjunctiveGraph::decide(PartialOrder &order, Picoseconds end,
                              bool &changed) const {
  auto isPossible = [&](const Arc &arc) {
    return order.heads[arc.from] + arc.gap + order.tails[arc.to] <= end;
  };
  size_t kept = 0;
  for (unsigned index : order.open) {
    const Disjunction &pair = disjunctions[index];
    bool forward = isPossible(pair.forward);
    bool backward = isPossible(pair.backward);
    if (!forward && !backward)
      return false;
    if (forward && backward)
      order.open[kept++] = index;
    else
      order.arcs.push_back(forward ? pair.forward : pair.backward);
  }
  changed = kept < order.open.size();
  order.open.resize(kept);
  return true;
}

bool DisjunctiveGraph::fitsMachines(const PartialOrder &order,
                                    Picoseconds end) const {
  std::vector<Job> jobs;
  for (size_t begin = 0, next = 0; begin < holdings.size(); begin = next) {
    jobs.clear();
    for (; next < holdings.size() &&
           holdings[next].resource == holdings[begin].resource;
         ++next) {
      const Holding &use = holdings[next];
      // From the end of the use to the end of all.
      Picoseconds tail = order.tails[use.task] - use.offset - use.length;
      jobs.push_back({order.heads[use.task] + use.offset, use.length, tail});
    }
    if (preemptiveMakespan(jobs) > end)
      return false;
  }
  return true;
}

bool DisjunctiveGraph::propagate(PartialOrder &order, Picoseconds end) const {
  bool changed = true;
  while (changed)
    if (!relax(order, end) || !decide(order, end, changed))
      return false;
  return fitsMachines(order, end);
}

bool DisjunctiveGraph::overlaps(const PartialOrder &order,
                                unsigned disjunction) const {
  auto holds = [&](const Arc &arc) {
    return order.heads[arc.from] + arc.gap <= order.heads[arc.to];
  };
  const auto &[forward, backward] = disjunctions[disjunction];
  return !holds(forward) && !holds(backward);
}
