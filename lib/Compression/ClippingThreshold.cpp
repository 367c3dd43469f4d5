// Percentiles, divergences and errors of histograms.
#include "atleus/Compression/ClippingThreshold.h"
#include "RangeSearch.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>

using namespace atleus;
using Bin = ActivationHistogram::Bin;

//===----------------------------------------------------------------------===//
// Percentiles
//===----------------------------------------------------------------------===//

/// Number `rank`, counted from 0 and in order, of those in `bins`.
static double findRanked(llvm::ArrayRef<Bin> bins, uint64_t rank) {
  for (const Bin &bin : bins) {
    if (rank >= bin.count) {
      rank -= bin.count;
      continue;
    }
    if (bin.count == 1)
      return bin.least;
    double share =
        static_cast<double>(rank) / static_cast<double>(bin.count - 1);
    double least = bin.least, greatest = bin.greatest;
    return rank == bin.count - 1 ? greatest
                                 : least + (greatest - least) * share;
  }
  llvm_unreachable("there are more numbers than the rank says");
}

static float percentileOf(llvm::ArrayRef<Bin> bins, uint64_t count,
                          double percentile) {
  double position = percentile / 100 * static_cast<double>(count - 1);
  uint64_t below =
      std::min(count - 1, static_cast<uint64_t>(std::floor(position)));
  uint64_t above = std::min(count - 1, below + 1);
  double share = position - static_cast<double>(below);
  double low = findRanked(bins, below), high = findRanked(bins, above);
  return static_cast<float>(low + (high - low) * share);
}

float atleus::findPercentile(const ActivationHistogram &histogram,
                             double percentile) {
  return percentileOf(histogram.getBins(), histogram.getCount(), percentile);
}

/// The bins of the magnitudes, the smallest first: bin -i - 1 mirrors bin i.
static std::vector<Bin> foldBins(const ActivationHistogram &histogram) {
  int64_t first = histogram.getFirstIndex();
  int64_t end = first + static_cast<int64_t>(histogram.getBins().size());
  int64_t smallest = std::max<int64_t>({0, first, -end});
  int64_t largest = std::max(end - 1, -first - 1);
  std::vector<Bin> folded(largest - smallest + 1);
  for (auto [i, bin] : llvm::enumerate(histogram.getBins())) {
    int64_t index = first + static_cast<int64_t>(i);
    Bin magnitudes = bin;
    if (index < 0) {
      magnitudes.least = -bin.greatest;
      magnitudes.greatest = -bin.least;
      index = -index - 1;
    }
    folded[index - smallest].merge(magnitudes);
  }
  return folded;
}

float atleus::findMagnitudePercentile(const ActivationHistogram &histogram,
                                      double percentile) {
  return percentileOf(foldBins(histogram), histogram.getCount(), percentile);
}

