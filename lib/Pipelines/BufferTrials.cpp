// What is tried when a schedule does not fit into the buffers of a machine.
#include "atleus/Pipelines/BufferTrials.h"

#include "PipelineParts.h"

#include "atleus/Scheduling/BufferedOrder.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Scheduling/LoadProblem.h"
#include "atleus/Scheduling/WorkingSets.h"
#include "dialects/Arch/MachineLookup.h"

#include "mlir/IR/Threading.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/Threading.h"

#include <atomic>

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

//===----------------------------------------------------------------------===//
// Other tasks and places
//===----------------------------------------------------------------------===//

/// A task that takes more of a buffer leaves hardly any room there for what
/// others wait for, so that there mostly is no order of tasks; where none takes
/// as much, the scheduler finds out.
static constexpr int64_t roomyPercent = 75;

/// Options that are tried together, in the order in which they are preferred.
using Variants = std::vector<PipelineOptions>;

/// What is tried after `options`: tasks of a half of a buffer, which leave room
/// for the operands of the next; kernels in turn on all nodes instead of near
/// their data; and both with ever smaller tasks. Those of one list take about
/// the same time to try.
static std::vector<Variants> getVariants(PipelineOptions options) {
  PlacementMethod placement = options.mapping.placement;
  std::vector<Variants> variants(1);
  auto add = [&](unsigned share, PlacementMethod placement) {
    options.mapping.bufferShare = share;
    options.mapping.placement = placement;
    variants.back().push_back(options);
  };
  add(2, placement);
  add(1, PlacementMethod::RowMajor);
  add(2, PlacementMethod::RowMajor);
  for (unsigned share : {4, 8, 16}) {
    variants.emplace_back();
    add(share, placement);
    add(share, PlacementMethod::RowMajor);
  }
  return variants;
}

namespace {
/// A copy of a module that is compiled with some options. What is said of it is
/// kept, also while other attempts run in other threads.
class Attempt {
public:
  /// `name` is that of the attempt among others in reports of times.
  Attempt(ModuleOp unchanged, const PipelineOptions &chosen, std::string name)
      : module(unchanged.clone()), options(chosen), name(std::move(name)) {
    options.statesBufferSizes = false;
  }

  /// Places kernels and builds a schedule without starts.
  void prepare(Phase from);
  /// Whether an order of tasks is found in which their data has room, from the
  /// list schedule on. That is taken for granted if no task needs more than so
  /// many percent of a buffer.
  bool hasOrder(int64_t leastPercent);
  /// Prepares it, unless that has been done, and asks for an order.
  bool isPromising(Phase from);
  /// Goes on from what is prepared.
  void complete(Phase to);

  bool isValid() const { return succeeded(result); }
  bool lacksBuffers() const {
    return (*module)->hasAttr(scheduling::neededBuffersAttribute);
  }
  OwningOpRef<ModuleOp> takeModule() { return std::move(module); }
  /// Says what was kept.
  void emitDiagnostics();

private:
  void run(function_ref<void(OpPassManager &)> addPasses, StringRef what);

  OwningOpRef<ModuleOp> module;
  PipelineOptions options;
  std::string name;
  LogicalResult result = success();
  /// Once it was asked.
  std::optional<bool> promising;
  std::vector<Diagnostic> said;
};
} // namespace

void Attempt::run(function_ref<void(OpPassManager &)> addPasses,
                  StringRef what) {
  MLIRContext *context = module->getContext();
  uint64_t thread = llvm::get_threadid();
  ScopedDiagnosticHandler handler(context, [&](Diagnostic &diagnostic) {
    if (llvm::get_threadid() != thread)
      return failure();
    said.push_back(std::move(diagnostic));
    return success();
  });
  PassManager manager(context);
  TimingScope timing = options.timing
                           ? options.timing->nest(what.str() + name)
                           : TimingScope();
  manager.enableTiming(timing);
  addPasses(manager);
  // Passes are tested one by one with the verifier between them.
  manager.enableVerifier(false);
  result = manager.run(*module);
}

void Attempt::emitDiagnostics() {
  for (Diagnostic &diagnostic : said)
    module->getContext()->getDiagEngine().emit(std::move(diagnostic));
}

void Attempt::prepare(Phase from) {
  run([&](OpPassManager &manager) { buildProblem(manager, from, options); },
      "map to nodes");
}

