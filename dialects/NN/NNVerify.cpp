// Constraints of ops whose result type is given, not inferred, and of regions.
#include "dialects/NN/NNShared.h"

#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

LogicalResult ConstantOp::verify() {
  auto resource = dyn_cast<DenseResourceElementsAttr>(getValue());
  AsmResourceBlob *blob =
      resource ? resource.getRawHandle().getBlob() : nullptr;
  if (!blob)
    return success();
  int64_t expected = getNumBytes(getType());
  int64_t found = blob->getData().size();
  if (found != expected) // (C1)
    return emitOpError() << "blob '" << resource.getRawHandle().getKey()
                         << "' must have " << expected << " bytes for "
                         << getType() << ", found " << found;
  return success();
}

LogicalResult ClipOp::verify() {
  double low = getMinimum().convertToDouble();
  double high = getMaximum().convertToDouble();
  if (!(low <= high)) // (C1)
    return emitOpError() << "minimum " << low << " is greater than maximum "
                         << high;
  return success();
}

LogicalResult ReshapeOp::verify() {
  RankedTensorType from = getInput().getType(), to = getType();
  if (from.getNumElements() != to.getNumElements()) // (C1)
    return emitOpError() << "operand has " << from.getNumElements()
                         << " elements, result " << to.getNumElements();
  if (from.getElementType() != to.getElementType()) // (C2)
    return emitOpError() << "operand has element type " << from.getElementType()
                         << ", result " << to.getElementType();
  return success();
}

LogicalResult ExpandOp::verify() {
  RankedTensorType from = getInput().getType(), to = getType();
  if (from.getElementType() != to.getElementType()) // (C1)
    return emitOpError() << "operand has element type " << from.getElementType()
                         << ", result " << to.getElementType();
  auto shape = broadcastShapes({from.getShape(), to.getShape()});
  if (!shape || ArrayRef<int64_t>(*shape) != to.getShape()) // (C2)
    return emitOpError() << from << " does not broadcast to " << to;
  return success();
}

LogicalResult TriluOp::verify() {
  if (getType().getRank() < 2) // (C1)
    return emitOpError() << "needs 2 dimensions or more, found "
                         << getType().getRank();
  return success();
}

LogicalResult CumSumOp::verify() {
  return checkAxis({getLoc(), getOperationName()}, getAxis(),
                   getType().getRank()); // (C1)
}

LogicalResult SoftmaxOp::verify() {
  return checkAxis({getLoc(), getOperationName()}, getAxis(),
                   getType().getRank()); // (C1)
}

LogicalResult HostOp::verify() {
  Block &block = getBody().front();
  if (block.getArgumentTypes() != getOperandTypes()) // (C1)
    return emitOpError() << "region has arguments (" << block.getArgumentTypes()
                         << "), operands are (" << getOperandTypes() << ")";
  auto yield = dyn_cast<YieldOp>(block.back());
  if (!yield) // (C2)
    return emitOpError() << "region must end with 'nn.yield'";
  if (yield->getOperandTypes() != getResultTypes()) // (C2)
    return emitOpError() << "region yields (" << yield->getOperandTypes()
                         << "), results are (" << getResultTypes() << ")";
  for (Operation &op : block.without_terminator())
    if (!isa<WorkOpInterface>(op)) // (C3)
      return emitOpError() << "cannot hold '" << op.getName()
                           << "', which states no work";
  return success();
}

LogicalResult YieldOp::verify() {
  if (!isa<KernelOpInterface>((*this)->getParentOp())) // (C1)
    return emitOpError() << "must end the region of a kernel, found in '"
                         << (*this)->getParentOp()->getName() << "'";
  return success();
}
