// Follows every operand tile of every task to the tasks that make it, and asks
// whether it was there in time.
#include "Checks.h"

#include "TileUnion.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace atleus;

/// Bits of the elements that pieces made by one task cover, those of each
/// result rounded up to bytes.
static int64_t countBits(ArrayRef<Piece> pieces) {
  llvm::MapVector<Value, SmallVector<Tile, 1>> tiles;
  for (const Piece &piece : pieces)
    tiles[piece.source].push_back(piece.tile);
  int64_t bits = 0;
  for (const auto &[source, list] : tiles)
    bits += 8 * getTileBytes(source, countCovered(list));
  return bits;
}

/// The most bits that a transfer of pieces made by one task may have: of each
/// result the different tiles one by one or the box around them, whichever is
/// less.
static int64_t countBitsToSend(ArrayRef<Piece> pieces) {
  llvm::MapVector<Value, SmallVector<Tile, 4>> tiles;
  for (const Piece &piece : pieces)
    if (!llvm::is_contained(tiles[piece.source], piece.tile))
      tiles[piece.source].push_back(piece.tile);
  int64_t bits = 0;
  for (const auto &[source, list] : tiles) {
    Tile box = list.front();
    int64_t elements = 0;
    for (const Tile &tile : list) {
      box = uniteTiles(box, tile);
      elements += tile.numElements();
    }
    bits += 8 * getTileBytes(source, std::min(elements, box.numElements()));
  }
  return bits;
}

namespace {
/// Something made by one task as another node needs it.
using Destination = std::pair<unsigned, int64_t>;

/// A transfer as it comes to one of its places.
struct Delivery {
  unsigned transfer, place;
};

class DataCheck {
public:
  explicit DataCheck(const CheckContext &context);

  DataUse check();

private:
  InFlightDiagnostic fail(unsigned task) {
    return context.violations.report(Rule::Data)
           << tasks.getTimedLabel(task) << " ";
  }
  bool isByCore(unsigned task) const;
  void markAwaited(unsigned task);
  bool isAwaited(unsigned task, unsigned other) const {
    return awaitedBy[other] == static_cast<int64_t>(task);
  }
  void noteRead(unsigned reader, Delivery read);
  void checkTransfer(unsigned transfer);
  void checkReads(unsigned reader, ArrayRef<Piece> pieces);
  void checkRead(unsigned reader, unsigned maker, ArrayRef<Piece> pieces);
  void checkLocalRead(unsigned reader, unsigned maker);
  void checkArrivals(unsigned reader, unsigned maker, ArrayRef<Piece> pieces);
  void checkGathers(unsigned transfer);
  bool isGathered(ArrayRef<Delivery> brought) const {
    return !tasks[brought.front().transfer].gathers.empty();
  }
  void checkGatheredAmounts(unsigned transfer);
  void checkAmounts();
  void checkSurplus();
  void checkUnread();

  const CheckContext &context;
  const TaskTable &tasks;
  DataUse uses;
  /// By maker and node, the transfers that bring it there.
  llvm::DenseMap<Destination, SmallVector<Delivery, 1>> deliveries;
  /// All that is needed there.
  llvm::MapVector<Destination, SmallVector<Piece, 1>> needs;
  /// By task, what its own node needs of it.
  llvm::MapVector<unsigned, SmallVector<Piece, 1>> localNeeds;
  /// By task, the last one seen to wait for it, directly or through barriers.
  std::vector<int64_t> awaitedBy;
};
} // namespace

DataCheck::DataCheck(const CheckContext &context)
    : context(context), tasks(context.tasks), awaitedBy(tasks.size(), -1) {
  uses.lastReads.resize(tasks.size());
  uses.bitsBeside.resize(tasks.size());
  uses.localBits.resize(tasks.size());
  for (unsigned i = 0; i < tasks.size(); ++i) {
    uses.lastReads[i].resize(tasks[i].places.size());
    if (!tasks[i].isTransfer())
      continue;
    for (unsigned maker : tasks.findMakers(i))
      for (auto [place, node] : llvm::enumerate(tasks[i].places))
        deliveries[{maker, toNumber(node)}].push_back(
            {i, static_cast<unsigned>(place)});
  }
}

/// Whether a task runs on the core of its node, and not in a memory or a host
/// that stands there.
bool DataCheck::isByCore(unsigned task) const {
  const Part &part = tasks[task].part;
  return part.kind == Part::Kind::Kernel &&
         !isa<arch::HostOp>(context.model.getKernels()[part.number].place);
}

void DataCheck::noteRead(unsigned reader, Delivery read) {
  LastRead &lastRead = uses.lastReads[read.transfer][read.place];
  Picoseconds &last = isByCore(reader) ? lastRead.byCore : lastRead.byOthers;
  last = std::max(last, tasks[reader].end);
}

