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

/// Folded blocks, or pairs of blocks, that may be looked at before the search
/// gives up.
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

/// The blocks of each resource, in no order.
static std::vector<std::vector<Block>> findBlocks(const Problem &problem,
                                                  const Starts &starts) {
  std::vector<std::vector<Block>> resources(problem.numResources());
  std::vector<size_t> numUses(problem.numResources());
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task))
      ++numUses[use.resource];
  for (auto [blocks, size] : llvm::zip_equal(resources, numUses))
    blocks.reserve(size);
  std::vector<std::optional<unsigned>> inTurns = findTurnResources(problem);
  for (const Turn &turn : problem.turns())
    resources[turn.resource].push_back(getBlock(problem, starts, turn));
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task)) {
      int64_t begin = (starts[task] + use.offset).count();
      if (use.length.count() > 0 && inTurns[task] != use.resource)
        resources[use.resource].push_back({begin, begin + use.length.count()});
    }
  return resources;
}

/// Brings blocks into time order and joins those that touch.
static void join(std::vector<Block> &blocks) {
  llvm::sort(blocks,
             [](const Block &a, const Block &b) { return a.begin < b.begin; });
  size_t last = 0;
  for (size_t i = 1; i < blocks.size(); ++i) {
    if (blocks[i].begin == blocks[last].end)
      blocks[last].end = blocks[i].end;
    else
      blocks[++last] = blocks[i];
  }
  blocks.resize(std::min(blocks.size(), last + 1));
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

/// Raises an interval past each conflict until all resources agree. The result
/// is the shortest one, or none if it is not below `limit` or takes too long.
static std::optional<int64_t>
findByRaising(std::vector<std::vector<Block>> &resources, int64_t interval,
              int64_t limit) {
  llvm::for_each(resources, join);
  int64_t work = 0;
  for (size_t agreeing = 0, i = 0; agreeing < resources.size();
       i = (i + 1) % resources.size()) {
    int64_t raised = raiseInterval(resources[i], interval);
    work += resources[i].size();
    if (raised >= limit || work > maxWork)
      return std::nullopt;
    agreeing = raised == interval ? agreeing + 1 : 0;
    interval = raised;
  }
  return interval;
}

namespace {
/// Which times between two starts make blocks overlap, of times that are
/// multiples of a step. A block and a later one on the same resource do so at
/// all times between two, which are marked by where they begin and end.
class ForbiddenTimes {
public:
  ForbiddenTimes(int64_t shortest, int64_t limit)
      : shortest(shortest), step(limit / numSteps + 1), changes(numSteps + 2) {}

  /// Marks pairs of blocks in time order, whose number is returned.
  int64_t mark(llvm::ArrayRef<Block> blocks);

  /// The first multiple from `shortest` on, and below `limit`, of which no
  /// multiple is forbidden.
  std::optional<int64_t> findAllowed(int64_t limit) const;

private:
  static constexpr int64_t numSteps = 1 << 16;
  int64_t shortest, step;
  /// How many more pairs forbid a time than the one before.
  std::vector<int32_t> changes;
};
} // namespace

int64_t ForbiddenTimes::mark(llvm::ArrayRef<Block> blocks) {
  int64_t pairs = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    // Those that end too early are not in the way of `shortest` or more.
    const Block *first = std::partition_point(
        blocks.begin() + i + 1, blocks.end(), [&](const Block &later) {
          return later.end - blocks[i].begin <= shortest;
        });
    for (const Block &later : llvm::make_range(first, blocks.end())) {
      ++changes[std::max<int64_t>(later.begin - blocks[i].end, 0) / step + 1];
      --changes[(later.end - blocks[i].begin - 1) / step + 1];
    }
    pairs += blocks.end() - first;
  }
  return pairs;
}

std::optional<int64_t> ForbiddenTimes::findAllowed(int64_t limit) const {
  std::vector<char> isForbidden(changes.size());
  int32_t pairs = 0;
  for (size_t i = 0; i < changes.size(); ++i) {
    pairs += changes[i];
    isForbidden[i] = pairs > 0;
  }
  for (int64_t time = (shortest + step - 1) / step; time * step < limit;
       ++time) {
    int64_t multiple = time;
    while (multiple * step < limit && !isForbidden[multiple])
      multiple += time;
    if (multiple * step >= limit)
      return time * step;
  }
  return std::nullopt;
}

/// The same as `findByRaising` for blocks that are too many for that: all
/// pairs are looked at once, those of the resources with the most first, after
/// which mostly nothing is allowed any more. The result is a multiple of a
/// small part of `limit`.
static std::optional<int64_t>
findAmongMultiples(std::vector<std::vector<Block>> &resources, int64_t interval,
                   int64_t limit) {
  std::vector<std::vector<Block> *> order;
  order.reserve(resources.size());
  for (std::vector<Block> &blocks : resources)
    order.push_back(&blocks);
  llvm::sort(order, [](const auto *a, const auto *b) {
    return a->size() != b->size() ? a->size() > b->size() : a < b;
  });
  ForbiddenTimes times(interval, limit);
  constexpr int64_t enough = 1 << 16;
  int64_t work = 0, next = enough;
  for (std::vector<Block> *blocks : order) {
    join(*blocks);
    work += times.mark(*blocks);
    if (work > maxWork)
      return std::nullopt;
    if (work >= next && !times.findAllowed(limit))
      return std::nullopt;
    if (work >= next)
      next = work + enough;
  }
  return times.findAllowed(limit);
}

Picoseconds scheduling::repetitionInterval(const Problem &problem,
                                           const Starts &starts,
                                           Picoseconds atLeast) {
  std::vector<std::vector<Block>> resources = findBlocks(problem, starts);
  llvm::erase_if(resources, [](const auto &blocks) { return blocks.empty(); });
  // Between the busy time and the time from the first to the last use.
  int64_t interval = atLeast.count(), span = atLeast.count(), pairs = 0;
  for (const std::vector<Block> &blocks : resources) {
    int64_t busy = 0, first = blocks.front().begin, last = 0;
    for (const Block &block : blocks) {
      busy += block.end - block.begin;
      first = std::min(first, block.begin);
      last = std::max(last, block.end);
    }
    interval = std::max(interval, busy);
    span = std::max(span, last - first);
    pairs += blocks.size() * (blocks.size() - 1) / 2;
  }
  constexpr int64_t many = 1'000'000;
  std::optional<int64_t> found =
      pairs < many ? findByRaising(resources, interval, span)
                   : findAmongMultiples(resources, interval, span);
  return Picoseconds(found.value_or(span));
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
