// What lies in the buffers of nodes over time, against what they hold.
//
// A task leaves its results in the buffer of its node, from its start on. A
// transfer leaves its data in those of the nodes to which it delivers, from the
// time on at which its head arrives there. There they stay until the last task
// or transfer of the node that reads them has done so; of a result what no task
// of the node reads only until the last transfer has taken it. Memories and
// hosts have a place of their own: of what they make, the core of their node
// has in its buffer what a task of it reads, as long as the task runs, and what
// is on its way to them lies there only for readers of the core.
#include "Checks.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

namespace {
struct Stay {
  int64_t begin = 0, end = 0, bits = 0;
  unsigned task = 0;
};

/// A change of how full a buffer is.
struct Change {
  int64_t time, bits;

  /// What leaves makes room for what comes at the same time.
  bool operator<(const Change &other) const {
    return std::tie(time, bits) < std::tie(other.time, other.bits);
  }
};

class BufferCheck {
public:
  BufferCheck(const CheckContext &context, const DataUse &uses)
      : context(context), uses(uses) {}

  void check();

private:
  bool isOutside(unsigned task) const;
  bool standsOutside(noc::Node node) const;
  Stay findArrived(unsigned transfer, unsigned place) const;
  void addResults(unsigned task, std::vector<Stay> &stays) const;
  void checkStated(unsigned task) const;
  void checkNode(noc::Node node, ArrayRef<Stay> stays, int64_t period);

  const CheckContext &context;
  const DataUse &uses;
};
} // namespace

/// Whether a memory or a host executes a task.
bool BufferCheck::isOutside(unsigned task) const {
  const Part &part = context.tasks[task].part;
  if (part.kind == Part::Kind::Load)
    return false;
  return part.kind != Part::Kind::Kernel ||
         isa<arch::HostOp>(context.model.getKernels()[part.number].place);
}

/// Whether a memory or the host stands at a node.
bool BufferCheck::standsOutside(noc::Node node) const {
  arch::MachineOp machine = context.model.getMachine();
  auto is = [&](ArrayRef<int64_t> at) {
    return node == noc::Node{at[0], at[1], at[2]};
  };
  return is(machine.getHost().getNode()) ||
         llvm::any_of(
             machine.getBody().getOps<arch::MemoryOp>(),
             [&](arch::MemoryOp memory) { return is(memory.getNode()); });
}

/// When the head of a transfer comes to the ejection port of a node, from the
/// start on.
static int64_t findArrival(const CheckContext &context,
                           const schedule::v1::Task &message, noc::Node node) {
  for (const schedule::v1::Use &use : message.uses()) {
    const schedule::v1::Resource &resource =
        context.schedule.resources(use.resource());
    if (resource.kind() == schedule::v1::Resource::EJECTION_PORT &&
        toNode(resource.node()) == node)
      return use.offset_ps();
  }
  return 0;
}

/// What a transfer brings to one of its places.
Stay BufferCheck::findArrived(unsigned index, unsigned place) const {
  const ScheduledTask &task = context.tasks[index];
  const schedule::v1::Task &message = context.tasks.getMessage(index);
  const LastRead &last = uses.lastReads[index][place];
  Stay stay;
  stay.task = index;
  stay.bits = message.transfer().bits();
  stay.begin =
      task.start.count() + findArrival(context, message, task.places[place]);
  stay.end = std::max(stay.begin, last.byCore.count());
  if (!standsOutside(task.places[place]))
    stay.end = std::max({stay.end, task.end.count(), last.byOthers.count()});
  return stay;
}

/// Adds what a task leaves at its node: what tasks there read, and what only
/// others come for.
void BufferCheck::addResults(unsigned index, std::vector<Stay> &stays) const {
  if (isOutside(index))
    return;
  const ScheduledTask &task = context.tasks[index];
  const LastRead &last = uses.lastReads[index].front();
  int64_t bits = getResultBits(context.model, task.part), local = bits;
  if (task.part.kind == Part::Kind::Kernel)
    local = std::min(bits, uses.localBits[index]);
  int64_t begin = task.start.count();
  int64_t gone = std::max(task.end, last.byOthers).count();
  int64_t read = std::max(gone, last.byCore.count());
  stays.push_back({begin, read, local, index});
  stays.push_back({begin, gone, bits - local, index});
}

