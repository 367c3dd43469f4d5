// What runs of tasks compute, as few boxes.
#include "TaskBoxes.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

namespace {
/// Joins tasks of a grid to boxes.
class BoxCutter {
public:
  explicit BoxCutter(KernelOpInterface kernel)
      : result(Tile::whole(
            cast<RankedTensorType>(kernel->getResult(0).getType()).getShape())),
        shape(kernel->getAttrOfType<DenseI64ArrayAttr>("task_tile")),
        grid(kernel.getTaskGrid()), low(grid.size()), high(grid.size()) {}

  /// Cuts tasks `first` to `end` - 1 of those that agree with `low` in the
  /// dimensions before `dim`.
  void cut(unsigned dim, int64_t first, int64_t end);

  SmallVector<Tile, 2> boxes;

private:
  /// Adds the tasks from `low` to `high`, from `dim` on all that there are.
  void addBox(unsigned dim);

  Tile result;
  ArrayRef<int64_t> shape;
  SmallVector<int64_t> grid, low, high;
};
} // namespace

void BoxCutter::addBox(unsigned dim) {
  for (unsigned i = dim; i < grid.size(); ++i) {
    low[i] = 0;
    high[i] = grid[i] - 1;
  }
  Tile box = result;
  for (unsigned i = 0; i < grid.size(); ++i) {
    box.offsets[i] = low[i] * shape[i];
    box.sizes[i] =
        std::min((high[i] + 1) * shape[i], result.sizes[i]) - box.offsets[i];
  }
  boxes.push_back(std::move(box));
}

void BoxCutter::cut(unsigned dim, int64_t first, int64_t end) {
  if (first >= end)
    return;
  if (dim == grid.size())
    return addBox(dim);
  int64_t inner = 1;
  for (int64_t count : ArrayRef(grid).drop_front(dim + 1))
    inner *= count;
  int64_t firstWhole = llvm::divideCeil(first, inner), endWhole = end / inner;
  auto cutWithin = [&](int64_t index, int64_t from, int64_t to) {
    low[dim] = high[dim] = index;
    cut(dim + 1, from - index * inner, to - index * inner);
  };
  if (firstWhole > endWhole)
    return cutWithin(endWhole, first, end);
  if (first < firstWhole * inner)
    cutWithin(firstWhole - 1, first, firstWhole * inner);
  if (firstWhole < endWhole) {
    low[dim] = firstWhole;
    high[dim] = endWhole - 1;
    addBox(dim + 1);
  }
  if (endWhole * inner < end)
    cutWithin(endWhole, endWhole * inner, end);
}

SmallVector<Tile, 2> atleus::getTaskBoxes(KernelOpInterface kernel,
                                          int64_t first, int64_t end) {
  BoxCutter cutter(kernel);
  cutter.cut(0, first, end);
  return std::move(cutter.boxes);
}
