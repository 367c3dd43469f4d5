// The search for the range of the least cost, for histograms and for numbers
// themselves.
#ifndef ATLEUS_LIB_COMPRESSION_RANGESEARCH_H
#define ATLEUS_LIB_COMPRESSION_RANGESEARCH_H

#include "atleus/Compression/UniformCode.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace atleus {

/// What a range costs; the search asks for ranges within the widest one.
using RangeCost = llvm::function_ref<double(ClippingRange)>;

/// The cheapest range found within `widest`, which itself is taken if no other
/// is cheaper: first thresholds at ratios of 2^(-1/8) down to 2^-`octaves`,
/// then finer ones around the best. The two ends of an affine code are searched
/// in turn, one while the other stays.
ClippingRange searchRange(ClippingRange widest, bool symmetric,
                          unsigned octaves, RangeCost rangeCost);

} // namespace atleus

#endif // ATLEUS_LIB_COMPRESSION_RANGESEARCH_H
