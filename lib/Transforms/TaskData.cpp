// Which task reads which data, and who makes it.
#include "TaskData.h"

#include "dialects/NN/NN.h"
#include "dialects/NoC/NoC.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

bool atleus::passesData(Operation *op) {
  return op->hasTrait<nn::LayoutOnly>() || isa<noc::TransferOp>(op);
}

bool atleus::isMoved(Value value) {
  return isa<RankedTensorType>(value.getType()) && !nn::isStatic(value);
}

void atleus::findSources(Value value, const Tile &tile,
                         SmallVectorImpl<DataTile> &sources) {
  if (tile.isEmpty())
    return;
  Operation *op = value.getDefiningOp();
  if (!op || !passesData(op)) {
    sources.push_back({value, tile});
    return;
  }
  auto access = cast<AccessOpInterface>(op);
  for (auto [i, operand] : llvm::enumerate(op->getOperands()))
    if (op->getNumOperands() == 1 || isMoved(operand))
      findSources(operand, access.getOperandTile(i, 0, tile), sources);
}

Tile atleus::unite(const Tile &a, const Tile &b) {
  if (a.isEmpty())
    return b;
  if (b.isEmpty())
    return a;
  Tile result = a;
  for (unsigned i = 0; i < a.rank(); ++i) {
    int64_t end =
        std::max(a.offsets[i] + a.sizes[i], b.offsets[i] + b.sizes[i]);
    result.offsets[i] = std::min(a.offsets[i], b.offsets[i]);
    result.sizes[i] = end - result.offsets[i];
  }
  return result;
}

Tile atleus::getTaskOperand(KernelOpInterface kernel, unsigned operand,
                            int64_t task) {
  auto access = cast<AccessOpInterface>(kernel.getOperation());
  Tile result = kernel.getTaskResult(task);
  Tile tile = access.getOperandTile(operand, 0, result);
  for (unsigned i = 1; i < kernel->getNumResults(); ++i)
    tile = unite(tile, access.getOperandTile(operand, i, result));
  return tile;
}

void atleus::forEachRead(KernelOpInterface kernel,
                         function_ref<void(const TaskRead &)> visit) {
  struct MovedOperand {
    unsigned number;
    Tile tile;
    SmallVector<DataTile> sources;
  };
  SmallVector<MovedOperand> moved;
  for (auto [i, operand] : llvm::enumerate(kernel->getOperands()))
    if (isMoved(operand))
      moved.push_back({static_cast<unsigned>(i), {}, {}});
  for (int64_t task = 0, end = kernel.getNumTasks(); task < end; ++task)
    for (MovedOperand &operand : moved) {
      Tile tile = getTaskOperand(kernel, operand.number, task);
      bool same = task > 0 && tile == operand.tile;
      if (!same) {
        operand.sources.clear();
        findSources(kernel->getOperand(operand.number), tile, operand.sources);
        operand.tile = std::move(tile);
      }
      visit({task, operand.number, operand.sources, same});
    }
}

SmallVector<int64_t> atleus::findTasks(KernelOpInterface kernel,
                                       const Tile &tile) {
  // Results of other shapes than the first one are of one task.
  if (kernel.getNumTasks() == 1)
    return {0};
  auto shape = kernel->getAttrOfType<DenseI64ArrayAttr>("task_tile");
  SmallVector<int64_t> grid = kernel.getTaskGrid();
  SmallVector<int64_t> tasks = {0};
  for (unsigned i = 0; i < tile.rank(); ++i) {
    int64_t first = tile.offsets[i] / shape[i];
    int64_t last = (tile.offsets[i] + tile.sizes[i] - 1) / shape[i];
    SmallVector<int64_t> extended;
    for (int64_t task : tasks)
      for (int64_t cell = first; cell <= last; ++cell)
        extended.push_back(task * grid[i] + cell);
    tasks = std::move(extended);
  }
  return tasks;
}

int64_t atleus::getBytes(Value tensor, int64_t elements) {
  auto type = cast<RankedTensorType>(tensor.getType());
  return llvm::divideCeil(elements * nn::getElementBits(type.getElementType()),
                          8);
}
