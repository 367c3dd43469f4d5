// Nearest planes for many columns at once: blocks of rows get the errors of all
// rows decided before by matrix products, and those within a block row by row.
#include "atleus/Compression/ErrorFeedback.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Parallel.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <numeric>

using namespace atleus;
using llvm::ArrayRef;

using RowMatrix =
    Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Rows that are decided one by one before a matrix product, and columns that
/// one thread decides at a time.
static constexpr int64_t blockRows = 64;
static constexpr int64_t chunkColumns = 128;

//===----------------------------------------------------------------------===//
// The factor
//===----------------------------------------------------------------------===//

/// The moments over the mean square, with rows and columns in the order of
/// `inputs`. Inputs that are always zero have a square of one instead, so that
/// they touch no other.
static Eigen::MatrixXd orderMatrix(const SecondMoments &moments,
                                   ArrayRef<int64_t> inputs, double mean,
                                   double damping) {
  auto size = static_cast<int64_t>(inputs.size());
  Eigen::MatrixXd matrix(size, size);
  for (int64_t column = 0; column < size; ++column) {
    for (int64_t row = column; row < size; ++row)
      matrix(row, column) = moments.get(inputs[row], inputs[column]) / mean;
    double &square = matrix(column, column);
    square = square > 0 ? square + damping : 1;
  }
  return matrix;
}

ErrorFeedback::ErrorFeedback(const SecondMoments &moments,
                             const FeedbackOptions &options)
    : inputs(moments.getNumFeatures()) {
  Eigen::VectorXd squares = moments.getDiagonal();
  std::iota(inputs.begin(), inputs.end(), 0);
  // The first to be decided comes last.
  llvm::sort(inputs, [&](int64_t a, int64_t b) {
    if (options.order == FeedbackOrder::LargestInputs &&
        squares[a] != squares[b])
      return squares[a] < squares[b];
    return a > b;
  });
  factorize(moments, options.damping);
}

/// The Cholesky factor in the lower half of `matrix`, or false if the matrix is
/// not positive definite beyond the errors of its numbers, which come from
/// products in float.
static bool decompose(Eigen::MatrixXd &matrix) {
  constexpr double leastShare = 1e-6;
  Eigen::VectorXd squares = matrix.diagonal();
  Eigen::LLT<Eigen::Ref<Eigen::MatrixXd>> decomposition(matrix);
  return decomposition.info() == Eigen::Success &&
         (matrix.diagonal().array().square() >= leastShare * squares.array())
             .all();
}

void ErrorFeedback::factorize(const SecondMoments &moments, double damping) {
  auto size = static_cast<int64_t>(inputs.size());
  double mean = size == 0 ? 0 : moments.getDiagonal().mean();
  if (mean == 0)
    mean = 1;
  Eigen::MatrixXd matrix;
  for (;; damping = std::max(10 * damping, 1e-8)) {
    matrix = orderMatrix(moments, inputs, mean, damping);
    squares = matrix.diagonal().cast<float>();
    if (decompose(matrix))
      break;
    // Squares that overflow say nothing.
    if (damping > 1) {
      matrix.setIdentity(size, size);
      squares.setOnes(size);
      break;
    }
  }
  pivots = matrix.diagonal().cwiseAbs2().cast<float>();
  for (int64_t column = 0; column < size; ++column)
    matrix.col(column).tail(size - column) /= matrix(column, column);
  factor = matrix.triangularView<Eigen::Lower>().toDenseMatrix().cast<float>();
}

Eigen::RowVectorXf ErrorFeedback::errorsOf(const RowMatrix &changes) const {
  Eigen::RowVectorXf errors = Eigen::RowVectorXf::Zero(changes.cols());
  int64_t size = changes.rows();
  for (int64_t begin = 0; begin < size; begin += blockRows) {
    int64_t count = std::min(blockRows, size - begin);
    RowMatrix block =
        factor.block(begin, begin, size - begin, count).transpose() *
        changes.bottomRows(size - begin);
    errors += pivots.segment(begin, count).transpose() * block.cwiseAbs2();
  }
  return errors;
}

