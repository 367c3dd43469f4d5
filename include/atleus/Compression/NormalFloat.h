// NormalFloat with 4 bits, the code of QLoRA's weights (Dettmers et al., arXiv
// 2305.14314): 16 numbers from -1 to 1 that normally distributed weights use
// about equally often, times a scale for each block of weights, its largest
// magnitude. Weights are looked up, not computed with, so that a product needs
// their floats.
#ifndef ATLEUS_COMPRESSION_NORMALFLOAT_H
#define ATLEUS_COMPRESSION_NORMALFLOAT_H

#include "llvm/ADT/ArrayRef.h"

#include <array>
#include <cstdint>

namespace atleus {

/// The numbers, in order (appendix E of the paper).
extern const std::array<float, 16> normalFloat4;

/// The index of the number nearest to `value`; of two, the lower one. NaN has
/// that of 0.
uint8_t encodeNormalFloat4(float value);

/// The largest magnitude of a block of finite weights, or 1 if all are zero;
/// what is below the smallest normal float counts as that, so that no weight
/// divided by it is out of range.
float normalFloatScale(llvm::ArrayRef<float> block);

/// The indices of weights in blocks of `blockSize`, the last one of which may
/// be shorter, and the scale of each block. Returns false, and stores nothing
/// of use, if a weight is NaN or infinite.
bool encodeNormalFloat4(llvm::ArrayRef<float> weights, int64_t blockSize,
                        llvm::MutableArrayRef<uint8_t> indices,
                        llvm::MutableArrayRef<float> scales);

} // namespace atleus

#endif // ATLEUS_COMPRESSION_NORMALFLOAT_H
