// Whether each task finds room for what it needs at once, free of IR.
#ifndef ATLEUS_SCHEDULING_WORKINGSETS_H
#define ATLEUS_SCHEDULING_WORKINGSETS_H

#include "atleus/Scheduling/BufferOccupancy.h"

namespace atleus::scheduling {

/// Whether the buffers hold, for each step, what it leaves there beside what it
/// reads, whatever else is in them. If not, no order of the steps is safe
/// (atleus/Scheduling/BufferedOrder.h). Buffers from `capacities.size()` on
/// have no limit. Takes as long as looking at all that each step waits for,
/// through barriers.
bool workingSetsFit(const BufferProblem &problem,
                    llvm::ArrayRef<Bits> capacities);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_WORKINGSETS_H
