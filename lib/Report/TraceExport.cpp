// Schedules as trace events.
#include "atleus/Report/TraceExport.h"

#include "TaskKinds.h"
#include "TraceCounters.h"
#include "TraceEvents.h"
#include "TraceTracks.h"
#include "atleus/Scheduling/CriticalChain.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/StringSaver.h"

#include <cmath>

using namespace mlir;
using namespace atleus;
using scheduling::LoadedProblem;

/// Counters have a value for each of as many steps.
static constexpr unsigned numSteps = 1000;

/// With more dependences than these, a trace has those that a task waits for
/// last: viewers draw all flows of a slice at once.
static constexpr size_t maximumFlows = 50'000;

/// The part of a tensor that a task computes: "0, 16..31, 0..767".
static void writeTile(const Tile &tile, JSONText &text) {
  text << '"';
  StringRef separator = "";
  for (auto [offset, size] : llvm::zip_equal(tile.offsets, tile.sizes)) {
    text << std::exchange(separator, ", ") << offset;
    if (size > 1)
      text << ".." << offset + size - 1;
  }
  text << '"';
}

namespace {
/// What events say of a task or a transfer, read off its op once.
struct TracedTask {
  EventName name;
  KernelKind kind = KernelKind::Transfer;
  bool isTransfer = false;
  bool isBarrier = false;
  Picoseconds end;
  /// The predecessor that ends last, of several the first.
  std::optional<unsigned> last;
};

/// The multiply-accumulates of tiles with these sizes.
struct KnownWork {
  SmallVector<int64_t, 4> sizes;
  int64_t macs = 0;
};

class TraceWriter {
public:
  TraceWriter(const LoadedSchedule &schedule, JSONText &text);

  void write();

private:
  void readTasks();
  EventName readName(StringAttr kernel, int64_t index);

  void writeNames();

  void writeTask(unsigned task);
  void writeArguments(unsigned task, EventArguments &arguments);
  void writeWaiting(unsigned task, EventArguments &arguments);
  void writeTaskArguments(sched::TaskOp task, EventArguments &arguments);
  int64_t countMacs(KernelOpInterface kernel, const Tile &tile);
  void writeChain();

  void writeFlow(unsigned producer, unsigned consumer);
  void writeFlows();
  bool hasAllFlows() const {
    return loaded.problem.dependences().size() <= maximumFlows;
  }
  unsigned longestAwaited(unsigned task) const;

  template <typename Number>
  void writeCounter(StringRef name, TraceProcess process, StringRef unit,
                    ArrayRef<Number> values, bool endsAtZero);
  void writeCounters();

  EventTrack trackOf(unsigned resource) const {
    return {processOf[resource], resource + 1};
  }
  EventTrack chainTrack() const {
    return {tracks.getNumber({}),
            static_cast<int64_t>(loaded.resources.size() + 1)};
  }

  const LoadedSchedule &schedule;
  const LoadedProblem &loaded;
  ArrayRef<Picoseconds> starts;
  JSONText &text;
  TraceEvents events;
  TaskKinds kinds;
  TraceTracks tracks;
  TimeProfile steps;
  /// The number of its process, and whether it is a memory, by resource.
  std::vector<int64_t> processOf;
  std::vector<bool> isMemory;
  std::vector<TracedTask> tasks;
  /// Names of kernels, escaped.
  llvm::BumpPtrAllocator allocator;
  llvm::DenseMap<StringAttr, StringRef> names;
  /// The work of the last tile of each kernel.
  llvm::DenseMap<Operation *, KnownWork> works;
};
} // namespace

TraceWriter::TraceWriter(const LoadedSchedule &schedule, JSONText &text)
    : schedule(schedule), loaded(schedule.loaded), starts(schedule.starts),
      text(text), events(text), kinds(schedule.op),
      tracks(schedule.op, loaded.resources),
      steps(scheduling::makespan(loaded.problem, schedule.starts), numSteps),
      tasks(loaded.tasks.size()) {
  for (unsigned i = 0; i < loaded.resources.size(); ++i) {
    TraceProcess place = tracks.findProcess(i);
    processOf.push_back(tracks.getNumber(place));
    isMemory.push_back(place.kind == TraceProcess::Kind::Memory);
  }
  readTasks();
}

