// Reads off the final IR how full buffers get.
#include "atleus/Report/BufferReport.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

/// The fullest buffer of each tier; of equally full ones the first.
static OperationBuffers readOperation(const LoadedBuffers &loaded,
                                      Picoseconds period) {
  OperationBuffers operation{period, {}};
  std::vector<Peak> peaks =
      findPeaks(loaded.stays, loaded.buffers.size(), period);
  arch::TierOp last;
  for (auto [buffer, peak] : llvm::zip_equal(loaded.buffers, peaks)) {
    arch::TierOp tier = buffer.tier;
    int64_t bytes = toBytes(peak.size);
    bool first = tier != last;
    last = tier;
    if (!first && bytes <= operation.tiers.back().peakBytes)
      continue;
    if (first)
      operation.tiers.emplace_back();
    operation.tiers.back() = {tier.getSymName().str(),
                              buffer.capacityBytes,
                              bytes,
                              {buffer.node.x, buffer.node.y, buffer.node.z},
                              peak.time};
  }
  return operation;
}

std::vector<OperationBuffers> atleus::readBuffers(const LoadedBuffers &loaded) {
  std::vector<OperationBuffers> operations;
  for (Picoseconds period : loaded.periods)
    operations.push_back(readOperation(loaded, period));
  return operations;
}
