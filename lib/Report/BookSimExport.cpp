// Transfers as packets.
#include "atleus/Report/BookSimExport.h"

#include "atleus/Report/LoadedSchedule.h"
#include "dialects/Sched/TransferPath.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

static llvm::Error makeError(const Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

/// The number of a node, or an error if it is not in the network.
static llvm::Expected<int64_t> numberOf(noc::Node node, arch::NoCOp noc) {
  ArrayRef<int64_t> dims = noc.getDims();
  if (node.x < dims[0] && node.y < dims[1] && node.z < dims[2])
    return node.x + dims[0] * (node.y + dims[1] * node.z);
  return makeError("node " + noc::toString(node) +
                   " is outside of the network of " + Twine(dims[0]) + "x" +
                   Twine(dims[1]) + "x" + Twine(dims[2]) + " nodes");
}

llvm::Error atleus::writeBookSimTrace(sched::ScheduleOp schedule,
                                      llvm::raw_ostream &os) {
  arch::MachineOp machine = findMachine(schedule);
  if (!machine)
    return makeError("packets need machine @" + schedule.getMachine() +
                     ", which is not in the module");
  arch::NoCOp noc = machine.getNoC();
  SmallVector<std::pair<int64_t, unsigned>> order;
  SmallVector<sched::TransferOp> transfers(
      schedule.getOps<sched::TransferOp>());
  for (auto [index, transfer] : llvm::enumerate(transfers))
    order.emplace_back(*transfer.getStartPs(), index);
  llvm::sort(order);
  os << "pattern,seq,cycle,src,dst,flits\n";
  int64_t sequence = 0;
  for (auto [start, index] : order) {
    sched::TransferOp transfer = transfers[index];
    llvm::Expected<int64_t> from =
        numberOf(transfer.getRoute().getStart(), noc);
    if (!from)
      return from.takeError();
    int64_t cycle = llvm::divideCeil(start, noc.getClockPs());
    for (noc::Node destination : sched::getDestinations(transfer)) {
      llvm::Expected<int64_t> to = numberOf(destination, noc);
      if (!to)
        return to.takeError();
      for (int64_t rest = transfer.getFlits(); rest > 0;
           rest -= noc.getMaxPacketFlits())
        os << schedule.getSymName() << ',' << sequence++ << ',' << cycle << ','
           << *from << ',' << *to << ','
           << std::min(rest, static_cast<int64_t>(noc.getMaxPacketFlits()))
           << '\n';
    }
  }
  return llvm::Error::success();
}
