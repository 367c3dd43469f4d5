// Executes steps one after the other, each when there is room for it.
#include "atleus/Scheduling/BufferedOrder.h"

#include "PendingReaders.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <map>
#include <queue>
#include <set>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
class OrderSearch {
public:
  OrderSearch(const BufferProblem &buffers, const DependenceGraph &graph,
              llvm::ArrayRef<Bits> capacities,
              llvm::ArrayRef<Picoseconds> starts);

  BufferedOrder search() &&;

private:
  /// What stands in the way of a step.
  struct Obstacle {
    /// A step that has to come first.
    std::optional<unsigned> before;
    /// A buffer without room.
    std::optional<unsigned> buffer;

    explicit operator bool() const { return before || buffer; }
  };

  bool isLimited(unsigned buffer) const { return buffer < capacities.size(); }
  bool attempt(unsigned step);
  Obstacle findObstacle(unsigned step);
  bool collect(unsigned step, Obstacle &obstacle);
  void addDemand(unsigned step);
  std::optional<unsigned> findFullBuffer() const;
  void execute(unsigned step);
  void leave(unsigned step, const Deposit &deposit);
  void relieve(unsigned buffer);
  bool canBring(unsigned step) const;
  bool retryBlocked();
  bool drain();
  BufferShortage describeShortage();

  const BufferProblem &buffers;
  const DependenceGraph &graph;
  llvm::ArrayRef<Bits> capacities;
  PendingReaders readers;
  BufferedOrder result;

  /// Steps in the order of their starts, and where each is in that.
  std::vector<unsigned> byStart;
  std::vector<unsigned> positions;
  std::vector<char> done;
  /// What lies in each buffer, by step.
  std::vector<std::map<unsigned, Bits>> data;
  std::vector<Bits> levels;

  /// Positions of steps to try next, the first of all first.
  std::priority_queue<unsigned, std::vector<unsigned>, std::greater<>> queue;
  /// By step, the steps that wait until it had its turn.
  std::vector<llvm::SmallVector<unsigned, 1>> waiting;
  /// By buffer, positions of the steps that wait for room.
  std::vector<std::set<unsigned>> blocked;
  /// Whether a step was in the way of room before.
  std::vector<char> wasBlocked;
  /// No step can go on by itself, so that all means are taken.
  bool isStuck = false;

  /// A step with what has to be brought before it, in order, and what they all
  /// leave in buffers.
  std::vector<unsigned> chain;
  std::vector<unsigned> seen;
  unsigned seenMark = 0;
  std::map<unsigned, Bits> demand;
};
} // namespace

OrderSearch::OrderSearch(const BufferProblem &buffers,
                         const DependenceGraph &graph,
                         llvm::ArrayRef<Bits> capacities,
                         llvm::ArrayRef<Picoseconds> starts)
    : buffers(buffers), graph(graph), capacities(capacities), readers(buffers),
      positions(buffers.numSteps()), done(buffers.numSteps()),
      data(capacities.size()), levels(capacities.size()),
      waiting(buffers.numSteps()), blocked(capacities.size()),
      wasBlocked(buffers.numSteps()), seen(buffers.numSteps()) {
  for (unsigned step = 0; step < buffers.numSteps(); ++step)
    byStart.push_back(step);
  llvm::sort(byStart, [&](unsigned a, unsigned b) {
    return starts[a] != starts[b] ? starts[a] < starts[b] : a < b;
  });
  for (auto [position, step] : llvm::enumerate(byStart)) {
    positions[step] = position;
    if (buffers.kind(step) == StepKind::Makes)
      queue.push(position);
  }
}

//===----------------------------------------------------------------------===//
// One step
//===----------------------------------------------------------------------===//

void OrderSearch::addDemand(unsigned step) {
  for (const Deposit &deposit : buffers.deposits(step))
    if (isLimited(deposit.buffer) && readers.takesPlace(step, deposit))
      demand[deposit.buffer] += deposit.size;
}

/// Puts `step` behind all that has to be brought for it in `chain`, the first
/// to come first. Returns false if it has to wait for a step that is not
/// brought.
bool OrderSearch::collect(unsigned step, Obstacle &obstacle) {
  // Steps that are entered, with how many of those before them were looked at.
  llvm::SmallVector<std::pair<unsigned, unsigned>> path = {{step, 0}};
  seen[step] = ++seenMark;
  while (!path.empty()) {
    auto &[current, next] = path.back();
    llvm::ArrayRef<unsigned> before = buffers.after(current);
    if (next == before.size()) {
      chain.push_back(current);
      addDemand(current);
      path.pop_back();
      continue;
    }
    unsigned first = before[next++];
    if (done[first] || seen[first] == seenMark)
      continue;
    if (buffers.kind(first) == StepKind::Makes) {
      obstacle.before = first;
      return false;
    }
    seen[first] = seenMark;
    path.emplace_back(first, 0);
  }
  return true;
}

