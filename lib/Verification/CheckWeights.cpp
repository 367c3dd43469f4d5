// Weights that are brought while the model runs: each is there when tasks
// multiply by it, and stays until they have.
#include "Checks.h"

using namespace mlir;
using namespace atleus;

namespace {
class WeightCheck {
public:
  WeightCheck(const CheckContext &context, DataUse &uses)
      : context(context), model(context.model), tasks(context.tasks),
        uses(uses), awaitedBy(tasks.size(), -1) {}

  void check();

private:
  /// Products with a weight at one node, and what writes it there.
  struct Holding {
    std::optional<unsigned> write;
    SmallVector<unsigned> products;
    Picoseconds begin, end;
  };
  using Arrays = std::pair<noc::Node, std::string>;

  InFlightDiagnostic fail(unsigned task) {
    return context.violations.report(Rule::Programs)
           << tasks.getTimedLabel(task) << " ";
  }
  bool waits(unsigned task, unsigned other);
  void checkLoads(unsigned kernel);
  void collectProducts(unsigned kernel);
  void checkProducts(const Holding &holding);
  void checkTurns(ArrayRef<Holding> holdings);
  void checkRepetition(const Arrays &arrays, ArrayRef<Holding> holdings);

  const CheckContext &context;
  const MappedModel &model;
  const TaskTable &tasks;
  DataUse &uses;
  /// By task, the last one seen to wait for it.
  std::vector<int64_t> awaitedBy;
  int64_t lastWaiting = -1;
  /// By arrays and weight.
  std::map<Arrays, std::map<unsigned, Holding>> holdings;
};
} // namespace

/// Whether the schedule says that `other` must have ended before `task` starts.
bool WeightCheck::waits(unsigned task, unsigned other) {
  if (lastWaiting != static_cast<int64_t>(task)) {
    lastWaiting = task;
    SmallVector<unsigned> rest = {task};
    while (!rest.empty())
      for (uint32_t before :
           tasks.getMessage(rest.pop_back_val()).dependences()) {
        if (awaitedBy[before] == static_cast<int64_t>(task))
          continue;
        awaitedBy[before] = task;
        if (tasks[before].isBarrier())
          rest.push_back(before);
      }
  }
  return awaitedBy[other] == static_cast<int64_t>(task);
}

//===----------------------------------------------------------------------===//
// Loads
//===----------------------------------------------------------------------===//

void WeightCheck::checkLoads(unsigned kernel) {
  for (int64_t i = 0; i < model.getKernels()[kernel].numTasks; ++i) {
    std::optional<unsigned> task = tasks.find({Part::Kind::Kernel, kernel, i});
    std::optional<unsigned> load = tasks.find({Part::Kind::Load, kernel, i});
    if (!task || !load)
      continue;
    Picoseconds &last = uses.lastReads[*load].front().byCore;
    last = std::max(last, tasks[*task].end);
    if (tasks[*task].start < tasks[*load].end)
      fail(*task) << "multiplies by a weight that "
                  << tasks.getTimedLabel(*load) << " has not brought yet";
    else if (!waits(*task, *load))
      fail(*task) << "multiplies by a weight that "
                  << tasks.getTimedLabel(*load)
                  << " brings, but does not wait for it";
  }
}

//===----------------------------------------------------------------------===//
// Slots
//===----------------------------------------------------------------------===//

void WeightCheck::collectProducts(unsigned number) {
  const MappedKernel &kernel = model.getKernels()[number];
  unsigned weight = *kernel.rewritten;
  for (int64_t i = 0; i < kernel.numTasks; ++i)
    if (auto task = tasks.find({Part::Kind::Kernel, number, i}))
      holdings[{tasks[*task].node, model.getRewritten()[weight].getUnit()}]
              [weight]
                  .products.push_back(*task);
}

