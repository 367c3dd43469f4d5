// What BookSim's tables have in common.
#ifndef ATLEUS_VALIDATION_BOOKSIMROUTER_H
#define ATLEUS_VALIDATION_BOOKSIMROUTER_H

#include "atleus/Cost/NoCModel.h"
#include "atleus/Validation/ReferenceTable.h"

namespace atleus {

constexpr Reference bookSim = {"BookSim 2", "booksim/booksim2",
                               "28f43299f1706a3160ffac721ca461d74eb6e618"};

/// Cycles of a stage of a router, and hops of a route.
constexpr int64_t maxDelay = 1'000'000;

/// Reads the columns of a router that all tables have.
inline void readRouter(const TableRow &row, NoCConstants &noc) {
  noc.speculative = row.flag("speculative");
  noc.routingCycles = row.count("routing_delay", maxDelay);
  noc.virtualChannels = row.size("num_vcs");
  noc.bufferFlits = row.size("vc_buf_size");
}

} // namespace atleus

#endif // ATLEUS_VALIDATION_BOOKSIMROUTER_H
