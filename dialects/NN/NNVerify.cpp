// Constraints of ops whose result type is given, not inferred.
#include "dialects/NN/NNShared.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

LogicalResult ClipOp::verify() {
  double low = getMinimum().convertToDouble();
  double high = getMaximum().convertToDouble();
  if (!(low <= high)) // (C1)
    return emitOpError() << "minimum " << low << " is greater than maximum "
                         << high;
  return success();
}

/// Checks that `quantized` holds quantized values that express `expressed`.
static LogicalResult verifyQuantization(Operation *op,
                                        RankedTensorType quantized,
                                        RankedTensorType expressed) {
  auto type = dyn_cast<quant::QuantizedType>(quantized.getElementType());
  if (!type) // (C1)
    return op->emitOpError() << "needs a quantized type, found "
                             << quantized.getElementType();
  if (type.getExpressedType() != expressed.getElementType()) // (C2)
    return op->emitOpError()
           << "quantized type expresses " << type.getExpressedType()
           << ", but the floats are " << expressed.getElementType();
  auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(type);
  if (!perAxis)
    return success();
  int64_t axis = perAxis.getQuantizedDimension();
  int64_t scales = perAxis.getScales().size();
  if (axis >= quantized.getRank() ||
      quantized.getDimSize(axis) != scales) // (C3)
    return op->emitOpError() << "type has " << scales << " scales along axis "
                             << axis << " of " << expressed;
  return success();
}

LogicalResult QuantizeOp::verify() {
  return verifyQuantization(*this, getType(), getInput().getType());
}

LogicalResult DequantizeOp::verify() {
  return verifyQuantization(*this, getInput().getType(), getType());
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

/// Fails unless `axis` is a dimension of `type`.
static LogicalResult verifyAxis(Operation *op, int64_t axis,
                                RankedTensorType type) {
  if (axis >= 0 && axis < type.getRank())
    return success();
  return op->emitOpError() << "axis must be from 0 to " << type.getRank() - 1
                           << ", found " << axis;
}

LogicalResult CumSumOp::verify() {
  return verifyAxis(*this, getAxis(), getType()); // (C1)
}

LogicalResult SoftmaxOp::verify() {
  return verifyAxis(*this, getAxis(), getType()); // (C1)
}

LogicalResult HostOp::verify() {
  Block &block = getBody().front();
  if (block.getArgumentTypes() != getOperandTypes()) // (C1)
    return emitOpError() << "region has arguments (" << block.getArgumentTypes()
                         << "), operands are (" << getOperandTypes() << ")";
  Operation *yield = block.getTerminator();
  if (yield->getOperandTypes() != getResultTypes()) // (C2)
    return emitOpError() << "region yields (" << yield->getOperandTypes()
                         << "), results are (" << getResultTypes() << ")";
  return success();
}
