// An independent check of a schedule that was written to a file.
//
// The schedule is replayed against the model and the machine that it is of:
// what each task reads is followed through the IR to the tasks that make it,
// every use of the machine is priced again, everything that is held or stored
// is laid out in time. Nothing here shares code with what builds, schedules or
// exports; only the prices are the cost models', and only the file's format and
// the model are given.
//
// What a schedule must satisfy:
// - it is of this model and machine, by name and by every kernel's tasks;
// - every task of every kernel is executed once, at a node and on a unit of its
//   tier, for the time and the energy that its core prices;
// - what a task reads was made, and where it was made elsewhere has been
//   brought by transfers, before the task starts; the task waits for it;
// - transfers take links that there are, with the flits and the uses of links
//   and ports that their bits need;
// - nothing is held twice at once, within an inference or at the stated
//   interval between inferences;
// - no buffer is fuller than it is large;
// - weights of crossbars are written at the nodes of their kernels, into arrays
//   that these have: once, or, where several take turns in the same arrays, in
//   each inference before their products and after those with the one before;
// - what is multiplied in a systolic array has been loaded into the buffer of
//   its node before, once for each task;
// - every multiply-accumulate operation is executed once;
// - makespan, interval and bounds, and the energy of each component of the
//   machine, are as stated, and all of them are stated.
#ifndef ATLEUS_VERIFICATION_VERIFICATION_H
#define ATLEUS_VERIFICATION_VERIFICATION_H

#include "atleus/Verification/ScheduleFile.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace atleus {

struct VerificationOptions {
  /// A buffer that does not hold what lies in it is an error, not a warning.
  bool enforceBuffers = true;
};

/// What a check has looked at.
struct VerifiedCounts {
  int64_t tasks = 0;
  int64_t transfers = 0;
  int64_t barriers = 0;
  /// Operand tiles that were followed to the task that makes them.
  int64_t reads = 0;
  int64_t resources = 0;
  int64_t kernels = 0;
  /// Crossbar arrays that are written.
  int64_t arrays = 0;
  /// Multiply-accumulate operations.
  int64_t operations = 0;
};

/// Checks a schedule, which has passed checkForm, against the model at a phase
/// from `tiled` on. Reports every violation at `location`, which names the
/// schedule's file; of many that break the same rule some, and their number.
llvm::FailureOr<VerifiedCounts>
verifySchedule(const schedule::v1::Schedule &schedule, mlir::ModuleOp module,
               mlir::Location location,
               const VerificationOptions &options = {});

} // namespace atleus

#endif // ATLEUS_VERIFICATION_VERIFICATION_H
