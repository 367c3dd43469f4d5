// The parts of a transfer's way and when the head passes them.
#include "dialects/Sched/TransferPath.h"

#include "llvm/ADT/DenseMap.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::sched;

namespace {
/// When the head is at the nodes of the parts before.
using Arrivals =
    llvm::SmallDenseMap<std::tuple<int64_t, int64_t, int64_t>, Picoseconds, 32>;
} // namespace

static std::tuple<int64_t, int64_t, int64_t> toKey(noc::Node node) {
  return {node.x, node.y, node.z};
}

static PathPart makePart(noc::RouteAttr route, const PathTiming &timing,
                         Picoseconds begin) {
  auto kinds = llvm::map_to_vector(
      route.getHops(), [](const noc::Hop &hop) { return hop.kind(); });
  PathPart part{route, headArrivals(timing, kinds)};
  for (Picoseconds &arrival : part.arrivals)
    arrival += begin;
  return part;
}

SmallVector<PathPart, 1> sched::getPathParts(TransferOp transfer) {
  PathTiming timing = transfer.getPathTiming();
  SmallVector<PathPart, 1> parts = {
      makePart(transfer.getRoute(), timing, Picoseconds())};
  std::optional<ArrayAttr> branches = transfer.getBranches();
  if (!branches)
    return parts;
  Arrivals arrivals;
  auto enter = [&](const PathPart &part) {
    for (auto [node, arrival] :
         llvm::zip_equal(part.route.getNodes(), part.arrivals))
      arrivals.try_emplace(toKey(node), arrival);
  };
  enter(parts.front());
  for (auto branch : branches->getAsRange<noc::RouteAttr>()) {
    parts.push_back(
        makePart(branch, timing, arrivals.lookup(toKey(branch.getStart()))));
    enter(parts.back());
  }
  return parts;
}

SmallVector<noc::Node, 1> sched::getDestinations(TransferOp transfer) {
  SmallVector<noc::Node, 1> nodes = {transfer.getRoute().getEnd()};
  if (std::optional<ArrayAttr> branches = transfer.getBranches())
    for (auto branch : branches->getAsRange<noc::RouteAttr>())
      nodes.push_back(branch.getEnd());
  return nodes;
}
