// The rules of a schedule, a file each. They share what was read from the
// schedule's file and from the model, and report what they find.
#ifndef ATLEUS_LIB_VERIFICATION_CHECKS_H
#define ATLEUS_LIB_VERIFICATION_CHECKS_H

#include "TaskTable.h"

namespace atleus {

struct CheckContext {
  const schedule::v1::Schedule &schedule;
  MappedModel &model;
  const TaskTable &tasks;
  Violations &violations;
};

/// When what lies in a buffer is read for the last time there; zero if it is
/// not read.
struct LastRead {
  /// By the core of the node.
  Picoseconds byCore;
  /// By transfers, memories and hosts.
  Picoseconds byOthers;
};

/// What reads the results that lie in buffers.
struct DataUse {
  /// By task or transfer and the place at which it leaves its results.
  std::vector<llvm::SmallVector<LastRead, 1>> lastReads;
  /// By task, the bits of its results that tasks of the core of its own node
  /// read.
  std::vector<int64_t> localBits;
  /// By task, the bits that its core reads of a memory or a host beside it.
  std::vector<int64_t> bitsBeside;
  /// Operand tiles that were followed to what makes them.
  int64_t numReads = 0;
};

/// The schedule is of this model and machine by their names.
void checkNames(const schedule::v1::Schedule &schedule,
                const MappedModel &model, Violations &violations);

/// Every task at its node, on its unit, for as long as its core prices it.
/// Returns the energy by components of the machine that all of them take.
EnergyBreakdown checkTasks(const CheckContext &context);

/// Every transfer from the node of its data, over links that there are, with as
/// many flits and uses of the network as its bits need. Returns the energy that
/// all of them take.
EnergyBreakdown checkTransfers(const CheckContext &context);

/// Tasks start after those for which the schedule says that they wait.
void checkOrder(const CheckContext &context);

/// Whatever a task reads has been made and is at its node when it starts, and
/// the task waits for it.
DataUse checkData(const CheckContext &context);

/// The weight by which a task multiplies is there: its load has ended, or the
/// last write into its arrays was that of its own weight. Adds the reads of
/// loads to `uses`.
void checkWeights(const CheckContext &context, DataUse &uses);

/// No resource is held twice, also when the schedule starts again every
/// interval.
void checkResources(const CheckContext &context);

/// No buffer of a node is fuller than it is large, at the rate of the makespan
/// and at that of the interval.
void checkBuffers(const CheckContext &context, const DataUse &uses);

/// The weights of every kernel on crossbars are written at the nodes of its
/// tasks, and no node holds more arrays than it has. Returns the number of
/// arrays.
int64_t checkPrograms(const CheckContext &context);

/// The tasks of each kernel execute its multiply-accumulate operations, all and
/// once. Returns their number.
int64_t checkOperations(const CheckContext &context);

/// Makespan, interval and bounds are what the schedule states, and its energy
/// is `priced`, which tasks and transfers take, and what leaks meanwhile.
void checkTotals(const CheckContext &context, const EnergyBreakdown &priced);

} // namespace atleus

#endif // ATLEUS_LIB_VERIFICATION_CHECKS_H
