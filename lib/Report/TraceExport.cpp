// Schedules as trace events.
#include "atleus/Report/TraceExport.h"
#include "TierNames.h"
#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Scheduling/LoadProblem.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

#include <cinttypes>
#include <numeric>

using namespace mlir;
using namespace atleus;
using scheduling::LoadedProblem;

/// Perfetto keeps process 0 for what runs when nothing does.
static int64_t processOf(int64_t level) { return level + 1; }

/// Picoseconds as microseconds, exactly: "12.800000".
static std::string microseconds(Picoseconds time) {
  constexpr int64_t perMicrosecond = 1000000;
  std::string text;
  llvm::raw_string_ostream(text)
      << llvm::format("%" PRId64 ".%06" PRId64, time.count() / perMicrosecond,
                      time.count() % perMicrosecond);
  return text;
}

namespace {
class TraceWriter {
public:
  TraceWriter(sched::ScheduleOp schedule, llvm::raw_ostream &os)
      : schedule(schedule), loaded(scheduling::loadProblem(schedule)),
        json(os) {}

  void write();

private:
  void writeNames();
  void writeName(StringRef what, int64_t process, unsigned thread,
                 StringRef name);
  void writeSortIndex(int64_t process, unsigned thread, int64_t index);
  void writeTask(unsigned task);
  void writeArguments(sched::TimedOpInterface op);
  void writeFlow(unsigned producer, unsigned consumer);
  void writeBuffers();
  void writeFlowEnd(StringRef phase, unsigned task, const scheduling::Use &use);
  unsigned longestAwaited(unsigned task) const;
  Picoseconds end(unsigned task) const;

  void writeTime(StringRef name, Picoseconds time) {
    json.attributeBegin(name);
    json.rawValue(microseconds(time));
    json.attributeEnd();
  }

  /// The attributes that say when and where an event is.
  void writePlace(unsigned resource, Picoseconds time) {
    json.attribute("pid", processOf(loaded.resources[resource].node.z));
    json.attribute("tid", resource + 1);
    writeTime("ts", time);
  }

  sched::ScheduleOp schedule;
  LoadedProblem loaded;
  llvm::json::OStream json;
  std::vector<llvm::SmallVector<unsigned, 4>> predecessors;
  unsigned numFlows = 0;
};
} // namespace

Picoseconds TraceWriter::end(unsigned task) const {
  sched::TimedOpInterface op = loaded.tasks[task];
  return *op.getStart() + op.getDuration();
}

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

/// Names of tiers and resources. Within a tier, units come before links and
/// ports, node by node.
void TraceWriter::writeNames() {
  std::map<int64_t, std::string> tiers = getTierNames(schedule);
  for (const sched::Resource &resource : loaded.resources)
    tiers.try_emplace(resource.node.z,
                      "tier " + std::to_string(resource.node.z));
  for (const auto &[level, name] : tiers) {
    writeName("process_name", processOf(level), 0, name);
    writeSortIndex(processOf(level), 0, level);
  }
  std::vector<unsigned> order(loaded.resources.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](unsigned a, unsigned b) {
    const sched::Resource &left = loaded.resources[a];
    const sched::Resource &right = loaded.resources[b];
    if (left.isNetwork() != right.isNetwork())
      return right.isNetwork();
    return left.node != right.node ? left.node < right.node : a < b;
  });
  for (auto [position, resource] : llvm::enumerate(order)) {
    int64_t process = processOf(loaded.resources[resource].node.z);
    writeName("thread_name", process, resource + 1,
              loaded.problem.resourceName(resource));
    writeSortIndex(process, resource + 1, position);
  }
}

void TraceWriter::writeArguments(sched::TimedOpInterface op) {
  auto write = [&](auto kernelOp) {
    json.attribute("kernel", kernelOp.getKernel());
    json.attribute("index", kernelOp.getIndex());
    if (std::optional<int64_t> energy = kernelOp.getEnergyFj())
      json.attribute("energy_fj", *energy);
  };
  json.attributeObject("args", [&] {
    if (auto task = dyn_cast<sched::TaskOp>(*op))
      write(task);
    if (auto transfer = dyn_cast<sched::TransferOp>(*op)) {
      write(transfer);
      json.attribute("bits", transfer.getBits());
      json.attribute("flits", transfer.getFlits());
    }
  });
}

