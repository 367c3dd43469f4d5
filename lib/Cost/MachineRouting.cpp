// Checks the routing of a machine's network.
#include "atleus/Cost/MachineRouting.h"

#include "atleus/Cost/MachineConstants.h"

using namespace mlir;
using namespace atleus;

/// Channels of a cycle that an error lists; the rest is counted.
static constexpr size_t maxListed = 16;

static LogicalResult reportUnconnected(arch::NoCOp noc,
                                       const NoCRouting &routing, unsigned from,
                                       unsigned to) {
  const NoCTopology &network = routing.topology();
  unsigned reached = 0;
  for (unsigned node = 0; node < network.numNodes(); ++node)
    reached += routing.reaches(from, node);
  InFlightDiagnostic error = emitError(noc.getLoc())
                             << "network @" << noc.getSymName()
                             << " has no path from " << network.nodeName(from)
                             << " to " << network.nodeName(to);
  error.attachNote(noc.getLoc())
      << network.nodeName(from) << " reaches " << reached << " of "
      << network.numNodes() << " nodes without the removed links";
  return error;
}

static LogicalResult reportCycle(arch::NoCOp noc, const NoCTopology &network,
                                 ArrayRef<unsigned> cycle) {
  InFlightDiagnostic error =
      emitError(noc.getLoc())
      << "network @" << noc.getSymName() << " can deadlock with routing '"
      << arch::stringifyRouting(noc.getRouting())
      << "': packets that hold a channel wait for the next one in a cycle of "
      << cycle.size() << " channels";
  Diagnostic &note = error.attachNote(noc.getLoc());
  note << "cycle: ";
  for (unsigned channel : cycle.take_front(maxListed))
    note << network.channelName(channel) << ", ";
  if (cycle.size() > maxListed)
    note << cycle.size() - maxListed << " more, ";
  note << "then " << network.channelName(cycle.front()) << " again";
  error.attachNote(noc.getLoc()) << "routing 'up_down' has no such cycle";
  return error;
}

FailureOr<NoCRouting> atleus::getRouting(arch::NoCOp noc) {
  NoCRouting routing(getConstants(noc));
  // In dimension order, every channel leads to channels of its own direction
  // or of later dimensions only.
  if (noc.getRouting() == arch::Routing::XYZ)
    return routing;
  if (auto pair = findUnconnected(routing))
    return reportUnconnected(noc, routing, pair->first, pair->second);
  std::vector<unsigned> cycle = findDependenceCycle(routing);
  if (!cycle.empty())
    return reportCycle(noc, routing.topology(), cycle);
  return routing;
}
