// Reads what lies in buffers off the IR, without the code through which the
// schedulers see it.
#include "atleus/Scheduling/LoadBuffers.h"

#include "atleus/Scheduling/LoadProblem.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

#include <map>
#include <set>

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

int64_t scheduling::toBytes(Bits size) {
  return llvm::divideCeil(static_cast<uint64_t>(size.count()), 8);
}

std::vector<Bits> LoadedBufferProblem::getCapacities() const {
  std::vector<Bits> capacities;
  capacities.reserve(buffers.size());
  for (const NodeBuffer &buffer : buffers)
    capacities.emplace_back(buffer.capacityBytes * 8);
  return capacities;
}

std::optional<int64_t> scheduling::getBufferBytes(Operation *core) {
  return llvm::TypeSwitch<Operation *, std::optional<int64_t>>(core)
      .Case<arch::CrossbarOp, arch::SystolicOp>(
          [](auto op) { return op.getBufferBytes(); })
      .Default(std::nullopt);
}

namespace {
/// The buffers of a tier, numbered from `first` on, row by row.
struct TierNumbers {
  unsigned first = 0;
  int64_t width = 0, height = 0;
};

class BufferLoader {
public:
  explicit BufferLoader(arch::MachineOp machine);

  LoadedBufferProblem read(sched::ScheduleOp schedule) &&;

private:
  void addTier(arch::TierOp tier);
  void addOutside(StringAttr unit, ArrayRef<int64_t> node);
  unsigned findBuffer(const noc::Node &node);
  unsigned addTask(sched::TaskOp task, ArrayRef<unsigned> after);
  unsigned addTransfer(sched::TransferOp transfer, ArrayRef<unsigned> after);

  /// Where and when the heads of transfers of one timing arrive on a way.
  struct Arrival {
    unsigned buffer = 0;
    Picoseconds time;
    Keep keep = Keep::ForAll;
  };
  struct Way {
    PathTiming timing;
    unsigned from = 0;
    SmallVector<Arrival, 1> arrivals;
  };
  const Way &findWay(sched::TransferOp transfer);
  Way readWay(sched::TransferOp transfer, const PathTiming &timing);

  LoadedBufferProblem loaded;
  /// By level.
  std::map<int64_t, TierNumbers> tiers;
  /// Nodes without buffer.
  std::map<noc::Node, unsigned> others;
  /// Units that are memories or the host, and the nodes beside which they are.
  llvm::DenseSet<StringAttr> outsideUnits;
  std::set<noc::Node> outsideNodes;
  /// By route and branches: transfers of a schedule take few different ways.
  llvm::DenseMap<std::pair<noc::RouteAttr, ArrayAttr>, SmallVector<Way, 1>>
      ways;
};
} // namespace

BufferLoader::BufferLoader(arch::MachineOp machine) {
  for (arch::TierOp tier : machine.getTiers())
    addTier(tier);
  for (auto memory : machine.getBody().getOps<arch::MemoryOp>())
    addOutside(memory.getSymNameAttr(), memory.getNode());
  arch::HostOp host = machine.getHost();
  addOutside(host.getSymNameAttr(), host.getNode());
  // The unit of the kernels of the host, whatever its symbol is.
  outsideUnits.insert(StringAttr::get(machine.getContext(), "host"));
}

void BufferLoader::addTier(arch::TierOp tier) {
  std::optional<int64_t> capacity = getBufferBytes(tier.getCoreOp());
  if (!capacity)
    return;
  int64_t width = tier.getGrid()[0], height = tier.getGrid()[1];
  auto level = static_cast<int64_t>(tier.getLevel());
  unsigned first = loaded.buffers.size();
  tiers[level] = {first, width, height};
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < width; ++x)
      loaded.buffers.push_back({{x, y, level}, tier, *capacity});
}

void BufferLoader::addOutside(StringAttr unit, ArrayRef<int64_t> node) {
  outsideUnits.insert(unit);
  outsideNodes.insert({node[0], node[1], node[2]});
}

/// The number of a node's buffer. Nodes without one are numbered behind those
/// that have one, so that their readers are told apart.
unsigned BufferLoader::findBuffer(const noc::Node &node) {
  auto tier = tiers.find(node.z);
  if (tier != tiers.end() && node.x < tier->second.width &&
      node.y < tier->second.height)
    return tier->second.first + node.y * tier->second.width + node.x;
  unsigned next = loaded.buffers.size() + others.size();
  return others.try_emplace(node, next).first->second;
}

/// Tasks that bring weights wait for room, and read nothing of that for which
/// they wait.
static bool bringsWeight(sched::TaskOp task) {
  return task.getKernel().starts_with("load:") ||
         task.getKernel().starts_with("write:");
}

