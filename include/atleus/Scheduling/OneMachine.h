// The one-machine problem: jobs that share a machine, each with a time before
// and a time after.
#ifndef ATLEUS_SCHEDULING_ONEMACHINE_H
#define ATLEUS_SCHEDULING_ONEMACHINE_H

#include "atleus/Support/Units.h"

#include "llvm/ADT/ArrayRef.h"

namespace atleus::scheduling {

/// A job that holds the machine for `length`, not before `head`. Everything
/// ends at least `tail` after it.
struct Job {
  Picoseconds head, length, tail;
};

/// When everything ends at the earliest if jobs may be interrupted: Jackson's
/// schedule, in which of the jobs at hand the one with the longest tail runs.
/// It equals the largest, over all sets of jobs, of the smallest head plus all
/// lengths plus the smallest tail (Carlier, "The one-machine sequencing
/// problem", EJOR 11, 1982), which no schedule without interruption goes below.
/// Sorts the jobs. Zero for none. Takes O(n log n).
Picoseconds preemptiveMakespan(llvm::MutableArrayRef<Job> jobs);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_ONEMACHINE_H
