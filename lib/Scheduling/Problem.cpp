// Scheduling problems: storage, checks, and the graph of dependences.
#include "atleus/Scheduling/Problem.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"

#include <algorithm>
#include <limits>
#include <utility>

using namespace atleus;
using namespace atleus::scheduling;
using llvm::ArrayRef;
using llvm::Error;
using llvm::StringRef;
using llvm::Twine;

static Error makeError(const Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

//===----------------------------------------------------------------------===//
// NameList
//===----------------------------------------------------------------------===//

void NameList::add(const Twine &name) {
  llvm::SmallString<64> buffer;
  StringRef added = name.toStringRef(buffer);
  text.append(added.begin(), added.end());
  ends.push_back(text.size());
}

StringRef NameList::operator[](unsigned index) const {
  size_t begin = index == 0 ? 0 : ends[index - 1];
  return StringRef(text).slice(begin, ends[index]);
}

//===----------------------------------------------------------------------===//
// Problem
//===----------------------------------------------------------------------===//

void Problem::reserve(size_t numTasks, size_t numUses, size_t numDependences) {
  durations.reserve(numTasks);
  releases.reserve(numTasks);
  useEnds.reserve(numTasks);
  useList.reserve(numUses);
  dependenceList.reserve(numDependences);
}

unsigned Problem::addResource(const Twine &name) {
  resourceNames.add(name);
  return numResources() - 1;
}

unsigned Problem::addTask(const Twine &name, Picoseconds duration,
                          ArrayRef<Use> uses, Picoseconds release) {
  taskNames.add(name);
  durations.push_back(duration);
  releases.push_back(release);
  useList.insert(useList.end(), uses.begin(), uses.end());
  useEnds.push_back(useList.size());
  return numTasks() - 1;
}

void Problem::addDependence(unsigned predecessor, unsigned task) {
  dependenceList.emplace_back(predecessor, task);
}

StringRef Problem::resourceName(unsigned resource) const {
  return resourceNames[resource];
}

Error Problem::checkTask(unsigned task) const {
  const Picoseconds zero;
  if (duration(task) < zero)
    return makeError(Twine("task ") + taskName(task) +
                     " has a negative duration of " +
                     Twine(duration(task).count()) + " ps");
  if (release(task) < zero)
    return makeError(Twine("task ") + taskName(task) +
                     " has a negative release time of " +
                     Twine(release(task).count()) + " ps");
  ArrayRef<Use> taskUses = uses(task);
  for (const Use &use : taskUses) {
    if (use.resource >= numResources())
      return makeError(Twine("task ") + taskName(task) + " uses resource " +
                       Twine(use.resource) + ", but there are " +
                       Twine(numResources()));
    bool inside = use.offset >= zero && use.length >= zero &&
                  use.offset <= duration(task) &&
                  use.length <= duration(task) - use.offset;
    if (!inside)
      return makeError(Twine("task ") + taskName(task) + " uses resource " +
                       resourceName(use.resource) + " from " +
                       Twine(use.offset.count()) + " ps for " +
                       Twine(use.length.count()) +
                       " ps, outside of its duration of " +
                       Twine(duration(task).count()) + " ps");
  }
  return Error::success();
}

Error Problem::checkOverlaps(unsigned task) const {
  const Picoseconds zero;
  for (const Use &a : uses(task))
    for (const Use &b : uses(task))
      if (&a < &b && a.resource == b.resource && zero < a.length &&
          zero < b.length && a.offset < b.offset + b.length &&
          b.offset < a.offset + a.length)
        return makeError(Twine("task ") + taskName(task) + " holds resource " +
                         resourceName(a.resource) + " twice at once");
  return Error::success();
}

Error Problem::check() const {
  // A serial execution after the last release is the longest schedule that an
  // algorithm can reach.
  constexpr int64_t limit = std::numeric_limits<int64_t>::max() / 2;
  int64_t serial = 0, lastRelease = 0;
  // By resource, the last task that uses it: few do so twice.
  std::vector<unsigned> users(numResources(), numTasks());
  for (unsigned task = 0; task < numTasks(); ++task) {
    if (Error error = checkTask(task))
      return error;
    bool isRepeated = false;
    for (const Use &use : uses(task))
      isRepeated |= std::exchange(users[use.resource], task) == task;
    if (isRepeated)
      if (Error error = checkOverlaps(task))
        return error;
    lastRelease = std::max(lastRelease, release(task).count());
    if (lastRelease > limit - serial ||
        duration(task).count() > limit - serial - lastRelease)
      return makeError(Twine("the times of the tasks up to ") + taskName(task) +
                       " add up to more than " + Twine(limit) + " ps");
    serial += duration(task).count();
  }
  for (auto [predecessor, task] : dependenceList)
    if (predecessor >= numTasks() || task >= numTasks())
      return makeError(Twine("dependence of task ") + Twine(task) +
                       " on task " + Twine(predecessor) + ", but there are " +
                       Twine(numTasks()) + " tasks");
  return Error::success();
}

Problem Problem::mirrored() const {
  Problem mirror = *this;
  mirror.turnList.clear();
  mirror.prefetchList.clear();
  mirror.releases.assign(numTasks(), Picoseconds());
  for (auto &[predecessor, task] : mirror.dependenceList)
    std::swap(predecessor, task);
  size_t next = 0;
  for (unsigned task = 0; task < numTasks(); ++task)
    for (; next < useEnds[task]; ++next) {
      Use &use = mirror.useList[next];
      use.offset = durations[task] - use.offset - use.length;
    }
  return mirror;
}

Picoseconds scheduling::makespan(const Problem &problem, const Starts &starts) {
  Picoseconds last;
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    last = std::max(last, starts[task] + problem.duration(task));
  return last;
}

//===----------------------------------------------------------------------===//
// DependenceGraph
//===----------------------------------------------------------------------===//

/// Compresses pairs (row, column) into `list`; row r ends at `ends[r]`. Columns
/// keep the order of the pairs.
template <typename RowOf, typename ColumnOf>
static void compress(ArrayRef<Problem::Dependence> pairs, unsigned numRows,
                     RowOf rowOf, ColumnOf columnOf, std::vector<size_t> &ends,
                     std::vector<unsigned> &list) {
  ends.assign(numRows + 1, 0);
  for (const Problem::Dependence &pair : pairs)
    ++ends[rowOf(pair) + 1];
  for (unsigned i = 0; i < numRows; ++i)
    ends[i + 1] += ends[i];
  list.resize(pairs.size());
  for (const Problem::Dependence &pair : pairs)
    list[ends[rowOf(pair)]++] = columnOf(pair);
  ends.pop_back();
}

/// Kahn's algorithm; tasks of a cycle and those after it stay out of `order`.
void DependenceGraph::sort(unsigned numTasks) {
  std::vector<unsigned> waiting(numTasks);
  order.reserve(numTasks);
  for (unsigned task = 0; task < numTasks; ++task) {
    waiting[task] = predecessors(task).size();
    if (waiting[task] == 0)
      order.push_back(task);
  }
  for (size_t i = 0; i < order.size(); ++i)
    for (unsigned successor : successors(order[i]))
      if (--waiting[successor] == 0)
        order.push_back(successor);
}

Error DependenceGraph::describeCycle(const Problem &problem) const {
  std::vector<char> sorted(problem.numTasks(), false);
  for (unsigned task : order)
    sorted[task] = true;
  unsigned task = llvm::find(sorted, false) - sorted.begin();
  // Every unsorted task has an unsorted predecessor, so walking backwards comes
  // to a task that was seen before.
  std::vector<unsigned> position(problem.numTasks(), ~0u);
  std::vector<unsigned> path;
  while (position[task] == ~0u) {
    position[task] = path.size();
    path.push_back(task);
    task = *llvm::find_if(predecessors(task),
                          [&](unsigned p) { return !sorted[p]; });
  }
  path.erase(path.begin(), path.begin() + position[task]);
  std::string message = "tasks wait for each other: ";
  for (unsigned member : llvm::reverse(path))
    message += (problem.taskName(member) + " -> ").str();
  message += problem.taskName(path.back()).str();
  return makeError(message);
}

DependenceGraph DependenceGraph::mirrored() const {
  DependenceGraph graph = *this;
  std::swap(graph.predecessorEnds, graph.successorEnds);
  std::swap(graph.predecessorList, graph.successorList);
  std::reverse(graph.order.begin(), graph.order.end());
  return graph;
}

llvm::Expected<DependenceGraph> DependenceGraph::build(const Problem &problem) {
  if (Error error = problem.check())
    return std::move(error);
  DependenceGraph graph;
  auto first = [](const Problem::Dependence &pair) { return pair.first; };
  auto second = [](const Problem::Dependence &pair) { return pair.second; };
  compress(problem.dependences(), problem.numTasks(), first, second,
           graph.successorEnds, graph.successorList);
  compress(problem.dependences(), problem.numTasks(), second, first,
           graph.predecessorEnds, graph.predecessorList);
  graph.sort(problem.numTasks());
  if (graph.order.size() != problem.numTasks())
    return graph.describeCycle(problem);
  return graph;
}
