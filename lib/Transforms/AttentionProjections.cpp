// Follows the operands and the results of attentions to layers.
#include "AttentionProjections.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

namespace {
class ProjectionSearch {
public:
  void addProducers(Value value);
  void addReaders(Value value);

  llvm::SetVector<Operation *> projections;

private:
  llvm::DenseSet<Value> seenBackward, seenForward;
};
} // namespace

/// The one value that `op` changes, or null.
static Value getChangedValue(Operation *op) {
  if (auto rotary = dyn_cast<nn::RotaryEmbeddingOp>(op))
    return rotary->getOperand(0);
  if (op->getNumResults() != 1)
    return {};
  Value changed;
  for (Value operand : op->getOperands()) {
    if (nn::isStatic(operand))
      continue;
    if (changed)
      return {};
    changed = operand;
  }
  return changed;
}

void ProjectionSearch::addProducers(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || !seenBackward.insert(value).second)
    return;
  if (isa<nn::LinearOp>(op))
    projections.insert(op);
  else if (Value changed = getChangedValue(op))
    addProducers(changed);
}

void ProjectionSearch::addReaders(Value value) {
  if (!seenForward.insert(value).second)
    return;
  for (Operation *user : value.getUsers()) {
    if (isa<nn::LinearOp>(user))
      projections.insert(user);
    else if (getChangedValue(user) == value)
      addReaders(user->getResult(0));
  }
}

llvm::SetVector<Operation *>
atleus::findAttentionProjections(func::FuncOp function) {
  ProjectionSearch search;
  function.walk([&](nn::AttentionOp attention) {
    for (Value operand :
         {attention.getQuery(), attention.getKey(), attention.getValue()})
      search.addProducers(operand);
    search.addReaders(attention.getResult());
  });
  return search.projections;
}
