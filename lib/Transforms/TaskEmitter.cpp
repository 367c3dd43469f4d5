// Adds tasks to a schedule that is being built.
#include "TaskEmitter.h"

using namespace mlir;
using namespace atleus;

sched::TaskOp TaskEmitter::addTask(Location location, StringAttr name,
                                   int64_t index, noc::Node node,
                                   StringAttr unit, ValueRange after,
                                   const Price &price) {
  auto task =
      sched::TaskOp::create(builder, location, name, index,
                            noc::NodeAttr::get(builder.getContext(), node),
                            unit, after, price.duration);
  task.setEnergyFj(price.energy.total().count());
  energy += price.energy;
  ++numTasks;
  return task;
}

SmallVector<Value> TaskEmitter::join(Location location,
                                     ArrayRef<Value> events) {
  if (events.size() <= 2)
    return SmallVector<Value>(events);
  ++numBarriers;
  return {sched::BarrierOp::create(builder, location, events,
                                   /*start_ps=*/nullptr)};
}

void atleus::setStream(sched::TaskOp task, StringAttr memory, noc::Node node,
                       Picoseconds time) {
  task.setStream(memory, noc::NodeAttr::get(task.getContext(), node), time);
}
