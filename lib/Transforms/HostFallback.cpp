// What a machine leaves to its host, and why.
#include "atleus/Transforms/HostFallback.h"

#include "KernelChain.h"

#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

int64_t atleus::countLoweredConstants(Operation *op) {
  auto attention = dyn_cast<nn::AttentionOp>(op);
  if (!attention)
    return 0;
  int64_t scalar = llvm::divideCeil(
      nn::getElementBits(attention.getType().getElementType()), 8);
  if (!attention.getCausal())
    return scalar;
  SmallVector<int64_t> scores = attention.getScoresShape();
  return 2 * scalar + static_cast<int64_t>(sizeof(int64_t)) *
                          (scores[scores.size() - 2] + scores.back());
}

/// Why crossbar tiers, on which only the vector unit takes kernels, refuse
/// `work`; empty if one does not.
static std::string explainCrossbarRefusal(arch::MachineOp machine,
                                          const Work &work) {
  std::string reason;
  for (arch::TierOp tier : machine.getTiers()) {
    if (!arch::getCrossbar(tier))
      continue;
    auto core = cast<ResourceModelOpInterface>(tier.getCoreOp());
    if (!core.price(work, &reason))
      continue;
    if (work.products.empty())
      return "";
    reason = "the machine has no tier into which its weight could stream";
  }
  return reason;
}

std::string atleus::explainTierRefusal(arch::MachineOp machine, Operation *op) {
  Work work = cast<WorkOpInterface>(op).getWork();
  work.parameterBytes += countLoweredConstants(op);
  std::string ofCrossbars = explainCrossbarRefusal(machine, work);
  std::string reason;
  bool hasOthers = false;
  for (arch::TierOp tier : machine.getTiers()) {
    if (arch::getCrossbar(tier))
      continue;
    hasOthers = true;
    auto core = cast<ResourceModelOpInterface>(tier.getCoreOp());
    if (core.price(work, &reason))
      return "";
  }
  return !hasOthers || ofCrossbars.empty() ? ofCrossbars : reason;
}

std::optional<std::string> atleus::explainHostFallback(arch::MachineOp machine,
                                                       Operation *op) {
  if (!isa<WorkOpInterface>(op) || !isKernel(op))
    return std::nullopt;
  auto layer = dyn_cast<nn::LinearOp>(op);
  if (layer && nn::isStatic(layer.getWeight()))
    return std::nullopt;
  std::string reason = explainTierRefusal(machine, op);
  return reason.empty() ? std::nullopt : std::optional(std::move(reason));
}
