// The tasks of one kernel: what each computes, and where.
#include "TaskLayout.h"

#include "dialects/Interfaces/TaskTile.h"

#include "llvm/ADT/STLExtras.h"

#include <cassert>

using namespace mlir;
using namespace atleus;

TaskLayout::TaskLayout(KernelOpInterface kernel)
    : shape(cast<RankedTensorType>(kernel->getResult(0).getType()).getShape()),
      tile(kernel->getAttrOfType<DenseI64ArrayAttr>("task_tile").asArrayRef()),
      nodes(kernel.getKernelNodes()), grid(kernel.getTaskGrid()),
      numTasks(llvm::product_of(grid)) {}

noc::Node TaskLayout::getNode(int64_t task) const {
  assert(!nodes.empty() && "not placed");
  int64_t numNodes = nodes.size() / 3;
  return noc::toNode(nodes.slice(task * numNodes / numTasks * 3, 3));
}

Tile TaskLayout::getResult(int64_t task) const {
  return getGridTile(task, grid, shape, tile);
}

SmallVector<int64_t> TaskLayout::findTasks(const Tile &wanted) const {
  SmallVector<int64_t> tasks = {0};
  // Results of other shapes than the first one are of one task.
  if (numTasks == 1)
    return tasks;
  for (size_t i = 0; i < wanted.rank(); ++i) {
    int64_t first = wanted.offsets[i] / tile[i];
    int64_t last = (wanted.offsets[i] + wanted.sizes[i] - 1) / tile[i];
    if (first == last) {
      for (int64_t &task : tasks)
        task = task * grid[i] + first;
      continue;
    }
    SmallVector<int64_t> extended;
    extended.reserve(tasks.size() * (last - first + 1));
    for (int64_t task : tasks)
      for (int64_t cell = first; cell <= last; ++cell)
        extended.push_back(task * grid[i] + cell);
    tasks = std::move(extended);
  }
  return tasks;
}
