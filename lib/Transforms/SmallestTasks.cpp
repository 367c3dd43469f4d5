// Whether buffers hold what kernels need at the least.
#include "SmallestTasks.h"

#include "TaskData.h"
#include "TaskFootprint.h"

#include "atleus/Scheduling/LoadBuffers.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <optional>

using namespace mlir;
using namespace atleus;

namespace {
/// What one task reads, by source, and leaves.
struct TaskNeed {
  llvm::MapVector<Value, int64_t> readBytes;
  int64_t resultBytes = 0;

  int64_t getBytes() const;
};

/// A kernel without room.
struct Shortage {
  KernelOpInterface kernel;
  arch::TierOp tier;
  TaskNeed need;
  int64_t capacity = 0;

  int64_t getMissing() const { return need.getBytes() - capacity; }
};

/// Looks for kernels without room.
class SmallestTasks {
public:
  SmallestTasks(arch::MachineOp machine, SmallestTile getTile)
      : machine(machine), getTile(getTile) {}

  void add(KernelOpInterface kernel);
  LogicalResult report(ModuleOp module) const;

private:
  arch::MachineOp machine;
  SmallestTile getTile;
  /// The one that lacks most, the first of several.
  std::optional<Shortage> worst;
  unsigned numShort = 0;
  /// What the buffers of a core need, of those that are too small.
  llvm::MapVector<StringRef, int64_t> needed;
};
} // namespace

int64_t TaskNeed::getBytes() const {
  int64_t bytes = resultBytes;
  for (auto [source, size] : readBytes)
    bytes += size;
  return bytes;
}

static TaskNeed measure(KernelOpInterface kernel, ArrayRef<int64_t> tile) {
  TaskNeed need;
  Tile first = Tile::whole(tile);
  for (auto [number, operand] : llvm::enumerate(kernel->getOperands())) {
    if (!isMoved(operand))
      continue;
    SmallVector<DataTile> sources;
    findSources(operand, getOperandTile(kernel, number, first), sources);
    for (const DataTile &data : sources) {
      int64_t &bytes = need.readBytes[data.source];
      bytes = std::max(bytes, getBytes(data.source, data.tile.numElements()));
    }
  }
  for (Value result : kernel->getResults()) {
    int64_t all = cast<RankedTensorType>(result.getType()).getNumElements();
    need.resultBytes += getBytes(result, std::min(first.numElements(), all));
  }
  return need;
}

void SmallestTasks::add(KernelOpInterface kernel) {
  auto tier = dyn_cast_or_null<arch::TierOp>(
      arch::lookupPlace(machine, kernel.getKernelTier()));
  std::optional<int64_t> capacity = getBufferBytes(tier);
  if (!capacity)
    return;
  Shortage found{kernel, tier, measure(kernel, getTile(kernel)), *capacity};
  if (found.getMissing() <= 0)
    return;
  ++numShort;
  int64_t &size = needed[tier.getCore()];
  size = std::max(size, found.need.getBytes());
  if (!worst || worst->getMissing() < found.getMissing())
    worst = std::move(found);
}

/// Contributors beyond these are not named.
static constexpr size_t maxNamed = 4;

/// "1024 bytes of \"key\", 64 bytes that it leaves", the most first.
static std::string nameContributors(const TaskNeed &need) {
  SmallVector<std::pair<int64_t, std::string>> parts;
  for (auto [source, bytes] : need.readBytes) {
    Operation *producer = source.getDefiningOp();
    parts.emplace_back(
        bytes, producer ? ("of \"" + nn::getKernelName(producer) + "\"").str()
                        : "of an input");
  }
  parts.emplace_back(need.resultBytes, "that it leaves");
  llvm::sort(parts, [](const auto &a, const auto &b) {
    return a.first != b.first ? b.first < a.first : a.second < b.second;
  });
  std::string text;
  for (const auto &[bytes, what] : ArrayRef(parts).take_front(maxNamed))
    text +=
        (text.empty() ? "" : ", ") + std::to_string(bytes) + " bytes " + what;
  return text;
}

LogicalResult SmallestTasks::report(ModuleOp module) const {
  if (!worst)
    return success();
  SmallVector<std::string> sizes;
  for (auto [core, bytes] : needed)
    sizes.push_back((core + ".buffer_bytes=" + Twine(bytes)).str());
  module->setAttr(
      scheduling::neededBuffersAttribute,
      Builder(module.getContext())
          .getStrArrayAttr(SmallVector<StringRef>(sizes.begin(), sizes.end())));
  arch::TierOp tier = worst->tier;
  InFlightDiagnostic error =
      emitError(worst->kernel->getParentOfType<func::FuncOp>().getLoc());
  error << "tasks do not fit: the smallest of \""
        << nn::getKernelName(worst->kernel) << "\" needs "
        << worst->need.getBytes() << " bytes in the buffer of a node of @"
        << tier.getSymName() << ", which holds " << worst->capacity
        << ": short by " << worst->getMissing();
  Diagnostic &note = error.attachNote(worst->kernel->getLoc());
  note << "largest: " << nameContributors(worst->need);
  if (numShort > 1)
    note << "; " << numShort - 1
         << (numShort == 2 ? " other kernel has" : " other kernels have")
         << " no room for a task either";
  error.attachNote(tier.getCoreOp()->getLoc())
      << "buffer declared here; each task has room by itself with "
      << llvm::join(sizes, " and ");
  return error;
}

LogicalResult atleus::checkSmallestTasks(ModuleOp module,
                                         arch::MachineOp machine,
                                         SmallestTile getTile) {
  SmallestTasks tasks(machine, getTile);
  module.walk([&](KernelOpInterface kernel) { tasks.add(kernel); });
  return tasks.report(module);
}
