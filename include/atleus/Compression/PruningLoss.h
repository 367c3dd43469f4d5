// What pruning a weight does to its outputs.
#ifndef ATLEUS_COMPRESSION_PRUNINGLOSS_H
#define ATLEUS_COMPRESSION_PRUNINGLOSS_H

#include "atleus/Compression/PruningPattern.h"
#include "atleus/Compression/SecondMoments.h"
#include "atleus/Compression/SparsityAllocation.h"

namespace atleus {

/// A weight in the order in which it is stored, and the moments of its inputs.
struct WeightSample {
  WeightShape shape;
  llvm::ArrayRef<float> elements;
  const SecondMoments *moments;

  /// The root mean square of each input.
  std::vector<float> inputScales() const;
  /// The square of all outputs of the samples if the elements that `pruned`
  /// does not name were zero: what these outputs change by when the elements
  /// that it names become zero.
  double outputOf(llvm::ArrayRef<uint8_t> pruned) const;
};

/// A matrix with rows and columns exchanged.
template <typename T>
std::vector<T> transposeMatrix(llvm::ArrayRef<T> matrix, int64_t rows,
                               int64_t columns) {
  std::vector<T> result(matrix.size());
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column)
      result[column * rows + row] = matrix[row * columns + column];
  return result;
}

/// What a weight loses at sparsities of 0 and of `steps` values that are evenly
/// spaced below 1, as nearly as the pattern reaches them, when the others of its
/// weights stay as they are: the squared error of its outputs over the square
/// of the outputs. The request has no error.
PrunedLayer measureLosses(const PruningRequest &request,
                          const WeightSample &weight, int steps);

} // namespace atleus

#endif // ATLEUS_COMPRESSION_PRUNINGLOSS_H
