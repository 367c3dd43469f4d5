// Schedules as trace events.
#include "atleus/Report/TraceExport.h"

#include "TaskKinds.h"
#include "TraceCounters.h"
#include "TraceTracks.h"
#include "atleus/Scheduling/CriticalChain.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <charconv>
#include <cmath>

using namespace mlir;
using namespace atleus;
using scheduling::LoadedProblem;

/// Counters have a value for each of as many steps.
static constexpr unsigned numSteps = 1000;

/// With more dependences than these, a trace has those that a task waits for
/// last: viewers draw all flows of a slice at once.
static constexpr size_t maximumFlows = 50'000;

/// Whole nanoseconds, which is what Perfetto stores: were begin and length
/// rounded one by one, events that touch would overlap there.
static int64_t toNanoseconds(Picoseconds time) { return time.count() / 1000; }

/// A trace is mostly events of few kinds. Their text is put together here: with
/// llvm::json it takes three times as long.
static void append(llvm::SmallVectorImpl<char> &text, StringRef part) {
  text.append(part.begin(), part.end());
}

static void append(llvm::SmallVectorImpl<char> &text, int64_t number) {
  char digits[24];
  text.append(digits, std::to_chars(digits, std::end(digits), number).ptr);
}

/// As microseconds, the unit of the format: "12.800".
static void appendTime(llvm::SmallVectorImpl<char> &text, int64_t nanoseconds) {
  append(text, nanoseconds / 1000);
  int64_t rest = nanoseconds % 1000;
  text.append({'.', static_cast<char>('0' + rest / 100),
               static_cast<char>('0' + rest / 10 % 10),
               static_cast<char>('0' + rest % 10)});
}

static void appendPlace(llvm::SmallVectorImpl<char> &text, int64_t process,
                        unsigned thread) {
  append(text, R"(,"pid":)");
  append(text, process);
  append(text, R"(,"tid":)");
  append(text, int64_t(thread));
}

static std::string quote(StringRef name) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(name);
  return text;
}

/// The part of a tensor that a task computes: "0, 16..31, 0..767".
static std::string describeTile(const Tile &tile) {
  std::string text;
  for (auto [offset, size] : llvm::zip_equal(tile.offsets, tile.sizes)) {
    text += (text.empty() ? "" : ", ") + std::to_string(offset);
    if (size > 1)
      text += ".." + std::to_string(offset + size - 1);
  }
  return text;
}

namespace {
class TraceWriter {
public:
  TraceWriter(sched::ScheduleOp schedule, llvm::raw_ostream &os);

  void write();

private:
  void writeNames();
  void writeName(StringRef what, int64_t process, unsigned thread,
                 StringRef name);
  void writeSortIndex(int64_t process, unsigned thread, int64_t index);

  using OStream = llvm::json::OStream;
  using WriteArguments = llvm::function_ref<void(OStream &)>;

  void writeTask(unsigned task);
  void writeSlice(StringRef name, StringRef category, int64_t process,
                  unsigned thread, Picoseconds begin, Picoseconds length,
                  WriteArguments writeArguments = nullptr);
  void writeArguments(unsigned task, OStream &arguments);
  void writeWaiting(unsigned task, OStream &arguments);
  void writeTaskArguments(sched::TaskOp task, OStream &arguments);

  void writeFlow(unsigned producer, unsigned consumer);
  void writeFlowEnd(StringRef phase, StringRef name, unsigned task,
                    const scheduling::Use &use);
  void writeFlows();
  bool hasAllFlows() const {
    return loaded.problem.dependences().size() <= maximumFlows;
  }
  unsigned lastPredecessor(unsigned task) const;
  unsigned longestAwaited(unsigned task) const;
  void writeChain();

  template <typename Number>
  void writeCounter(StringRef name, TraceProcess process, StringRef unit,
                    ArrayRef<Number> values, bool endsAtZero);
  void writeCounterValue(StringRef name, TraceProcess process, StringRef unit,
                         Picoseconds time, const llvm::json::Value &value);
  void writeCounters();

  Picoseconds end(unsigned task) const {
    sched::TimedOpInterface op = loaded.tasks[task];
    return *op.getStart() + op.getDuration();
  }
  int64_t processOf(unsigned resource) const {
    return tracks.getNumber(tracks.findProcess(resource));
  }

