// What an op is equal to without computing anything.
#include "dialects/NN/NNShared.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

OpFoldResult CastOp::fold(FoldAdaptor) {
  return getInput().getType() == getType() ? getInput() : Value();
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
  if (getInput().getType() == getType())
    return getInput();
  if (ElementsAttr constant = reshapeConstant(adaptor.getInput(), getType()))
    return constant;
  if (auto producer = getInput().getDefiningOp<ReshapeOp>()) {
    getInputMutable().assign(producer.getInput());
    return getResult();
  }
  return {};
}

OpFoldResult TransposeOp::fold(FoldAdaptor) {
  ArrayRef<int64_t> permutation = getPermutation();
  if (llvm::is_sorted(permutation))
    return getInput();
  auto producer = getInput().getDefiningOp<TransposeOp>();
  if (!producer)
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
  return unitStrides && getInput().getType() == getType() ? getInput()
                                                          : Value();
}

OpFoldResult ConcatOp::fold(FoldAdaptor) {
  return getInputs().size() == 1 ? getInputs().front() : Value();
}

OpFoldResult ExpandOp::fold(FoldAdaptor) {
  return getInput().getType() == getType() ? getInput() : Value();
}
