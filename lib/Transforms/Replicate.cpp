// Gives spare crossbars to weights that keep others waiting.
#include "atleus/Transforms/Passes.h"

#include "KernelSegments.h"
#include "ProgramPacking.h"
#include "TaskTimes.h"
#include "WeightParts.h"

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

/// The pieces of a weight that is cut; none if it is not.
using WeightPieces = SmallVector<ArrayPiece>;

/// Weights are cut into parts of which a node holds up to so many.
static constexpr int64_t maxPartsPerNode = 8;

/// By how much the time of the whole has to fall for more parts, each of which
/// has tasks and transfers of its own.
static constexpr int64_t leastPercent = 1;

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
  bool pack(TierPacking &packing, ArrayRef<int64_t> replicas,
            ArrayRef<WeightPieces> cuts) const;
  void fit(ArrayRef<ReplicaStep> steps, ArrayRef<WeightPieces> cuts);
  std::vector<WeightPieces> cutWeights(int64_t partsPerNode) const;
  void setReplicas(pim::ProgramOp program, int64_t replicas,
                   ArrayRef<ArrayPiece> pieces);

  TaskTimes times;
  std::vector<TierPacking> &packings;
  int64_t maxReplicas;
  ReplicaProblem problem;
  /// By stage.
  std::vector<pim::ProgramOp> programs;
  llvm::DenseMap<Operation *, unsigned> stages;
  /// By stage, the best that has found room.
  std::vector<int64_t> replicas;
  std::vector<WeightPieces> pieces;
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

/// Whether so many replicas, by stage, find room in a tier, where weights with
/// replicas are in pieces if there are any.
bool Replication::pack(TierPacking &packing, ArrayRef<int64_t> replicas,
                       ArrayRef<WeightPieces> cuts) const {
  SmallVector<int64_t> counts;
  SmallVector<ArrayRef<ArrayPiece>> cut;
  for (pim::ProgramOp program : packing.programs) {
    auto stage = stages.find(program);
    bool isStage = stage != stages.end();
    counts.push_back(isStage ? replicas[stage->second] : program.getReplicas());
    cut.push_back(isStage && counts.back() > 1 ? cuts[stage->second]
                                               : ArrayRef<ArrayPiece>());
  }
  if (llvm::all_of(cut, [](ArrayRef<ArrayPiece> of) { return of.empty(); }))
    return !packing.packReplicas(counts);
  return packing.hasRoomForPieces(counts, cut);
}

/// Takes the steps that find room with such parts, if that makes the whole
/// enough faster than what is known.
void Replication::fit(ArrayRef<ReplicaStep> steps,
                      ArrayRef<WeightPieces> cuts) {
  bool isCut =
      llvm::any_of(cuts, [](const WeightPieces &cut) { return !cut.empty(); });
  std::vector<int64_t> more = fitReplicas(
      problem, steps, [&](ArrayRef<int64_t> wanted) -> std::optional<unsigned> {
        for (auto [pool, packing] : llvm::enumerate(packings))
          if (!pack(packing, wanted, cuts))
            return pool;
        return std::nullopt;
      });
  Picoseconds known = getTime(problem, replicas);
  Picoseconds enough = Picoseconds(known.count() / 100) * leastPercent;
  if (isCut && getTime(problem, more) > known - enough)
    return;
  replicas = std::move(more);
  pieces.assign(cuts.begin(), cuts.end());
}

/// The weights of all stages, cut into parts of which so many have room in a
/// node.
std::vector<WeightPieces> Replication::cutWeights(int64_t partsPerNode) const {
  std::vector<WeightPieces> cuts;
  for (auto [i, program] : llvm::enumerate(programs)) {
    arch::TierOp tier = packings[problem.stages[i].pool].tier;
    int64_t most = arch::getCrossbar(tier).getNumArrays() / partsPerNode;
    WeightPieces &cut = cuts.emplace_back();
    int64_t parts =
        llvm::divideCeil(problem.stages[i].arrays, std::max<int64_t>(most, 1));
    if (parts > 1)
      cut = cutFeatures(pim::ProgramOp(program).getType(), parts);
    if (cut.size() == 1)
      cut.clear();
  }
  return cuts;
}

void Replication::setReplicas(pim::ProgramOp program, int64_t count,
                              ArrayRef<ArrayPiece> cut) {
  if (count == 1)
    return;
  ++numReplicated;
  if (cut.empty())
    return program.setReplicas(count);
  for (pim::ProgramOp part : splitProgram(program, cut))
    part.setReplicas(count);
}

void Replication::run() {
  std::vector<ReplicaStep> steps = allocateReplicas(problem);
  replicas = countReplicas(problem, {});
  pieces.resize(programs.size());
  // Arrays are free in all, but not always side by side: smaller parts leave
  // fewer of them.
  fit(steps, pieces);
  std::vector<WeightPieces> before = pieces;
  for (int64_t partsPerNode = 2; partsPerNode <= maxPartsPerNode &&
                                 replicas != countReplicas(problem, steps);
       ++partsPerNode) {
    std::vector<WeightPieces> cuts = cutWeights(partsPerNode);
    if (cuts != before)
      fit(steps, cuts);
    before = std::move(cuts);
  }
  for (auto [i, program] : llvm::enumerate(programs)) {
    numArrays += problem.stages[i].arrays * (replicas[i] - 1);
    setReplicas(program, replicas[i], pieces[i]);
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