/// Marks all tasks and transfers that must have ended before `task` starts,
/// as far as the schedule says so.
void DataCheck::markAwaited(unsigned task) {
  SmallVector<unsigned> rest = {task};
  while (!rest.empty()) {
    for (uint32_t before :
         tasks.getMessage(rest.pop_back_val()).dependences()) {
      if (isAwaited(task, before))
        continue;
      awaitedBy[before] = task;
      if (tasks[before].isBarrier())
        rest.push_back(before);
    }
  }
}

void DataCheck::checkTransfer(unsigned transfer) {
  SmallVector<unsigned, 1> makers = tasks.findMakers(transfer);
  markAwaited(transfer);
  for (unsigned maker : makers)
    checkLocalRead(transfer, maker);
  // It reads while it enters the network.
  const schedule::v1::Task &message = tasks.getMessage(transfer);
  Picoseconds held;
  for (const schedule::v1::Use &use : message.uses())
    if (use.offset_ps() == 0)
      held = std::max(held, Picoseconds(use.length_ps()));
  for (unsigned maker : makers) {
    Picoseconds &last = uses.lastReads[maker].front().byOthers;
    last = std::max(last, tasks[transfer].start + held);
  }
  if (!tasks[transfer].gathers.empty())
    checkGathers(transfer);
}

/// What a transfer of several tasks brings of each of them is all that its
/// places get of it, so that its bits can be told apart.
void DataCheck::checkGathers(unsigned transfer) {
  for (unsigned maker : tasks.findMakers(transfer))
    for (noc::Node node : tasks[transfer].places)
      for (const Delivery &other : deliveries[{maker, toNumber(node)}])
        if (other.transfer != transfer)
          fail(transfer) << "brings results of " << tasks.getLabel(maker)
                         << " with others to node " << noc::toString(node)
                         << ", where " << tasks.getTimedLabel(other.transfer)
                         << " brings some, too";
}

void DataCheck::checkLocalRead(unsigned reader, unsigned maker) {
  if (tasks[reader].start < tasks[maker].end)
    fail(reader) << "reads what " << tasks.getTimedLabel(maker)
                 << " has not made yet";
  else if (!isAwaited(reader, maker))
    fail(reader) << "reads what " << tasks.getTimedLabel(maker)
                 << " makes, but does not wait for it";
}

/// The data of a task at another node must have come by transfers that ended
/// before the reader starts, for which it waits, and which are large enough.
void DataCheck::checkArrivals(unsigned reader, unsigned maker,
                              ArrayRef<Piece> pieces) {
  noc::Node node = tasks[reader].node;
  auto found = deliveries.find({maker, toNumber(node)});
  if (found == deliveries.end()) {
    fail(reader) << "reads at node " << noc::toString(node) << " what "
                 << tasks.getTimedLabel(maker) << " makes at node "
                 << noc::toString(tasks[maker].node)
                 << ", but no transfer brings it";
    return;
  }
  int64_t bits = 0;
  bool arrived = false;
  for (const Delivery &delivery : found->second) {
    if (tasks[reader].start < tasks[delivery.transfer].end)
      continue;
    arrived = true;
    if (!isAwaited(reader, delivery.transfer))
      continue;
    bits += tasks.getMessage(delivery.transfer).transfer().bits();
    noteRead(reader, delivery);
  }
  unsigned first = found->second.front().transfer;
  if (!arrived) {
    fail(reader) << "reads what " << tasks.getTimedLabel(first)
                 << " has not brought yet";
    return;
  }
  if (bits == 0) {
    fail(reader) << "reads what " << tasks.getTimedLabel(first)
                 << " brings, but does not wait for it";
    return;
  }
  // Of several tasks what is brought is counted as a whole.
  if (int64_t needed = countBits(pieces);
      bits < needed && !isGathered(found->second))
    fail(reader) << "reads " << needed << " bits that " << tasks.getLabel(maker)
                 << " makes, but " << tasks.getTimedLabel(first)
                 << " and others for which it waits bring " << bits;
}

/// Adds those of `pieces` that are not in `needed`.
static void addUnknown(SmallVector<Piece, 1> &needed, ArrayRef<Piece> pieces) {
  for (const Piece &piece : pieces)
    if (llvm::none_of(needed, [&](const Piece &known) {
          return known.source == piece.source && known.tile == piece.tile;
        }))
      needed.push_back(piece);
}

void DataCheck::checkRead(unsigned reader, unsigned maker,
                          ArrayRef<Piece> pieces) {
  if (tasks[maker].node == tasks[reader].node) {
    checkLocalRead(reader, maker);
    noteRead(reader, {maker, 0});
    if (!isByCore(reader))
      return;
    if (isByCore(maker))
      addUnknown(localNeeds[maker], pieces);
    else
      uses.bitsBeside[reader] += countBits(pieces);
    return;
  }
  addUnknown(needs[{maker, toNumber(tasks[reader].node)}], pieces);
  checkArrivals(reader, maker, pieces);
}

void DataCheck::checkReads(unsigned reader, ArrayRef<Piece> pieces) {
  markAwaited(reader);
  llvm::MapVector<unsigned, SmallVector<Piece, 2>> byMaker;
  for (const Piece &piece : pieces) {
    // What is missing has been reported.
    if (std::optional<unsigned> maker = tasks.findMaker(piece))
      byMaker[*maker].push_back(piece);
    ++uses.numReads;
  }
  for (const auto &[maker, list] : byMaker)
    checkRead(reader, maker, list);
}

