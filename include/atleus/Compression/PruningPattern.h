// Which weights become zero: patterns of pruning, as users name them, and the
// weights that a pattern keeps.
//
// - Unstructured: the largest weights, wherever they are.
// - Block: of each block of the matrix the rows or columns with the largest
//   norms.
// - Bank-balanced (Cao et al., FPGA 2019) and N:M: of each group of weights that
//   a product sums over, the largest, the same number in each. Banks are long,
//   groups of N:M short.
// - Hierarchical (Qi et al., arXiv 2110.10030): of each block the rows or columns
//   with the largest norms; of each group of what these leave, the largest
//   weights, the same number in each.
//
// Sizes are those of the matrix [k, n], in which a row belongs to an input and a
// column to a feature, though the weight may be stored as [n, k].
//
// Example, half of a 768 x 3072 weight in blocks of 128 x 32:
//   PruningRequest request;
//   request.blockRows = 128, request.blockColumns = 32;
//   llvm::Expected<nn::SparsePattern> pattern =
//       choosePattern(request, {768, 3072, /*transposed=*/false});
//   nn::SparseMask mask = findMask(*pattern, weights, {});
#ifndef ATLEUS_COMPRESSION_PRUNINGPATTERN_H
#define ATLEUS_COMPRESSION_PRUNINGPATTERN_H

#include "dialects/NN/SparseStorage.h"

#include "llvm/ADT/StringRef.h"

namespace atleus {

enum class PruningKind { Unstructured, Block, BankBalanced, NOfM, Hierarchical };

/// The name of a pattern, as users write it.
llvm::StringRef stringify(PruningKind kind);

enum class PrunedLines { Rows, Columns };

/// What a user asks for. A number that is 0 is chosen.
struct PruningRequest {
  PruningKind kind = PruningKind::Hierarchical;
  /// Share of the weights that become zero, in [0, 1).
  double sparsity = 0.5;
  /// Size of a block; the matrix if it is 0 or larger than the matrix.
  int64_t blockRows = 0;
  int64_t blockColumns = 0;
  PrunedLines lines = PrunedLines::Rows;
  /// Weights of a group; 32 of a bank and 4 of other groups if it is 0.
  int64_t group = 0;
  /// Weights that a group keeps. If it is 0, groups keep the share 1 - sparsity,
  /// and those of a hierarchical pattern its square root, as nearly as they
  /// can; lines keep what makes up the rest. If it is stated, it decides alone
  /// what N:M and bank-balanced patterns keep.
  int64_t kept = 0;
};

/// A weight [k, n], stored as [n, k] if it is transposed.
struct WeightShape {
  int64_t inputs = 1;
  int64_t features = 1;
  bool transposed = false;
};

/// The pattern of a weight of positive size, with the smallest index. Numbers
/// that are kept are those with which a whole group, or a whole block, keeps most
/// nearly what it should, halves up, and 1 at least.
/// Errors: a sparsity outside [0, 1); negative sizes; a group that keeps more
/// weights than it has; groups of a hierarchical pattern that keep less than the
/// whole pattern has to.
llvm::Expected<nn::SparsePattern> choosePattern(const PruningRequest &request,
                                                const WeightShape &shape);

/// The number of weights that a pattern without levels keeps.
int64_t keptAnywhere(double sparsity, int64_t weights);

/// Scores by which weights are compared: |weight| times the scale of its input.
/// Without scales that is magnitude pruning; with the root mean square of each
/// input it is the score of Wanda (Sun et al., arXiv 2306.11695). The norm of a
/// line is that of its scores.
struct InputScales {
  llvm::ArrayRef<float> scales;
  /// The dimension of the stored weight that belongs to inputs.
  unsigned dimension = 0;
};

/// Finds which of `weights`, finite and in row-major order as they are stored,
/// become zero: those with the smallest scores, of equal ones the last. `kept`
/// is for a pattern without levels.
nn::SparseMask findMask(const nn::SparsePattern &pattern,
                        llvm::ArrayRef<float> weights,
                        const InputScales &inputs, int64_t kept = 0);

} // namespace atleus

#endif // ATLEUS_COMPRESSION_PRUNINGPATTERN_H
