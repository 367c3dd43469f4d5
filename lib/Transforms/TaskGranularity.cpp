// From kernels on a machine to the choice of how many tokens a task computes.
#include "TaskGranularity.h"

#include "KernelSegments.h"
#include "StreamedTile.h"
#include "TaskData.h"
#include "TaskTimes.h"

#include "atleus/Mapping/Granularity.h"
#include "atleus/Transforms/TaskEstimate.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/PIM/PIM.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace atleus;

namespace {
/// Chooses the tokens of the tasks of all kernels.
class GranularityChoice {
public:
  GranularityChoice(arch::MachineOp machine, ArrayRef<TierPacking> packings,
                    TileForTokens getTile);

  void addFunction(func::FuncOp function);
  /// Sets the task tiles.
  void run();
  /// The time of all segments with the largest sizes that were measured.
  Picoseconds estimate() const;

private:
  GranularKernel describe(KernelOpInterface kernel);
  void addInputs(unsigned kernel);
  void addOutputs(func::FuncOp function, unsigned first);
  GranularKernel describeOuter(unsigned kernel,
                               function_ref<int64_t()> countBytes);
  std::optional<TaskSize> measure(KernelOpInterface kernel,
                                  ArrayRef<int64_t> tile) const;
  unsigned numberResource(KernelOpInterface kernel);
  int64_t countReplicas(pim::MVMOp product) const;

  TileForTokens getTile;
  TaskTimes times;
  /// By crossbar tier, how often it can hold its weights. Empty when replicas
  /// are known.
  llvm::StringMap<int64_t> copies;
  /// The kernels, and behind those of a function null for each that reads its
  /// arguments and each whose results it returns: the memory's part in that.
  std::vector<KernelOpInterface> kernels;
  std::vector<GranularKernel> problem;
  /// Units that kernels share, by tier and kind.
  llvm::DenseMap<std::pair<Attribute, unsigned>, unsigned> shared;
  /// Resource 0 is what reads arguments and writes results.
  static constexpr unsigned outer = 0;
  unsigned numResources = 1, numSegments = 0;
};
} // namespace

GranularityChoice::GranularityChoice(arch::MachineOp machine,
                                     ArrayRef<TierPacking> packings,
                                     TileForTokens getTile)
    : getTile(getTile), times(machine), copies(countCopies(packings)) {}

/// Weights have arrays of their own; other kernels share the products' or the
/// other units of their tier.
unsigned GranularityChoice::numberResource(KernelOpInterface kernel) {
  if (isa<pim::MVMOp>(kernel.getOperation()))
    return numResources++;
  Work work = cast<WorkOpInterface>(kernel.getOperation()).getWork();
  auto [known, isNew] = shared.try_emplace(
      {kernel.getKernelTier(), !work.products.empty()}, numResources);
  numResources += isNew;
  return known->second;
}

/// Whether a value is a result of the function, perhaps seen through views.
static bool isReturned(Value value) {
  return llvm::any_of(value.getUsers(), [](Operation *user) {
    return isa<func::ReturnOp>(user) ||
           (passesData(user) && isReturned(user->getResult(0)));
  });
}

/// Blocks of columns of a weight that streams are of the same tokens, of which
/// the next kernel needs all; results of the function are written one by one.
static int64_t countParts(KernelOpInterface kernel, ArrayRef<int64_t> tile) {
  Value result = kernel->getResult(0);
  if (!hasStreamedWeight(kernel) || isReturned(result))
    return 1;
  return llvm::divideCeil(
      cast<RankedTensorType>(result.getType()).getShape().back(), tile.back());
}

/// What reading takes is left out where tasks read much of it together.
std::optional<TaskSize>
GranularityChoice::measure(KernelOpInterface kernel,
                           ArrayRef<int64_t> tile) const {
  std::optional<TaskTime> time = times.get(kernel, tile);
  if (!time)
    return std::nullopt;
  bool isProduct = isa<pim::MVMOp>(kernel.getOperation());
  TaskSize size;
  for (auto [extent, part] : llvm::zip_equal(
           cast<RankedTensorType>(kernel->getResult(0).getType()).getShape(),
           tile))
    size.tasks *= llvm::divideCeil(extent, part);
  size.parts = countParts(kernel, tile);
  size.interval =
      isProduct ? time->getInterval() : std::max(time->compute, time->send);
  size.latency = time->getLatency();
  return size;
}

int64_t GranularityChoice::countReplicas(pim::MVMOp product) const {
  if (auto found = copies.find(product.getKernelTier().getValue());
      found != copies.end())
    return found->second;
  auto program = product.getArray().getDefiningOp<pim::ProgramOp>();
  return program ? program.getReplicas() : 1;
}

GranularKernel GranularityChoice::describe(KernelOpInterface kernel) {
  GranularKernel result;
  result.resource = numberResource(kernel);
  result.units = times.getNumNodes(kernel);
  if (auto product = dyn_cast<pim::MVMOp>(kernel.getOperation()))
    result.units = std::min(result.units, countReplicas(product));
  SmallVector<int64_t> before;
  for (int64_t tokens = 1;; tokens *= 2) {
    SmallVector<int64_t> tile = getTile(kernel, tokens);
    // The tile of a scalar is empty, as `before` is at first.
    if (!result.sizes.empty() && tile == before)
      break;
    std::optional<TaskSize> size = measure(kernel, tile);
    result.sizes.push_back(size.value_or(TaskSize()));
    before = std::move(tile);
  }
  result.hasHeads = result.sizes.back().tasks > 1;
  return result;
}

