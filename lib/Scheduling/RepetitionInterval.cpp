// The shortest interval at which a schedule can be repeated as it stands.
#include "atleus/Scheduling/Bounds.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <limits>
#include <optional>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// A stretch of time in which a resource is in use.
struct Block {
  int64_t begin, end;
};

/// A block moved back by whole intervals to start in the first one.
struct FoldedBlock {
  int64_t begin, end;
  /// By how many intervals it was moved.
  int64_t shift;

  bool operator<(const FoldedBlock &other) const {
    return begin != other.begin ? begin < other.begin : shift < other.shift;
  }
};
} // namespace

/// Folded blocks that may be looked at before the search gives up.
static constexpr int64_t maxWork = 4'000'000;

/// By task, the resource of the turn in which it is.
static std::vector<std::optional<unsigned>>
findTurnResources(const Problem &problem) {
  std::vector<std::optional<unsigned>> resources(problem.numTasks());
  for (const Turn &turn : problem.turns())
    for (unsigned task : turn.tasks)
      resources[task] = turn.resource;
  return resources;
}

/// From the start of the first task of a turn to the end of the last.
static Block getBlock(const Problem &problem, const Starts &starts,
                      const Turn &turn) {
  Block block = {std::numeric_limits<int64_t>::max(), 0};
  for (unsigned task : turn.tasks) {
    int64_t begin = starts[task].count();
    block.begin = std::min(block.begin, begin);
    block.end = std::max(block.end, begin + problem.duration(task).count());
  }
  return block;
}

/// Blocks per resource, in time order, those that touch joined.
static std::vector<std::vector<Block>> findBlocks(const Problem &problem,
                                                  const Starts &starts) {
  std::vector<std::vector<Block>> resources(problem.numResources());
  std::vector<std::optional<unsigned>> inTurns = findTurnResources(problem);
  for (const Turn &turn : problem.turns())
    resources[turn.resource].push_back(getBlock(problem, starts, turn));
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task)) {
      int64_t begin = (starts[task] + use.offset).count();
      if (use.length.count() > 0 && inTurns[task] != use.resource)
        resources[use.resource].push_back({begin, begin + use.length.count()});
    }
  for (std::vector<Block> &blocks : resources) {
    llvm::sort(blocks, [](const Block &a, const Block &b) {
      return a.begin < b.begin;
    });
    size_t last = 0;
    for (size_t i = 1; i < blocks.size(); ++i) {
      if (blocks[i].begin == blocks[last].end)
        blocks[last].end = blocks[i].end;
      else
        blocks[++last] = blocks[i];
    }
    if (!blocks.empty())
      blocks.resize(last + 1);
  }
  return resources;
}

/// A lower bound above `interval` if folding the blocks of a resource by
/// `interval` makes two of them overlap, else `interval`.
static int64_t raiseInterval(const std::vector<Block> &blocks,
                             int64_t interval) {
  std::vector<FoldedBlock> folded;
  for (const Block &block : blocks) {
    int64_t shift = block.begin / interval;
    folded.push_back(
        {block.begin - shift * interval, block.end - shift * interval, shift});
  }
  llvm::sort(folded);
  // The first block once more behind the last, for what passes the end.
  FoldedBlock again = folded.front();
  folded.push_back(
      {again.begin + interval, again.end + interval, again.shift - 1});
  int64_t raised = interval;
  for (size_t i = 1; i < folded.size(); ++i) {
    const FoldedBlock &a = folded[i - 1], &b = folded[i];
    if (a.end <= b.begin)
      continue;
    // The two stay in conflict until the later one, moved back by one interval
    // for each that lies between them, ends before the earlier one begins.
    const FoldedBlock &early = a.shift < b.shift ? a : b;
    const FoldedBlock &late = a.shift < b.shift ? b : a;
    int64_t between = late.shift - early.shift;
    int64_t distance =
        late.end + late.shift * interval - early.begin - early.shift * interval;
    raised = std::max(raised, (distance + between - 1) / between);
  }
  return raised;
}

Picoseconds scheduling::repetitionInterval(const Problem &problem,
                                           const Starts &starts,
                                           Picoseconds atLeast) {
  std::vector<std::vector<Block>> resources = findBlocks(problem, starts);
  llvm::erase_if(resources, [](const auto &blocks) { return blocks.empty(); });
  // Between the busy time and the time from the first to the last use.
  int64_t interval = atLeast.count(), span = atLeast.count();
  for (const std::vector<Block> &blocks : resources) {
    int64_t busy = 0;
    for (const Block &block : blocks)
      busy += block.end - block.begin;
    interval = std::max(interval, busy);
    span = std::max(span, blocks.back().end - blocks.front().begin);
  }
  int64_t work = 0;
  for (size_t agreeing = 0, i = 0; agreeing < resources.size();
       i = (i + 1) % resources.size()) {
    int64_t raised = raiseInterval(resources[i], interval);
    work += resources[i].size();
    if (raised >= span || work > maxWork)
      return Picoseconds(span);
    agreeing = raised == interval ? agreeing + 1 : 0;
    interval = raised;
  }
  return Picoseconds(interval);
}

bool scheduling::turnsRepeat(const Problem &problem, const Starts &starts,
                             Picoseconds interval) {
  std::vector<std::vector<Block>> resources(problem.numResources());
  for (const Turn &turn : problem.turns()) {
    Block block = getBlock(problem, starts, turn);
    if (interval.count() < block.end - block.begin)
      return false;
    resources[turn.resource].push_back(block);
  }
  return llvm::all_of(resources, [&](const std::vector<Block> &blocks) {
    return blocks.empty() ||
           raiseInterval(blocks, interval.count()) == interval.count();
  });
}
