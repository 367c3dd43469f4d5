// What moves over a machine's network in one inference, as a report has it.
#ifndef ATLEUS_REPORT_NETWORKREPORT_H
#define ATLEUS_REPORT_NETWORKREPORT_H

#include "dialects/NoC/LinkKind.h"
#include "dialects/Sched/Sched.h"

#include <array>

namespace atleus {

struct NetworkReport {
  int64_t transfers = 0;
  /// Of them those to several nodes.
  int64_t multicasts = 0;
  /// What enters the network, without headers.
  Bits bits;
  /// Flits times the links that they take, by kind; those of a tree once.
  std::array<int64_t, numLinkKinds> linkFlits = {};
  /// The same of all kinds if every destination got flits of its own.
  int64_t separateLinkFlits = 0;

  int64_t flitsOver(LinkKind kind) const {
    return linkFlits[static_cast<unsigned>(kind)];
  }
  int64_t allLinkFlits() const {
    int64_t sum = 0;
    for (int64_t flits : linkFlits)
      sum += flits;
    return sum;
  }
};

NetworkReport readNetwork(sched::ScheduleOp schedule);

} // namespace atleus

#endif // ATLEUS_REPORT_NETWORKREPORT_H
