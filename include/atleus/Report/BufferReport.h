// How full the buffers of a machine get, as a report has it.
#ifndef ATLEUS_REPORT_BUFFERREPORT_H
#define ATLEUS_REPORT_BUFFERREPORT_H

#include "atleus/Scheduling/LoadBuffers.h"

#include <array>
#include <string>
#include <vector>

namespace atleus {

/// The fullest of the buffers of a tier at one rate of inferences.
struct TierBuffers {
  std::string tier;
  /// Of each node.
  int64_t capacityBytes = 0;
  int64_t peakBytes = 0;
  std::array<int64_t, 3> peakNode;
  /// From the start of an inference.
  Picoseconds peakTime;

  bool holds() const { return peakBytes <= capacityBytes; }
};

/// The buffers with an inference every `period`.
struct OperationBuffers {
  Picoseconds period;
  /// Without the tiers whose cores state no capacity.
  std::vector<TierBuffers> tiers;
};

/// One inference after another, then, if that is faster, each as soon as it can
/// start; none of a schedule that takes no time.
std::vector<OperationBuffers>
readBuffers(const scheduling::LoadedBuffers &loaded);

} // namespace atleus

#endif // ATLEUS_REPORT_BUFFERREPORT_H
