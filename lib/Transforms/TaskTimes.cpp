// Times of tasks from the prices of cores and the occupancy of ports.
#include "TaskTimes.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Cost/WeightPrices.h"
#include "dialects/Arch/MachineLookup.h"

#include <algorithm>

using namespace mlir;
using namespace atleus;

Picoseconds TaskTime::getInterval() const {
  return std::max({compute, receive, send});
}

TaskTimes::TaskTimes(arch::MachineOp machine)
    : machine(machine), noc(getConstants(machine.getNoC())) {}

Picoseconds TaskTimes::getPortTime(int64_t bytes) const {
  // Ports are held as long as a link, which needs no neighbour of a kind.
  return noc.clock *
         occupancyCycles(noc, RouteLength(), transferSize(noc, bytes * 8));
}

/// The price of a task, in whose stream is what it loads ahead.
static std::optional<Price> priceTask(KernelOpInterface kernel, Operation *core,
                                      const Work &work) {
  if (isLoadedAhead(kernel, core)) {
    SystolicCore systolic = getCore(cast<arch::SystolicOp>(core));
    std::optional<Price> price = priceOnLoadedSystolic(systolic, work, nullptr);
    if (price)
      price->stream = loadParameters(systolic, work).price.stream;
    return price;
  }
  auto model = dyn_cast<ResourceModelOpInterface>(core);
  return model ? model.price(work, nullptr) : std::nullopt;
}

std::optional<TaskTime> TaskTimes::get(KernelOpInterface kernel,
                                       ArrayRef<int64_t> tile) const {
  Operation *place = arch::lookupPlace(machine, kernel.getKernelTier());
  if (!place)
    return std::nullopt;
  Work work = kernel.getTileWork(Tile::whole(tile));
  std::optional<Price> price =
      priceTask(kernel, arch::getPricedOp(place), work);
  if (!price)
    return std::nullopt;
  return TaskTime{price->duration, getPortTime(work.bytesRead),
                  getPortTime(work.bytesWritten), price->stream};
}

Picoseconds TaskTimes::getOuterTime(int64_t bytes) const {
  return priceOuter(findOuter(machine), bytes).duration;
}

int64_t TaskTimes::getNumNodes(KernelOpInterface kernel) const {
  auto tier = dyn_cast_or_null<arch::TierOp>(
      arch::lookupPlace(machine, kernel.getKernelTier()));
  return tier ? tier.getNumNodes() : 1;
}
