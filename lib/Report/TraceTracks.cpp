// Sorts resources into processes.
#include "TraceTracks.h"

#include "TierNames.h"
#include "atleus/Report/LoadedSchedule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <numeric>

using namespace mlir;
using namespace atleus;
using Kind = TraceProcess::Kind;

static TraceProcess placeOf(const sched::Resource &resource,
                            const llvm::StringSet<> &memories,
                            const llvm::StringSet<> &hosts) {
  const noc::Node &node = resource.node;
  if (resource.kind == sched::Resource::Kind::Link &&
      noc::advance(node, resource.hop).z != node.z)
    return {Kind::Vertical, 0};
  if (resource.isNetwork())
    return {Kind::Network, node.z};
  if (memories.contains(resource.unit))
    return {Kind::Memory, 0};
  if (hosts.contains(resource.unit))
    return {Kind::Host, 0};
  return {Kind::Tier, node.z};
}

TraceTracks::TraceTracks(sched::ScheduleOp schedule,
                         ArrayRef<sched::Resource> resources)
    : tierNames(getTierNames(schedule)), order(resources.size()) {
  // The unit of kernels of the host, whatever its symbol is.
  llvm::StringSet<> memories, hosts = {"host"};
  if (arch::MachineOp machine = findMachine(schedule)) {
    for (auto memory : machine.getBody().getOps<arch::MemoryOp>())
      memories.insert(memory.getSymName());
    hosts.insert(machine.getHost().getSymName());
  }
  processes[{Kind::Machine, 0}] = 0;
  for (const auto &[level, name] : tierNames)
    processes[{Kind::Tier, level}] = 0;
  for (const sched::Resource &resource : resources) {
    places.push_back(placeOf(resource, memories, hosts));
    processes[places.back()] = 0;
  }
  int64_t number = 0;
  for (auto &[process, assigned] : processes)
    assigned = ++number;
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](unsigned a, unsigned b) {
    auto key = [&](unsigned resource) {
      return std::make_tuple(places[resource], resources[resource].node,
                             resource);
    };
    return key(a) < key(b);
  });
}

std::string TraceTracks::getName(TraceProcess process) const {
  auto tierName = [&] {
    auto found = tierNames.find(process.level);
    return found == tierNames.end() ? "tier " + std::to_string(process.level)
                                    : found->second;
  };
  switch (process.kind) {
  case Kind::Machine:
    return "machine";
  case Kind::Tier:
    return tierName();
  case Kind::Memory:
    return "memory";
  case Kind::Host:
    return "host";
  case Kind::Network:
    return "network of " + tierName();
  case Kind::Vertical:
    return "vertical links";
  }
  llvm_unreachable("unknown kind of process");
}
