// Scales of weights, one for each block of a matrix.
//
// A weight's scales form a grid of blocks: one block for a scale per tensor,
// blocks of one row or column for a scale per channel, and blocks of a
// crossbar's size for crossbar-wise scales. The floats may lie at any address,
// as parameters do in a mapped model file; ranges are found where they lie, in
// as much time as reading the memory takes.
#ifndef ATLEUS_COMPRESSION_WEIGHTSCALING_H
#define ATLEUS_COMPRESSION_WEIGHTSCALING_H

#include "atleus/Compression/UniformCode.h"

#include "llvm/ADT/ArrayRef.h"

#include <vector>

namespace atleus {

/// What becomes of a block's largest weights.
enum class WeightClipping {
  MinMax,           ///< they are kept
  MeanSquaredError, ///< clipped as far as it makes the squared error smallest
};

/// One matrix of f32 in row-major order, and the scales that were found for it.
struct WeightScaling {
  const char *data = nullptr;
  int64_t rows = 0;
  int64_t columns = 0;
  /// Of a block; those at the edges are smaller. At least 1.
  int64_t blockRows = 1;
  int64_t blockColumns = 1;
  UniformCode code;
  WeightClipping clipping = WeightClipping::MinMax;

  /// The range of the weights of each block, row by row of blocks. NaN or
  /// infinite if one of them is; 0 to 0 for a block without weights.
  std::vector<ClippingRange> ranges;
  /// The scale of each block, if all weights are finite; none otherwise.
  std::vector<UniformScale> scales;

  int64_t gridRows() const { return (rows + blockRows - 1) / blockRows; }
  int64_t gridColumns() const {
    return (columns + blockColumns - 1) / blockColumns;
  }
  /// Blocks whose weights are all zero.
  int64_t countZeroBlocks() const;
};

/// Finds ranges and scales of all matrices on several threads. The result does
/// not depend on how many there are.
void findWeightScales(llvm::MutableArrayRef<WeightScaling> weights);

/// The range within that of `values` to which clipping makes the squared error
/// of storing them smallest; never larger than without clipping.
ClippingRange clipForSquaredError(llvm::ArrayRef<float> values,
                                  ClippingRange widest, UniformCode code);

/// The sum of the squared errors of storing `values` with `scale`.
double measureSquaredError(llvm::ArrayRef<float> values, UniformScale scale,
                           UniformCode code);

} // namespace atleus

#endif // ATLEUS_COMPRESSION_WEIGHTSCALING_H
