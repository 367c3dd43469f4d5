// Largest magnitudes in matrices of floats, and the scales that follow from
// them. The matrices may lie at any address, as parameters do in a mapped model
// file; nothing is copied, so the search takes as long as reading the memory.
#ifndef ATLEUS_TRANSFORMS_MAGNITUDES_H
#define ATLEUS_TRANSFORMS_MAGNITUDES_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <vector>

namespace atleus {

/// For what a largest magnitude is wanted: each column of a matrix, or each
/// row.
enum class MagnitudeAxis { Columns, Rows };

/// One matrix of f32 in row-major order.
struct MagnitudeSearch {
  const char *data = nullptr;
  int64_t rows = 0;
  int64_t columns = 0;
  MagnitudeAxis axis = MagnitudeAxis::Columns;
  /// What is found: the largest |x| of each column or row, infinity or NaN if
  /// there is one; 0 for no elements.
  std::vector<float> magnitudes;
};

/// Searches all matrices on several threads. The result does not depend on how
/// many there are.
void findMagnitudes(llvm::MutableArrayRef<MagnitudeSearch> searches);

/// The scale at which integers from -largestStored to largestStored cover
/// values of up to `magnitude`, as a float. All-zero values have the scale 1,
/// for any scale is right and zero is none.
double symmetricScale(float magnitude, int64_t largestStored);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_MAGNITUDES_H
