// Passes up to a scheduling problem, its order, and the passes behind it.
#include "BufferAttempt.h"

#include "BufferJudgement.h"
#include "KeptDiagnostics.h"
#include "PipelineParts.h"

#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Interfaces/Interfaces.h"

#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"

using namespace mlir;
using namespace atleus;

BufferAttempt::BufferAttempt(ModuleOp unchanged, const PipelineOptions &chosen,
                             std::string name)
    : module(unchanged.clone()), options(chosen), name(std::move(name)) {
  (*module)->removeAttr(scheduling::neededBuffersAttribute);
}

bool BufferAttempt::lacksBuffers() const {
  return (*module)->hasAttr(scheduling::neededBuffersAttribute);
}

void BufferAttempt::run(function_ref<void(OpPassManager &)> addPasses,
                        StringRef what) {
  KeptDiagnostics kept(module->getContext(), said);
  TimingScope timing = nestTiming(options, what + name);
  result = runUnverified(*module, timing, addPasses);
}

void BufferAttempt::emitDiagnostics() {
  for (Diagnostic &diagnostic : said)
    module->getContext()->getDiagEngine().emit(std::move(diagnostic));
}

void BufferAttempt::tile(Phase from) {
  run(
      [&](OpPassManager &manager) {
        buildPipeline(manager, from, Phase::Tiled, options);
      },
      "tile");
}

PlanKey BufferAttempt::getKey() {
  PlanKey key = {static_cast<int64_t>(options.mapping.placement)};
  module->walk([&](KernelOpInterface kernel) {
    if (kernel.getNumTasks() > 0)
      llvm::append_range(key, kernel.getTaskResult(0).sizes);
  });
  return key;
}

void BufferAttempt::place() {
  run(
      [&](OpPassManager &manager) {
        buildProblem(manager, Phase::Tiled, options);
      },
      "map to nodes");
  placed = true;
}

bool BufferAttempt::isPromising() {
  if (promising)
    return *promising;
  if (isValid() && !placed)
    place();
  TimingScope timing = nestTiming(options, "look for an order" + name);
  KeptDiagnostics kept(module->getContext(), said);
  promising = isValid() && fitsByList(*module);
  return *promising;
}

void BufferAttempt::complete(Phase to) {
  run([&](OpPassManager &manager) { buildSolution(manager, to, options); },
      "schedule");
  if (failed(result))
    return;
  TimingScope timing = nestTiming(options, "verify the IR");
  result = verify(*module);
}

void BufferAttempt::explain() {
  if (!placed)
    place();
  if (!isValid())
    return;
  KeptDiagnostics kept(module->getContext(), said);
  result = addListStarts(*module);
  if (!isValid())
    return;
  run(
      [&](OpPassManager &manager) {
        manager.addPass(createFitBuffers({options.statesBufferSizes}));
      },
      "look for sizes");
}