/// What reading or writing the data of the tasks of a kernel takes.
/// `countBytes` is asked for those of the kernel's first task, once for each
/// size.
GranularKernel
GranularityChoice::describeOuter(unsigned kernel,
                                 function_ref<int64_t()> countBytes) {
  KernelOpInterface op = kernels[kernel];
  GranularKernel result;
  result.segment = problem[kernel].segment;
  result.resource = outer;
  result.hasHeads = problem[kernel].hasHeads;
  for (auto [logarithm, size] : llvm::enumerate(problem[kernel].sizes)) {
    op.setTaskShape(getTile(op, int64_t(1) << logarithm));
    Picoseconds time = times.getOuterTime(countBytes());
    result.sizes.push_back({size.tasks, time, time, 1});
  }
  return result;
}

/// Arguments of which each task reads a tile of its own.
void GranularityChoice::addInputs(unsigned kernel) {
  KernelOpInterface op = kernels[kernel];
  for (auto [number, operand] : llvm::enumerate(op->getOperands())) {
    if (!isMoved(operand))
      continue;
    auto findArgument = [&, number = number]() -> std::optional<DataTile> {
      SmallVector<DataTile> sources;
      findSources(op->getOperand(number), getTaskOperand(op, number, 0),
                  sources);
      auto *found = llvm::find_if(sources, [](const DataTile &data) {
        return isa<BlockArgument>(data.source);
      });
      if (found == sources.end())
        return std::nullopt;
      return *found;
    };
    bool isShared = op.getNumTasks() > 1 &&
                    getTaskOperand(op, number, 0) ==
                        getTaskOperand(op, number, op.getNumTasks() - 1);
    if (isShared || !findArgument())
      continue;
    GranularKernel input = describeOuter(kernel, [&]() -> int64_t {
      std::optional<DataTile> data = findArgument();
      return data ? getBytes(data->source, data->tile.numElements()) : 0;
    });
    problem.push_back(std::move(input));
    kernels.emplace_back(nullptr);
  }
}

/// Results are written by the tiles of the tasks that compute them.
void GranularityChoice::addOutputs(func::FuncOp function, unsigned first) {
  SmallVector<DataTile> sources;
  function.walk([&](func::ReturnOp op) {
    for (Value operand : op.getOperands())
      if (isMoved(operand))
        findSources(
            operand,
            Tile::whole(cast<RankedTensorType>(operand.getType()).getShape()),
            sources);
  });
  for (const DataTile &data : sources) {
    auto *found = llvm::find_if(
        MutableArrayRef(kernels).drop_front(first), [&](KernelOpInterface op) {
          return op && op.getOperation() == data.source.getDefiningOp();
        });
    if (found == kernels.data() + kernels.size())
      continue;
    KernelOpInterface op = *found;
    unsigned kernel = found - kernels.data();
    GranularKernel output = describeOuter(kernel, [&]() -> int64_t {
      return getBytes(data.source, op.getTaskResult(0).numElements());
    });
    output.producers = {kernel};
    problem.push_back(std::move(output));
    kernels.emplace_back(nullptr);
  }
}

void GranularityChoice::addFunction(func::FuncOp function) {
  KernelSegments segments(function);
  unsigned first = problem.size();
  for (auto [i, op] : llvm::enumerate(segments.getKernels())) {
    kernels.push_back(op);
    GranularKernel described = describe(op);
    described.segment = numSegments + segments.getSegment(i);
    described.transfers = segments.getNumPieces(i);
    for (unsigned producer : segments.getProducers(i))
      described.producers.push_back(first + producer);
    problem.push_back(std::move(described));
  }
  numSegments += segments.getNumSegments();
  for (unsigned i = first, end = problem.size(); i < end; ++i)
    addInputs(i);
  addOutputs(function, first);
}

void GranularityChoice::run() {
  auto numKernels = llvm::count_if(
      kernels, [](KernelOpInterface kernel) { return bool(kernel); });
  std::vector<unsigned> chosen =
      chooseGranularity(problem, maxEntriesPerKernel * numKernels);
  for (auto [kernel, logarithm] : llvm::zip_equal(kernels, chosen))
    if (kernel)
      kernel.setTaskShape(getTile(kernel, int64_t(1) << logarithm));
}

Picoseconds GranularityChoice::estimate() const {
  llvm::MapVector<unsigned, SmallVector<unsigned>> segments;
  std::vector<unsigned> largest;
  for (auto [number, kernel] : llvm::enumerate(problem)) {
    segments[kernel.segment].push_back(number);
    largest.push_back(kernel.sizes.size() - 1);
  }
  Picoseconds time;
  for (const auto &[segment, members] : segments)
    time += estimateSegment(problem, members, largest);
  return time;
}

Picoseconds atleus::estimateLatency(ModuleOp module, arch::MachineOp machine) {
  GranularityChoice sizes(
      machine, /*packings=*/{}, [](KernelOpInterface kernel, int64_t) {
        return SmallVector<int64_t>(kernel.getTaskResult(0).sizes);
      });
  for (auto function : module.getOps<func::FuncOp>())
    sizes.addFunction(function);
  return sizes.estimate();
}

void atleus::chooseTaskTiles(ModuleOp module, arch::MachineOp machine,
                             ArrayRef<TierPacking> packings,
                             TileForTokens getTile) {
  GranularityChoice choice(machine, packings, getTile);
  for (auto function : module.getOps<func::FuncOp>())
    choice.addFunction(function);
  choice.run();
}
