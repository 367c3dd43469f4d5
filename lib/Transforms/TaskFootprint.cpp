// What a task keeps in the buffer of its node.
#include "TaskFootprint.h"

#include "TaskData.h"

#include "atleus/Scheduling/LoadBuffers.h"

#include <algorithm>

using namespace mlir;
using namespace atleus;

int64_t atleus::getFootprint(KernelOpInterface kernel, ArrayRef<int64_t> tile) {
  Tile first = Tile::whole(tile);
  int64_t bytes = 0;
  for (auto [number, operand] : llvm::enumerate(kernel->getOperands())) {
    if (isMoved(operand))
      bytes += getBytes(operand,
                        getOperandTile(kernel, number, first).numElements());
  }
  for (Value result : kernel->getResults()) {
    int64_t all = cast<RankedTensorType>(result.getType()).getNumElements();
    bytes += getBytes(result, std::min(first.numElements(), all));
  }
  return bytes;
}

std::optional<int64_t> atleus::getBufferBytes(Operation *place) {
  auto tier = dyn_cast_or_null<arch::TierOp>(place);
  if (!tier)
    return std::nullopt;
  return scheduling::getBufferBytes(tier.getCoreOp());
}
