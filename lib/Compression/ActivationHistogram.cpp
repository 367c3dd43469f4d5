// Histograms whose bins grow by powers of two.
#include "atleus/Compression/ActivationHistogram.h"
#include "FloatOrder.h"

using namespace atleus;

void ActivationHistogram::Bin::add(float value) {
  ++count;
  least = std::min(least, value);
  greatest = std::max(greatest, value);
}

void ActivationHistogram::Bin::merge(const Bin &other) {
  count += other.count;
  least = std::min(least, other.least);
  greatest = std::max(greatest, other.greatest);
}

/// floor(value / 2^exponent); exact, and below 2^24 in magnitude for an
/// exponent of `chooseExponent`.
static int64_t indexOf(double value, double inverseWidth) {
  double scaled = value * inverseWidth;
  auto index = static_cast<int64_t>(scaled);
  return index - (static_cast<double>(index) > scaled ? 1 : 0);
}

/// The least exponent at which few enough bins reach from `low` to `high`, but
/// none at which a bin is narrower than the distance between floats of the
/// larger magnitude.
static int chooseExponent(float low, float high) {
  constexpr int smallest = -149; // of the smallest denormal
  constexpr int fractionBits = std::numeric_limits<float>::digits - 1;
  float magnitude = std::max(std::fabs(low), std::fabs(high));
  int exponent = smallest;
  if (magnitude > 0)
    exponent = std::max(smallest, std::ilogb(magnitude) - fractionBits);
  for (;; ++exponent) {
    double inverse = std::ldexp(1.0, -exponent);
    if (indexOf(high, inverse) - indexOf(low, inverse) <
        ActivationHistogram::maximumBins)
      return exponent;
  }
}

ActivationHistogram::Bin &ActivationHistogram::binOf(float value) {
  return bins[indexOf(value, std::ldexp(1.0, -exponent)) - firstIndex];
}

/// Widens the bins to the range from `low` to `high` and what they have.
void ActivationHistogram::include(float low, float high) {
  if (!isEmpty()) {
    low = std::min(low, least);
    high = std::max(high, greatest);
    if (low == least && high == greatest)
      return;
  }
  least = low;
  greatest = high;
  int wider = chooseExponent(low, high);
  double inverse = std::ldexp(1.0, -wider);
  int64_t first = indexOf(low, inverse), last = indexOf(high, inverse);
  std::vector<Bin> regrouped(last - first + 1);
  for (size_t i = 0; i < bins.size(); ++i)
    if (bins[i].count > 0) {
      // An arithmetic shift rounds down, as the bins' indices do.
      int64_t index = firstIndex + static_cast<int64_t>(i);
      regrouped[(index >> std::min(63, wider - exponent)) - first].merge(
          bins[i]);
    }
  bins = std::move(regrouped);
  firstIndex = first;
  exponent = wider;
}

bool ActivationHistogram::add(llvm::ArrayRef<float> values) {
  if (values.empty())
    return true;
  OrderedRange range;
  for (float value : values)
    range.add(value);
  if (!std::isfinite(range.least()) || !std::isfinite(range.greatest()))
    return false;
  include(range.least(), range.greatest());
  double inverse = std::ldexp(1.0, -exponent);
  for (float value : values)
    bins[indexOf(value, inverse) - firstIndex].add(value);
  count += values.size();
  return true;
}

void ActivationHistogram::merge(const ActivationHistogram &other) {
  if (other.isEmpty())
    return;
  include(other.least, other.greatest);
  for (const Bin &bin : other.bins)
    if (bin.count > 0)
      binOf(bin.least).merge(bin);
  count += other.count;
}