static ClippingRange findPercentileRange(const ActivationHistogram &histogram,
                                         double percentile, bool symmetric) {
  if (symmetric) {
    float threshold = findMagnitudePercentile(histogram, percentile);
    return {-threshold, threshold};
  }
  double clipped = (100 - percentile) / 2;
  return {std::min(0.0f, findPercentile(histogram, clipped)),
          std::max(0.0f, findPercentile(histogram, 100 - clipped))};
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

namespace {
/// The squared error of real numbers in units of the scale, with the zero point
/// at 0, and its integral.
struct RoundingError {
  /// The numbers that the integers stand for.
  double least, greatest;

  double at(double x) const {
    double rounded = std::clamp(std::nearbyint(x), least, greatest);
    return (x - rounded) * (x - rounded);
  }

  /// From 0 to `x`. Between integers n - 1/2 and n + 1/2 the error is (x -
  /// n)^2, whose integral is 1/12; beyond the ends it grows with the distance.
  double integral(double x) const {
    double inside = std::clamp(x, least, greatest);
    double n = std::nearbyint(inside), rest = inside - n, beyond = x - inside;
    return n / 12 + (rest * rest * rest + beyond * beyond * beyond) / 3;
  }

  /// The mean over numbers that are equally spread from `a` to `b`.
  double mean(double a, double b) const {
    // Below this width the difference of integrals has too few digits.
    constexpr double narrow = 1e-4;
    return b - a < narrow ? at((a + b) / 2)
                          : (integral(b) - integral(a)) / (b - a);
  }
};
} // namespace

double atleus::estimateSquaredError(const ActivationHistogram &histogram,
                                    UniformScale scale, UniformCode code) {
  RoundingError error{static_cast<double>(code.least() - scale.zeroPoint),
                      static_cast<double>(code.greatest() - scale.zeroPoint)};
  double step = scale.scale, sum = 0;
  for (const Bin &bin : histogram.getBins())
    if (bin.count > 0)
      sum += static_cast<double>(bin.count) *
             error.mean(bin.least / step, bin.greatest / step);
  return sum * step * step / static_cast<double>(histogram.getCount());
}

//===----------------------------------------------------------------------===//
// Divergence
//===----------------------------------------------------------------------===//

namespace {
/// The bins that hold numbers, and where the clipping range lies among them.
struct ClippedBins {
  ClippedBins(const ActivationHistogram &histogram, ClippingRange range) {
    for (const Bin &bin : histogram.getBins()) {
      if (bin.count == 0)
        continue;
      auto number = static_cast<double>(bin.count);
      if (bin.center() < range.low)
        below += number;
      else if (bin.center() > range.high)
        above += number;
      else
        inside.push_back(&bin);
    }
  }

  llvm::SmallVector<const Bin *> inside;
  /// Numbers beyond the ends.
  double below = 0, above = 0;
};

/// p log(p / q) summed over bins; zero probability of q where p has one is
/// infinite.
struct Divergence {
  double total, kept;
  double sum = 0;

  void add(double count, double expected) {
    double p = count / total, q = expected / kept;
    sum += p * std::log(p / q);
  }
};
} // namespace

double atleus::estimateDivergence(const ActivationHistogram &histogram,
                                  ClippingRange range, UniformCode code) {
  ClippedBins bins(histogram, range);
  auto total = static_cast<double>(histogram.getCount());
  if (bins.inside.empty())
    return std::numeric_limits<double>::infinity();
  UniformScale scale = chooseScale(range, code);
  auto levelOf = [&](const Bin &bin) {
    double level = std::nearbyint(bin.center() / scale.scale);
    return std::clamp(level,
                      static_cast<double>(code.least() - scale.zeroPoint),
                      static_cast<double>(code.greatest() - scale.zeroPoint));
  };
  Divergence divergence{total, total - bins.below - bins.above};
  // What the bins of one level hold is spread evenly over them.
  for (size_t begin = 0, end; begin < bins.inside.size(); begin = end) {
    double level = levelOf(*bins.inside[begin]), sum = 0;
    for (end = begin; end < bins.inside.size(); ++end) {
      if (levelOf(*bins.inside[end]) != level)
        break;
      sum += static_cast<double>(bins.inside[end]->count);
    }
    double expected = sum / static_cast<double>(end - begin);
    for (size_t i = begin; i < end; ++i) {
      // Clipped numbers are at the ends.
      double clipped = (i == 0 ? bins.below : 0) +
                       (i + 1 == bins.inside.size() ? bins.above : 0);
      divergence.add(static_cast<double>(bins.inside[i]->count) + clipped,
                     expected);
    }
  }
  return divergence.sum;
}

/// `range` drawn in to what is `inside`, on both sides alike if the code is
/// symmetric.
static ClippingRange drawIn(const ClippedBins &bins, bool symmetric) {
  ClippingRange inner = {std::min(0.0f, bins.inside.front()->least),
                         std::max(0.0f, bins.inside.back()->greatest)};
  if (symmetric) {
    inner.high = std::max(-inner.low, inner.high);
    inner.low = -inner.high;
  }
  return inner;
}

static ClippingRange findEntropyRange(const ActivationHistogram &histogram,
                                      ClippingRange widest, UniformCode code) {
  // If much fewer bins than there are levels remained, rounding would seem to
  // lose nothing: the less is kept, the less.
  auto fewest = std::min<size_t>(code.levels() / 2,
                                 ClippedBins(histogram, widest).inside.size());
  constexpr unsigned octaves = 10;
  auto cost = [&](ClippingRange range) {
    ClippedBins bins(histogram, range);
    if (bins.inside.empty() || bins.inside.size() < fewest)
      return std::numeric_limits<double>::infinity();
    return estimateDivergence(histogram, drawIn(bins, code.symmetric), code);
  };
  ClippingRange best = searchRange(widest, code.symmetric, octaves, cost);
  return drawIn(ClippedBins(histogram, best), code.symmetric);
}

//===----------------------------------------------------------------------===//
// Methods
//===----------------------------------------------------------------------===//

ClippingRange atleus::findClippingRange(const ActivationHistogram &histogram,
                                        const ClippingOptions &options,
                                        UniformCode code) {
  if (histogram.isEmpty())
    return {};
  ClippingRange widest = {std::min(0.0f, histogram.getLeast()),
                          std::max(0.0f, histogram.getGreatest())};
  if (code.symmetric) {
    widest.high = std::max(-widest.low, widest.high);
    widest.low = -widest.high;
  }
  constexpr unsigned octaves = 10;
  switch (options.method) {
  case CalibrationMethod::MinMax:
    return widest;
  case CalibrationMethod::Percentile:
    return findPercentileRange(histogram, options.percentile, code.symmetric);
  case CalibrationMethod::Entropy:
    return findEntropyRange(histogram, widest, code);
  case CalibrationMethod::MeanSquaredError:
    return searchRange(widest, code.symmetric, octaves,
                       [&](ClippingRange range) {
                         return estimateSquaredError(
                             histogram, chooseScale(range, code), code);
                       });
  }
  llvm_unreachable("every method is handled");
}
