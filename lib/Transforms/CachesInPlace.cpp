// Says which results continue a cache where it lies.
#include "atleus/Transforms/Caches.h"

#include "TaskData.h"

#include "dialects/Arch/Assignment.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace atleus;

/// Whether the types differ in one size only, in which `longer` has more.
static bool isLonger(RankedTensorType shorter, RankedTensorType longer) {
  if (shorter.getElementType() != longer.getElementType() ||
      shorter.getRank() != longer.getRank())
    return false;
  unsigned different = 0;
  for (auto [before, after] :
       llvm::zip_equal(shorter.getShape(), longer.getShape())) {
    if (after < before)
      return false;
    different += before != after;
  }
  return different == 1;
}

/// Whether the first elements of a value in all dimensions are an argument.
static bool beginsWith(Value value, BlockArgument argument) {
  auto type = cast<RankedTensorType>(argument.getType());
  SmallVector<DataTile> sources;
  findSources(value, Tile::whole(type.getShape()), sources);
  return sources.size() == 1 && sources.front().source == argument &&
         sources.front().tile == Tile::whole(type.getShape());
}

void atleus::markCachesInPlace(func::FuncOp function) {
  if (function.isDeclaration())
    return;
  Builder builder(function.getContext());
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    function.removeResultAttr(i, builder.getStringAttr(arch::appendsAttribute));
  Operation *end = function.getBody().front().getTerminator();
  for (const CacheTensor &cache : findCaches(function)) {
    BlockArgument argument = function.getArgument(cache.argument);
    Value result = end->getOperand(cache.result);
    if (isLonger(cast<RankedTensorType>(argument.getType()),
                 cast<RankedTensorType>(result.getType())) &&
        !getContinued(function, cache.result) && beginsWith(result, argument))
      function.setResultAttr(cache.result, arch::appendsAttribute,
                             builder.getI64IntegerAttr(cache.argument));
  }
}

BlockArgument atleus::getContinued(func::FuncOp function, unsigned result) {
  auto number =
      function.getResultAttrOfType<IntegerAttr>(result, arch::appendsAttribute);
  if (!number || number.getInt() < 0 ||
      number.getInt() >= function.getNumArguments())
    return nullptr;
  return function.getArgument(number.getInt());
}