/// The first buffer that has no room for `demand`.
std::optional<unsigned> OrderSearch::findFullBuffer() const {
  for (auto [buffer, size] : demand)
    if (capacities[buffer] < levels[buffer] + size)
      return buffer;
  return std::nullopt;
}

OrderSearch::Obstacle OrderSearch::findObstacle(unsigned step) {
  chain.clear();
  demand.clear();
  Obstacle obstacle;
  if (collect(step, obstacle))
    obstacle.buffer = findFullBuffer();
  return obstacle;
}

void OrderSearch::leave(unsigned step, const Deposit &deposit) {
  unsigned buffer = deposit.buffer;
  if (!isLimited(buffer))
    return;
  levels[buffer] -= deposit.size;
  auto entry = data[buffer].find(step);
  entry->second -= deposit.size;
  if (entry->second == Bits(0))
    data[buffer].erase(entry);
  if (blocked[buffer].empty())
    return;
  queue.push(*blocked[buffer].begin());
  blocked[buffer].erase(blocked[buffer].begin());
}

void OrderSearch::execute(unsigned step) {
  for (const Deposit &deposit : buffers.deposits(step)) {
    if (!isLimited(deposit.buffer) || !readers.takesPlace(step, deposit))
      continue;
    levels[deposit.buffer] += deposit.size;
    data[deposit.buffer][step] += deposit.size;
  }
  done[step] = true;
  result.steps.push_back(step);
  readers.run(step, Picoseconds(),
              [&](unsigned left, const Deposit &deposit, Picoseconds) {
                leave(left, deposit);
              });
  for (unsigned next : waiting[step])
    queue.push(positions[next]);
  waiting[step].clear();
}

/// Lets a step have its turn, if nothing stands in its way.
bool OrderSearch::attempt(unsigned step) {
  Obstacle obstacle = findObstacle(step);
  if (obstacle.buffer && (isStuck || !wasBlocked[step])) {
    wasBlocked[step] = true;
    relieve(*obstacle.buffer);
    obstacle = findObstacle(step);
  }
  if (obstacle.before)
    waiting[*obstacle.before].push_back(step);
  else if (obstacle.buffer)
    blocked[*obstacle.buffer].insert(positions[step]);
  if (obstacle)
    return false;
  for (unsigned member : std::vector<unsigned>(chain))
    execute(member);
  return true;
}

//===----------------------------------------------------------------------===//
// Room
//===----------------------------------------------------------------------===//

/// Whether a step can bring its data now. Unless there is no other way it
/// leaves half of the buffers to which it does to what is wanted there.
bool OrderSearch::canBring(unsigned step) const {
  if (done[step] || buffers.kind(step) != StepKind::Brings ||
      !llvm::all_of(buffers.after(step),
                    [&](unsigned before) { return done[before]; }))
    return false;
  return llvm::all_of(buffers.deposits(step), [&](const Deposit &deposit) {
    if (!isLimited(deposit.buffer) || !readers.takesPlace(step, deposit))
      return true;
    int64_t capacity = capacities[deposit.buffer].count();
    return levels[deposit.buffer] + deposit.size <=
           Bits(isStuck ? capacity : capacity / 2);
  });
}

/// Brings what lies in a buffer to its readers before these can have their
/// turn, until there is room for `demand`.
void OrderSearch::relieve(unsigned buffer) {
  Bits size = demand[buffer];
  std::vector<unsigned> steps;
  for (const auto &[step, bits] : data[buffer])
    steps.push_back(step);
  for (unsigned step : steps)
    for (unsigned reader : graph.successors(step)) {
      if (levels[buffer] + size <= capacities[buffer])
        return;
      const std::optional<Reading> &reading = buffers.reading(reader);
      if (reading && reading->buffer == buffer && canBring(reader))
        execute(reader);
    }
}