  sched::ScheduleOp schedule;
  LoadedProblem loaded;
  TaskKinds kinds;
  TraceTracks tracks;
  llvm::json::OStream json;
  scheduling::Starts starts;
  TimeProfile steps;
  std::vector<llvm::SmallVector<unsigned, 4>> predecessors;
  unsigned numFlows = 0;
};
} // namespace

TraceWriter::TraceWriter(sched::ScheduleOp schedule, llvm::raw_ostream &os)
    : schedule(schedule), loaded(scheduling::loadProblem(schedule)),
      kinds(schedule), tracks(schedule, loaded.resources), json(os),
      steps(Picoseconds(), numSteps), predecessors(loaded.tasks.size()) {
  for (sched::TimedOpInterface op : loaded.tasks)
    starts.push_back(*op.getStart());
  steps = TimeProfile(scheduling::makespan(loaded.problem, starts), numSteps);
  for (auto [predecessor, task] : loaded.problem.dependences())
    predecessors[task].push_back(predecessor);
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

void TraceWriter::writeName(StringRef what, int64_t process, unsigned thread,
                            StringRef name) {
  json.object([&] {
    json.attribute("ph", "M");
    json.attribute("name", what);
    json.attribute("pid", process);
    if (thread != 0)
      json.attribute("tid", thread);
    json.attributeObject("args", [&] { json.attribute("name", name); });
  });
}

void TraceWriter::writeSortIndex(int64_t process, unsigned thread,
                                 int64_t index) {
  json.object([&] {
    json.attribute("ph", "M");
    json.attribute("name", thread ? "thread_sort_index" : "process_sort_index");
    json.attribute("pid", process);
    if (thread != 0)
      json.attribute("tid", thread);
    json.attributeObject("args", [&] { json.attribute("sort_index", index); });
  });
}

void TraceWriter::writeNames() {
  for (auto [process, number] : tracks.getProcesses()) {
    writeName("process_name", number, 0, tracks.getName(process));
    writeSortIndex(number, 0, number);
  }
  writeName("thread_name", tracks.getNumber({}), loaded.resources.size() + 1,
            "critical chain");
  for (auto [position, resource] : llvm::enumerate(tracks.getOrder())) {
    writeName("thread_name", processOf(resource), resource + 1,
              loaded.problem.resourceName(resource));
    writeSortIndex(processOf(resource), resource + 1, position);
  }
}

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

/// `name` is quoted.
void TraceWriter::writeSlice(StringRef name, StringRef category,
                             int64_t process, unsigned thread,
                             Picoseconds begin, Picoseconds length,
                             WriteArguments writeArguments) {
  int64_t from = toNanoseconds(begin), to = toNanoseconds(begin + length);
  SmallString<256> event(R"({"ph":"X","name":)");
  append(event, name);
  if (!category.empty()) {
    append(event, R"(,"cat":")");
    append(event, category);
    append(event, "\"");
  }
  appendPlace(event, process, thread);
  append(event, R"(,"ts":)");
  appendTime(event, from);
  append(event, R"(,"dur":)");
  appendTime(event, to - from);
  if (!writeArguments) {
    append(event, "}");
    json.rawValue(event);
    return;
  }
  append(event, R"(,"args":)");
  llvm::raw_ostream &os = json.rawValueBegin();
  os << event;
  {
    llvm::json::OStream arguments(os);
    arguments.object([&] { writeArguments(arguments); });
  }
  os << '}';
  json.rawValueEnd();
}

void TraceWriter::writeTaskArguments(sched::TaskOp task, OStream &arguments) {
  if (KernelOpInterface kernel = kinds.findKernel(task.getKernel())) {
    arguments.attribute("op", kernel->getName().getStringRef());
    if (static_cast<int64_t>(task.getIndex()) < kernel.getNumTasks()) {
      Tile tile = kernel.getTaskResult(task.getIndex());
      arguments.attribute("tile", describeTile(tile));
      if (int64_t macs = kernel.getTileWork(tile).macs())
        arguments.attribute("macs", macs);
    }
  }
  if (std::optional<int64_t> bytes = task.getBytes())
    arguments.attribute("bytes", *bytes);
  if (std::optional<int64_t> bits = task.getResultBits())
    arguments.attribute("result_bytes", llvm::divideCeil(*bits, 8));
  if (std::optional<int64_t> energy = task.getEnergyFj())
    arguments.attribute("energy_fj", *energy);
}

/// The last of the data that a task waits for, and how long it then waits for a
/// resource.
void TraceWriter::writeWaiting(unsigned task, OStream &arguments) {
  if (predecessors[task].empty())
    return;
  unsigned last =
      *llvm::max_element(predecessors[task], [&](unsigned a, unsigned b) {
        return end(a) < end(b);
      });
  Picoseconds gap = starts[task] - end(last);
  sched::TimedOpInterface awaited = loaded.tasks[longestAwaited(last)];
  bool isTransfer = isa<sched::TransferOp>(*awaited);
  arguments.attribute("waits_for", (isTransfer ? "transfer of " : "") +
                                       getChartName(awaited));
  if (gap > Picoseconds())
    arguments.attribute("then_for_resource_ns", toNanoseconds(gap));
}

void TraceWriter::writeArguments(unsigned task, OStream &arguments) {
  sched::TimedOpInterface op = loaded.tasks[task];
  if (auto taskOp = dyn_cast<sched::TaskOp>(*op))
    writeTaskArguments(taskOp, arguments);
  if (auto transfer = dyn_cast<sched::TransferOp>(*op)) {
    arguments.attribute("bits", transfer.getBits());
    arguments.attribute("flits", transfer.getFlits());
    if (std::optional<int64_t> energy = transfer.getEnergyFj())
      arguments.attribute("energy_fj", *energy);
  }
  writeWaiting(task, arguments);
}

/// Perfetto gives a slice its colour by its name without digits. So a task is a
/// slice with the name of its kind, and within it one with its own name, which
/// has the colour of the same kernel in other layers.
void TraceWriter::writeTask(unsigned task) {
  sched::TimedOpInterface op = loaded.tasks[task];
  std::string name = quote(getChartName(op));
  bool isFirst = true;
  for (const scheduling::Use &use : loaded.problem.uses(task)) {
    TraceProcess place = tracks.findProcess(use.resource);
    bool isMemory = place.kind == TraceProcess::Kind::Memory;
    KernelKind kind = isMemory ? KernelKind::Memory : kinds.kindOf(op);
    StringRef category = styleOf(kind).name;
    Picoseconds begin = starts[task] + use.offset;
    // Most slices of a trace are later parts of transfers.
    bool isPart = kind == KernelKind::Transfer && !isFirst;
    auto write = [&](StringRef slice, WriteArguments arguments) {
      writeSlice(slice, isPart ? "" : category, processOf(use.resource),
                 use.resource + 1, begin, use.length, arguments);
    };
    if (kind != KernelKind::Transfer)
      write(quote(category), nullptr);
    // Links and ports after the first one carry the same data.
    if (isFirst)
      write(name, [&](OStream &os) { writeArguments(task, os); });
    else
      write(name, nullptr);
    isFirst = false;
  }
}

/// What the schedule's length comes from, one after another on one track.
void TraceWriter::writeChain() {
  Picoseconds last;
  for (const scheduling::ChainLink &link :
       scheduling::findCriticalChain(loaded.problem, starts)) {
    sched::TimedOpInterface op = loaded.tasks[link.task];
    if (isa<sched::BarrierOp>(*op))
      continue;
    // The parts of two transfers may pass through a port before the first one
    // has ended.
    Picoseconds begin = std::max(starts[link.task], last);
    last = std::max(last, end(link.task));
    StringRef kind = styleOf(kinds.kindOf(op)).name;
    unsigned thread = loaded.resources.size() + 1;
    auto write = [&](StringRef name, WriteArguments arguments) {
      writeSlice(name, "critical", tracks.getNumber({}), thread, begin,
                 last - begin, arguments);
    };
    write(quote(kind), nullptr);
    write(quote(getChartName(op)), [&](OStream &os) {
      os.attribute("waits_for",
                   link.awaited == scheduling::Awaited::Nothing ? "nothing"
                   : link.awaited == scheduling::Awaited::Data  ? "data"
                                                                : "resource");
    });
  }
}

//===----------------------------------------------------------------------===//
// Flows
//===----------------------------------------------------------------------===//

/// The predecessor that ends last; of several the first. There is one.
unsigned TraceWriter::lastPredecessor(unsigned task) const {
  return *llvm::max_element(predecessors[task], [&](unsigned a, unsigned b) {
    return end(a) < end(b);
  });
}

/// The task for which `task` waits longest, through barriers.
unsigned TraceWriter::longestAwaited(unsigned task) const {
  while (isa<sched::BarrierOp>(*loaded.tasks[task]) &&
         !predecessors[task].empty())
    task = lastPredecessor(task);
  return task;
}

/// One end of flow `numFlows`, bound to the event that begins at that time.
void TraceWriter::writeFlowEnd(StringRef phase, StringRef name, unsigned task,
                               const scheduling::Use &use) {
  SmallString<128> event(R"({"ph":")");
  append(event, phase);
  append(event, R"(","name":")");
  append(event, name);
  append(event, R"(","cat":"dependence","id":)");
  append(event, int64_t(numFlows));
  if (phase == "f")
    append(event, R"(,"bp":"e")");
  appendPlace(event, processOf(use.resource), use.resource + 1);
  append(event, R"(,"ts":)");
  appendTime(event, toNanoseconds(starts[task] + use.offset));
  append(event, "}");
  json.rawValue(event);
}

/// A flow whose data comes as the consumer starts is `critical`.
void TraceWriter::writeFlow(unsigned producer, unsigned consumer) {
  ArrayRef<scheduling::Use> from = loaded.problem.uses(producer);
  ArrayRef<scheduling::Use> to = loaded.problem.uses(consumer);
  if (from.empty() || to.empty())
    return;
  ++numFlows;
  StringRef name = end(producer) == starts[consumer] ? "critical" : "waits";
  writeFlowEnd("s", name, producer, from.back());
  writeFlowEnd("f", name, consumer, to.front());
}

void TraceWriter::writeFlows() {
  if (hasAllFlows()) {
    for (auto [predecessor, task] : loaded.problem.dependences())
      writeFlow(longestAwaited(predecessor), task);
    return;
  }
  for (unsigned task = 0; task < loaded.tasks.size(); ++task)
    if (!predecessors[task].empty())
      writeFlow(longestAwaited(lastPredecessor(task)), task);
}

//===----------------------------------------------------------------------===//
// Counters
//===----------------------------------------------------------------------===//

void TraceWriter::writeCounterValue(StringRef name, TraceProcess process,
                                    StringRef unit, Picoseconds time,
                                    const llvm::json::Value &value) {
  json.object([&] {
    json.attribute("ph", "C");
    json.attribute("name", name);
    json.attribute("pid", tracks.getNumber(process));
    SmallString<32> text;
    appendTime(text, toNanoseconds(time));
    json.attributeBegin("ts");
    json.rawValue(text);
    json.attributeEnd();
    json.attributeObject("args", [&] { json.attribute(unit, value); });
  });
}

/// Microwatts are the least that matters; sums of floats differ in last digits.
static double roundValue(double value) { return std::round(value * 1e6) / 1e6; }
static int64_t roundValue(int64_t bytes) { return bytes; }

/// A value for each step in which it changes.
template <typename Number>
void TraceWriter::writeCounter(StringRef name, TraceProcess process,
                               StringRef unit, ArrayRef<Number> values,
                               bool endsAtZero) {
  int64_t written = -1;
  for (auto [step, exact] : llvm::enumerate(values)) {
    auto value = roundValue(exact);
    if (step > 0 && value == roundValue(values[step - 1]))
      continue;
    // Steps shorter than a nanosecond begin at the same one.
    Picoseconds time = steps.getBegin(step);
    if (toNanoseconds(time) == written)
      continue;
    written = toNanoseconds(time);
    writeCounterValue(name, process, unit, time, value);
  }
  Picoseconds makespan = steps.getBegin(values.size());
  if (endsAtZero && toNanoseconds(makespan) > written)
    writeCounterValue(name, process, unit, makespan, 0);
}

void TraceWriter::writeCounters() {
  Picoseconds makespan = steps.getBegin(numSteps);
  for (const auto &[process, power] :
       readPower(schedule, loaded, tracks, makespan, numSteps))
    writeCounter("power", process, "W", ArrayRef(power.getMeans()), true);
  std::vector<double> links = readLinks(loaded, makespan, numSteps).getMeans();
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
  json.object([&] {
    json.attribute("displayTimeUnit", "ns");
    json.attributeObject("otherData", [&] {
      json.attribute("model", schedule.getModel().value_or(""));
      json.attribute("machine", schedule.getMachine());
      json.attribute("flows", hasAllFlows() ? "all dependences"
                                            : "last dependence of each task");
    });
    json.attributeArray("traceEvents", [&] {
      writeNames();
      for (unsigned task = 0; task < loaded.tasks.size(); ++task)
        writeTask(task);
      writeChain();
      writeFlows();
      writeCounters();
    });
  });
}

void atleus::writeTrace(sched::ScheduleOp schedule, llvm::raw_ostream &os) {
  TraceWriter(schedule, os).write();
}
