// The numbers of NF4, and the search for the nearest one.
#include "atleus/Compression/NormalFloat.h"
#include "FloatOrder.h"

#include "llvm/ADT/STLExtras.h"

using namespace atleus;

const std::array<float, 16> atleus::normalFloat4 = {-1.0f,
                                                    -0.6961928009986877f,
                                                    -0.5250730514526367f,
                                                    -0.39491748809814453f,
                                                    -0.28444138169288635f,
                                                    -0.18477343022823334f,
                                                    -0.09105003625154495f,
                                                    0.0f,
                                                    0.07958029955625534f,
                                                    0.16093020141124725f,
                                                    0.24611230194568634f,
                                                    0.33791524171829224f,
                                                    0.44070982933044434f,
                                                    0.5626170039176941f,
                                                    0.7229568362236023f,
                                                    1.0f};

uint8_t atleus::encodeNormalFloat4(float value) {
  constexpr uint8_t zero = 7;
  if (value != value)
    return zero;
  // The number of midpoints below the value, which a float's halves are exact
  // for up to rounding of the sum.
  uint8_t index = 0;
  for (size_t i = 1; i < normalFloat4.size(); ++i)
    index += value > (normalFloat4[i - 1] + normalFloat4[i]) / 2 ? 1 : 0;
  return index;
}

float atleus::normalFloatScale(llvm::ArrayRef<float> block) {
  float magnitude = 0;
  for (float weight : block)
    magnitude = std::max(magnitude, std::fabs(weight));
  if (magnitude == 0)
    return 1;
  return std::max(magnitude, std::numeric_limits<float>::min());
}

bool atleus::encodeNormalFloat4(llvm::ArrayRef<float> weights,
                                int64_t blockSize,
                                llvm::MutableArrayRef<uint8_t> indices,
                                llvm::MutableArrayRef<float> scales) {
  OrderedRange range;
  for (float weight : weights)
    range.add(weight);
  if (!range.isEmpty() &&
      (!std::isfinite(range.least()) || !std::isfinite(range.greatest())))
    return false;
  for (float &scale : scales) {
    llvm::ArrayRef<float> block = weights.take_front(blockSize);
    scale = normalFloatScale(block);
    for (auto [weight, index] :
         llvm::zip(block, indices.take_front(block.size())))
      index = encodeNormalFloat4(weight / scale);
    weights = weights.drop_front(block.size());
    indices = indices.drop_front(block.size());
  }
  return true;
}
