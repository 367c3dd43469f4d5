// A scheduling problem, free of IR: what has to run, for how long, on what and
// after what. A task occupies resources for parts of its time; two tasks never
// hold a resource at once. A problem holds no start times: a scheduler returns
// them, one per task, and the verifier judges them.
//
// Example: a transfer over two links of a pipelined network is one task with
// two uses, the second a hop later than the first:
//
//   Problem problem;
//   unsigned first = problem.addResource("(0, 0, 0) x+");
//   unsigned second = problem.addResource("(1, 0, 0) x+");
//   Picoseconds hop(5000), busy(48000);
//   unsigned transfer = problem.addTask(
//       "query[0]", hop * 2 + busy,
//       {{first, Picoseconds(0), busy}, {second, hop, busy}});
//   problem.addDependence(producer, transfer);
#ifndef ATLEUS_SCHEDULING_PROBLEM_H
#define ATLEUS_SCHEDULING_PROBLEM_H

#include "atleus/Support/Units.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

#include <string>
#include <utility>
#include <vector>

namespace atleus::scheduling {

/// A part of a task's time during which it holds a resource.
struct Use {
  unsigned resource = 0;
  /// From the start of the task.
  Picoseconds offset;
  Picoseconds length;
};

/// Tasks between the first and the last of which no other one may hold a
/// resource: the weight that the first has written is there until the last has
/// used it. In one schedule dependences see to that; when the schedule is
/// repeated, the tasks of other repetitions must keep away, too.
struct Turn {
  unsigned resource = 0;
  std::vector<unsigned> tasks;
};

/// Strings in one buffer, by index.
class NameList {
public:
  void add(const llvm::Twine &name);
  llvm::StringRef operator[](unsigned index) const;
  unsigned size() const { return ends.size(); }

private:
  std::string text;
  std::vector<size_t> ends;
};

/// Resources, tasks and dependences, each known by its index in the order of
/// addition. Tasks are stored as a structure of arrays.
class Problem {
public:
  using Dependence = std::pair<unsigned, unsigned>;

  /// Makes room for so many tasks with so many uses and dependences in all.
  void reserve(size_t numTasks, size_t numUses, size_t numDependences);
  unsigned addResource(const llvm::Twine &name);
  unsigned addTask(const llvm::Twine &name, Picoseconds duration,
                   llvm::ArrayRef<Use> uses = {},
                   Picoseconds release = Picoseconds(0));
  /// `task` starts when `predecessor` has ended, or later.
  void addDependence(unsigned predecessor, unsigned task);
  /// `task` brings a weight, which fills a buffer until those that wait for it
  /// have ended, and reads nothing from one. The later, the better.
  void addPrefetch(unsigned task) { prefetchList.push_back(task); }
  /// A task is in one turn at most.
  void addTurn(Turn turn) { turnList.push_back(std::move(turn)); }

  unsigned numResources() const { return resourceNames.size(); }
  unsigned numTasks() const { return durations.size(); }
  llvm::StringRef resourceName(unsigned resource) const;
  llvm::StringRef taskName(unsigned task) const { return taskNames[task]; }
  Picoseconds duration(unsigned task) const { return durations[task]; }
  /// The earliest time at which the task may start.
  Picoseconds release(unsigned task) const { return releases[task]; }
  llvm::ArrayRef<Use> uses(unsigned task) const {
    size_t begin = task == 0 ? 0 : useEnds[task - 1];
    return llvm::ArrayRef<Use>(useList).slice(begin, useEnds[task] - begin);
  }
  size_t numUses() const { return useList.size(); }
  /// Pairs of a predecessor and its successor, in the order of addition.
  llvm::ArrayRef<Dependence> dependences() const { return dependenceList; }

  llvm::ArrayRef<Turn> turns() const { return turnList; }
  llvm::ArrayRef<unsigned> prefetches() const { return prefetchList; }

  /// The problem in which time runs backwards, without releases, turns and
  /// prefetches.
  Problem mirrored() const;

  /// Checks what every algorithm relies on: indices exist, times are not
  /// negative, the uses of a task lie within its duration and do not overlap on
  /// one resource, and all times of a serial execution fit in 62 bits.
  llvm::Error check() const;

private:
  llvm::Error checkTask(unsigned task) const;
  llvm::Error checkOverlaps(unsigned task) const;

  NameList resourceNames;
  NameList taskNames;
  std::vector<Picoseconds> durations;
  std::vector<Picoseconds> releases;
  std::vector<size_t> useEnds;
  std::vector<Use> useList;
  std::vector<Dependence> dependenceList;
  std::vector<Turn> turnList;
  std::vector<unsigned> prefetchList;
};

/// The dependences of a problem as adjacency lists in compressed rows, with a
/// topological order of the tasks.
class DependenceGraph {
public:
  /// Fails when dependences form a cycle; the error names the tasks of one.
  static llvm::Expected<DependenceGraph> build(const Problem &problem);

  /// The graph of the problem in which time runs backwards.
  DependenceGraph mirrored() const;

  llvm::ArrayRef<unsigned> predecessors(unsigned task) const {
    return row(predecessorEnds, predecessorList, task);
  }
  llvm::ArrayRef<unsigned> successors(unsigned task) const {
    return row(successorEnds, successorList, task);
  }
  llvm::ArrayRef<unsigned> topologicalOrder() const { return order; }

private:
  static llvm::ArrayRef<unsigned> row(const std::vector<size_t> &ends,
                                      const std::vector<unsigned> &list,
                                      unsigned task) {
    size_t begin = task == 0 ? 0 : ends[task - 1];
    return llvm::ArrayRef<unsigned>(list).slice(begin, ends[task] - begin);
  }
  void sort(unsigned numTasks);
  llvm::Error describeCycle(const Problem &problem) const;

  std::vector<size_t> predecessorEnds, successorEnds;
  std::vector<unsigned> predecessorList, successorList;
  std::vector<unsigned> order;
};

/// Start times, one per task.
using Starts = std::vector<Picoseconds>;

/// The time at which the last task ends.
Picoseconds makespan(const Problem &problem, const Starts &starts);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_PROBLEM_H
