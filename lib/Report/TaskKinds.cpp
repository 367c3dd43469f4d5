// Finds kinds by the names of kernels, or else by the units of tasks.
#include "TaskKinds.h"

#include "dialects/NN/NN.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atleus;

TaskKinds::TaskKinds(sched::ScheduleOp schedule) {
  auto module = schedule->getParentOfType<ModuleOp>();
  if (!module)
    return;
  module.walk([&](KernelOpInterface kernel) {
    bool onHost = isa<nn::HostOp>(kernel.getOperation());
    kernels.try_emplace(
        nn::getKernelName(kernel),
        Known{kernel, onHost ? KernelKind::Host : atleus::kindOf(kernel)});
  });
}

KernelKind TaskKinds::kindOf(sched::TimedOpInterface op) const {
  auto task = dyn_cast<sched::TaskOp>(*op);
  if (!task)
    return KernelKind::Transfer;
  auto found = kernels.find(task.getKernel());
  if (found != kernels.end())
    return found->second.kind;
  // What moves data has the name of what it moves.
  for (StringRef prefix : {"input:", "output:", "load:", "write:"})
    if (task.getKernel().starts_with(prefix))
      return KernelKind::Memory;
  // A problem written by hand has no kernels.
  if (task.getUnit() == "host")
    return KernelKind::Host;
  return task.getUnit().starts_with("array") ? KernelKind::Linear
                                             : KernelKind::Vector;
}

KernelOpInterface TaskKinds::findKernel(StringRef name) const {
  return kernels.lookup(name).kernel;
}

StringRef atleus::getKernelOf(sched::TimedOpInterface op) {
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case<sched::TaskOp, sched::TransferOp>(
          [](auto timed) { return timed.getKernel(); })
      .Default(StringRef());
}
