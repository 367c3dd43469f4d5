// Recognises caches of keys and values by the ops around them.
#include "atleus/Transforms/Caches.h"

#include "dialects/NN/NN.h"
#include "dialects/NoC/NoC.h"
#include "dialects/Systolic/Systolic.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace atleus;

/// Whether `op` moves data without a change.
static bool movesOnly(Operation *op) {
  return op->hasTrait<nn::LayoutOnly>() || isa<noc::TransferOp>(op);
}

/// Whether `op` multiplies what its tokens are with what other tokens are.
static bool isAttention(Operation *op) {
  if (isa<nn::AttentionOp, nn::MatMulOp>(op))
    return true;
  auto product = dyn_cast<systolic::MatMulOp>(op);
  return product && !product.getStaticRhs();
}

/// Whether `op` is a product with a weight: what is behind it is no cache any
/// more.
static bool isProduct(Operation *op) {
  auto work = dyn_cast<WorkOpInterface>(op);
  return work && !work.getWork().products.empty();
}

/// Whether keys or values reach attention, maybe rotated, repeated or quantized
/// on the way.
static bool reachesAttention(Value value) {
  llvm::SmallSetVector<Value, 16> values;
  values.insert(value);
  for (size_t i = 0; i < values.size(); ++i)
    for (Operation *user : values[i].getUsers()) {
      if (isAttention(user))
        return true;
      if (!isProduct(user))
        values.insert(user->result_begin(), user->result_end());
    }
  return false;
}

/// The number of the result that is `value`, moved or not.
static std::optional<unsigned> findResult(Value value) {
  for (OpOperand &use : value.getUses()) {
    if (isa<func::ReturnOp>(use.getOwner()))
      return use.getOperandNumber();
    // What is cut or appended to is another value.
    if (!isa<noc::TransferOp, nn::ReshapeOp, nn::TransposeOp>(use.getOwner()))
      continue;
    if (auto result = findResult(use.getOwner()->getResult(0)))
      return result;
  }
  return std::nullopt;
}

namespace {
/// Tokens are appended to the operand with that number.
struct Concatenation {
  nn::ConcatOp op;
  unsigned operand = 0;

  int64_t sizeOf(Value value) {
    return cast<RankedTensorType>(value.getType()).getDimSize(op.getAxis());
  }
};
} // namespace

/// Whether `value` is more than an input that has been moved.
static bool isComputed(Value value) {
  Operation *op = value.getDefiningOp();
  if (op && movesOnly(op))
    return llvm::any_of(op->getOperands(), isComputed);
  return op && !op->hasTrait<OpTrait::ConstantLike>();
}

/// All concatenations of `value`, moved or not, with computed values: there is
/// one for each place that needs the whole.
static void findConcatenations(Value value,
                               SmallVectorImpl<Concatenation> &found) {
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    if (auto concat = dyn_cast<nn::ConcatOp>(user)) {
      if (llvm::any_of(concat->getOperands(), isComputed))
        found.push_back({concat, use.getOperandNumber()});
    } else if (movesOnly(user) && user->getNumOperands() == 1) {
      findConcatenations(user->getResult(0), found);
    }
  }
}

std::vector<CacheTensor> atleus::findCaches(func::FuncOp function) {
  std::vector<CacheTensor> caches;
  for (BlockArgument argument : function.getArguments()) {
    auto type = dyn_cast<RankedTensorType>(argument.getType());
    if (!type || type.getNumElements() == 0)
      continue;
    SmallVector<Concatenation> all;
    findConcatenations(argument, all);
    std::optional<unsigned> result;
    for (Concatenation &concatenation : all)
      if (!result)
        result = findResult(concatenation.op);
    bool isOperand = llvm::any_of(all, [](Concatenation &concatenation) {
      return reachesAttention(concatenation.op);
    });
    if (!result || !isOperand)
      continue;
    Concatenation &first = all.front();
    CacheTensor cache;
    cache.argument = argument.getArgNumber();
    cache.result = *result;
    cache.context = first.sizeOf(first.op->getOperand(first.operand));
    cache.appended = first.sizeOf(first.op) - cache.context;
    cache.bytesPerToken = nn::getNumBytes(type) / cache.context;
    caches.push_back(cache);
  }
  return caches;
}
