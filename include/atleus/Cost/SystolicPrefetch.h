// Stalls of a systolic array whose operands come through double buffers.
//
// Each operand and the result has a buffer of its own and an interface of its
// own. Half of an operand's buffer is in use; the other half is filled ahead.
// A product starts with the first half in place, and fetching never pauses: the
// n-th refill is complete n transfers after the start, and the array waits for
// it when it needs it earlier. So an operand stalls the array by
//
//   max over its refills n of  n * transfer - cycle at which n is needed
//
// and the product by the largest such wait of its operands and of its result,
// for while the array waits for one interface the others go on. What is left is
// to count refills: which of them a tile ("fold") needs first and last. That
// takes a few additions per fold, never a step per cycle.
//
// The order `stored` is SCALE-Sim v3's (interface bandwidth USER): an operand
// comes fold after fold, along the diagonals in which the array reads it, round
// and round, and the window that is in the buffer moves by half a buffer at a
// time. What the array reads again after the window has passed is waited for
// until it comes round, and loading a stationary tile from its last row to its
// first is such a case when the tile spans windows. Counts of words fetched are
// equal on every row of test/reference/scalesim_gemm_user_bandwidth.csv. Waits
// are not: the tool adds a wait twice when it occurs, and takes the second half
// back from the next, so that its stalls are up to twice these.
//
// The order `demand` fetches what the array reads next: an operand that fits
// half a buffer once, others as often as folds read them.
#ifndef ATLEUS_COST_SYSTOLICPREFETCH_H
#define ATLEUS_COST_SYSTOLICPREFETCH_H

#include "atleus/Cost/SystolicModel.h"

namespace atleus {

/// A double buffer and the interface that fills or drains it.
struct OperandBuffer {
  /// Words that both halves hold together.
  int64_t words = 1;
  /// Width of a word, and of what the interface moves in a cycle.
  int64_t wordBits = 8;
  int64_t bitsPerCycle = 8;
};

/// The buffers of an array.
struct PrefetchBuffers {
  arch::Prefetch order = arch::Prefetch::Stored;
  OperandBuffer lhs, rhs, result;
};

/// What prefetching of one product comes to.
struct PrefetchCounts {
  /// Cycles for which the array waits.
  int64_t stalls = 0;
  /// Words that the interfaces fetch, the first halves and what fills up the
  /// last word group of a transfer included.
  int64_t lhsFetches = 0;
  int64_t rhsFetches = 0;
};

/// Prefetching of a product of positive dimensions that takes `passes` passes
/// through the array. Up to 256 folds are walked, in some
/// nanoseconds each; more are extrapolated from these.
PrefetchCounts countPrefetch(const SystolicConstants &array,
                             const PrefetchBuffers &buffers, int64_t m,
                             int64_t k, int64_t n, int64_t passes = 1);

} // namespace atleus

#endif // ATLEUS_COST_SYSTOLICPREFETCH_H