EventName TraceWriter::readName(StringAttr kernel, int64_t index) {
  auto [entry, isNew] = names.try_emplace(kernel);
  if (isNew)
    entry->second = llvm::StringSaver(allocator).save(escapeJSON(kernel));
  return {entry->second, index};
}

void TraceWriter::readTasks() {
  for (auto [i, op] : llvm::enumerate(loaded.tasks)) {
    TracedTask &traced = tasks[i];
    traced.end = starts[i] + loaded.problem.duration(i);
    traced.kind = kinds.kindOf(op);
    if (auto task = dyn_cast<sched::TaskOp>(*op)) {
      traced.name = readName(task.getKernelAttr(), task.getIndex());
    } else if (auto transfer = dyn_cast<sched::TransferOp>(*op)) {
      traced.name = readName(transfer.getKernelAttr(), transfer.getIndex());
      traced.isTransfer = true;
    } else {
      traced.name.text = "barrier";
      traced.isBarrier = true;
    }
  }
  for (auto [predecessor, task] : loaded.problem.dependences()) {
    std::optional<unsigned> &last = tasks[task].last;
    if (!last || tasks[*last].end < tasks[predecessor].end)
      last = predecessor;
  }
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

void TraceWriter::writeNames() {
  for (auto [process, number] : tracks.getProcesses()) {
    events.writeName({number}, tracks.getName(process));
    events.writeSortIndex({number}, number);
  }
  events.writeName(chainTrack(), "critical chain");
  for (auto [position, resource] : llvm::enumerate(tracks.getOrder())) {
    events.writeName(trackOf(resource), loaded.problem.resourceName(resource));
    events.writeSortIndex(trackOf(resource), position);
  }
}

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

/// Most tiles of a kernel have the same sizes.
int64_t TraceWriter::countMacs(KernelOpInterface kernel, const Tile &tile) {
  KnownWork &known = works[kernel];
  if (known.sizes.empty() || known.sizes != tile.sizes)
    known = {tile.sizes, kernel.getTileWork(tile).macs()};
  return known.macs;
}

void TraceWriter::writeTaskArguments(sched::TaskOp task,
                                     EventArguments &arguments) {
  if (KernelOpInterface kernel = kinds.findKernel(task.getKernel())) {
    arguments.add("op") << '"' << kernel->getName().getStringRef() << '"';
    if (static_cast<int64_t>(task.getIndex()) < kernel.getNumTasks()) {
      Tile tile = kernel.getTaskResult(task.getIndex());
      writeTile(tile, arguments.add("tile"));
      if (int64_t macs = countMacs(kernel, tile))
        arguments.add("macs") << macs;
    }
  }
  if (std::optional<int64_t> bytes = task.getBytes())
    arguments.add("bytes") << *bytes;
  if (std::optional<int64_t> bits = task.getResultBits())
    arguments.add("result_bytes") << llvm::divideCeil(*bits, 8);
  if (std::optional<int64_t> energy = task.getEnergyFj())
    arguments.add("energy_fj") << *energy;
}

/// The last of the data that a task waits for, and how long it then waits for a
/// resource. That a transfer waits for what it moves goes without saying.
void TraceWriter::writeWaiting(unsigned task, EventArguments &arguments) {
  const TracedTask &traced = tasks[task];
  if (!traced.last)
    return;
  const TracedTask &awaited = tasks[longestAwaited(*traced.last)];
  bool isOwn = traced.isTransfer && awaited.name.text == traced.name.text &&
               awaited.name.index == traced.name.index;
  if (!isOwn || awaited.isTransfer) {
    JSONText &value = arguments.add("waits_for");
    value << '"' << (awaited.isTransfer ? "transfer of " : "")
          << awaited.name.text;
    if (awaited.name.index)
      value << '[' << *awaited.name.index << ']';
    value << '"';
  }
  Picoseconds gap = starts[task] - tasks[*traced.last].end;
  if (gap > Picoseconds())
    arguments.add("then_for_resource_ns") << toNanoseconds(gap);
}

void TraceWriter::writeArguments(unsigned task, EventArguments &arguments) {
  Operation *op = loaded.tasks[task];
  if (auto taskOp = dyn_cast<sched::TaskOp>(op))
    writeTaskArguments(taskOp, arguments);
  if (auto transfer = dyn_cast<sched::TransferOp>(op)) {
    arguments.add("bits") << transfer.getBits();
    arguments.add("flits") << transfer.getFlits();
    if (std::optional<int64_t> energy = transfer.getEnergyFj())
      arguments.add("energy_fj") << *energy;
  }
  writeWaiting(task, arguments);
}

/// Perfetto gives a slice its colour by its name without digits. So a task is a
/// slice with the name of its kind, and within it one with its own name, which
/// has the colour of the same kernel in other layers.
void TraceWriter::writeTask(unsigned task) {
  const TracedTask &traced = tasks[task];
  bool isFirst = true;
  for (const scheduling::Use &use : loaded.problem.uses(task)) {
    KernelKind kind = isMemory[use.resource] ? KernelKind::Memory : traced.kind;
    StringRef category = styleOf(kind).name;
    // Most slices of a trace are later parts of transfers.
    bool isPart = kind == KernelKind::Transfer && !isFirst;
    auto write = [&](const EventName &name,
                     TraceEvents::WriteArguments writeArguments) {
      events.writeSlice(name, isPart ? "" : category, trackOf(use.resource),
                        starts[task] + use.offset, use.length, writeArguments);
    };
    if (kind != KernelKind::Transfer)
      write({category}, nullptr);
    // Links and ports after the first one carry the same data.
    if (isFirst)
      write(traced.name, [&](EventArguments &arguments) {
        writeArguments(task, arguments);
      });
    else
      write(traced.name, nullptr);
    isFirst = false;
  }
}

/// What the schedule's length comes from, one after another on one track.
void TraceWriter::writeChain() {
  Picoseconds last;
  for (const scheduling::ChainLink &link :
       scheduling::findCriticalChain(loaded.problem, schedule.starts)) {
    const TracedTask &traced = tasks[link.task];
    if (traced.isBarrier)
      continue;
    // The parts of two transfers may pass through a port before the first one
    // has ended.
    Picoseconds begin = std::max(starts[link.task], last);
    last = std::max(last, traced.end);
    auto write = [&](const EventName &name,
                     TraceEvents::WriteArguments writeArguments) {
      events.writeSlice(name, "critical", chainTrack(), begin, last - begin,
                        writeArguments);
    };
    write({styleOf(traced.kind).name}, nullptr);
    write(traced.name, [&](EventArguments &arguments) {
      arguments.add("waits_for")
          << (link.awaited == scheduling::Awaited::Nothing ? R"("nothing")"
              : link.awaited == scheduling::Awaited::Data  ? R"("data")"
                                                           : R"("resource")");
    });
  }
}

//===----------------------------------------------------------------------===//
// Flows
//===----------------------------------------------------------------------===//

/// The task for which `task` waits longest, through barriers.
unsigned TraceWriter::longestAwaited(unsigned task) const {
  while (tasks[task].isBarrier && tasks[task].last)
    task = *tasks[task].last;
  return task;
}

/// A flow whose data comes as the consumer starts is `critical`.
void TraceWriter::writeFlow(unsigned producer, unsigned consumer) {
  ArrayRef<scheduling::Use> from = loaded.problem.uses(producer);
  ArrayRef<scheduling::Use> to = loaded.problem.uses(consumer);
  if (from.empty() || to.empty())
    return;
  bool isCritical = tasks[producer].end == starts[consumer];
  events.writeFlow(
      isCritical ? "critical" : "waits", trackOf(from.back().resource),
      starts[producer] + from.back().offset, trackOf(to.front().resource),
      starts[consumer] + to.front().offset);
}

void TraceWriter::writeFlows() {
  if (hasAllFlows()) {
    for (auto [predecessor, task] : loaded.problem.dependences())
      writeFlow(longestAwaited(predecessor), task);
    return;
  }
  for (unsigned task = 0; task < tasks.size(); ++task)
    if (tasks[task].last)
      writeFlow(longestAwaited(*tasks[task].last), task);
}

//===----------------------------------------------------------------------===//
// Counters
//===----------------------------------------------------------------------===//

/// Microwatts are the least that matters; sums of floats differ in last digits.
static double roundValue(double value) { return std::round(value * 1e6) / 1e6; }
static int64_t roundValue(int64_t bytes) { return bytes; }

/// A value for each step in which it changes.
template <typename Number>
void TraceWriter::writeCounter(StringRef name, TraceProcess process,
                               StringRef unit, ArrayRef<Number> values,
                               bool endsAtZero) {
  int64_t number = tracks.getNumber(process);
  int64_t written = -1;
  std::optional<decltype(roundValue(values.front()))> last;
  for (auto [step, exact] : llvm::enumerate(values)) {
    auto value = roundValue(exact);
    // Steps shorter than a nanosecond begin at the same one.
    Picoseconds time = steps.getBegin(step);
    if (value == last || toNanoseconds(time) == written)
      continue;
    written = toNanoseconds(time);
    last = value;
    events.writeCounter(name, number, unit, time, value);
  }
  Picoseconds makespan = steps.getBegin(values.size());
  if (endsAtZero && toNanoseconds(makespan) > written)
    events.writeCounter(name, number, unit, makespan, 0);
}

void TraceWriter::writeCounters() {
  Picoseconds makespan = steps.getBegin(numSteps);
  for (const auto &[process, power] :
       readPower(schedule, tracks, makespan, numSteps))
    writeCounter("power", process, "W", ArrayRef(power.getMeans()), true);
  std::vector<double> links =
      readLinks(schedule, makespan, numSteps).getMeans();
  if (llvm::any_of(links, [](double count) { return count > 0; }))
    writeCounter("links in use", {}, "links", ArrayRef(links), true);
  for (const auto &[level, buffers] : readBufferLevels(schedule, steps)) {
    TraceProcess tier{TraceProcess::Kind::Tier, level};
    writeCounter("all buffers", tier, "bytes", ArrayRef(buffers.total), false);
    writeCounter("fullest buffer", tier, "bytes", ArrayRef(buffers.fullest),
                 false);
  }
}

void TraceWriter::write() {
  sched::ScheduleOp op = schedule.op;
  text << R"({"displayTimeUnit":"ns","otherData":{"model":")"
       << escapeJSON(op.getModel().value_or("")) << R"(","machine":")"
       << escapeJSON(op.getMachine()) << R"(","flows":")"
       << (hasAllFlows() ? "all dependences" : "last dependence of each task")
       << R"("},"traceEvents":[)";
  writeNames();
  for (unsigned task = 0; task < tasks.size(); ++task)
    writeTask(task);
  writeChain();
  writeFlows();
  writeCounters();
  text << "\n]}\n";
}

void atleus::writeTrace(const LoadedSchedule &schedule, llvm::raw_ostream &os) {
  JSONText text(os);
  TraceWriter(schedule, text).write();
}

void atleus::writeTrace(sched::ScheduleOp schedule, llvm::raw_ostream &os) {
  FailureOr<LoadedSchedule> loaded = loadSchedule(schedule);
  if (succeeded(loaded))
    writeTrace(*loaded, os);
}
