// Gives spare crossbars to weights that keep others waiting.
#include "atleus/Transforms/Passes.h"

#include "KernelSegments.h"
#include "ProgramPacking.h"
#include "TaskTimes.h"

#include "atleus/Mapping/ReplicaAllocation.h"
#include "atleus/Support/NamedLocations.h"
#include "dialects/Arch/MachineLookup.h"

#include "llvm/ADT/DenseMap.h"

#include <limits>

namespace atleus {
#define GEN_PASS_DEF_REPLICATE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

namespace {
/// The weights of a module that may get replicas, and the problem of how many.
class Replication {
public:
  Replication(arch::MachineOp machine, std::vector<TierPacking> &packings,
              int64_t maxReplicas)
      : times(machine), packings(packings), maxReplicas(maxReplicas) {
    for (TierPacking &packing : packings)
      problem.freeArrays.push_back(packing.packer->freeArrays());
  }

  void addFunction(func::FuncOp function);
  /// Sets the replicas that shorten the whole most and find room.
  void run();

  /// Arrays of the replicas that were added, and weights that have several.
  int64_t numArrays = 0, numReplicated = 0;

private:
  void addProduct(pim::MVMOp product, unsigned segment);
  void addFloor(KernelOpInterface kernel, unsigned segment);
  bool pack(ArrayRef<int64_t> replicas);

  TaskTimes times;
  std::vector<TierPacking> &packings;
  int64_t maxReplicas;
  ReplicaProblem problem;
  /// By stage.
  std::vector<pim::ProgramOp> programs;
  llvm::DenseMap<Operation *, unsigned> stages;
  /// Times of the tasks of kernels without replicas, by segment and tier.
  llvm::DenseMap<std::pair<unsigned, Attribute>, Picoseconds> loads;
};
} // namespace

/// A product whose weight stays where it was written; of several products with
/// a weight the slowest counts, in the segment of the first.
void Replication::addProduct(pim::MVMOp product, unsigned segment) {
  auto program = product.getArray().getDefiningOp<pim::ProgramOp>();
  KernelOpInterface kernel = product;
  std::optional<TaskTime> time = times.get(kernel, product.getTaskTile());
  if (!time)
    return;
  // What takes turns in its arrays, or has its replicas, keeps them.
  if (!program || program.getSlot() || program.getReplicas() > 1) {
    int64_t replicas = program ? program.getReplicas() : 1;
    problem.floors[segment] = std::max(
        problem.floors[segment],
        time->getInterval() * llvm::divideCeil(kernel.getNumTasks(), replicas));
    return;
  }
  auto [known, isNew] = stages.try_emplace(program, problem.stages.size());
  if (isNew) {
    ReplicatedStage stage;
    stage.segment = segment;
    stage.pool =
        llvm::find_if(packings,
                      [&](TierPacking &packing) {
                        return packing.tier.getSymName() == program.getTier();
                      }) -
        packings.begin();
    stage.arrays = program.getType().getNumArrays();
    stage.limit = std::min(maxReplicas, times.getNumNodes(kernel));
    problem.stages.push_back(stage);
    programs.push_back(program);
  }
  ReplicatedStage &stage = problem.stages[known->second];
  int64_t tasks = kernel.getNumTasks();
  stage.limit = std::min(stage.limit, tasks);
  if (time->getInterval() * tasks > stage.getTime(1)) {
    stage.taskTime = time->getInterval();
    stage.tasks = tasks;
  }
}

/// Kernels of one segment on one tier share its nodes, and each of them takes
/// as long as the node with the most of its tasks. What their tasks read is not
/// counted: tasks side by side read much of it together.
void Replication::addFloor(KernelOpInterface kernel, unsigned segment) {
  auto tile = kernel->getAttrOfType<DenseI64ArrayAttr>("task_tile");
  std::optional<TaskTime> time = times.get(kernel, tile);
  if (!time)
    return;
  int64_t tasks = kernel.getNumTasks(), nodes = times.getNumNodes(kernel);
  Picoseconds interval = std::max(time->compute, time->send);
  Picoseconds &shared = loads[{segment, kernel.getKernelTier()}];
  shared += interval * tasks;
  problem.floors[segment] =
      std::max({problem.floors[segment],
                interval * llvm::divideCeil(tasks, std::min(tasks, nodes)),
                Picoseconds(shared.count() / nodes)});
}

void Replication::addFunction(func::FuncOp function) {
  KernelSegments segments(function);
  unsigned first = problem.floors.size();
  problem.floors.resize(first + segments.getNumSegments());
  for (auto [i, op] : llvm::enumerate(segments.getKernels())) {
    KernelOpInterface kernel = op;
    unsigned segment = first + segments.getSegment(i);
    if (auto product = dyn_cast<pim::MVMOp>(kernel.getOperation()))
      addProduct(product, segment);
    else
      addFloor(kernel, segment);
  }
}

bool Replication::pack(ArrayRef<int64_t> replicas) {
  return llvm::all_of(packings, [&](TierPacking &packing) {
    SmallVector<int64_t> counts;
    for (pim::ProgramOp program : packing.programs) {
      auto stage = stages.find(program);
      counts.push_back(stage == stages.end() ? program.getReplicas()
                                             : replicas[stage->second]);
    }
    return !packing.packReplicas(counts);
  });
}

void Replication::run() {
  std::vector<ReplicaStep> steps = allocateReplicas(problem);
  // Arrays are free in all, but not always side by side: the first steps, which
  // save the most, as many as find room.
  auto take = [&](size_t count) {
    return countReplicas(problem, ArrayRef(steps).take_front(count));
  };
  size_t fit = 0, beyond = steps.size() + 1;
  for (size_t count = steps.size(); count > fit; count = (fit + beyond) / 2)
    (pack(take(count)) ? fit : beyond) = count;
  std::vector<int64_t> replicas = take(fit);
  for (auto [i, program] : llvm::enumerate(programs)) {
    numArrays += problem.stages[i].arrays * (replicas[i] - 1);
    numReplicated += replicas[i] > 1;
    program.setReplicas(replicas[i]);
  }
}

static bool hasNoPrograms(ArrayRef<TierPacking> packings) {
  return llvm::all_of(packings, [](const TierPacking &packing) {
    return packing.programs.empty();
  });
}

namespace {
struct ReplicatePass : public atleus::impl::ReplicateBase<ReplicatePass> {
  using ReplicateBase::ReplicateBase;

  void runOnOperation() override {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine))
      return signalPassFailure();
    FailureOr<std::vector<TierPacking>> packings =
        packPrograms(getOperation(), *machine, /*whole=*/true);
    if (failed(packings))
      return signalPassFailure();
    if (maxReplicas > 1 && hasNoPrograms(*packings))
      emitWarning(withoutText(getOperation().getLoc()))
          << "max-replicas (atleus compile --replicas) has no effect: no "
             "weight is in crossbars of @"
          << machine->getSymName();
    Replication replication(*machine, *packings,
                            maxReplicas == 0
                                ? std::numeric_limits<int64_t>::max()
                                : static_cast<int64_t>(maxReplicas));
    for (auto function : getOperation().getOps<func::FuncOp>())
      replication.addFunction(function);
    replication.run();
    numArrays += replication.numArrays;
    numReplicated += replication.numReplicated;
  }
};
} // namespace
