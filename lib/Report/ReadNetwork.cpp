// Counts what moves over the network of a schedule.
#include "atleus/Report/NetworkReport.h"

using namespace mlir;
using namespace atleus;

/// Links from the source of a multicast to all of its destinations, one after
/// the other.
static int64_t countSeparateLinks(sched::TransferOp transfer) {
  // A branch begins at one of the nodes before it, mostly a late one.
  SmallVector<std::pair<noc::Node, int64_t>, 32> linksTo;
  int64_t sum = 0;
  auto follow = [&](noc::RouteAttr part) {
    noc::Node node = part.getStart();
    int64_t links = 0;
    for (const auto &[visited, count] : llvm::reverse(linksTo))
      if (visited == node) {
        links = count;
        break;
      }
    for (const noc::Hop &hop : part.getHops()) {
      node = noc::advance(node, hop);
      linksTo.emplace_back(node, ++links);
    }
    sum += links;
  };
  follow(transfer.getRoute());
  llvm::for_each(transfer.getBranches()->getAsRange<noc::RouteAttr>(), follow);
  return sum;
}

NetworkReport atleus::readNetwork(sched::ScheduleOp schedule) {
  NetworkReport report;
  for (auto transfer : schedule.getOps<sched::TransferOp>()) {
    ++report.transfers;
    report.bits += Bits(transfer.getBits());
    int64_t flits = transfer.getFlits();
    auto count = [&](noc::RouteAttr part) {
      for (const noc::Hop &hop : part.getHops())
        report.linkFlits[static_cast<unsigned>(hop.kind())] += flits;
    };
    count(transfer.getRoute());
    if (!transfer.getBranches()) {
      auto links = static_cast<int64_t>(transfer.getRoute().getHops().size());
      report.separateLinkFlits += flits * links;
      continue;
    }
    ++report.multicasts;
    llvm::for_each(transfer.getBranches()->getAsRange<noc::RouteAttr>(), count);
    report.separateLinkFlits += flits * countSeparateLinks(transfer);
  }
  return report;
}
