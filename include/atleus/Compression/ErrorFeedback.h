// Rounding and pruning of weights in which later weights make up for the errors
// of earlier ones.
//
// The weights W [k, n] of a linear kernel become weights V of a grid, or with
// zeros, such that the outputs of calibration samples, X W, change little. The
// rows are decided one after another. With H = X' X + damping = R R', R upper
// triangular, the squared error of a column w is
//   |R' (w - v)|^2 = sum over j of (R_jj (t_j - v_j))^2,
//   t_j = w_j + sum over i < j of R_ij / R_jj (w_i - v_i),
// so that the best v_j, given those before it, is the grid point nearest to t_j
// (Babai's nearest plane). These are the numbers of GPTQ (Frantar et al., arXiv
// 2210.17323), which writes t_j with the Cholesky factor of the inverse of H;
// R needs no inverse. A pruned weight is v_j = 0, whose error passes on in the
// same way (SparseGPT, Frantar and Alistarh, arXiv 2301.00774).
//
// Weights that stay floats reach the best there is for their zeros: that is a
// least squares problem for each column, so conjugate gradients follow.
//
// Example, for weights of 768 x 3072:
//   SecondMoments moments(768);
//   for (ArrayRef<float> tokens : samples)
//     moments.add(tokens);
//   ErrorFeedback feedback(moments);
//   std::vector<int32_t> integers = feedback.round(weights, grid);
#ifndef ATLEUS_COMPRESSION_ERRORFEEDBACK_H
#define ATLEUS_COMPRESSION_ERRORFEEDBACK_H

#include "atleus/Compression/RoundingGrid.h"
#include "atleus/Compression/SecondMoments.h"

namespace atleus {

/// In which order the rows of weights are decided. Errors of late ones find few
/// others that could make up for them.
enum class FeedbackOrder {
  Given,         ///< the first row first
  LargestInputs, ///< rows whose input has the largest mean square first
};

struct FeedbackOptions {
  /// What is added to the diagonal of X' X, as a share of its mean. It keeps
  /// the weights from following the samples too closely.
  double damping = 0.01;
  FeedbackOrder order = FeedbackOrder::LargestInputs;
};

/// The factor of the moments of one value, for all weights that read it.
class ErrorFeedback {
public:
  /// Inputs that are always zero are left alone: their weights are rounded to
  /// nearest. Where the damping does not make the matrix positive definite in
  /// double precision, more is added.
  explicit ErrorFeedback(const SecondMoments &moments,
                         const FeedbackOptions &options = {});

  int64_t getNumInputs() const { return inputs.size(); }

  /// The integers of a grid [k, n] that stand for `weights` [k, n], row by row.
  /// `pruned` is empty or says for each weight whether it must be zero; its
  /// integer is the zero point then. A column that is nearer to the outputs
  /// when each weight is rounded to nearest is rounded so: the squared error,
  /// with the damping, is never above that of nearest rounding.
  std::vector<int32_t> round(llvm::ArrayRef<float> weights,
                             const RoundingGrid &grid,
                             llvm::ArrayRef<uint8_t> pruned = {}) const;

  /// Floats [k, n] that stand for `weights`, zero where `pruned` says so.
  std::vector<float> compensate(llvm::ArrayRef<float> weights, int64_t columns,
                                llvm::ArrayRef<uint8_t> pruned) const;

private:
  using RowMatrix =
      Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  void factorize(const SecondMoments &moments, double damping);
  /// The squared error of each column, with the damping.
  Eigen::RowVectorXf errorsOf(const RowMatrix &changes) const;
  void improve(const RowMatrix &kept, float error, RowMatrix &changes) const;

  /// The rows of weights, those that are decided first at the end.
  std::vector<int64_t> inputs;
  /// H = factor * pivots * factor', with rows and columns as in `inputs`. The
  /// factor is a lower triangle with ones on its diagonal.
  Eigen::MatrixXf factor;
  Eigen::VectorXf pivots;
  /// The diagonal of H.
  Eigen::VectorXf squares;
};

} // namespace atleus

#endif // ATLEUS_COMPRESSION_ERRORFEEDBACK_H
