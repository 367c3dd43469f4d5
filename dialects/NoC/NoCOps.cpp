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
  ArrayRef<Node> from = getFromNodes().getNodes(), to = getToNodes().getNodes();
  /// The positions of the ends among those.
  llvm::SmallDenseSet<std::pair<size_t, size_t>> ends;
  for (auto route : getRoutes()->getAsRange<RouteAttr>()) {
    Node start = route.getStart(), end = route.getEnd();
    const Node *source = llvm::find(from, start);
    const Node *target = llvm::find(to, end);
    if (source == from.end()) // (C2)
      return emitOpError() << "has a route from " << toString(start)
                           << ", which is not a source node";
    if (target == to.end()) // (C3)
      return emitOpError() << "has a route to " << toString(end)
                           << ", which is not a destination node";
    if (!ends.insert({source - from.begin(), target - to.begin()})
             .second) // (C4)
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