void TraceWriter::writeTask(unsigned task) {
  sched::TimedOpInterface op = loaded.tasks[task];
  for (const scheduling::Use &use : loaded.problem.uses(task)) {
    json.object([&] {
      json.attribute("ph", "X");
      json.attribute("name", op.getLabel());
      json.attribute("cat", isa<sched::TaskOp>(*op) ? "task" : "transfer");
      writePlace(use.resource, *op.getStart() + use.offset);
      writeTime("dur", use.length);
      writeArguments(op);
    });
  }
}

/// The task for which `task` waits longest, through barriers.
unsigned TraceWriter::longestAwaited(unsigned task) const {
  while (isa<sched::BarrierOp>(*loaded.tasks[task]) &&
         !predecessors[task].empty())
    task = *llvm::max_element(predecessors[task], [&](unsigned a, unsigned b) {
      return end(a) < end(b);
    });
  return task;
}

/// One end of flow `numFlows`, bound to the event that begins at that time.
void TraceWriter::writeFlowEnd(StringRef phase, unsigned task,
                               const scheduling::Use &use) {
  json.object([&] {
    json.attribute("ph", phase);
    json.attribute("name", "waits");
    json.attribute("cat", "dependence");
    json.attribute("id", numFlows);
    if (phase == "f")
      json.attribute("bp", "e");
    writePlace(use.resource, *loaded.tasks[task].getStart() + use.offset);
  });
}

void TraceWriter::writeFlow(unsigned producer, unsigned consumer) {
  llvm::ArrayRef<scheduling::Use> from = loaded.problem.uses(producer);
  llvm::ArrayRef<scheduling::Use> to = loaded.problem.uses(consumer);
  if (from.empty() || to.empty())
    return;
  ++numFlows;
  writeFlowEnd("s", producer, from.back());
  writeFlowEnd("f", consumer, to.front());
}

/// A counter for each buffer in use: what one inference keeps in it.
void TraceWriter::writeBuffers() {
  auto machine = SymbolTable::lookupNearestSymbolFrom<arch::MachineOp>(
      schedule->getParentOp(), schedule.getMachineAttr());
  if (!machine)
    return;
  auto buffers = scheduling::loadBuffers(schedule, machine);
  if (failed(buffers) || buffers->periods.empty())
    return;
  auto levels = scheduling::findLevels(buffers->stays, buffers->buffers.size(),
                                       buffers->periods.front());
  for (auto [buffer, list] : llvm::zip_equal(buffers->buffers, levels)) {
    if (list.size() == 1 && list.front().size == Bits(0))
      continue;
    noc::Node node = buffer.node;
    std::string name = "buffer " + noc::toString(node);
    for (const scheduling::Level &level : list)
      json.object([&] {
        json.attribute("ph", "C");
        json.attribute("name", name);
        json.attribute("cat", "buffer");
        json.attribute("pid", processOf(node.z));
        writeTime("ts", level.time);
        json.attributeObject("args", [&] {
          json.attribute("bytes", scheduling::toBytes(level.size));
        });
      });
  }
}

void TraceWriter::write() {
  predecessors.resize(loaded.tasks.size());
  for (auto [predecessor, task] : loaded.problem.dependences())
    predecessors[task].push_back(predecessor);
  json.object([&] {
    json.attribute("displayTimeUnit", "ns");
    json.attributeObject("otherData", [&] {
      json.attribute("model", schedule.getModel().value_or(""));
      json.attribute("machine", schedule.getMachine());
    });
    json.attributeArray("traceEvents", [&] {
      writeNames();
      for (unsigned task = 0; task < loaded.tasks.size(); ++task)
        writeTask(task);
      for (auto [predecessor, task] : loaded.problem.dependences())
        writeFlow(longestAwaited(predecessor), task);
      writeBuffers();
    });
  });
}

void atleus::writeTrace(sched::ScheduleOp schedule, llvm::raw_ostream &os) {
  TraceWriter(schedule, os).write();
}