/// What the file says of reads within a node is no less than they are.
void BufferCheck::checkStated(unsigned index) const {
  const schedule::v1::Task &message = context.tasks.getMessage(index);
  auto check = [&](int64_t stated, int64_t read, StringRef what) {
    if (stated < read)
      context.violations.report(Rule::Tasks)
          << context.tasks.getTimedLabel(index)
          << " states that its node reads " << stated << " bits of " << what
          << ", but it reads " << read;
  };
  if (message.has_local_bits())
    check(message.local_bits(), uses.localBits[index], "its results");
  check(message.read_bits(), uses.bitsBeside[index],
        "a memory or a host beside it");
}

/// The changes of a buffer within one period, after what is there at its start.
static std::vector<Change> fold(ArrayRef<Stay> stays, int64_t period,
                                __int128 &first) {
  std::vector<Change> changes;
  for (const Stay &stay : stays) {
    int64_t length = stay.end - stay.begin, begin = stay.begin % period;
    first += static_cast<__int128>(stay.bits) * (length / period);
    if (length % period == 0)
      continue;
    int64_t end = begin + length % period;
    if (end > period) {
      first += stay.bits;
      end -= period;
    }
    changes.push_back({begin, stay.bits});
    changes.push_back({end, -stay.bits});
  }
  llvm::sort(changes);
  return changes;
}

/// The capacity of the buffer of a node, in bytes, if it has one.
static std::optional<int64_t> getCapacity(arch::TierOp tier) {
  return llvm::TypeSwitch<Operation *, std::optional<int64_t>>(tier.getCoreOp())
      .Case<arch::CrossbarOp, arch::SystolicOp>(
          [](auto op) { return op.getBufferBytes(); })
      .Default(std::nullopt);
}

void BufferCheck::checkNode(noc::Node node, ArrayRef<Stay> stays,
                            int64_t period) {
  arch::TierOp tier;
  for (arch::TierOp candidate : context.model.getMachine().getTiers())
    if (static_cast<int64_t>(candidate.getLevel()) == node.z &&
        node.x < candidate.getGrid()[0] && node.y < candidate.getGrid()[1])
      tier = candidate;
  std::optional<int64_t> capacity = tier ? getCapacity(tier) : std::nullopt;
  if (!capacity)
    return;
  __int128 sum = 0, most = 0;
  int64_t time = 0;
  std::vector<Change> changes = fold(stays, period, sum);
  most = sum;
  for (const Change &change : changes) {
    sum += change.bits;
    if (sum > most) {
      most = sum;
      time = change.time;
    }
  }
  if (most <= static_cast<__int128>(*capacity) * 8)
    return;
  // The largest of what lies there then.
  const Stay *largest = nullptr;
  for (const Stay &stay : stays) {
    bool there =
        (time - stay.begin % period + period) % period < stay.end - stay.begin;
    if (there && (!largest || largest->bits < stay.bits))
      largest = &stay;
  }
  auto bytes = static_cast<int64_t>((most + 7) / 8);
  InFlightDiagnostic error = context.violations.report(Rule::Buffers);
  error << "the buffer of node " << noc::toString(node) << " holds "
        << *capacity << " bytes, but " << bytes << " lie in it at " << time
        << " ps, with an inference every " << period << " ps";
  if (largest)
    error << "; the largest are "
          << llvm::divideCeil(static_cast<uint64_t>(largest->bits), 8) << " of "
          << context.tasks.getTimedLabel(largest->task);
  error.attachNote(tier.getCoreOp()->getLoc()) << "buffer declared here";
}

void BufferCheck::check() {
  std::map<noc::Node, std::vector<Stay>> stays;
  int64_t makespan = 0;
  for (unsigned i = 0; i < context.tasks.size(); ++i) {
    const ScheduledTask &task = context.tasks[i];
    makespan = std::max(makespan, task.end.count());
    checkStated(i);
    if (task.isTransfer())
      for (auto [place, node] : llvm::enumerate(task.places))
        stays[node].push_back(findArrived(i, place));
    else if (!task.places.empty())
      addResults(i, stays[task.node]);
    if (int64_t bits = uses.bitsBeside[i]; bits > 0)
      stays[task.node].push_back(
          {task.start.count(), task.end.count(), bits, i});
  }
  for (auto &entry : stays)
    llvm::erase_if(entry.second, [](const Stay &stay) {
      return stay.bits <= 0 || stay.end <= stay.begin;
    });
  int64_t interval = context.schedule.interval_ps();
  for (const auto &[node, list] : stays) {
    unsigned before = context.violations.count();
    checkNode(node, list, makespan);
    if (interval > 0 && interval < makespan &&
        context.violations.count() == before)
      checkNode(node, list, interval);
  }
}

void atleus::checkBuffers(const CheckContext &context, const DataUse &uses) {
  BufferCheck(context, uses).check();
}
