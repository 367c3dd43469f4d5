// Scales of equidistant codes.
#include "atleus/Compression/UniformCode.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace atleus;

UniformScale atleus::chooseScale(ClippingRange range, UniformCode code) {
  float low = std::min(range.low, 0.0f), high = std::max(range.high, 0.0f);
  if (low == 0 && high == 0)
    return {};
  constexpr float smallest = std::numeric_limits<float>::min();
  auto greatest = static_cast<float>(code.greatest());
  if (code.symmetric)
    return {std::max(std::max(-low, high) / greatest, smallest), 0};
  // In double: the width of the range may be no float.
  double width = static_cast<double>(high) - static_cast<double>(low);
  float scale = std::max(
      static_cast<float>(width / static_cast<double>(greatest)), smallest);
  float zeroPoint = std::nearbyint(-low / scale);
  return {scale, static_cast<int64_t>(std::clamp(zeroPoint, 0.0f, greatest))};
}
