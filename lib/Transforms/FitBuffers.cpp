// Starts tasks later where buffers would not hold what they leave.
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/BufferedOrder.h"
#include "atleus/Scheduling/BufferedScheduler.h"
#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Scheduling/LoadProblem.h"
#include "atleus/Scheduling/RoomDependences.h"
#include "atleus/Transforms/Passes.h"
#include "atleus/Transforms/VerifySchedule.h"
#include "dialects/Arch/MachineLookup.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"

namespace atleus {
#define GEN_PASS_DEF_FITBUFFERS
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

/// Contributors beyond these are not named.
static constexpr size_t maxNamed = 4;

/// Sizes that are tried when a buffer is too small.
static constexpr unsigned maxSizes = 24;

namespace {
/// One schedule and the buffers of its machine.
class BufferFit {
public:
  BufferFit(sched::ScheduleOp schedule, arch::MachineOp machine,
            bool statesSizes)
      : schedule(schedule), statesSizes(statesSizes),
        buffers(loadBufferProblem(schedule, machine)) {
    for (const NodeBuffer &buffer : buffers.buffers)
      capacities.emplace_back(buffer.capacityBytes * 8);
  }

  LogicalResult fit();

  bool isDelayed = false, isSlowed = false;

private:
  LogicalResult readStarts();
  bool holds(ArrayRef<Stay> stays, Picoseconds period) const;
  LogicalResult startAnew(const LoadedProblem &loaded,
                          const DependenceGraph &graph);
  void store(const LoadedProblem &loaded, Picoseconds interval);
  LogicalResult report(const BufferShortage &shortage,
                       const DependenceGraph &graph);
  std::string nameContributors(const BufferShortage &shortage) const;
  SmallVector<std::string> findSizes(BufferShortage shortage,
                                     const DependenceGraph &graph);

