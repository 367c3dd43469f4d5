// What a machine leaves to its host, and why.
#include "atleus/Transforms/HostFallback.h"

#include "KernelChain.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

std::string atleus::explainSystolicRefusal(arch::MachineOp machine,
                                           Operation *op) {
  std::string reason = "the machine has no systolic tier";
  for (arch::TierOp tier : machine.getTiers()) {
    if (!isa<arch::SystolicOp>(tier.getCoreOp()))
      continue;
    auto core = cast<ResourceModelOpInterface>(tier.getCoreOp());
    if (core.price(cast<WorkOpInterface>(op).getWork(), &reason))
      return "";
  }
  return reason;
}

std::optional<std::string> atleus::explainHostFallback(arch::MachineOp machine,
                                                       Operation *op) {
  if (!isa<WorkOpInterface>(op) || !isKernel(op))
    return std::nullopt;
  auto layer = dyn_cast<nn::LinearOp>(op);
  if (layer && nn::isStatic(layer.getWeight()))
    return std::nullopt;
  std::string reason = explainSystolicRefusal(machine, op);
  return reason.empty() ? std::nullopt : std::optional(std::move(reason));
}
