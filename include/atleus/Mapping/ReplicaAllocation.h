// How many copies of each weight spare crossbars hold.
//
// Kernels fall into segments that follow each other: within a segment blocks of
// tokens stream from stage to stage, and what waits for all tokens, such as
// attention for its keys, begins the next one. A segment takes about as long as
// its slowest stage is busy; what the other stages add while the stream fills
// them does not depend on the number of replicas. A stage of t tasks of a
// weight with r replicas is busy for ceil(t / r) tasks, one that has no weight
// in crossbars for a time that stays as it is, the segment's floor.
//
// allocateReplicas fills water: the next step makes all the slowest stages of
// one segment faster, for making some of them faster shortens nothing. It takes
// the step that saves the most time per array, as long as arrays are left.
//
// How good that is: were tasks divisible, the time of a segment would be a
// convex function of its arrays, and steps in the order of their savings per
// array would be optimal for the arrays that they take. The distance from the
// optimum is then at most the saving of the first step that found no room. With
// whole tasks a step that saves little may hide one behind it that saves much;
// the tests compare with all allocations of small problems and with the
// relaxation, in which tasks and replicas are divisible, of large ones.
#ifndef ATLEUS_MAPPING_REPLICAALLOCATION_H
#define ATLEUS_MAPPING_REPLICAALLOCATION_H

#include "atleus/Support/Units.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace atleus {

/// A product with a weight in crossbars. Counts are positive.
struct ReplicatedStage {
  /// Number of its segment.
  unsigned segment = 0;
  /// Number of the pool of arrays, which is a tier.
  unsigned pool = 0;
  /// Arrays of one replica.
  int64_t arrays = 1;
  int64_t tasks = 1;
  /// Time for which one task keeps the replica.
  Picoseconds taskTime;
  /// Most replicas, such as the nodes of the tier.
  int64_t limit = 1;

  /// Time for which the busiest replica works.
  Picoseconds getTime(int64_t replicas) const;
};

struct ReplicaProblem {
  std::vector<ReplicatedStage> stages;
  /// By segment, the time that replicas cannot shorten.
  std::vector<Picoseconds> floors;
  /// By pool, the arrays that hold nothing when each weight is there once.
  std::vector<int64_t> freeArrays;
};

/// More replicas for the stages of one segment.
struct ReplicaStep {
  struct Change {
    unsigned stage;
    int64_t replicas;
  };
  std::vector<Change> changes;
};

/// The steps, in order, as if the free arrays of a pool lay side by side.
std::vector<ReplicaStep> allocateReplicas(const ReplicaProblem &problem);

/// The pool in which so many replicas, by stage, find no room.
using FullPool = llvm::function_ref<std::optional<unsigned>(
    llvm::ArrayRef<int64_t> replicas)>;

/// Replicas by stage after those of `steps` that find room where free arrays
/// lie in many places: the first steps, as many as do, and of the others those
/// that still do. A step is taken for all of its stages or for none. Asks
/// `findFull` of some numbers of replicas, for each size of a step that finds
/// no room a few times the logarithm of the steps; where it finds no room there
/// must be none for more.
std::vector<int64_t> fitReplicas(const ReplicaProblem &problem,
                                 llvm::ArrayRef<ReplicaStep> steps,
                                 FullPool findFull);

/// Replicas by stage after all of `steps`.
std::vector<int64_t> countReplicas(const ReplicaProblem &problem,
                                   llvm::ArrayRef<ReplicaStep> steps);

/// The sum of the times of all segments.
Picoseconds getTime(const ReplicaProblem &problem,
                    llvm::ArrayRef<int64_t> replicas);

} // namespace atleus

#endif // ATLEUS_MAPPING_REPLICAALLOCATION_H
