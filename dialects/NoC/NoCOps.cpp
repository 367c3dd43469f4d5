// The noc dialect and its transfers: syntax, verifier, interfaces, folding.
#include "dialects/NN/NN.h"
#include "dialects/NoC/NoC.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace atleus::noc;

#include "dialects/NoC/NoCDialect.cpp.inc"

void NoCDialect::initialize() {
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "dialects/NoC/NoCOps.cpp.inc"
      >();
}

LogicalResult TransferOp::verify() {
  if (!getRoutes())
    return success();
  llvm::SmallDenseSet<std::pair<Attribute, Attribute>> ends;
  for (auto route : getRoutes()->getAsRange<RouteAttr>()) {
    Node start = route.getStart(), end = route.getEnd();
    if (!llvm::is_contained(getFromNodes().getNodes(), start)) // (C2)
      return emitOpError() << "has a route from " << toString(start)
                           << ", which is not a source node";
    if (!llvm::is_contained(getToNodes().getNodes(), end)) // (C3)
      return emitOpError() << "has a route to " << toString(end)
                           << ", which is not a destination node";
    auto key = std::pair<Attribute, Attribute>(
        NodesAttr::get(getContext(), start), NodesAttr::get(getContext(), end));
    if (!ends.insert(key).second) // (C4)
      return emitOpError() << "has two routes from " << toString(start)
                           << " to " << toString(end);
  }
  return success();
}

OpFoldResult TransferOp::fold(FoldAdaptor) {
  // With several nodes, data may move among them.
  bool stays = getFrom() == getTo() && getFromNodes() == getToNodes() &&
               getFromNodes().getNodes().size() == 1;
  return stays ? getInput() : OpFoldResult();
}

atleus::Work TransferOp::getWork() {
  Work work;
  work.bytesRead = nn::getNumBytes(cast<RankedTensorType>(getType()));
  work.bytesWritten = work.bytesRead;
  return work;
}

atleus::Tile TransferOp::getOperandTile(unsigned, unsigned,
                                        const Tile &result) {
  return result;
}

#define GET_OP_CLASSES
#include "dialects/NoC/NoCOps.cpp.inc"
