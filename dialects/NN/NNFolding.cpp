// What an op is equal to without computing anything.
#include "dialects/NN/NNShared.h"

#include "mlir/IR/RegionKindInterface.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

bool nn::isInGraphRegion(Operation *op) {
  Region *region = op->getParentRegion();
  return region && mayBeGraphRegion(*region);
}

/// What an op that moves nothing is equal to: its operand, if it has the
/// result's type.
static OpFoldResult foldIdentity(Operation *op, Value input) {
  bool same = input.getType() == op->getResult(0).getType();
  return same && !isInGraphRegion(op) ? input : Value();
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

OpFoldResult CastOp::fold(FoldAdaptor) {
  return foldIdentity(*this, getInput());
}

/// The same bytes with another shape; the blob of a parameter is shared.
static ElementsAttr reshapeConstant(Attribute value, RankedTensorType type) {
  if (auto resource = dyn_cast_or_null<DenseResourceElementsAttr>(value))
    return DenseResourceElementsAttr::get(type, resource.getRawHandle());
  if (auto dense = dyn_cast_or_null<DenseElementsAttr>(value))
    return dense.reshape(type);
  return {};
}

OpFoldResult ReshapeOp::fold(FoldAdaptor adaptor) {
  if (OpFoldResult input = foldIdentity(*this, getInput()))
    return input;
  if (ElementsAttr constant = reshapeConstant(adaptor.getInput(), getType()))
    return constant;
  auto producer = getInput().getDefiningOp<ReshapeOp>();
  if (producer && !isInGraphRegion(*this)) {
    getInputMutable().assign(producer.getInput());
    return getResult();
  }
  return {};
}

OpFoldResult TransposeOp::fold(FoldAdaptor) {
  ArrayRef<int64_t> permutation = getPermutation();
  if (llvm::is_sorted(permutation))
    return foldIdentity(*this, getInput());
  auto producer = getInput().getDefiningOp<TransposeOp>();
  if (!producer || isInGraphRegion(*this))
    return {};
  SmallVector<int64_t> composed;
  for (int64_t dimension : permutation)
    composed.push_back(producer.getPermutation()[dimension]);
  setPermutation(composed);
  getInputMutable().assign(producer.getInput());
  return getResult();
}

OpFoldResult SliceOp::fold(FoldAdaptor) {
  bool unitStrides =
      llvm::all_of(getStrides(), [](int64_t stride) { return stride == 1; });
  return unitStrides ? foldIdentity(*this, getInput()) : OpFoldResult();
}

OpFoldResult ConcatOp::fold(FoldAdaptor) {
  return getInputs().size() == 1 ? foldIdentity(*this, getInputs().front())
                                 : OpFoldResult();
}

OpFoldResult ExpandOp::fold(FoldAdaptor) {
  return foldIdentity(*this, getInput());
}
