// Adds transfers to a schedule that is being built.
#include "TransferEmitter.h"

using namespace mlir;
using namespace atleus;

void TransferEmitter::addFirst(Location location, StringAttr kernel,
                               int64_t index, const TransferGroup &group,
                               ValueRange after, Sent &sent) {
  const TransferWay &way = *group.way;
  TransferSize size = transferSize(noc, group.bytes * 8);
  TransferTiming timing = multicastTiming(noc, way.length, size);
  sent.energy = multicastEnergy(noc, way.length, size.flits);
  sent.first = sched::TransferOp::create(
      tasks.builder, location, kernel, index, way.route, Bits(group.bytes * 8),
      size.flits, noc.clock * routerTiming(noc).interval, timing.path, after,
      timing.duration);
  if (way.branches) {
    sent.first.setBranchesAttr(way.branches);
    if (way.length.links.added > 0)
      sent.first.setAddedHopPs(
          timing.path.hop[static_cast<unsigned>(LinkKind::Added)].count());
  }
  sent.first.setEnergyFj(sent.energy.total().count());
}

sched::TransferOp TransferEmitter::add(Location location, StringAttr kernel,
                                       int64_t index,
                                       const TransferGroup &group,
                                       ValueRange after) {
  ++numTransfers;
  Sent &sent = known[{group.way, group.bytes}];
  bool isFirst = !sent.first;
  if (isFirst)
    addFirst(location, kernel, index, group, after, sent);
  tasks.energy += sent.energy;
  if (isFirst)
    return sent.first;
  sched::TransferOp::Properties properties = sent.first.getProperties();
  properties.setKernel(kernel);
  properties.setIndex(tasks.builder.getI64IntegerAttr(index));
  return sched::TransferOp::create(
      tasks.builder, location, sent.first->getResultTypes(), after, properties);
}
