// Which task reads which data, and who makes it.
#include "TaskData.h"

#include "TaskLayout.h"

#include "dialects/NN/NN.h"

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
  extend(result, b);
  return result;
}

void atleus::extend(Tile &box, const Tile &tile) {
  for (unsigned i = 0; i < box.rank(); ++i) {
    int64_t end = std::max(box.offsets[i] + box.sizes[i],
                           tile.offsets[i] + tile.sizes[i]);
    box.offsets[i] = std::min(box.offsets[i], tile.offsets[i]);
    box.sizes[i] = end - box.offsets[i];
  }
}

Tile atleus::getOperandTile(KernelOpInterface kernel, unsigned operand,
                            const Tile &result) {
  auto access = cast<AccessOpInterface>(kernel.getOperation());
  Tile tile = access.getOperandTile(operand, 0, result);
  for (unsigned i = 1; i < kernel->getNumResults(); ++i)
    tile = unite(tile, access.getOperandTile(operand, i, result));
  return tile;
}

Tile atleus::getTaskOperand(KernelOpInterface kernel, unsigned operand,
                            int64_t task) {
  return getOperandTile(kernel, operand, kernel.getTaskResult(task));
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
  TaskLayout tasks(kernel);
  for (int64_t task = 0; task < tasks.size(); ++task) {
    Tile result = tasks.getResult(task);
    for (MovedOperand &operand : moved) {
      Tile tile = getOperandTile(kernel, operand.number, result);
      bool same = task > 0 && tile == operand.tile;
      if (!same) {
        operand.sources.clear();
        findSources(kernel->getOperand(operand.number), tile, operand.sources);
        operand.tile = std::move(tile);
      }
      visit({task, operand.number, operand.sources, same});
    }
  }
}

int64_t atleus::getBytes(Value tensor, int64_t elements) {
  auto type = cast<RankedTensorType>(tensor.getType());
  return llvm::divideCeil(elements * nn::getElementBits(type.getElementType()),
                          8);
}