  sched::ScheduleOp schedule;
  bool statesSizes;
  LoadedBufferProblem buffers;
  std::vector<Bits> capacities;
  Starts starts;
};
} // namespace

LogicalResult BufferFit::readStarts() {
  for (sched::TimedOpInterface op : buffers.steps) {
    if (!op.getStart())
      return op->emitOpError("has no start from which to find one at which "
                             "its data fits");
    starts.push_back(*op.getStart());
  }
  return success();
}

bool BufferFit::holds(ArrayRef<Stay> stays, Picoseconds period) const {
  return llvm::all_of(
      llvm::zip_equal(findPeaks(stays, capacities.size(), period), capacities),
      [](auto pair) { return std::get<0>(pair).size <= std::get<1>(pair); });
}

//===----------------------------------------------------------------------===//
// What does not fit
//===----------------------------------------------------------------------===//

/// What contributes to a shortage together: tasks or transfers of a kernel.
using Contributor = std::pair<unsigned, StringAttr>;

/// "172 transfers of \"gate\" 5636096 bytes, \"swiglu\"[0] 1409024 bytes".
std::string BufferFit::nameContributors(const BufferShortage &shortage) const {
  llvm::MapVector<Contributor, std::pair<int64_t, Bits>> sums;
  for (ArrayRef<Occupant> list :
       {ArrayRef(shortage.wanted), ArrayRef(shortage.occupants)})
    for (const Occupant &occupant : list) {
      Operation *op = buffers.steps[occupant.step];
      auto task = dyn_cast<sched::TaskOp>(op);
      auto &[count, size] = sums[{
          task ? 0 : 1, task ? task.getKernelAttr()
                             : cast<sched::TransferOp>(op).getKernelAttr()}];
      ++count;
      size += occupant.size;
    }
  auto sorted = sums.takeVector();
  llvm::sort(sorted, [](const auto &a, const auto &b) {
    auto key = [](const auto &entry) {
      return std::make_tuple(Bits(0) - entry.second.second, entry.first.first,
                             entry.first.second.getValue());
    };
    return key(a) < key(b);
  });
  std::string text;
  llvm::raw_string_ostream os(text);
  for (auto &[contributor, sum] : ArrayRef(sorted).take_front(maxNamed)) {
    os << (text.empty() ? "" : ", ") << sum.first
       << (contributor.first == 1 ? " transfer" : " task")
       << (sum.first == 1 ? " of " : "s of ") << contributor.second << ' '
       << toBytes(sum.second) << " bytes";
  }
  return text;
}

/// Sizes of buffers, "core.buffer_bytes=N", of as few cores as need larger
/// ones, for which the steps have an order; none if none were found.
SmallVector<std::string> BufferFit::findSizes(BufferShortage shortage,
                                              const DependenceGraph &graph) {
  std::vector<Bits> larger = capacities;
  llvm::MapVector<StringRef, Bits> sizes;
  for (unsigned i = 0; i < maxSizes; ++i) {
    StringRef core = buffers.buffers[shortage.buffer].tier.getCore();
    // A little more than the step needs where many lack a little.
    Bits &size = sizes[core];
    size = std::max(shortage.held + shortage.needed,
                    Bits(size.count() + size.count() / 8));
    for (auto [buffer, capacity] : llvm::zip_equal(buffers.buffers, larger))
      if (buffer.tier.getCore() == core)
        capacity = size;
    BufferedOrder order =
        findBufferedOrder(buffers.problem, graph, larger, starts);
    if (order.shortage) {
      shortage = std::move(*order.shortage);
      continue;
    }
    SmallVector<std::string> found;
    for (const auto &[name, bits] : sizes)
      found.push_back((name + ".buffer_bytes=" + Twine(toBytes(bits))).str());
    return found;
  }
  return {};
}

LogicalResult BufferFit::report(const BufferShortage &shortage,
                                const DependenceGraph &graph) {
  NodeBuffer buffer = buffers.buffers[shortage.buffer];
  sched::TimedOpInterface step = buffers.steps[shortage.step];
  int64_t needed = toBytes(shortage.needed), held = toBytes(shortage.held);
  InFlightDiagnostic error = emitError(schedule.getLoc());
  error << "schedule @" << schedule.getSymName()
        << " does not fit: " << step.getLabel() << " needs " << needed
        << " bytes in the buffer of node " << noc::toString(buffer.node)
        << " of @" << buffer.tier.getSymName() << ", which holds "
        << buffer.capacityBytes;
  if (held > 0)
    error << " and keeps " << held << " for others";
  error << ": short by " << needed + held - buffer.capacityBytes;
  error.attachNote(step->getLoc()) << "largest: " << nameContributors(shortage);
  SmallVector<std::string> sizes;
  if (statesSizes)
    sizes = findSizes(shortage, graph);
  Builder builder(schedule.getContext());
  schedule->getParentOfType<ModuleOp>()->setAttr(
      neededBuffersAttribute, builder.getStrArrayAttr(SmallVector<StringRef>(
                                  sizes.begin(), sizes.end())));
  Diagnostic &note = error.attachNote(buffer.tier.getCoreOp()->getLoc());
  note << "buffer declared here";
  if (!sizes.empty())
    note << "; these tasks have room with " << llvm::join(sizes, " and ");
  return error;
}

//===----------------------------------------------------------------------===//
// What fits
//===----------------------------------------------------------------------===//

/// How often starts are found anew from those of the time before.
static constexpr unsigned maxRounds = 2;

LogicalResult BufferFit::startAnew(const LoadedProblem &loaded,
                                   const DependenceGraph &graph) {
  Starts best;
  for (unsigned round = 0; round < maxRounds; ++round) {
    BufferedOrder order =
        findBufferedOrder(buffers.problem, graph, capacities, starts);
    if (order.shortage && best.empty())
      return report(*order.shortage, graph);
    if (order.shortage)
      break;
    starts = scheduleInBuffers(loaded.problem, graph, buffers.problem,
                               capacities, order.steps);
    if (!best.empty() &&
        makespan(loaded.problem, best) <= makespan(loaded.problem, starts))
      break;
    best = starts;
  }
  starts = shortenInBuffers(loaded.problem, buffers.problem, capacities,
                            std::move(best));
  isDelayed = true;
  return success();
}

void BufferFit::store(const LoadedProblem &loaded, Picoseconds interval) {
  for (auto [op, start] : llvm::zip_equal(buffers.steps, starts))
    op.setStart(start);
  int64_t length = makespan(loaded.problem, starts).count();
  schedule.setMakespanPs(length);
  if (interval > Picoseconds())
    schedule.setIntervalPs(interval.count());
  if (sched::SummaryOp summary = schedule.getSummary())
    summary.setMakespanPs(length);
}

LogicalResult BufferFit::fit() {
  if (failed(readStarts()))
    return failure();
  std::vector<Stay> stays = findStays(buffers, starts);
  Picoseconds length;
  for (sched::TimedOpInterface op : buffers.steps)
    length = std::max(length, *op.getStart() + op.getDuration());
  Picoseconds interval(schedule.getIntervalPs().value_or(0));
  if (length == Picoseconds() ||
      (holds(stays, length) &&
       (interval == Picoseconds() || holds(stays, interval))))
    return success();
  LoadedProblem loaded = loadProblem(schedule, /*hasNames=*/false);
  llvm::Expected<DependenceGraph> graph =
      DependenceGraph::build(loaded.problem);
  if (!graph) {
    llvm::consumeError(graph.takeError());
    LoadedProblem named = loadProblem(schedule);
    return schedule.emitOpError("cannot be scheduled: ")
           << llvm::toString(DependenceGraph::build(named.problem).takeError());
  }
  if (!holds(stays, length)) {
    if (failed(startAnew(loaded, *graph)))
      return failure();
    stays = findStays(buffers, starts);
    if (interval > Picoseconds())
      interval = repetitionInterval(loaded.problem, starts);
  }
  Picoseconds fitting =
      findBufferedInterval(loaded.problem, starts, stays, capacities, interval);
  isSlowed = interval < fitting;
  store(loaded, fitting);
  return verifySchedule(schedule);
}

namespace {
struct FitBuffers : public atleus::impl::FitBuffersBase<FitBuffers> {
  using FitBuffersBase::FitBuffersBase;

  void runOnOperation() override {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine))
      return signalPassFailure();
    for (auto schedule : getOperation().getOps<sched::ScheduleOp>()) {
      BufferFit fit(schedule, *machine, statesSizes);
      if (failed(fit.fit()))
        return signalPassFailure();
      numDelayed += fit.isDelayed;
      numSlowed += fit.isSlowed;
    }
  }
};
} // namespace
