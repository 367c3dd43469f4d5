// Reduces schedules to bars.
#include "atleus/Report/GanttChart.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <algorithm>

using namespace mlir;
using namespace atleus;

static constexpr llvm::StringLiteral separators = "./:";

std::string atleus::getKernelGroup(StringRef kernel) {
  SmallVector<StringRef> parts;
  llvm::SplitString(kernel, parts, separators);
  llvm::erase_if(
      parts, [](StringRef part) { return llvm::all_of(part, llvm::isDigit); });
  return llvm::join(parts, ".");
}

/// Removes the leading parts that all names share. The last part of a name
/// stays.
static void removeSharedPrefix(std::vector<std::string> &names) {
  if (names.size() < 2)
    return;
  size_t shared = names.front().rfind('.') + 1;
  for (StringRef name : names) {
    size_t common = 0;
    while (common < std::min(shared, name.size()) &&
           name[common] == names.front()[common])
      ++common;
    shared = StringRef(names.front()).take_front(common).rfind('.') + 1;
    shared = std::min(shared, name.rfind('.') + 1);
  }
  for (std::string &name : names)
    name.erase(0, shared);
}

namespace {
/// Finds the group of each kernel.
class GroupTable {
public:
  GroupTable(sched::ScheduleOp schedule, unsigned maxGroups) {
    std::map<std::string, int64_t> times;
    for (auto task : schedule.getOps<sched::TaskOp>())
      times[getKernelGroup(task.getKernel())] += task.getDurationPs();
    std::vector<std::pair<std::string, int64_t>> order(times.begin(),
                                                       times.end());
    llvm::sort(order, [](const auto &a, const auto &b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    for (auto [i, group] : llvm::enumerate(order)) {
      names.push_back(group.first);
      indices[group.first] = std::min<unsigned>(i, maxGroups - 1);
    }
    removeSharedPrefix(names);
    if (names.size() > maxGroups) {
      names.resize(maxGroups);
      names.back() = "other";
    }
  }

  unsigned find(StringRef kernel) const {
    return indices.lookup(getKernelGroup(kernel));
  }

  std::vector<std::string> names;

private:
  llvm::StringMap<unsigned> indices;
};
} // namespace

/// Joins bars of one group that overlap or nearly touch.
static std::vector<GanttBar> mergeBars(std::vector<GanttBar> bars,
                                       Picoseconds gap) {
  llvm::sort(bars, [](const GanttBar &a, const GanttBar &b) {
    return a.group != b.group ? a.group < b.group : a.begin < b.begin;
  });
  std::vector<GanttBar> merged;
  for (const GanttBar &bar : bars) {
    bool joins = !merged.empty() && merged.back().group == bar.group &&
                 bar.begin <= merged.back().end + gap;
    if (joins)
      merged.back().end = std::max(merged.back().end, bar.end);
    else
      merged.push_back(bar);
  }
  return merged;
}

/// Puts each bar into the first lane that is free. Returns the number of lanes.
static unsigned assignLanes(std::vector<GanttBar> &bars) {
  llvm::sort(bars, [](const GanttBar &a, const GanttBar &b) {
    return a.begin != b.begin ? a.begin < b.begin : a.group < b.group;
  });
  SmallVector<Picoseconds> ends;
  for (GanttBar &bar : bars) {
    auto *lane =
        llvm::find_if(ends, [&](Picoseconds end) { return end <= bar.begin; });
    bar.lane = lane - ends.begin();
    if (lane == ends.end())
      ends.push_back(bar.end);
    else
      *lane = bar.end;
  }
  return std::max<size_t>(1, ends.size());
}

/// Adds the time from `begin` to `end` to the parts that it meets.
static void addTime(std::vector<double> &parts, double begin, double end) {
  size_t first = std::clamp<double>(begin, 0, parts.size() - 1);
  for (size_t i = first; i < parts.size() && i < end; ++i)
    parts[i] += std::min<double>(end, i + 1) - std::max<double>(begin, i);
}

static std::vector<double> countLinks(sched::ScheduleOp schedule,
                                      unsigned resolution,
                                      Picoseconds makespan) {
  std::vector<double> parts(resolution);
  double scale = double(resolution) / std::max<int64_t>(1, makespan.count());
  for (auto transfer : schedule.getOps<sched::TransferOp>())
    for (const sched::Reservation &use : transfer.getReservations()) {
      if (use.resource.kind != sched::Resource::Kind::Link)
        continue;
      Picoseconds begin = *transfer.getStart() + use.offset;
      addTime(parts, begin.count() * scale,
              (begin + use.length).count() * scale);
    }
  return parts;
}

GanttChart GanttChart::make(sched::ScheduleOp schedule, unsigned resolution,
                            unsigned maxGroups) {
  GanttChart chart;
  GroupTable groups(schedule, maxGroups);
  std::map<noc::Node, std::vector<GanttBar>> bars;
  for (auto task : schedule.getOps<sched::TaskOp>()) {
    Picoseconds begin = *task.getStart();
    bars[task.getNode().getNode()].push_back(
        {begin, begin + task.getDuration(), groups.find(task.getKernel())});
  }
  for (auto op : schedule.getOps<sched::TimedOpInterface>())
    chart.makespan =
        std::max(chart.makespan, *op.getStart() + op.getDuration());
  Picoseconds part(chart.makespan.count() / resolution);
  for (auto &[node, nodeBars] : bars) {
    GanttRow row;
    row.node = node;
    row.bars = mergeBars(std::move(nodeBars), part);
    row.numLanes = assignLanes(row.bars);
    chart.rows.push_back(std::move(row));
  }
  chart.groups = std::move(groups.names);
  chart.linksInUse = countLinks(schedule, resolution, chart.makespan);
  return chart;
}
