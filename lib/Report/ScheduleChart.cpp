// Adds up what is in use over time.
#include "atleus/Report/ScheduleChart.h"

#include "TaskKinds.h"
#include "TraceTracks.h"
#include "atleus/Report/TimeProfile.h"
#include "atleus/Scheduling/CriticalChain.h"
#include "atleus/Scheduling/LoadProblem.h"

#include <algorithm>
#include <set>

using namespace mlir;
using namespace atleus;

double ChartRow::getMean() const {
  double sum = 0;
  size_t numSteps = 0;
  for (const std::vector<double> &steps : inUse) {
    numSteps = std::max(numSteps, steps.size());
    for (double value : steps)
      sum += value;
  }
  return numSteps == 0 ? 0 : sum / numSteps;
}

double ChartRow::getPeak() const {
  double peak = 0;
  for (size_t step = 0; step < inUse.front().size(); ++step) {
    double sum = 0;
    for (const std::vector<double> &steps : inUse)
      sum += steps[step];
    peak = std::max(peak, sum);
  }
  return peak;
}

namespace {
/// A row as it is filled.
struct RowProfile {
  RowProfile(Picoseconds makespan, unsigned numSteps)
      : kinds(numKernelKinds, TimeProfile(makespan, numSteps)) {}

  std::vector<TimeProfile> kinds;
  std::set<unsigned> resources;
  std::vector<std::pair<Picoseconds, Picoseconds>> critical;
};

class ChartBuilder {
public:
  ChartBuilder(sched::ScheduleOp schedule, unsigned numSteps);

  ScheduleChart build();

private:
  /// Links of all tiers are one row, ports are in none.
  std::optional<TraceProcess> findRow(unsigned resource) const;
  RowProfile &getRow(TraceProcess place);
  void addTask(unsigned task);
  void addChain();

  scheduling::LoadedProblem loaded;
  TaskKinds kinds;
  TraceTracks tracks;
  unsigned numSteps;
  scheduling::Starts starts;
  ScheduleChart chart;
  std::map<TraceProcess, RowProfile> rows;
};
} // namespace

ChartBuilder::ChartBuilder(sched::ScheduleOp schedule, unsigned numSteps)
    : loaded(scheduling::loadProblem(schedule)), kinds(schedule),
      tracks(schedule, loaded.resources), numSteps(numSteps) {
  for (sched::TimedOpInterface op : loaded.tasks)
    starts.push_back(*op.getStart());
  chart.makespan = scheduling::makespan(loaded.problem, starts);
}

std::optional<TraceProcess> ChartBuilder::findRow(unsigned resource) const {
  switch (loaded.resources[resource].kind) {
  case sched::Resource::Kind::Unit:
    return tracks.findProcess(resource);
  case sched::Resource::Kind::Link:
    return TraceProcess{TraceProcess::Kind::Network, 0};
  case sched::Resource::Kind::InjectionPort:
  case sched::Resource::Kind::EjectionPort:
    return std::nullopt;
  }
  llvm_unreachable("unknown kind of resource");
}

RowProfile &ChartBuilder::getRow(TraceProcess place) {
  return rows.try_emplace(place, chart.makespan, numSteps).first->second;
}

void ChartBuilder::addTask(unsigned task) {
  for (const scheduling::Use &use : loaded.problem.uses(task)) {
    std::optional<TraceProcess> place = findRow(use.resource);
    if (!place)
      continue;
    bool isMemory = place->kind == TraceProcess::Kind::Memory;
    KernelKind kind =
        isMemory ? KernelKind::Memory : kinds.kindOf(loaded.tasks[task]);
    Picoseconds begin = starts[task] + use.offset;
    RowProfile &row = getRow(*place);
    row.resources.insert(use.resource);
    row.kinds[static_cast<unsigned>(kind)].add(begin, begin + use.length, 1);
  }
}

/// Marks the rows where the critical chain is. A transfer between neighbours
/// that share a node has no link, and is in no row.
void ChartBuilder::addChain() {
  for (const scheduling::ChainLink &link :
       scheduling::findCriticalChain(loaded.problem, starts)) {
    sched::TimedOpInterface op = loaded.tasks[link.task];
    Picoseconds begin = starts[link.task];
    Picoseconds length = loaded.problem.duration(link.task);
    if (length == Picoseconds())
      continue;
    chart.criticalTimes[static_cast<unsigned>(kinds.kindOf(op))] += length;
    for (const scheduling::Use &use : loaded.problem.uses(link.task)) {
      std::optional<TraceProcess> place = findRow(use.resource);
      if (!place)
        continue;
      getRow(*place).critical.emplace_back(begin, begin + length);
      break;
    }
  }
}

ScheduleChart ChartBuilder::build() {
  std::vector<NamedSpan> spans;
  for (unsigned task = 0; task < loaded.tasks.size(); ++task) {
    addTask(task);
    if (isa<sched::TaskOp>(*loaded.tasks[task]) &&
        kinds.kindOf(loaded.tasks[task]) != KernelKind::Memory)
      spans.push_back({getKernelOf(loaded.tasks[task]), starts[task],
                       starts[task] + loaded.problem.duration(task)});
  }
  addChain();
  chart.layers = findLayers(spans);
  for (auto &[place, profile] : rows) {
    bool isNetwork = place.kind == TraceProcess::Kind::Network;
    ChartRow &row = chart.rows.emplace_back();
    row.name = isNetwork ? "links" : tracks.getName(place);
    row.count = profile.resources.size();
    row.critical = std::move(profile.critical);
    for (unsigned kind = 0; kind < numKernelKinds; ++kind)
      row.inUse[kind] = profile.kinds[kind].getMeans();
  }
  return std::move(chart);
}

ScheduleChart ScheduleChart::make(sched::ScheduleOp schedule,
                                  unsigned numSteps) {
  return ChartBuilder(schedule, numSteps).build();
}
