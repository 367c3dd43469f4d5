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

void TaskLayout::forEachPart(
    const Tile &wanted,
    function_ref<void(int64_t task, const Tile &part)> visit) const {
  // Results of other shapes than the first one are of one task.
  if (numTasks == 1)
    return visit(0, wanted);
  unsigned rank = wanted.rank();
  // Along each dimension, the task at hand and its part of what is wanted.
  SmallVector<int64_t, 4> cell(rank);
  Tile part = wanted;
  auto enter = [&](unsigned i, int64_t position) {
    int64_t end = wanted.offsets[i] + wanted.sizes[i];
    int64_t begin = std::max(wanted.offsets[i], position * tile[i]);
    cell[i] = position;
    part.offsets[i] = begin;
    part.sizes[i] = std::min(end, (position + 1) * tile[i]) - begin;
  };
  for (unsigned i = 0; i < rank; ++i)
    enter(i, wanted.offsets[i] / tile[i]);
  while (true) {
    int64_t task = 0;
    for (unsigned i = 0; i < rank; ++i)
      task = task * grid[i] + cell[i];
    visit(task, part);
    // The next task in row-major order.
    unsigned i = rank;
    while (i > 0 && (cell[i - 1] + 1) * tile[i - 1] >=
                        wanted.offsets[i - 1] + wanted.sizes[i - 1]) {
      --i;
      enter(i, wanted.offsets[i] / tile[i]);
    }
    if (i == 0)
      return;
    enter(i - 1, cell[i - 1] + 1);
  }
}
