// Where the resources of a schedule appear in a trace: processes and threads.
#ifndef ATLEUS_LIB_REPORT_TRACETRACKS_H
#define ATLEUS_LIB_REPORT_TRACETRACKS_H

#include "dialects/Sched/Sched.h"

#include <map>
#include <vector>

namespace atleus {

/// A process of the trace. The order is that in which viewers show them.
struct TraceProcess {
  enum class Kind : uint8_t {
    Machine,  ///< what belongs to no part: totals, the critical path
    Tier,     ///< units of a tier
    Memory,   ///< memories
    Host,     ///< the host
    Network,  ///< links and ports of a tier
    Vertical, ///< links between tiers
  };
  Kind kind = Kind::Machine;
  /// Of a tier or its network.
  int64_t level = 0;

  bool operator<(const TraceProcess &other) const {
    return std::tie(kind, level) < std::tie(other.kind, other.level);
  }
};

class TraceTracks {
public:
  TraceTracks(sched::ScheduleOp schedule,
              llvm::ArrayRef<sched::Resource> resources);

  /// All processes, each with its number, which is not 0: that is the idle one
  /// to Perfetto.
  const std::map<TraceProcess, int64_t> &getProcesses() const {
    return processes;
  }
  std::string getName(TraceProcess process) const;
  int64_t getNumber(TraceProcess process) const {
    return processes.at(process);
  }

  TraceProcess findProcess(unsigned resource) const { return places[resource]; }
  /// Resources in the order of processes, within one node by node.
  llvm::ArrayRef<unsigned> getOrder() const { return order; }

private:
  std::map<int64_t, std::string> tierNames;
  std::map<TraceProcess, int64_t> processes;
  std::vector<TraceProcess> places;
  std::vector<unsigned> order;
};

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_TRACETRACKS_H
