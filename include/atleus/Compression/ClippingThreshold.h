// The range that a code with few levels should cover.
//
// A range as wide as the numbers rounds most of them coarsely for the sake of a
// few; a narrower one clips those few. Each method weighs the two differently:
//
// - MinMax: nothing is clipped.
// - Percentile: a stated share of the numbers is kept.
// - Entropy: the numbers' distribution loses least information when it is
//   rounded, as measured by the Kullback-Leibler divergence (Migacz, "8-bit
//   inference with TensorRT", GTC 2017). Here also for ranges with two ends of
//   their own, and with the levels of the code itself in place of 128 equal
//   parts.
// - MeanSquaredError: the sum of the squares of all rounding and clipping
//   errors is smallest.
//
// A histogram of the numbers is all that is needed. It takes the numbers of a
// bin as equally spread between its least and its greatest one.
#ifndef ATLEUS_COMPRESSION_CLIPPINGTHRESHOLD_H
#define ATLEUS_COMPRESSION_CLIPPINGTHRESHOLD_H

#include "atleus/Compression/ActivationHistogram.h"
#include "atleus/Compression/UniformCode.h"

namespace atleus {

enum class CalibrationMethod { MinMax, Percentile, Entropy, MeanSquaredError };

struct ClippingOptions {
  CalibrationMethod method = CalibrationMethod::MinMax;
  /// Of the numbers that are kept, in (0, 100]: for a symmetric code those of
  /// the smallest magnitudes; for an affine one as many are clipped at either
  /// end. 100 is the same as MinMax.
  double percentile = 99.99;
};

/// The range for numbers that were counted in `histogram`. It holds 0, and lies
/// within the least and greatest number and 0; for a symmetric code it reaches
/// as far on both sides. Without numbers it holds 0 alone.
ClippingRange findClippingRange(const ActivationHistogram &histogram,
                                const ClippingOptions &options,
                                UniformCode code);

/// The number at which `percentile` percent of the numbers of a histogram that
/// is not empty lie below: between the two numbers nearest to it, as
/// numpy.percentile interpolates, within the accuracy of a bin.
float findPercentile(const ActivationHistogram &histogram, double percentile);
/// The same of the numbers' magnitudes.
float findMagnitudePercentile(const ActivationHistogram &histogram,
                              double percentile);

/// The mean of the squared errors that storing the numbers of a histogram,
/// which is not empty, with `scale` makes.
double estimateSquaredError(const ActivationHistogram &histogram,
                            UniformScale scale, UniformCode code);

/// The divergence, in nats, of the numbers of a histogram, which is not empty,
/// when they are rounded to the code's levels from their distribution with what
/// is out of `range` at its ends. Infinite if there is nothing within it.
double estimateDivergence(const ActivationHistogram &histogram,
                          ClippingRange range, UniformCode code);

} // namespace atleus

#endif // ATLEUS_COMPRESSION_CLIPPINGTHRESHOLD_H
