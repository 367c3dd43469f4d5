// Readers of data in buffers that have not run yet.
#include "PendingReaders.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cassert>

using namespace atleus;
using namespace atleus::scheduling;

PendingReaders::PendingReaders(const BufferProblem &problem)
    : problem(problem), groups(problem.numSteps()), starts(problem.numSteps()) {
  // Every reader comes after what it reads, so that backwards all that is
  // behind a barrier is known when the barrier is reached.
  for (unsigned step = problem.numSteps(); step-- > 0;)
    for (unsigned before : problem.after(step)) {
      if (const std::optional<Reading> &reading = problem.reading(step))
        addReader(before, reading->buffer, reading->byCore);
      else if (problem.isBarrier(step))
        for (const Group &group : groups[step])
          addReader(before, group.buffer, group.byCore);
    }
}

PendingReaders::Group *PendingReaders::findGroup(unsigned step, unsigned buffer,
                                                 bool byCore) {
  auto *found = llvm::find_if(groups[step], [&](const Group &group) {
    return group.buffer == buffer && group.byCore == byCore;
  });
  return found == groups[step].end() ? nullptr : found;
}

bool PendingReaders::hasDeposit(unsigned step, unsigned buffer) const {
  return llvm::any_of(problem.deposits(step), [&](const Deposit &deposit) {
    return deposit.buffer == buffer;
  });
}

/// Readers of what is elsewhere are of no interest.
void PendingReaders::addReader(unsigned step, unsigned buffer, bool byCore) {
  if (!problem.isBarrier(step) && !hasDeposit(step, buffer))
    return;
  if (Group *group = findGroup(step, buffer, byCore))
    ++group->pending;
  else
    groups[step].push_back({buffer, byCore, /*pending=*/1, {}});
}

bool PendingReaders::takesPlace(unsigned step, const Deposit &deposit) const {
  if (deposit.size <= Bits(0))
    return false;
  return deposit.keep != Keep::ForCore ||
         llvm::any_of(groups[step], [&](const Group &group) {
           return group.buffer == deposit.buffer && group.byCore;
         });
}

void PendingReaders::leaveIfRead(unsigned step, const Deposit &deposit,
                                 Leave leave) const {
  if (!takesPlace(step, deposit))
    return;
  Picoseconds until = starts[step] + deposit.begin;
  if (deposit.keep != Keep::ForCore)
    until = std::max(until, starts[step] + deposit.end);
  for (const Group &group : groups[step]) {
    if (group.buffer != deposit.buffer ||
        !isKeptFor(deposit.keep, group.byCore))
      continue;
    if (group.pending > 0)
      return;
    until = std::max(until, group.until);
  }
  leave(step, deposit, until);
}

void PendingReaders::endReader(unsigned step, unsigned buffer, bool byCore,
                               Picoseconds until, Leave leave) {
  Group *group = findGroup(step, buffer, byCore);
  if (!group)
    return;
  group->until = std::max(group->until, until);
  assert(group->pending > 0 && "a reader runs twice");
  if (--group->pending > 0)
    return;
  if (problem.isBarrier(step)) {
    for (unsigned before : problem.after(step))
      endReader(before, buffer, byCore, group->until, leave);
    return;
  }
  for (const Deposit &deposit : problem.deposits(step))
    if (deposit.buffer == buffer && isKeptFor(deposit.keep, byCore))
      leaveIfRead(step, deposit, leave);
}

void PendingReaders::run(unsigned step, Picoseconds start, Leave leave) {
  starts[step] = start;
  for (const Deposit &deposit : problem.deposits(step))
    leaveIfRead(step, deposit, leave);
  const std::optional<Reading> &reading = problem.reading(step);
  if (!reading)
    return;
  for (unsigned before : problem.after(step))
    endReader(before, reading->buffer, reading->byCore, start + reading->until,
              leave);
}
