// How far a tensor is from what was expected.
#ifndef ATLEUS_COMPARISON_DIFFERENCE_H
#define ATLEUS_COMPARISON_DIFFERENCE_H

#include "atleus/Interpreter/Tensor.h"

namespace atleus {

/// The largest difference of two elements at the same place.
struct Difference {
  /// |found - expected| at the worst place, relative to the largest finite
  /// magnitude of all that is expected; absolute if that is zero. Infinite
  /// where only one is NaN, or where an infinity is missed.
  double error = 0;
  /// The worst place; empty for a scalar.
  Shape index;
  double found = 0, expected = 0;
  /// The largest finite magnitude of all that is expected.
  double largest = 0;
};

/// Compares two tensors of one shape. Where exactly one is quantized, it is
/// compared by the numbers that it stands for; two integers, or a quantized
/// tensor and integers, by what is stored.
llvm::Expected<Difference> measureDifference(const Tensor &found,
                                             const Tensor &expected);

/// "[0, 5, 12]".
std::string formatIndex(llvm::ArrayRef<int64_t> index);

} // namespace atleus

#endif // ATLEUS_COMPARISON_DIFFERENCE_H
