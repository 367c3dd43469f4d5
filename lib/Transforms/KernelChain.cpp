// Kernels in program order, and the lifetimes of what they compute.
#include "KernelChain.h"

#include "dialects/NN/NN.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace atleus;

bool atleus::isKernel(Operation *op) {
  if (op->hasTrait<OpTrait::IsTerminator>() || op->hasTrait<nn::LayoutOnly>() ||
      op->getNumResults() == 0)
    return false;
  return !llvm::all_of(op->getResults(), nn::isStatic);
}

namespace {
/// The kernels between which a value is alive.
struct Lifetime {
  size_t made;
  size_t lastUse;
};
using Lifetimes = llvm::MapVector<Value, Lifetime>;
} // namespace

/// Extends the lifetime of `value`, or of what it is a view of, to a use.
static void extend(Value value, size_t use, Lifetimes &lifetimes) {
  Operation *op = value.getDefiningOp();
  if (op && op->hasTrait<nn::LayoutOnly>()) {
    for (Value operand : op->getOperands())
      extend(operand, use, lifetimes);
    return;
  }
  auto *found = lifetimes.find(value);
  if (found != lifetimes.end())
    found->second.lastUse = use;
}

FailureOr<KernelChain> atleus::buildKernelChain(func::FuncOp function) {
  KernelChain chain;
  Lifetimes lifetimes;
  for (Value argument : function.getArguments())
    lifetimes[argument] = {0, 0};
  for (Operation &op : function.getOps()) {
    if (!isKernel(&op))
      continue;
    if (!isa<WorkOpInterface>(op))
      return op.emitOpError() << "states no work, so it has no place in a "
                                 "machine";
    size_t index = chain.kernels.size();
    chain.kernels.push_back(&op);
    for (Value operand : op.getOperands())
      extend(operand, index, lifetimes);
    for (Value result : op.getResults())
      lifetimes[result] = {index + 1, index};
  }
  // Differences first, then their sums.
  chain.crossing.assign(chain.kernels.size() + 1, 0);
  for (auto [value, lifetime] : lifetimes) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type || lifetime.lastUse < lifetime.made)
      continue;
    chain.crossing[lifetime.made] += nn::getNumBytes(type);
    chain.crossing[lifetime.lastUse + 1] -= nn::getNumBytes(type);
  }
  for (size_t i = 1; i < chain.crossing.size(); ++i)
    chain.crossing[i] += chain.crossing[i - 1];
  chain.crossing.pop_back();
  return chain;
}
