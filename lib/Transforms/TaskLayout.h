// The tasks of one kernel: what each computes, and where.
//
// A kernel states a tile and nodes, from which the interface answers for one
// task at a time. This reads both once, for those who ask for all tasks.
#ifndef ATLEUS_LIB_TRANSFORMS_TASKLAYOUT_H
#define ATLEUS_LIB_TRANSFORMS_TASKLAYOUT_H

#include "dialects/Interfaces/Interfaces.h"
#include "dialects/NoC/NoC.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace atleus {

class TaskLayout {
public:
  explicit TaskLayout(KernelOpInterface kernel);

  int64_t size() const { return numTasks; }
  /// The node of a task of a kernel that has nodes.
  noc::Node getNode(int64_t task) const;
  /// The tile of the first result that a task computes.
  Tile getResult(int64_t task) const;
  /// Calls `visit` for every task whose result meets `tile`, which is not
  /// empty, in the order of tasks, with what is common to both.
  void forEachPart(
      const Tile &tile,
      llvm::function_ref<void(int64_t task, const Tile &part)> visit) const;

private:
  /// Owned by the context.
  llvm::ArrayRef<int64_t> shape, tile, nodes;
  /// Tasks along each dimension.
  llvm::SmallVector<int64_t, 4> grid;
  int64_t numTasks;
};

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_TASKLAYOUT_H
