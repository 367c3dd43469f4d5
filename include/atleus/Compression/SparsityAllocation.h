// How much of each layer is pruned, so that the whole model reaches a sparsity
// and its outputs lose little.
//
// For each layer it is known what pruning it to some sparsities costs. The cost
// of a layer is taken to be convex in what is pruned (its lower convex hull) and
// the costs of layers to add up. Then steps from one sparsity to the next, in
// the order of the cost per weight that they prune, are optimal for every total
// at which a step ends; the last step is taken in part, so that the total is
// met exactly.
#ifndef ATLEUS_COMPRESSION_SPARSITYALLOCATION_H
#define ATLEUS_COMPRESSION_SPARSITYALLOCATION_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <vector>

namespace atleus {

/// What a layer loses at a sparsity.
struct SparsityLoss {
  double sparsity = 0;
  double loss = 0;
};

/// A layer, and its losses at ascending sparsities, the first of which is 0.
struct PrunedLayer {
  int64_t weights = 0;
  std::vector<SparsityLoss> losses;
};

/// The sparsity of each layer with which the share `sparsity` of all weights is
/// pruned, or, if that is more than the last losses allow, as much as they do.
/// Of equal steps the first layer's is taken.
std::vector<double> allocateSparsity(llvm::ArrayRef<PrunedLayer> layers,
                                     double sparsity);

} // namespace atleus

#endif // ATLEUS_COMPRESSION_SPARSITYALLOCATION_H