/// Products start after the write of their weight, and wait for it.
void WeightCheck::checkProducts(const Holding &holding) {
  for (unsigned product : holding.products) {
    if (!holding.write) {
      fail(product) << "multiplies by a weight that no task writes at node "
                    << noc::toString(tasks[product].node);
      continue;
    }
    if (tasks[product].start < tasks[*holding.write].end)
      fail(product) << "multiplies by a weight that "
                    << tasks.getTimedLabel(*holding.write)
                    << " has not written yet";
    else if (!waits(product, *holding.write))
      fail(product) << "multiplies by a weight that "
                    << tasks.getTimedLabel(*holding.write)
                    << " writes, but does not wait for it";
  }
}

/// In the order of time, each write comes after the last product with the
/// weight before, and waits for it.
void WeightCheck::checkTurns(ArrayRef<Holding> sorted) {
  for (size_t i = 1; i < sorted.size(); ++i)
    for (unsigned product : sorted[i - 1].products) {
      unsigned write = *sorted[i].write;
      if (tasks[write].start < tasks[product].end)
        fail(write) << "overwrites the weight by which "
                    << tasks.getTimedLabel(product) << " multiplies";
      else if (!waits(write, product))
        fail(write) << "overwrites the weight by which "
                    << tasks.getTimedLabel(product)
                    << " multiplies, but does not wait for it";
    }
}

/// With an inference every interval, no other one writes into arrays between
/// the write of a weight and its last product.
void WeightCheck::checkRepetition(const Arrays &arrays,
                                  ArrayRef<Holding> list) {
  int64_t interval = context.schedule.interval_ps();
  if (interval <= 0)
    return;
  struct Block {
    int64_t begin, end;
    unsigned write;
  };
  std::vector<Block> blocks;
  for (const Holding &holding : list) {
    int64_t begin = holding.begin.count() % interval;
    int64_t length = (holding.end - holding.begin).count();
    blocks.push_back({begin, begin + length, *holding.write});
  }
  llvm::sort(blocks, [](const Block &a, const Block &b) {
    return std::tie(a.begin, a.end, a.write) <
           std::tie(b.begin, b.end, b.write);
  });
  // The first one again, an interval later.
  Block again = blocks.front();
  blocks.push_back({again.begin + interval, again.end + interval, again.write});
  for (size_t i = 1; i < blocks.size(); ++i)
    if (blocks[i].begin < blocks[i - 1].end)
      fail(blocks[i].write)
          << "overwrites unit " << noc::toString(arrays.first) << " "
          << arrays.second << ", with an inference every " << interval
          << " ps, while the weight of "
          << tasks.getTimedLabel(blocks[i - 1].write)
          << " of another inference is in use";
}

void WeightCheck::check() {
  for (auto [i, kernel] : llvm::enumerate(model.getKernels())) {
    if (kernel.hasLoads)
      checkLoads(i);
    if (kernel.rewritten)
      collectProducts(i);
  }
  for (unsigned i = 0; i < tasks.size(); ++i) {
    const Part &part = tasks[i].part;
    if (tasks[i].isCompute() && part.kind == Part::Kind::Write)
      holdings[{tasks[i].node, model.getRewritten()[part.number].getUnit()}]
              [part.number]
                  .write = i;
  }
  for (const auto &[arrays, byWeight] : holdings) {
    std::vector<Holding> sorted;
    for (const auto &entry : byWeight) {
      checkProducts(entry.second);
      if (!entry.second.write)
        continue;
      Holding &holding = sorted.emplace_back(entry.second);
      holding.begin = tasks[*holding.write].start;
      holding.end = tasks[*holding.write].end;
      for (unsigned product : holding.products)
        holding.end = std::max(holding.end, tasks[product].end);
    }
    llvm::sort(sorted, [](const Holding &a, const Holding &b) {
      return std::pair(a.begin.count(), *a.write) <
             std::pair(b.begin.count(), *b.write);
    });
    checkTurns(sorted);
    if (!sorted.empty())
      checkRepetition(arrays, sorted);
  }
}

void atleus::checkWeights(const CheckContext &context, DataUse &uses) {
  WeightCheck(context, uses).check();
}
