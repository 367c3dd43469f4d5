// Room in buffers as dependences, free of IR.
//
// In a schedule whose data fits into buffers, what comes into a buffer finds
// room because of what has left it before. Let each step wait for as much as
// has to leave for it, in the order in which data left there, and every
// schedule of the steps fits, whatever their times: schedulers that know of
// dependences alone can make a schedule that is tight in its buffers shorter.
//
// Example: a buffer holds two results. "a" and "b" leave one each, which "x"
// and "y" read, one after the other, and the result of "c" came after that of
// "x" had been read. So "c" waits for "x", and not for "y".
#ifndef ATLEUS_SCHEDULING_ROOMDEPENDENCES_H
#define ATLEUS_SCHEDULING_ROOMDEPENDENCES_H

#include "atleus/Scheduling/BufferOccupancy.h"
#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

/// `problem` with dependences by which what its steps leave has room in
/// buffers, as it has with `starts` if all data stays for some time. Step i of
/// `buffers` is task i of `problem`; buffers from `capacities.size()` on have
/// no limit. Tasks without duration and uses follow those of `problem`: they
/// stand for data that has left. Data counts as there from the start of its
/// step to the ends of its readers, a little longer than it is. Takes O(n log
/// n).
Problem addRoomDependences(const Problem &problem, const BufferProblem &buffers,
                           llvm::ArrayRef<Bits> capacities,
                           llvm::ArrayRef<Picoseconds> starts);

/// `starts`, whose data fits into buffers, or a shorter schedule whose data
/// does: one that is made anew with those dependences (`scheduleByDispatch` and
/// `Justification`), a few times.
Starts shortenInBuffers(const Problem &problem, const BufferProblem &buffers,
                        llvm::ArrayRef<Bits> capacities, Starts starts);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_ROOMDEPENDENCES_H
