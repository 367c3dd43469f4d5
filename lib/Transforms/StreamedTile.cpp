// Blocks of tokens and columns of products whose weights stream from memory.
#include "StreamedTile.h"

#include "TaskData.h"
#include "TaskFootprint.h"

#include "atleus/Cost/WeightPrices.h"
#include "atleus/Mapping/PrefetchWindow.h"
#include "dialects/PIM/PIM.h"

#include <limits>

using namespace mlir;
using namespace atleus;

bool atleus::hasStreamedWeight(KernelOpInterface kernel) {
  auto product = dyn_cast<systolic::MatMulOp>(kernel.getOperation());
  return product && product.getStaticRhs();
}

void atleus::fitRows(KernelOpInterface kernel, MutableArrayRef<int64_t> tile,
                     int64_t room) {
  for (int64_t &size : tile.drop_back())
    while (size > 1 && getFootprint(kernel, tile) > room)
      size = llvm::divideCeil(size, 2);
}

/// Columns that come into the buffer of the core while as many others are in
/// use there.
static int64_t countMostColumns(systolic::MatMulOp product,
                                arch::SystolicOp core) {
  if (!core)
    return std::numeric_limits<int64_t>::max();
  int64_t columnBits =
      product.getLhs().getType().getShape().back() *
      nn::getElementBits(product.getRhs().getType().getElementType());
  int64_t tileBits = 8 * getPrefetchRoom(core.getBufferBytes()) / 2;
  return std::max<int64_t>(1, tileBits / std::max<int64_t>(1, columnBits));
}

/// The product on a tier, with tasks of so many tokens elsewhere.
static StreamedProduct describe(systolic::MatMulOp product, arch::TierOp tier,
                                int64_t tokens) {
  ArrayRef<int64_t> shape = product.getType().getShape();
  auto core = dyn_cast<arch::SystolicOp>(tier.getCoreOp());
  int64_t least = core ? core.getColumns() : 1;
  StreamedProduct result;
  result.tokens = llvm::product_of(shape.drop_back());
  result.columns = shape.back();
  result.nodes = tier.getNumNodes();
  result.mostColumns = countMostColumns(product, core);
  int64_t blocks =
      llvm::product_of(shape.drop_back(2)) *
      static_cast<int64_t>(llvm::divideCeil(shape[shape.size() - 2], tokens));
  blocks = std::min(blocks, result.columns / least);
  result.tasks = std::max(blocks / result.nodes, int64_t(1)) * result.nodes;
  return result;
}

/// The tile of so many blocks, a power of two, of tokens: the first dimensions
/// are halved first.
static SmallVector<int64_t> cutInBlocks(ArrayRef<int64_t> shape,
                                        int64_t tokenBlocks,
                                        int64_t columnBlocks) {
  SmallVector<int64_t> tile(shape);
  for (int64_t &size : MutableArrayRef(tile).drop_back())
    for (; size > 1 && tokenBlocks > 1; tokenBlocks /= 2)
      size = llvm::divideCeil(size, 2);
  tile.back() = llvm::divideCeil(shape.back(), columnBlocks);
  return tile;
}

static int64_t countTasks(ArrayRef<int64_t> shape, ArrayRef<int64_t> tile) {
  int64_t tasks = 1;
  for (auto [extent, part] : llvm::zip_equal(shape, tile))
    tasks *= llvm::divideCeil(extent, part);
  return tasks;
}

Operation *StreamedTiles::findProduct(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || !isMoved(value))
    return nullptr;
  if (auto work = dyn_cast<WorkOpInterface>(op);
      work && !work.getWork().products.empty())
    return op;
  auto [known, isNew] = products.try_emplace(value, nullptr);
  if (!isNew)
    return known->second;
  Operation *last = nullptr;
  for (Value operand : op->getOperands())
    if (Operation *found = findProduct(operand);
        found && (!last || last->isBeforeInBlock(found)))
      last = found;
  return products[value] = last;
}

/// Time in which the tokens of `value` are made, one after another: by
/// crossbars, that is. Others have them at hand when the last one is.
Picoseconds StreamedTiles::getMakingTime(Value value) {
  auto product = dyn_cast_or_null<pim::MVMOp>(findProduct(value));
  if (!product)
    return Picoseconds();
  std::optional<TaskTime> time =
      times.get(product, product.getType().getShape());
  int64_t replicas = std::max<int64_t>(1, copies.lookup(product.getTier()));
  return time ? Picoseconds(time->compute.count() / replicas) : Picoseconds();
}

/// `room` is for what a task reads and leaves.
SmallVector<int64_t> StreamedTiles::choose(systolic::MatMulOp product,
                                           Operation *core,
                                           const StreamedProduct &problem,
                                           int64_t room) {
  ArrayRef<int64_t> shape = product.getType().getShape();
  KernelOpInterface kernel = product;
  bool loadsAhead = isLoadedAhead(kernel, core);
  Picoseconds making = getMakingTime(product.getLhs());
  auto price = [&](int64_t tokenBlocks,
                   int64_t columnBlocks) -> std::optional<StreamedBlock> {
    SmallVector<int64_t> tile = cutInBlocks(shape, tokenBlocks, columnBlocks);
    if (getFootprint(kernel, tile) > room)
      return std::nullopt;
    std::optional<TaskTime> time = times.get(kernel, tile);
    if (!time)
      return std::nullopt;
    // Meanwhile they come.
    Picoseconds receive = std::max(time->receive, making) - making;
    return StreamedBlock{countTasks(shape, tile), receive,      time->send,
                         time->compute,           time->stream, loadsAhead};
  };
  if (std::optional<StreamedTiling> tiling =
          chooseStreamedTiling(problem, price))
    return cutInBlocks(shape, tiling->tokenBlocks, tiling->columnBlocks);
  // Nothing has room, or the core cannot: a smaller task is no worse.
  SmallVector<int64_t> tile = cutInBlocks(shape, 1, problem.tasks);
  fitRows(kernel, tile, room);
  return tile;
}

SmallVector<int64_t> StreamedTiles::get(systolic::MatMulOp product,
                                        arch::TierOp tier, int64_t tokens) {
  if (!tier)
    return SmallVector<int64_t>(product.getType().getShape());
  std::optional<int64_t> bytes = getBufferBytes(tier);
  int64_t room = bytes && fits ? *bytes - getPrefetchRoom(*bytes)
                               : std::numeric_limits<int64_t>::max();
  StreamedProduct problem = describe(product, tier, tokens);
  SmallVector<int64_t> &tile = tiles[{product, problem.tasks}];
  if (tile.empty())
    tile = choose(product, tier.getCoreOp(), problem, room);
  return tile;
}
