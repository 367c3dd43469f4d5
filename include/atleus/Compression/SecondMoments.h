// Sums of products of the inputs of a linear kernel, X' X.
//
// They are all that rounding and pruning with error feedback need to know of
// the samples: if the weights W [k, n] become W + D, the outputs of all samples
// change by the squared norm |X D|^2 = trace(D' (X' X) D). X has one row of k
// features for each token of each sample; X' X is half the Hessian of that
// error in each column of W.
#ifndef ATLEUS_COMPRESSION_SECONDMOMENTS_H
#define ATLEUS_COMPRESSION_SECONDMOMENTS_H

#include "llvm/ADT/ArrayRef.h"

#include <Eigen/Core>

#include <vector>

namespace atleus {

/// The matrix [k, k] of the sums, made of batches of rows. Products of a few
/// rows are computed in float and added up in double. The lower half is kept,
/// in square tiles: about 4 k^2 bytes. Adding a batch uses several threads; the
/// result does not depend on how many there are.
class SecondMoments {
public:
  explicit SecondMoments(int64_t features);

  int64_t getNumFeatures() const { return features; }
  /// Rows that have been added.
  int64_t getNumRows() const { return rows; }
  /// What the sums of so many features occupy.
  static int64_t numBytes(int64_t features);

  /// Adds rows of k finite floats each, in row-major order.
  void add(llvm::ArrayRef<float> batch);
  /// Adds the rows that another one of as many features has seen.
  void merge(const SecondMoments &other);

  /// The sum of the products of two features.
  double get(int64_t first, int64_t second) const;
  /// Sums of the squares of each feature.
  Eigen::VectorXd getDiagonal() const;

  /// |X D|^2 for changes D [k, n] of the weights, in row-major order.
  double outputError(llvm::ArrayRef<float> changes) const;

private:
  /// Rows and columns of a tile; those at the edges are smaller.
  static constexpr int64_t tileSize = 256;

  int64_t tileBegin(int64_t index) const { return index * tileSize; }
  int64_t tileEnd(int64_t index) const {
    return std::min(features, (index + 1) * tileSize);
  }

  int64_t features;
  int64_t rows = 0;
  struct Tile {
    int64_t row, column;
    Eigen::MatrixXd sums;
  };
  /// Those with column <= row, row by row.
  std::vector<Tile> tiles;
};

} // namespace atleus

#endif // ATLEUS_COMPRESSION_SECONDMOMENTS_H