unsigned BufferLoader::addTask(sched::TaskOp task, ArrayRef<unsigned> after) {
  bool outside = outsideUnits.contains(task.getUnitAttr());
  unsigned buffer = findBuffer(task.getNode().getNode());
  Picoseconds end(task.getDurationPs());
  SmallVector<Deposit, 4> deposits;
  // What a memory or the host makes has a place there.
  if (int64_t bits = task.getResultBits().value_or(0); !outside) {
    auto local = task->getAttrOfType<IntegerAttr>(localBitsAttribute);
    int64_t kept = local ? std::min(local.getInt(), bits) : bits;
    deposits.push_back({buffer, Bits(kept), Picoseconds(), end});
    deposits.push_back(
        {buffer, Bits(bits - kept), Picoseconds(), end, Keep::ForOthers});
  }
  if (auto read = task->getAttrOfType<IntegerAttr>(readBitsAttribute))
    deposits.push_back(
        {buffer, Bits(read.getInt()), Picoseconds(), end, Keep::ForItself});
  if (bringsWeight(task))
    return loaded.problem.addStep(deposits, std::nullopt, after,
                                  StepKind::Brings);
  bool brings = task.getKernel().starts_with("input:");
  return loaded.problem.addStep(
      deposits, Reading{buffer, end, /*byCore=*/!outside}, after,
      brings ? StepKind::Brings : StepKind::Makes);
}

BufferLoader::Way BufferLoader::readWay(sched::TransferOp transfer,
                                        const PathTiming &timing) {
  Way way;
  way.timing = timing;
  noc::Node from = transfer.getRoute().getStart();
  bool isTree = transfer.getBranchesAttr() != nullptr;
  // When the head is where: a branch goes on from there.
  SmallVector<std::pair<noc::Node, Picoseconds>, 16> heads = {
      {from, Picoseconds()}};
  auto follow = [&](noc::RouteAttr part) {
    noc::Node to = part.getStart();
    Picoseconds arrival;
    for (const auto &[node, time] : heads)
      if (node == to)
        arrival = time;
    for (const noc::Hop &hop : part.getHops()) {
      arrival += timing.hop[static_cast<unsigned>(hop.kind())];
      to = noc::advance(to, hop);
      if (isTree)
        heads.emplace_back(to, arrival);
    }
    way.arrivals.push_back(
        {findBuffer(to), arrival,
         outsideNodes.count(to) ? Keep::ForCore : Keep::ForAll});
  };
  follow(transfer.getRoute());
  if (transfer.getBranches())
    llvm::for_each(transfer.getBranches()->getAsRange<noc::RouteAttr>(),
                   follow);
  way.from = findBuffer(from);
  return way;
}

const BufferLoader::Way &BufferLoader::findWay(sched::TransferOp transfer) {
  SmallVector<Way, 1> &known =
      ways[{transfer.getRouteAttr(), transfer.getBranchesAttr()}];
  PathTiming timing = transfer.getPathTiming();
  for (const Way &way : known)
    if (way.timing.held == timing.held && way.timing.hop == timing.hop)
      return way;
  known.push_back(readWay(transfer, timing));
  return known.back();
}

unsigned BufferLoader::addTransfer(sched::TransferOp transfer,
                                   ArrayRef<unsigned> after) {
  Picoseconds end(transfer.getDurationPs());
  Bits size(transfer.getBits());
  const Way &way = findWay(transfer);
  SmallVector<Deposit, 4> deposits;
  for (const Arrival &arrival : way.arrivals)
    deposits.push_back({arrival.buffer, size, arrival.time, end, arrival.keep});
  return loaded.problem.addStep(
      deposits, Reading{way.from, way.timing.held, /*byCore=*/false}, after,
      StepKind::Brings);
}

LoadedBufferProblem BufferLoader::read(sched::ScheduleOp schedule) && {
  llvm::DenseMap<Operation *, unsigned> indices;
  SmallVector<unsigned> after;
  for (auto op : schedule.getOps<sched::TimedOpInterface>()) {
    after.clear();
    for (Value event : op->getOperands())
      after.push_back(indices.at(event.getDefiningOp()));
    if (auto task = dyn_cast<sched::TaskOp>(*op))
      indices[op] = addTask(task, after);
    else if (auto transfer = dyn_cast<sched::TransferOp>(*op))
      indices[op] = addTransfer(transfer, after);
    else
      indices[op] = loaded.problem.addBarrier(after);
    loaded.steps.push_back(op);
  }
  return std::move(loaded);
}

LoadedBufferProblem scheduling::loadBufferProblem(sched::ScheduleOp schedule,
                                                  arch::MachineOp machine) {
  return BufferLoader(machine).read(schedule);
}

std::vector<Stay> scheduling::findStays(const LoadedBufferProblem &loaded,
                                        llvm::ArrayRef<Picoseconds> starts) {
  std::vector<Stay> stays = findStays(loaded.problem, starts);
  llvm::erase_if(stays, [&](const Stay &stay) {
    return stay.buffer >= loaded.buffers.size();
  });
  return stays;
}

FailureOr<LoadedBuffers> scheduling::loadBuffers(sched::ScheduleOp schedule,
                                                 arch::MachineOp machine) {
  FailureOr<Starts> starts = loadStarts(schedule);
  if (failed(starts))
    return failure();
  LoadedBufferProblem problem = loadBufferProblem(schedule, machine);
  Picoseconds makespan;
  for (auto [op, start] : llvm::zip_equal(problem.steps, *starts))
    makespan = std::max(makespan, start + op.getDuration());
  LoadedBuffers loaded;
  loaded.stays = findStays(problem, *starts);
  loaded.buffers = std::move(problem.buffers);
  loaded.steps = std::move(problem.steps);
  if (makespan > Picoseconds())
    loaded.periods.push_back(makespan);
  std::optional<int64_t> interval = schedule.getIntervalPs();
  if (interval && Picoseconds(*interval) < makespan)
    loaded.periods.emplace_back(*interval);
  return loaded;
}
