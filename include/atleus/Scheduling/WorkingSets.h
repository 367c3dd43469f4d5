// What each task needs in a buffer at once, free of IR.
#ifndef ATLEUS_SCHEDULING_WORKINGSETS_H
#define ATLEUS_SCHEDULING_WORKINGSETS_H

#include "atleus/Scheduling/BufferOccupancy.h"

namespace atleus::scheduling {

/// By buffer, the most bits that a step leaves there beside what it reads,
/// whatever else is in them. If a buffer holds less, no order of the steps is
/// safe (atleus/Scheduling/BufferedOrder.h). Buffers from `numBuffers` on are
/// left out. Takes as long as looking at all that each step waits for, through
/// barriers.
std::vector<Bits> findWorkingSets(const BufferProblem &problem,
                                  unsigned numBuffers);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_WORKINGSETS_H
