// Cutting a chain of steps into parts of about equal work, at places where
// little data crosses the cut.
//
// Example: the twelve layers of an encoder on two systolic tiers become two
// halves, cut between two layers, where only the residual stream is alive.
#ifndef ATLEUS_TRANSFORMS_CHAINPARTITION_H
#define ATLEUS_TRANSFORMS_CHAINPARTITION_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>

namespace atleus {

/// The part, from 0 to parts - 1 and ascending, of each step. `work` has the
/// work of each step and `crossing` the data that a cut before it would cross.
///
/// The ideal cut k of n parts lies where k/n of the work is done. Of the places
/// that are less than half a part away from it, the one with the least crossing
/// data is taken; of equal ones the nearest, then the first.
llvm::SmallVector<unsigned> partitionChain(llvm::ArrayRef<int64_t> work,
                                           llvm::ArrayRef<int64_t> crossing,
                                           unsigned parts);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_CHAINPARTITION_H
