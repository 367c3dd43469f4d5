// Thresholds on a ladder of ratios, then between its rungs.
#include "RangeSearch.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace atleus;

namespace {
/// The best of the factors that were tried; the earlier one of two equal ones.
struct BestFactor {
  double factor = 1;
  double cost;

  void offer(double candidate, double candidateCost) {
    if (candidateCost < cost) {
      factor = candidate;
      cost = candidateCost;
    }
  }
};
} // namespace

/// The factor in (0, 1] of the least cost, which is `widest` for a factor of 1.
static BestFactor searchFactor(double widest, unsigned octaves,
                               llvm::function_ref<double(double)> cost) {
  constexpr unsigned rungsPerOctave = 8, finerSteps = 8;
  BestFactor best{1, widest};
  for (unsigned rung = 1; rung <= octaves * rungsPerOctave; ++rung) {
    double factor = std::exp2(-static_cast<double>(rung) / rungsPerOctave);
    best.offer(factor, cost(factor));
  }
  double ratio = std::exp2(-1.0 / rungsPerOctave);
  double above = std::min(1.0, best.factor / ratio);
  double below = best.factor * ratio;
  for (unsigned step = 1; step < 2 * finerSteps; ++step) {
    double factor = above + (below - above) * step / (2 * finerSteps);
    best.offer(factor, cost(factor));
  }
  return best;
}

ClippingRange atleus::searchRange(ClippingRange widest, bool symmetric,
                                  unsigned octaves, RangeCost rangeCost) {
  auto scaled = [](ClippingRange range, double low, double high) {
    return ClippingRange{static_cast<float>(range.low * low),
                         static_cast<float>(range.high * high)};
  };
  // Parts of denormal numbers may be zero, which is a range no more.
  auto cost = [&](ClippingRange range) {
    return range.low == 0 && range.high == 0
               ? std::numeric_limits<double>::infinity()
               : rangeCost(range);
  };
  double best = cost(widest);
  if (symmetric) {
    double factor = searchFactor(best, octaves, [&](double factor) {
                      return cost(scaled(widest, factor, factor));
                    }).factor;
    return scaled(widest, factor, factor);
  }
  // Each end starts from where it is; a second turn sees the other one moved.
  double low = 1, high = 1;
  constexpr unsigned turns = 2;
  for (unsigned turn = 0; turn < turns; ++turn) {
    if (widest.high > 0) {
      BestFactor found = searchFactor(best, octaves, [&](double factor) {
        return cost(scaled(widest, low, factor));
      });
      if (found.cost < best)
        high = found.factor;
      best = found.cost;
    }
    if (widest.low < 0) {
      BestFactor found = searchFactor(best, octaves, [&](double factor) {
        return cost(scaled(widest, factor, high));
      });
      if (found.cost < best)
        low = found.factor;
      best = found.cost;
    }
  }
  return scaled(widest, low, high);
}
