// Cuts kernels into tasks, and weights into what one node can hold.
#include "atleus/Transforms/Passes.h"

#include "ProgramPacking.h"
#include "SmallestTasks.h"
#include "StreamedTile.h"
#include "TaskFootprint.h"
#include "TaskGranularity.h"
#include "TaskTimes.h"
#include "WeightParts.h"

#include "atleus/Support/NamedLocations.h"
#include "atleus/Support/NumberText.h"
#include "atleus/Transforms/TokenVectors.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/Systolic/Systolic.h"

#include <limits>

namespace atleus {
#define GEN_PASS_DEF_TILE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// Nodes over which the features of a weight are spread, so that their ports
/// send results as fast as its arrays compute them. More nodes need its inputs:
/// it is one where that would be what keeps the ports busy.
static int64_t countSenders(pim::ProgramOp program, const TaskTimes &times) {
  int64_t senders = 1;
  for (Operation *user : program->getUsers()) {
    KernelOpInterface product = cast<pim::MVMOp>(user);
    std::optional<TaskTime> time =
        times.get(product, cast<pim::MVMOp>(user).getType().getShape());
    if (!time || time->compute == Picoseconds() ||
        time->receive >= time->compute)
      continue;
    int64_t parts = llvm::divideCeil(time->send.count(), time->compute.count());
    senders = std::max(senders, std::min(parts, times.getNumNodes(product)));
  }
  return senders;
}

/// Cuts weights into parts of as equal a size as can be, where one node could
/// not send the results.
static int64_t spreadTraffic(ModuleOp module, const TaskTimes &times) {
  SmallVector<pim::ProgramOp> programs;
  module.walk([&](pim::ProgramOp program) { programs.push_back(program); });
  int64_t numCut = 0;
  for (pim::ProgramOp program : programs) {
    pim::ArrayLayout layout = program.getType().getLayout();
    int64_t parts = std::min(countSenders(program, times), layout.units);
    if (parts == 1 || program.getSlot())
      continue;
    int64_t features = program.getFeatures()[1];
    SmallVector<ArrayPiece> pieces;
    for (int64_t i = 0; i < parts; ++i) {
      int64_t first = layout.units * i / parts * layout.featuresPerUnit;
      int64_t end = layout.units * (i + 1) / parts * layout.featuresPerUnit;
      pieces.push_back(
          {0, first, std::min(end, features) - first, 0, 0, layout.gridRows});
    }
    splitProgram(program, pieces);
    ++numCut;
  }
  return numCut;
}

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// Takes dimensions of `shape` whole in which an op of `kernel` needs more of a
/// value of that shape than the tile that it computes: another task would have
/// to compute that, too.
static void takeSharedWhole(systolic::VectorOp kernel,
                            MutableArrayRef<int64_t> tile) {
  ArrayRef<int64_t> shape = shapeOf(kernel.getResult(0));
  Tile result = Tile::whole(shape);
  for (size_t i = 0; i < tile.size(); ++i) {
    result.offsets[i] = (shape[i] - 1) / tile[i] * tile[i];
    result.sizes[i] = shape[i] - result.offsets[i];
  }
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    if (shapeOf(op.getResult(0)) != shape)
      continue;
    for (auto [number, operand] : llvm::enumerate(op.getOperands())) {
      if (shapeOf(operand) != shape)
        continue;
      Tile read = cast<AccessOpInterface>(op).getOperandTile(number, 0, result);
      for (size_t i = 0; i < tile.size(); ++i)
        if (read.offsets[i] < result.offsets[i] ||
            read.sizes[i] > result.sizes[i])
          tile[i] = shape[i];
    }
  }
}

static bool isProductOfCrossbars(Operation *op) { return isa<pim::MVMOp>(op); }

/// Whether the vectors of a kernel are those that a weight in crossbars
/// multiplies, or parts of them, or its results.
static bool isTokenwise(KernelOpInterface kernel) {
  return isProductOfCrossbars(kernel) ||
         llvm::any_of(kernel->getUsers(), [](Operation *user) {
           return isProductOfCrossbars(user) ||
                  (isa<nn::SliceOp>(user) &&
                   llvm::any_of(user->getUsers(), isProductOfCrossbars));
         });
}

/// The dimension of `shape`, of rank 2 at least, along which tokens lie. Where
/// the vectors are all alike that is the last dimension that has several.
static size_t getTokenDimension(KernelOpInterface kernel,
                                ArrayRef<int64_t> shape) {
  size_t dimension = shape.size() - 1 - countVectorDimensions(kernel);
  if (!isTokenwise(kernel))
    return dimension;
  while (dimension > 0 && shape[dimension] == 1)
    --dimension;
  return dimension;
}

/// Says so where tasks of `wanted` tokens are asked for and no kernel has as
/// many.
static void warnOfCoarseTasks(ModuleOp module, int64_t wanted) {
  int64_t most = 0;
  module.walk([&](KernelOpInterface kernel) {
    ArrayRef<int64_t> shape = shapeOf(kernel->getResult(0));
    if (shape.size() >= 2)
      most = std::max(most, shape[getTokenDimension(kernel, shape)]);
  });
  if (most > 0 && wanted > most)
    emitWarning(withoutText(module.getLoc()))
        << "tasks of " << formatCount(wanted)
        << " tokens (tokens-per-task, atleus compile --granularity) are tasks "
           "of "
        << formatCount(most) << ": no kernel has more";
}

