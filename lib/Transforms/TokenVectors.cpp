// Looks for the reshapes that cut vectors of tokens into heads.
#include "atleus/Transforms/TokenVectors.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// Whether a reshape between the two values cuts vectors of `joined` in two
/// dimensions, or joins those of `split`. Of a single vector that may be all of
/// the tokens, which a classifier looks at.
static bool splitsVectors(Value joined, Value split) {
  ArrayRef<int64_t> vectors = shapeOf(joined), parts = shapeOf(split);
  return vectors.size() >= 2 && vectors.size() + 1 == parts.size() &&
         vectors[vectors.size() - 2] > 1 &&
         vectors.drop_back() == parts.drop_back(2);
}

size_t atleus::countVectorDimensions(KernelOpInterface kernel) {
  Value result = kernel->getResult(0);
  bool fromVectors = llvm::any_of(kernel->getOperands(), [&](Value operand) {
    auto view = operand.getDefiningOp<nn::ReshapeOp>();
    return view && shapeOf(operand) == shapeOf(result) &&
           splitsVectors(view->getOperand(0), operand);
  });
  bool toVectors = llvm::any_of(result.getUsers(), [&](Operation *user) {
    return isa<nn::ReshapeOp>(user) &&
           splitsVectors(user->getResult(0), result);
  });
  return fromVectors || toVectors ? 2 : 1;
}