/// Tries all steps that wait for room, where before only the first of a buffer
/// was tried.
bool OrderSearch::retryBlocked() {
  std::vector<unsigned> retried;
  for (std::set<unsigned> &list : blocked) {
    llvm::append_range(retried, list);
    list.clear();
  }
  llvm::sort(retried);
  size_t before = result.steps.size();
  for (auto [number, position] : llvm::enumerate(retried)) {
    attempt(byStart[position]);
    if (result.steps.size() == before)
      continue;
    for (unsigned other : llvm::ArrayRef(retried).drop_front(number + 1))
      queue.push(other);
    return true;
  }
  return false;
}

static void sortBySize(std::vector<Occupant> &occupants) {
  llvm::sort(occupants, [](const Occupant &a, const Occupant &b) {
    return a.size != b.size ? b.size < a.size : a.step < b.step;
  });
}

BufferShortage OrderSearch::describeShortage() {
  BufferShortage shortage;
  unsigned first = ~0u;
  for (const std::set<unsigned> &list : blocked)
    if (!list.empty())
      first = std::min(first, *list.begin());
  shortage.step = byStart[first];
  shortage.buffer = *findObstacle(shortage.step).buffer;
  shortage.needed = demand[shortage.buffer];
  shortage.held = levels[shortage.buffer];
  for (unsigned step : chain)
    for (const Deposit &deposit : buffers.deposits(step))
      if (deposit.buffer == shortage.buffer &&
          readers.takesPlace(step, deposit))
        shortage.wanted.push_back({step, deposit.size});
  for (auto [step, size] : data[shortage.buffer])
    shortage.occupants.push_back({step, size});
  sortBySize(shortage.wanted);
  sortBySize(shortage.occupants);
  return shortage;
}

/// Lets all steps of the queue have their turns. Returns false if some cannot.
bool OrderSearch::drain() {
  auto isEmpty = [](const std::set<unsigned> &list) { return list.empty(); };
  while (true) {
    while (!queue.empty()) {
      unsigned step = byStart[queue.top()];
      queue.pop();
      if (!done[step])
        attempt(step);
    }
    if (llvm::all_of(blocked, isEmpty))
      return true;
    isStuck = true;
    if (!retryBlocked())
      return false;
    isStuck = false;
  }
}

BufferedOrder OrderSearch::search() && {
  bool isComplete = drain();
  // What is brought to nobody is not part of any chain.
  for (auto [position, step] : llvm::enumerate(byStart))
    if (isComplete && !done[step])
      queue.push(position);
  if (!isComplete || !drain())
    result.shortage = describeShortage();
  return std::move(result);
}

/// The place of each step in an order that makes what a step needs right before
/// it: backwards from the steps for which none waits, the first to start first.
static std::vector<Picoseconds>
rankDepthFirst(const BufferProblem &buffers, const DependenceGraph &graph,
               llvm::ArrayRef<Picoseconds> starts) {
  std::vector<unsigned> sinks;
  for (unsigned step = 0; step < buffers.numSteps(); ++step)
    if (graph.successors(step).empty())
      sinks.push_back(step);
  auto isEarlier = [&](unsigned a, unsigned b) {
    return starts[a] != starts[b] ? starts[a] < starts[b] : a < b;
  };
  llvm::sort(sinks, isEarlier);
  std::vector<Picoseconds> ranks(buffers.numSteps(), Picoseconds(-1));
  std::vector<char> seen(buffers.numSteps());
  int64_t next = 0;
  std::vector<std::pair<unsigned, llvm::SmallVector<unsigned>>> path;
  auto enter = [&](unsigned step) {
    if (seen[step])
      return;
    seen[step] = true;
    llvm::SmallVector<unsigned> before(buffers.after(step));
    // The last is taken first.
    llvm::sort(before, [&](unsigned a, unsigned b) { return isEarlier(b, a); });
    path.emplace_back(step, std::move(before));
  };
  for (unsigned sink : sinks) {
    enter(sink);
    while (!path.empty()) {
      auto &[step, before] = path.back();
      if (before.empty()) {
        ranks[step] = Picoseconds(next++);
        path.pop_back();
        continue;
      }
      enter(before.pop_back_val());
    }
  }
  return ranks;
}

BufferedOrder scheduling::findBufferedOrder(
    const BufferProblem &buffers, const DependenceGraph &graph,
    llvm::ArrayRef<Bits> capacities, llvm::ArrayRef<Picoseconds> starts) {
  BufferedOrder order =
      OrderSearch(buffers, graph, capacities, starts).search();
  if (!order.shortage)
    return order;
  return OrderSearch(buffers, graph, capacities,
                     rankDepthFirst(buffers, graph, starts))
      .search();
}
