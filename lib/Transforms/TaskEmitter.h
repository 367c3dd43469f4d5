// Adds tasks to a schedule that is being built, and adds up what they take.
#ifndef ATLEUS_TRANSFORMS_TASKEMITTER_H
#define ATLEUS_TRANSFORMS_TASKEMITTER_H

#include "dialects/Interfaces/Work.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/Builders.h"

namespace atleus {

class TaskEmitter {
public:
  explicit TaskEmitter(mlir::OpBuilder &builder) : builder(builder) {}

  sched::TaskOp addTask(mlir::Location location, mlir::StringAttr name,
                        int64_t index, noc::Node node, mlir::StringAttr unit,
                        mlir::ValueRange after, const Price &price);

  /// One event for the end of all of `events`: a barrier if they are many.
  llvm::SmallVector<mlir::Value> join(mlir::Location location,
                                      llvm::ArrayRef<mlir::Value> events);

  mlir::OpBuilder &builder;
  EnergyBreakdown energy;
  int64_t numTasks = 0, numBarriers = 0;
};

/// The memory serves one stream after another: what several cores read at once
/// takes as long as if they took turns.
void setStream(sched::TaskOp task, mlir::StringAttr memory, noc::Node node,
               Picoseconds time);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_TASKEMITTER_H
