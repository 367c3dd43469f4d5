// BookSim's tables: latency of packets on a mesh of virtual-channel routers.
#include "lib/Validation/BookSimRouter.h"
#include "lib/Validation/Tables.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// One packet alone
//===----------------------------------------------------------------------===//

static constexpr ComparedQuantity zeroLoadQuantities[] = {
    {"latency of a packet", "cycles"},
};

static LogicalResult evaluateZeroLoad(const TableFolder &,
                                      Evaluation &evaluation) {
  for (const TableRow &row : evaluation.file().rows()) {
    NoCConstants noc;
    readRouter(row, noc);
    noc.vcAllocationCycles = row.count("vc_alloc_delay", maxDelay);
    noc.switchAllocationCycles = row.count("sw_alloc_delay", maxDelay);
    noc.traversalCycles = row.count("st_final_delay", maxDelay);
    noc.planarLinkCycles = row.size("link_latency");
    noc.verticalLinkCycles = row.size("vertical_link_latency");
    RouteLength length{row.count("dxy", maxDelay), row.count("dz", maxDelay)};
    int64_t flits = row.size("packet_size");
    double latency = row.count("packet_latency");
    if (row.isMalformed())
      return failure();
    evaluation.observe(0, row, latency, latencyCycles(noc, length, flits));
  }
  return success();
}

static constexpr StringRef zeroLoadColumns[] = {"config",
                                                "packet_size",
                                                "src",
                                                "dst",
                                                "dxy",
                                                "dz",
                                                "packet_latency",
                                                "routing_delay",
                                                "vc_alloc_delay",
                                                "sw_alloc_delay",
                                                "st_final_delay",
                                                "speculative",
                                                "num_vcs",
                                                "vc_buf_size",
                                                "link_latency",
                                                "vertical_link_latency"};
static constexpr StringRef zeroLoadKeys[] = {"config", "packet_size", "src",
                                             "dst"};

const ReferenceTable atleus::bookSimZeroLoad = {
    "booksim_zero_load", "network without load", bookSim, zeroLoadColumns,
    zeroLoadKeys,        zeroLoadQuantities,     "",      evaluateZeroLoad};
