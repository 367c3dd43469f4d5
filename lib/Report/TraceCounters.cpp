// Adds up power, links and buffers over time.
#include "TraceCounters.h"

#include "dialects/Interfaces/Interfaces.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atleus;
using Kind = TraceProcess::Kind;

//===----------------------------------------------------------------------===//
// Power
//===----------------------------------------------------------------------===//

/// 1 fJ/ps = 1 mW.
static double toWatts(int64_t femtojoules, Picoseconds time) {
  return femtojoules * 1e-3 / time.count();
}

static std::optional<int64_t> getEnergy(sched::TimedOpInterface op) {
  return llvm::TypeSwitch<Operation *, std::optional<int64_t>>(op)
      .Case<sched::TaskOp, sched::TransferOp>(
          [](auto timed) { return timed.getEnergyFj(); })
      .Default(std::nullopt);
}

/// What leaks at the nodes of each level, in fJ during the makespan.
static std::map<int64_t, int64_t> readLeakage(sched::SummaryOp summary,
                                              arch::MachineOp machine) {
  std::map<int64_t, int64_t> leakage;
  if (!summary || !machine || !summary.getNodeLeakageFj())
    return leakage;
  ArrayRef<int64_t> dims = machine.getNoC().getDims();
  for (auto [i, energy] : llvm::enumerate(*summary.getNodeLeakageFj()))
    leakage[i / (dims[0] * dims[1])] += energy;
  return leakage;
}

std::map<TraceProcess, TimeProfile>
atleus::readPower(const LoadedSchedule &schedule, const TraceTracks &tracks,
                  Picoseconds makespan, unsigned numSteps) {
  std::map<TraceProcess, TimeProfile> power;
  auto add = [&](TraceProcess process, Picoseconds begin, Picoseconds end,
                 double watts) {
    power.try_emplace(process, makespan, numSteps)
        .first->second.add(begin, end, watts);
  };
  const scheduling::Problem &problem = schedule.loaded.problem;
  for (auto [task, op] : llvm::enumerate(schedule.loaded.tasks)) {
    int64_t energy = getEnergy(op).value_or(0);
    Picoseconds begin = schedule.starts[task];
    Picoseconds end = begin + problem.duration(task);
    if (energy == 0 || begin == end)
      continue;
    double watts = toWatts(energy, end - begin);
    add({}, begin, end, watts);
    // A task holds its unit first.
    TraceProcess place =
        tracks.findProcess(problem.uses(task).front().resource);
    if (place.kind == Kind::Tier)
      add(place, begin, end, watts);
  }
  if (power.empty())
    return power;
  sched::ScheduleOp op = schedule.op;
  sched::SummaryOp summary = op.getSummary();
  for (auto [level, energy] : readLeakage(summary, findMachine(op)))
    if (tracks.getProcesses().count({Kind::Tier, level}))
      add({Kind::Tier, level}, Picoseconds(), makespan,
          toWatts(energy, makespan));
  auto energies = summary ? summary.getEnergyFjAttr() : DictionaryAttr();
  if (auto idle = energies ? energies.getAs<IntegerAttr>(
                                 stringify(EnergyComponent::Leakage))
                           : IntegerAttr())
    add({}, Picoseconds(), makespan, toWatts(idle.getInt(), makespan));
  return power;
}

TimeProfile atleus::readLinks(const LoadedSchedule &schedule,
                              Picoseconds makespan, unsigned numSteps) {
  TimeProfile links(makespan, numSteps);
  const scheduling::LoadedProblem &loaded = schedule.loaded;
  for (unsigned task = 0; task < loaded.problem.numTasks(); ++task) {
    for (const scheduling::Use &use : loaded.problem.uses(task)) {
      if (loaded.resources[use.resource].kind != sched::Resource::Kind::Link)
        continue;
      Picoseconds begin = schedule.starts[task] + use.offset;
      links.add(begin, begin + use.length, 1);
    }
  }
  return links;
}

//===----------------------------------------------------------------------===//
// Buffers
//===----------------------------------------------------------------------===//

namespace {
/// Follows how full the buffers of one tier are.
class TierLevels {
public:
  explicit TierLevels(unsigned numBuffers) : sizes(numBuffers) {}

  void set(unsigned buffer, Bits size) {
    Bits before = std::exchange(sizes[buffer], size);
    total = total - before + size;
    if (size >= fullest)
      fullest = size;
    else if (before == fullest)
      fullest = *llvm::max_element(sizes);
  }
  int64_t totalBytes() const { return scheduling::toBytes(total); }
  int64_t fullestBytes() const { return scheduling::toBytes(fullest); }

private:
  Bits total, fullest;
  /// By buffer.
  std::vector<Bits> sizes;
};

struct LevelChange {
  Picoseconds time;
  unsigned buffer = 0;
  Bits size;
};
} // namespace

/// What `changes`, in the order of time, make of the steps.
static BufferProfile profileTier(ArrayRef<LevelChange> changes,
                                 unsigned numBuffers,
                                 const TimeProfile &steps) {
  BufferProfile profile;
  TierLevels levels(numBuffers);
  const LevelChange *next = changes.begin();
  for (unsigned step = 0; step < steps.numSteps(); ++step) {
    // What lies there as the step begins counts, too.
    int64_t total = levels.totalBytes(), fullest = levels.fullestBytes();
    bool isFirst = true;
    Picoseconds end = steps.getBegin(step + 1);
    while (next != changes.end() && next->time < end) {
      Picoseconds time = next->time;
      for (; next != changes.end() && next->time == time; ++next)
        levels.set(next->buffer, next->size);
      if (isFirst && time == steps.getBegin(step))
        total = fullest = 0;
      isFirst = false;
      total = std::max(total, levels.totalBytes());
      fullest = std::max(fullest, levels.fullestBytes());
    }
    profile.total.push_back(total);
    profile.fullest.push_back(fullest);
  }
  return profile;
}

std::map<int64_t, BufferProfile>
atleus::readBufferLevels(const LoadedSchedule &schedule,
                         const TimeProfile &steps) {
  std::map<int64_t, BufferProfile> profiles;
  const std::optional<scheduling::LoadedBuffers> &loaded = schedule.buffers;
  if (!loaded || loaded->periods.empty())
    return profiles;
  auto levels = scheduling::findLevels(loaded->stays, loaded->buffers.size(),
                                       loaded->periods.front());
  std::map<int64_t, std::vector<LevelChange>> changes;
  for (auto [buffer, list] : llvm::enumerate(levels)) {
    if (list.size() == 1 && list.front().size == Bits(0))
      continue;
    std::vector<LevelChange> &ofTier = changes[loaded->buffers[buffer].node.z];
    for (const scheduling::Level &level : list)
      ofTier.push_back({level.time, static_cast<unsigned>(buffer), level.size});
  }
  for (auto &[level, list] : changes) {
    llvm::sort(list, [](const LevelChange &a, const LevelChange &b) {
      return a.time != b.time ? a.time < b.time : a.buffer < b.buffer;
    });
    profiles[level] = profileTier(list, levels.size(), steps);
  }
  return profiles;
}