//===----------------------------------------------------------------------===//
// Decisions
//===----------------------------------------------------------------------===//

namespace {
/// Columns [begin, end) of weights with `columns` columns.
struct Chunk {
  int64_t begin, end, columns;

  int64_t size() const { return end - begin; }
  /// Where a weight lies among all of them.
  int64_t indexOf(int64_t row, int64_t column) const {
    return row * columns + begin + column;
  }
};
} // namespace

/// Calls `body` for chunks of all columns, on several threads.
static void forEachChunk(int64_t columns,
                         llvm::function_ref<void(const Chunk &)> body) {
  llvm::parallelFor(
      0, llvm::divideCeil(columns, chunkColumns), [&](size_t index) {
        int64_t begin = static_cast<int64_t>(index) * chunkColumns;
        body({begin, std::min(columns, begin + chunkColumns), columns});
      });
}

namespace {
/// What becomes of the weights of a chunk.
struct Decisions {
  /// In the order of `inputs`.
  RowMatrix changes;
  /// The squared error of each column.
  Eigen::RowVectorXf errors;
};
} // namespace

/// `decide(row, column, target)` says what each weight becomes; `target` is the
/// weight with what it makes up for.
template <typename Decide>
static Decisions
decideColumns(ArrayRef<int64_t> inputs, const Eigen::MatrixXf &factor,
              const Eigen::VectorXf &pivots, ArrayRef<float> weights,
              const Chunk &chunk, Decide decide) {
  auto size = static_cast<int64_t>(inputs.size());
  RowMatrix changes(size, chunk.size());
  Eigen::RowVectorXf errors = Eigen::RowVectorXf::Zero(chunk.size());
  for (int64_t end = size; end > 0; end -= blockRows) {
    int64_t begin = std::max<int64_t>(0, end - blockRows);
    RowMatrix owed(end - begin, chunk.size());
    owed.noalias() =
        factor.block(end, begin, size - end, end - begin).transpose() *
        changes.bottomRows(size - end);
    for (int64_t position = end; position-- > begin;) {
      int64_t row = inputs[position];
      auto change = changes.row(position);
      auto missing = owed.row(position - begin);
      for (int64_t column = 0; column < chunk.size(); ++column) {
        float weight = weights[chunk.indexOf(row, column)];
        float target = weight - missing[column];
        change[column] = decide(row, column, target) - weight;
      }
      errors += pivots[position] * (change + missing).cwiseAbs2();
      for (int64_t other = begin; other < position; ++other)
        owed.row(other - begin) += factor(position, other) * change;
    }
  }
  return {std::move(changes), std::move(errors)};
}

std::vector<int32_t> ErrorFeedback::round(ArrayRef<float> weights,
                                          const RoundingGrid &grid,
                                          ArrayRef<uint8_t> pruned) const {
  assert(grid.rows == getNumInputs() && "a grid of the weights");
  std::vector<int32_t> integers(weights.size());
  auto nearest = [&](int64_t index, int64_t block, float target) {
    bool isZero = !pruned.empty() && pruned[index];
    return isZero ? grid.zeroPoint(block) : grid.round(target, block);
  };
  forEachChunk(grid.columns, [&](const Chunk &chunk) {
    auto [changes, errors] =
        decideColumns(inputs, factor, pivots, weights, chunk,
                      [&](int64_t row, int64_t column, float target) {
                        int64_t index = chunk.indexOf(row, column);
                        int64_t block = grid.blockAt(row, chunk.begin + column);
                        integers[index] = nearest(index, block, target);
                        return grid.real(integers[index], block);
                      });
    // The last rows may not be able to make up for all others.
    std::vector<int32_t> alternative(changes.size());
    for (auto [position, row] : llvm::enumerate(inputs))
      for (int64_t column = 0; column < chunk.size(); ++column) {
        int64_t index = chunk.indexOf(row, column);
        int64_t block = grid.blockAt(row, chunk.begin + column);
        int32_t integer = nearest(index, block, weights[index]);
        alternative[position * chunk.size() + column] = integer;
        changes(position, column) = grid.real(integer, block) - weights[index];
      }
    Eigen::RowVectorXf nearestErrors = errorsOf(changes);
    for (auto [position, row] : llvm::enumerate(inputs))
      for (int64_t column = 0; column < chunk.size(); ++column)
        if (nearestErrors[column] < errors[column])
          integers[chunk.indexOf(row, column)] =
              alternative[position * chunk.size() + column];
  });
  return integers;
}

