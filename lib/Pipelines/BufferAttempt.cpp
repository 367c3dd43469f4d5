// Passes up to a scheduling problem, its order, and the passes behind it.
#include "BufferAttempt.h"

#include "KeptDiagnostics.h"
#include "PipelineParts.h"

#include "atleus/Scheduling/BufferedOrder.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Scheduling/LoadProblem.h"
#include "atleus/Scheduling/WorkingSets.h"
#include "dialects/Arch/MachineLookup.h"

#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

BufferAttempt::BufferAttempt(ModuleOp unchanged, const PipelineOptions &chosen,
                             std::string name)
    : module(unchanged.clone()), options(chosen), name(std::move(name)) {
  options.statesBufferSizes = false;
}

bool BufferAttempt::lacksBuffers() const {
  return (*module)->hasAttr(neededBuffersAttribute);
}

void BufferAttempt::run(function_ref<void(OpPassManager &)> addPasses,
                        StringRef what) {
  MLIRContext *context = module->getContext();
  KeptDiagnostics kept(context, said);
  PassManager manager(context);
  TimingScope timing =
      options.timing ? options.timing->nest(what.str() + name) : TimingScope();
  manager.enableTiming(timing);
  addPasses(manager);
  // Passes are tested one by one with the verifier between them.
  manager.enableVerifier(false);
  result = manager.run(*module);
}

void BufferAttempt::emitDiagnostics() {
  for (Diagnostic &diagnostic : said)
    module->getContext()->getDiagEngine().emit(std::move(diagnostic));
}

void BufferAttempt::prepare(Phase from) {
  run([&](OpPassManager &manager) { buildProblem(manager, from, options); },
      "map to nodes");
}

void BufferAttempt::complete(Phase to) {
  run([&](OpPassManager &manager) { buildSolution(manager, to, options); },
      "schedule");
  if (failed(result))
    return;
  TimingScope timing =
      options.timing ? options.timing->nest("verify the IR") : TimingScope();
  result = verify(*module);
}

/// So many percent of the bits that buffers hold.
static std::vector<Bits> getCapacities(ArrayRef<NodeBuffer> buffers,
                                       int64_t percent = 100) {
  std::vector<Bits> capacities;
  for (const NodeBuffer &buffer : buffers) {
    int64_t bits = buffer.capacityBytes * 8;
    capacities.emplace_back(bits / 100 * percent + bits % 100 * percent / 100);
  }
  return capacities;
}

/// Whether an order of the tasks is found in which their data has room.
static bool findsOrder(sched::ScheduleOp schedule, const BufferProblem &buffers,
                       ArrayRef<Bits> capacities) {
  LoadedProblem loaded = loadProblem(schedule, /*hasNames=*/false);
  llvm::Expected<DependenceGraph> graph =
      DependenceGraph::build(loaded.problem);
  if (!graph) {
    llvm::consumeError(graph.takeError());
    return false;
  }
  Starts starts = scheduleByList(loaded.problem, *graph);
  return !findBufferedOrder(buffers, *graph, capacities, starts).shortage;
}

bool BufferAttempt::hasOrder(int64_t leastPercent) {
  TimingScope timing = options.timing
                           ? options.timing->nest("look for an order" + name)
                           : TimingScope();
  FailureOr<arch::MachineOp> machine = arch::findMachine(*module);
  auto isOrdered = [&](sched::ScheduleOp schedule) {
    LoadedBufferProblem loaded = loadBufferProblem(schedule, *machine);
    if (workingSetsFit(loaded.problem,
                       getCapacities(loaded.buffers, leastPercent)))
      return true;
    std::vector<Bits> capacities = getCapacities(loaded.buffers);
    return workingSetsFit(loaded.problem, capacities) &&
           findsOrder(schedule, loaded.problem, capacities);
  };
  return succeeded(machine) &&
         llvm::all_of(module->getOps<sched::ScheduleOp>(), isOrdered);
}

bool BufferAttempt::isPromising(Phase from) {
  if (promising)
    return *promising;
  prepare(from);
  promising = isValid() && hasOrder(/*leastPercent=*/0);
  return *promising;
}