/// The last dimension whole, blocks of `tokens` of that of the tokens, and 1 of
/// each other: heads and elements of a batch are apart. A product whose weight
/// streams from memory is cut by the weight's columns.
static SmallVector<int64_t> getTaskTile(KernelOpInterface kernel,
                                        arch::MachineOp machine,
                                        StreamedTiles &streamed, int64_t tokens,
                                        int64_t bufferShare) {
  ArrayRef<int64_t> shape = shapeOf(kernel->getResult(0));
  if (isa<nn::HostOp>(kernel)) // A call is not divided.
    return SmallVector<int64_t>(shape);
  auto product = dyn_cast<systolic::MatMulOp>(kernel.getOperation());
  Operation *place = arch::lookupPlace(machine, kernel.getKernelTier());
  if (product && product.getStaticRhs())
    return streamed.get(product, dyn_cast_or_null<arch::TierOp>(place), tokens);
  SmallVector<int64_t> tile(shape.size(), 1);
  if (tile.size() == 1)
    tile.back() = shape.back();
  if (tile.size() >= 2) {
    size_t dimension = getTokenDimension(kernel, shape);
    size_t vector = shape.size() - countVectorDimensions(kernel);
    llvm::copy(shape.drop_front(vector), tile.begin() + vector);
    tile[dimension] = std::min(tokens, shape[dimension]);
  }
  // Not all of a buffer, for the operands of the next task come meanwhile.
  if (std::optional<int64_t> bytes = getBufferBytes(place);
      bytes && !tile.empty() && bufferShare > 0)
    fitRows(kernel, tile, *bytes / bufferShare);
  if (auto vector = dyn_cast<systolic::VectorOp>(kernel.getOperation()))
    takeSharedWhole(vector, tile);
  return tile;
}

/// What no choice of tokens and no share of a buffer makes smaller.
static SmallVector<int64_t> getSmallestTile(KernelOpInterface kernel,
                                            arch::MachineOp machine,
                                            StreamedTiles &streamed) {
  return getTaskTile(kernel, machine, streamed, /*tokens=*/1,
                     /*bufferShare=*/std::numeric_limits<int64_t>::max());
}

/// Tokens of a task when segments are looked for: what waits for what hardly
/// depends on it, as long as kernels have several tasks.
static int64_t getProvisionalTokens(ModuleOp module) {
  int64_t longest = 1;
  module.walk([&](KernelOpInterface kernel) {
    ArrayRef<int64_t> shape = shapeOf(kernel->getResult(0));
    if (shape.size() >= 2)
      longest = std::max(longest, shape[getTokenDimension(kernel, shape)]);
  });
  return std::clamp<int64_t>(longest / 8, 1, 16);
}

namespace {
struct TilePass : public atleus::impl::TileBase<TilePass> {
  using TileBase::TileBase;

  void runOnOperation() override {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine))
      return signalPassFailure();
    if (tokensPerTask < 0) {
      emitError(getOperation().getLoc())
          << "tokens-per-task must not be negative, found "
          << tokensPerTask.getValue();
      return signalPassFailure();
    }
    if (bufferShare < 0) {
      emitError(getOperation().getLoc())
          << "buffer-share must not be negative, found "
          << bufferShare.getValue();
      return signalPassFailure();
    }
    TaskTimes times(*machine);
    numCut += spreadTraffic(getOperation(), times);
    FailureOr<std::vector<TierPacking>> packings =
        packPrograms(getOperation(), *machine, /*whole=*/false);
    if (failed(packings))
      return signalPassFailure();
    for (TierPacking &packing : *packings)
      for (auto [program, pieces] :
           llvm::zip_equal(packing.programs, packing.pieces))
        if (pieces.size() > 1) {
          ++numCut;
          splitProgram(program, pieces);
        }
    StreamedTiles streamed(times, countCopies(*packings),
                           /*fits=*/bufferShare > 0);
    if (bufferShare > 0 &&
        failed(checkSmallestTasks(
            getOperation(), *machine, [&](KernelOpInterface kernel) {
              return getSmallestTile(kernel, *machine, streamed);
            })))
      return signalPassFailure();
    int64_t tokens = tokensPerTask == 0 ? getProvisionalTokens(getOperation())
                                        : tokensPerTask;
    getOperation().walk([&](KernelOpInterface kernel) {
      kernel.setTaskShape(
          getTaskTile(kernel, *machine, streamed, tokens, bufferShare));
    });
    warnOfCoarseTasks(getOperation(), tokensPerTask);
    if (tokensPerTask == 0)
      chooseTaskTiles(getOperation(), *machine, *packings,
                      [&](KernelOpInterface kernel, int64_t tokens) {
                        return getTaskTile(kernel, *machine, streamed, tokens,
                                           bufferShare);
                      });
    getOperation().walk(
        [&](KernelOpInterface kernel) { numTasks += kernel.getNumTasks(); });
  }
};
} // namespace