//===----------------------------------------------------------------------===//
// Weights that stay floats
//===----------------------------------------------------------------------===//

/// A step that lessens the error by a smaller share is the last one, and there
/// are no more than these.
static constexpr float leastGain = 0.02f;
static constexpr unsigned mostSteps = 12;

/// Lessens the error of `changes` by those of the weights that are kept (1; 0
/// for the others), for all columns at once. Conjugate gradients, scaled by
/// the diagonal of H.
void ErrorFeedback::improve(const RowMatrix &kept, float error,
                            RowMatrix &changes) const {
  auto multiply = [&](const RowMatrix &matrix) -> RowMatrix {
    RowMatrix inner =
        factor.transpose().triangularView<Eigen::UnitUpper>() * matrix;
    return factor.triangularView<Eigen::UnitLower>() *
           (pivots.asDiagonal() * inner);
  };
  RowMatrix product = multiply(changes);
  RowMatrix residual = -product.cwiseProduct(kept);
  RowMatrix scaled = squares.cwiseInverse().asDiagonal() * residual;
  RowMatrix direction = scaled;
  Eigen::RowVectorXf slope = residual.cwiseProduct(scaled).colwise().sum();
  for (unsigned step = 0; step < mostSteps; ++step) {
    product = multiply(direction).cwiseProduct(kept);
    Eigen::RowVectorXf curvature =
        direction.cwiseProduct(product).colwise().sum();
    Eigen::RowVectorXf length =
        (curvature.array() > 0).select(slope.cwiseQuotient(curvature), 0);
    changes += direction * length.asDiagonal();
    float gain = length.dot(slope);
    error -= gain;
    if (gain <= leastGain * error)
      return;
    residual -= product * length.asDiagonal();
    scaled = squares.cwiseInverse().asDiagonal() * residual;
    Eigen::RowVectorXf next = residual.cwiseProduct(scaled).colwise().sum();
    Eigen::RowVectorXf turn =
        (slope.array() > 0).select(next.cwiseQuotient(slope), 0);
    direction = scaled + direction * turn.asDiagonal();
    slope = next;
  }
}

std::vector<float> ErrorFeedback::compensate(ArrayRef<float> weights,
                                             int64_t columns,
                                             ArrayRef<uint8_t> pruned) const {
  assert(pruned.size() == weights.size() && "one for each weight");
  std::vector<float> result(weights.size());
  forEachChunk(columns, [&](const Chunk &chunk) {
    auto [changes, errors] = decideColumns(
        inputs, factor, pivots, weights, chunk,
        [&](int64_t row, int64_t column, float target) {
          return pruned[chunk.indexOf(row, column)] ? 0.0f : target;
        });
    RowMatrix kept(changes.rows(), changes.cols());
    for (auto [position, row] : llvm::enumerate(inputs))
      for (int64_t column = 0; column < chunk.size(); ++column)
        kept(position, column) = pruned[chunk.indexOf(row, column)] ? 0 : 1;
    improve(kept, errors.sum(), changes);
    for (auto [position, row] : llvm::enumerate(inputs))
      for (int64_t column = 0; column < chunk.size(); ++column) {
        int64_t index = chunk.indexOf(row, column);
        if (!pruned[index])
          result[index] = weights[index] + changes(position, column);
      }
  });
  return result;
}
