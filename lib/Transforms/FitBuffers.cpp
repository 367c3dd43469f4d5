// Starts tasks later where buffers would not hold what they leave.
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/BufferedScheduler.h"
#include "atleus/Scheduling/ListScheduler.h"
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
static constexpr unsigned maxSizes = 16;

namespace {
/// What the buffers of cores hold, by the names of these.
using CoreSizes = llvm::MapVector<StringRef, Bits>;

/// One schedule and the buffers of its machine.
class BufferFit {
public:
  BufferFit(sched::ScheduleOp schedule, arch::MachineOp machine,
            bool statesSizes)
      : schedule(schedule), statesSizes(statesSizes),
        buffers(loadBufferProblem(schedule, machine)),
        capacities(buffers.getCapacities()) {}

  LogicalResult fit();

  bool isDelayed = false, isSlowed = false;

private:
  LogicalResult startAnew(const LoadedGraph &loaded);
  void store(const LoadedProblem &loaded, Picoseconds interval);
  LogicalResult report(const BufferShortage &shortage,
                       const DependenceGraph &graph);
  std::string nameContributors(const BufferShortage &shortage) const;
  BufferedOrder findOrder(const CoreSizes &sizes, const DependenceGraph &graph);
  void tighten(CoreSizes &sizes, const DependenceGraph &graph);
  SmallVector<std::string> findSizes(BufferShortage shortage,
                                     const DependenceGraph &graph);

  sched::ScheduleOp schedule;
  bool statesSizes;
  LoadedBufferProblem buffers;
  std::vector<Bits> capacities;
  Starts starts;
};
} // namespace

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

/// An order of the steps if the buffers of some cores have other sizes.
BufferedOrder BufferFit::findOrder(const CoreSizes &sizes,
                                   const DependenceGraph &graph) {
  std::vector<Bits> changed = capacities;
  for (auto [buffer, capacity] : llvm::zip_equal(buffers.buffers, changed))
    if (const auto *size = sizes.find(buffer.tier.getCore());
        size != sizes.end())
      capacity = size->second;
  return findBufferedOrder(buffers.problem, graph, changed, starts);
}

/// Takes from each core what the steps do not need for an order, but for an
/// eighth.
void BufferFit::tighten(CoreSizes &sizes, const DependenceGraph &graph) {
  for (auto &entry : sizes) {
    Bits &size = entry.second;
    Bits tooSmall, enough = size;
    while (enough.count() / 8 + 1 < (enough - tooSmall).count()) {
      size = Bits((tooSmall + enough).count() / 2);
      (findOrder(sizes, graph).shortage ? tooSmall : enough) = size;
    }
    size = enough;
  }
}

/// Sizes of buffers, "core.buffer_bytes=N", of as few cores as need larger
/// ones, for which the steps have an order; none if none were found.
SmallVector<std::string> BufferFit::findSizes(BufferShortage shortage,
                                              const DependenceGraph &graph) {
  CoreSizes sizes;
  for (unsigned i = 0; i < maxSizes; ++i) {
    // What one step lacks, or more where many lack a little.
    Bits &size = sizes[buffers.buffers[shortage.buffer].tier.getCore()];
    size = std::max(shortage.held + shortage.needed,
                    Bits(size.count() + size.count() / 2));
    BufferedOrder order = findOrder(sizes, graph);
    if (order.shortage) {
      shortage = std::move(*order.shortage);
      continue;
    }
    tighten(sizes, graph);
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

/// Starts that are given may be far from any at which data has room: then those
/// of the list scheduler are a second beginning, with which a plan is judged
/// before it has a schedule.
LogicalResult BufferFit::startAnew(const LoadedGraph &loaded) {
  auto findFrom = [&](const Starts &first) {
    return findBufferedStarts(loaded.problem, loaded.graph, buffers.problem,
                              capacities, first);
  };
  BufferedStarts found = findFrom(starts);
  if (found.shortage) {
    Starts listed = scheduleByList(loaded.problem, loaded.graph);
    if (listed == starts)
      return report(*found.shortage, loaded.graph);
    BufferedStarts again = findFrom(listed);
    if (again.shortage)
      return report(*found.shortage, loaded.graph);
    found = std::move(again);
  }
  starts = shortenInBuffers(loaded.problem, buffers.problem, capacities,
                            std::move(found.starts));
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
  FailureOr<Starts> given = loadStarts(schedule);
  if (failed(given))
    return failure();
  starts = std::move(*given);
  std::vector<Stay> stays = findStays(buffers, starts);
  Picoseconds length;
  for (sched::TimedOpInterface op : buffers.steps)
    length = std::max(length, *op.getStart() + op.getDuration());
  Picoseconds interval(schedule.getIntervalPs().value_or(0));
  if (length == Picoseconds() ||
      (fitsBuffers(stays, capacities, length) &&
       (interval == Picoseconds() || fitsBuffers(stays, capacities, interval))))
    return success();
  FailureOr<LoadedGraph> loaded = loadGraph(schedule);
  if (failed(loaded))
    return failure();
  if (!fitsBuffers(stays, capacities, length)) {
    if (failed(startAnew(*loaded)))
      return failure();
    isDelayed = true;
    stays = findStays(buffers, starts);
    if (interval > Picoseconds())
      interval = repetitionInterval(loaded->problem, starts);
  }
  Picoseconds fitting = findBufferedInterval(loaded->problem, starts, stays,
                                             capacities, interval);
  isSlowed = interval < fitting;
  store(*loaded, fitting);
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
