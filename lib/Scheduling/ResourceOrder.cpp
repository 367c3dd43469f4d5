// In which order tasks of a schedule hold each resource: a sort by resource in
// linear time, then one by time where tasks are not in that order already.
#include "ResourceOrder.h"

#include "llvm/ADT/STLExtras.h"

#include <numeric>

using namespace atleus;
using namespace atleus::scheduling;

static bool isBefore(const ResourceOrder::Holding &a,
                     const ResourceOrder::Holding &b) {
  if (a.begin != b.begin)
    return a.begin < b.begin;
  return a.task != b.task ? a.task < b.task : a.use < b.use;
}

ResourceOrder::ResourceOrder(const Problem &problem, const Starts &starts)
    : begins(problem.numResources() + 1) {
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task))
      if (use.length > Picoseconds())
        ++begins[use.resource + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  holdings.resize(begins.back());
  std::vector<size_t> next(begins);
  unsigned number = 0;
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task)) {
      // What holds nothing is in nobody's way.
      if (use.length > Picoseconds()) {
        Picoseconds begin = starts[task] + use.offset;
        holdings[next[use.resource]++] = {begin, begin + use.length, task,
                                          number};
      }
      ++number;
    }
  for (unsigned resource = 0; resource < numResources(); ++resource) {
    auto held = llvm::MutableArrayRef<Holding>(holdings).slice(
        begins[resource], begins[resource + 1] - begins[resource]);
    if (!llvm::is_sorted(held, isBefore))
      llvm::sort(held, isBefore);
  }
}
