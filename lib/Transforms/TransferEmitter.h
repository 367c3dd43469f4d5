// Adds transfers to a schedule that is being built.
#ifndef ATLEUS_LIB_TRANSFORMS_TRANSFEREMITTER_H
#define ATLEUS_LIB_TRANSFORMS_TRANSFEREMITTER_H

#include "TaskEmitter.h"
#include "TransferGroups.h"

#include "atleus/Cost/NoCModel.h"

namespace atleus {

/// Transfers of one size on one way cost the same, and differ in what they
/// carry: of thousands, the network prices a few dozen.
class TransferEmitter {
public:
  /// Adds the energy of transfers to that of `tasks`.
  TransferEmitter(TaskEmitter &tasks, const NoCConstants &noc)
      : tasks(tasks), noc(noc) {}

  /// A transfer of part `index` of what `kernel` makes, behind some events.
  sched::TransferOp add(mlir::Location location, mlir::StringAttr kernel,
                        int64_t index, const TransferGroup &group,
                        mlir::ValueRange after);

  int64_t numTransfers = 0;

private:
  struct Sent {
    sched::TransferOp first;
    EnergyBreakdown energy;
  };
  void addFirst(mlir::Location location, mlir::StringAttr kernel, int64_t index,
                const TransferGroup &group, mlir::ValueRange after, Sent &sent);

  TaskEmitter &tasks;
  NoCConstants noc;
  /// By way and bytes.
  llvm::DenseMap<std::pair<const TransferWay *, int64_t>, Sent> known;
};

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_TRANSFEREMITTER_H