/// All that a node needs of a task is brought there, not only enough for each
/// reader.
void DataCheck::checkAmounts() {
  for (const auto &[destination, pieces] : needs) {
    auto found = deliveries.find(destination);
    if (found == deliveries.end() || isGathered(found->second))
      continue;
    int64_t bits = 0;
    for (const Delivery &delivery : found->second)
      bits += tasks.getMessage(delivery.transfer).transfer().bits();
    auto [first, place] = found->second.front();
    if (int64_t needed = countBits(pieces); bits < needed)
      fail(first) << "brings " << bits << " bits to node "
                  << noc::toString(tasks[first].places[place])
                  << ", whose tasks read " << needed;
  }
}

/// No node gets more of a task than it and the other ends of the same transfers
/// read.
void DataCheck::checkSurplus() {
  for (const auto &[destination, pieces] : needs) {
    auto found = deliveries.find(destination);
    if (found == deliveries.end() || isGathered(found->second))
      continue;
    SmallVector<Piece> read;
    int64_t bits = 0;
    for (const Delivery &delivery : found->second) {
      bits += tasks.getMessage(delivery.transfer).transfer().bits();
      for (noc::Node end : tasks[delivery.transfer].places) {
        auto *there = needs.find({destination.first, toNumber(end)});
        if (there != needs.end())
          llvm::append_range(read, there->second);
      }
    }
    auto [first, place] = found->second.front();
    if (int64_t most = countBitsToSend(read); bits > most)
      fail(first) << "brings " << bits << " bits to node "
                  << noc::toString(tasks[first].places[place])
                  << ", but the tasks at all of its ends read " << most;
  }
}

/// A transfer of several tasks brings what is needed of all of them at each of
/// its places, and no more than all of these read.
void DataCheck::checkGatheredAmounts(unsigned transfer) {
  int64_t bits = tasks.getMessage(transfer).transfer().bits();
  SmallVector<unsigned, 1> makers = tasks.findMakers(transfer);
  int64_t most = 0;
  for (unsigned maker : makers) {
    SmallVector<Piece> read;
    for (noc::Node node : tasks[transfer].places) {
      auto *there = needs.find({maker, toNumber(node)});
      if (there != needs.end())
        llvm::append_range(read, there->second);
    }
    most += countBitsToSend(read);
  }
  for (noc::Node node : tasks[transfer].places) {
    int64_t needed = 0;
    for (unsigned maker : makers) {
      auto *there = needs.find({maker, toNumber(node)});
      if (there != needs.end())
        needed += countBits(there->second);
      else
        fail(transfer) << "brings results of " << tasks.getLabel(maker)
                       << " to node " << noc::toString(node)
                       << ", where no task reads them";
    }
    if (bits < needed)
      fail(transfer) << "brings " << bits << " bits to node "
                     << noc::toString(node) << ", whose tasks read " << needed;
  }
  if (bits > most)
    fail(transfer) << "brings " << bits << " bits to node "
                   << noc::toString(tasks[transfer].node)
                   << ", but the tasks at all of its ends read " << most;
}

/// Nothing is brought that nobody reads.
void DataCheck::checkUnread() {
  for (unsigned i = 0; i < tasks.size(); ++i) {
    if (!tasks[i].isTransfer() || tasks.findMakers(i).empty())
      continue;
    for (auto [node, last] :
         llvm::zip_equal(tasks[i].places, uses.lastReads[i]))
      if (last.byCore == Picoseconds() && last.byOthers == Picoseconds())
        fail(i) << "brings data to node " << noc::toString(node)
                << " that no task there reads and waits for";
  }
}

DataUse DataCheck::check() {
  for (unsigned i = 0; i < tasks.size(); ++i)
    if (tasks[i].isTransfer())
      checkTransfer(i);
  MappedModel &model = context.model;
  for (unsigned i = 0; i < model.getKernels().size(); ++i)
    model.forEachRead(i, [&](int64_t index, ArrayRef<Piece> pieces) {
      if (auto reader = tasks.find({Part::Kind::Kernel, i, index}))
        checkReads(*reader, pieces);
    });
  for (unsigned i = 0; i < model.getFunction().getNumResults(); ++i)
    for (auto [index, piece] : llvm::enumerate(model.getOutputPieces(i)))
      if (auto writer =
              tasks.find({Part::Kind::Output, i, static_cast<int64_t>(index)}))
        checkReads(*writer, piece);
  checkAmounts();
  checkSurplus();
  for (unsigned i = 0; i < tasks.size(); ++i)
    if (!tasks[i].gathers.empty())
      checkGatheredAmounts(i);
  checkUnread();
  for (const auto &[maker, pieces] : localNeeds)
    uses.localBits[maker] = countBits(pieces);
  return std::move(uses);
}

DataUse atleus::checkData(const CheckContext &context) {
  return DataCheck(context).check();
}