void Attempt::complete(Phase to) {
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
static bool findsOrder(sched::ScheduleOp schedule,
                       const BufferProblem &buffers,
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

bool Attempt::hasOrder(int64_t leastPercent) {
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

bool Attempt::isPromising(Phase from) {
  if (promising)
    return *promising;
  prepare(from);
  promising = isValid() && hasOrder(/*leastPercent=*/0);
  return *promising;
}

/// " with tasks of 1/2 of a buffer, row by row".
static std::string describe(const PipelineOptions &variant) {
  bool inTurn = variant.mapping.placement == PlacementMethod::RowMajor;
  return (" with tasks of 1/" + Twine(variant.mapping.bufferShare) +
          " of a buffer" + (inTurn ? ", row by row" : ""))
      .str();
}

/// Goes on from the attempt, if it is valid and leads to a schedule that fits,
/// and puts what comes of it into `module`.
static bool use(Attempt &attempt, Phase to, ModuleOp module) {
  if (!attempt.isValid())
    return false;
  attempt.complete(to);
  if (!attempt.isValid())
    return false;
  attempt.emitDiagnostics();
  OwningOpRef<ModuleOp> chosen = attempt.takeModule();
  module.getBodyRegion().takeBody(chosen->getBodyRegion());
  module->setAttrs((*chosen)->getAttrDictionary());
  return true;
}

/// Goes on from the first of some variants that has an order and leads to a
/// schedule. They are tried in threads; that does not change which is used.
static bool useFirst(const Variants &variants, Phase from, Phase to,
                     ModuleOp module) {
  std::vector<std::unique_ptr<Attempt>> attempts;
  for (const PipelineOptions &variant : variants)
    attempts.push_back(
        std::make_unique<Attempt>(module, variant, describe(variant)));
  // What comes behind one that has an order need not be tried.
  std::atomic<size_t> first = attempts.size();
  parallelFor(module.getContext(), 0, attempts.size(), [&](size_t i) {
    if (first < i || !attempts[i]->isPromising(from))
      return;
    size_t known = first;
    while (i < known && !first.compare_exchange_weak(known, i))
      ;
  });
  for (size_t i = first; i < attempts.size(); ++i)
    if (attempts[i]->isPromising(from) && use(*attempts[i], to, module))
      return true;
  return false;
}

LogicalResult atleus::runFittingBuffers(ModuleOp module, Phase from, Phase to,
                                        const PipelineOptions &options) {
  Attempt attempt(module, options, "");
  attempt.prepare(from);
  bool isTried = attempt.isValid() && attempt.hasOrder(roomyPercent);
  if (isTried && use(attempt, to, module))
    return success();
  if (!attempt.isValid() && !attempt.lacksBuffers()) {
    attempt.emitDiagnostics();
    return failure();
  }
  // Passes load what they create, which threads must not do at once.
  module.getContext()->loadAllAvailableDialects();
  for (const Variants &variants : getVariants(options))
    if (useFirst(variants, from, to, module))
      return success();
  // Once more, to say why.
  return runPasses(module, from, to, options);
}

//===----------------------------------------------------------------------===//
// Larger buffers
//===----------------------------------------------------------------------===//

/// Sizes that are tried.
static constexpr unsigned maxGuesses = 5;

namespace {
/// Bytes by "core.buffer_bytes".
class BufferSizes {
public:
  void raise(ArrayAttr needed);
  std::vector<std::string> getChanges() const;
  /// `changes` without those of the same attributes, and with these.
  std::vector<std::string> change(ArrayRef<std::string> changes) const;

private:
  llvm::MapVector<StringRef, int64_t> sizes;
};
} // namespace

/// What is needed more than once grows by a quarter at least.
void BufferSizes::raise(ArrayAttr needed) {
  for (auto change : needed.getAsRange<StringAttr>()) {
    auto [name, value] = change.getValue().split('=');
    int64_t bytes = 0;
    value.getAsInteger(10, bytes);
    int64_t &size = sizes[name];
    size = std::max(bytes, size + size / 4);
  }
}

std::vector<std::string> BufferSizes::getChanges() const {
  std::vector<std::string> changes;
  for (auto [name, bytes] : sizes)
    changes.push_back((name + "=" + Twine(bytes)).str());
  return changes;
}

std::vector<std::string>
BufferSizes::change(ArrayRef<std::string> changes) const {
  std::vector<std::string> result = getChanges();
  for (const std::string &former : changes)
    if (!sizes.count(StringRef(former).split('=').first))
      result.push_back(former);
  return result;
}

/// Changes of the machine with which `unchanged` compiles; none if a few
/// guesses from `needed` on are not enough.
static std::vector<std::string> findSizes(ModuleOp unchanged,
                                          const PipelineOptions &options,
                                          ArrayAttr needed) {
  ScopedDiagnosticHandler silence(unchanged.getContext(),
                                  [](Diagnostic &) { return success(); });
  BufferSizes sizes;
  for (unsigned guess = 0; needed && guess < maxGuesses; ++guess) {
    sizes.raise(needed);
    PipelineOptions trial = options;
    trial.machineChanges = sizes.change(options.machineChanges);
    trial.advisesBuffers = false;
    OwningOpRef<ModuleOp> copy = unchanged.clone();
    if (succeeded(runPipeline(*copy, Phase::Scheduled, trial)))
      return sizes.getChanges();
    needed =
        (*copy)->getAttrOfType<ArrayAttr>(scheduling::neededBuffersAttribute);
  }
  return {};
}

void atleus::adviseBuffers(ModuleOp module, ModuleOp unchanged,
                           const PipelineOptions &options) {
  auto needed =
      module->getAttrOfType<ArrayAttr>(scheduling::neededBuffersAttribute);
  if (!needed || needed.empty())
    return;
  std::string changes;
  for (const std::string &change : findSizes(unchanged, options, needed))
    changes += (changes.empty() ? "--set=" : " --set=") + change;
  if (!changes.empty())
    module.emitRemark("fits with ") << changes;
}
