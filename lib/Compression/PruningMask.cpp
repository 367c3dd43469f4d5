// The weights that a pruning pattern keeps: those with the largest scores.
#include "atleus/Compression/PruningPattern.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace atleus;
using llvm::ArrayRef;
using llvm::MutableArrayRef;

/// Sets `pruned[i]` for all but the `kept` largest scores, of equal ones the
/// first.
template <typename T>
static void pruneSmallest(ArrayRef<T> scores, int64_t kept,
                          MutableArrayRef<uint8_t> pruned) {
  if (kept >= static_cast<int64_t>(scores.size())) {
    llvm::fill(pruned, 0);
    return;
  }
  llvm::SmallVector<T, 64> sorted(scores);
  T *nth = sorted.begin() + (kept - 1);
  std::nth_element(sorted.begin(), nth, sorted.end(), std::greater<T>());
  T threshold = *nth;
  int64_t equal = kept - llvm::count_if(scores, [threshold](T score) {
                    return score > threshold;
                  });
  for (auto [score, zero] : llvm::zip_equal(scores, pruned))
    zero = score > threshold || (score == threshold && equal-- > 0) ? 0 : 1;
}

namespace {
class Scores {
public:
  Scores(ArrayRef<float> weights, const InputScales &inputs, int64_t columns)
      : weights(weights), inputs(inputs), columns(columns) {}

  /// The score of a weight by its place in row-major order.
  float at(int64_t place) const {
    float magnitude = std::abs(weights[place]);
    if (inputs.scales.empty())
      return magnitude;
    return magnitude * inputs.scales[inputs.dimension == 0 ? place / columns
                                                           : place % columns];
  }

private:
  ArrayRef<float> weights;
  InputScales inputs;
  int64_t columns;
};
} // namespace

/// Prunes the lines of a block with the smallest norms, which are compared by
/// their squares.
static void pruneLines(const nn::SparsePattern &pattern,
                       const nn::MatrixBlock &block, const Scores &scores,
                       MutableArrayRef<uint8_t> pruned) {
  std::vector<double> squares(pruned.size());
  for (int64_t row = block.rowBegin; row < block.rowEnd; ++row)
    for (int64_t column = block.columnBegin; column < block.columnEnd;
         ++column) {
      double score = scores.at(row * pattern.columns + column);
      squares[pattern.lineDimension == 0 ? row - block.rowBegin
                                         : column - block.columnBegin] +=
          score * score;
    }
  pruneSmallest<double>(squares, countKeptLines(pattern, block), pruned);
}

static nn::SparseMask pruneAnywhere(const nn::SparsePattern &pattern,
                                    const Scores &scores, int64_t kept) {
  std::vector<float> all;
  all.reserve(pattern.size());
  for (int64_t place = 0; place < pattern.size(); ++place)
    all.push_back(scores.at(place));
  nn::SparseMask mask;
  mask.pruned.resize(pattern.size());
  pruneSmallest<float>(all, kept, mask.pruned);
  return mask;
}

nn::SparseMask atleus::findMask(const nn::SparsePattern &pattern,
                                ArrayRef<float> weights,
                                const InputScales &inputs, int64_t kept) {
  Scores scores(weights, inputs, pattern.columns);
  if (pattern.isUnstructured())
    return pruneAnywhere(pattern, scores, kept);
  nn::SparseMask mask;
  if (pattern.hasLines())
    for (const nn::MatrixBlock &block : nn::listBlocks(pattern)) {
      size_t begin = mask.prunedLines.size();
      mask.prunedLines.resize(begin + block.lines(pattern.lineDimension));
      pruneLines(pattern, block, scores,
                 MutableArrayRef(mask.prunedLines).drop_front(begin));
    }
  mask.pruned.assign(pattern.size(), 1);
  llvm::SmallVector<float, 64> ofGroup;
  llvm::SmallVector<uint8_t, 64> pruned;
  forEachGroup(pattern, mask.prunedLines, [&](ArrayRef<int64_t> places) {
    int64_t size = places.size();
    ofGroup.clear();
    for (int64_t place : places)
      ofGroup.push_back(scores.at(place));
    pruned.resize(size);
    pruneSmallest<float>(
        ofGroup,
        pattern.hasGroups() ? nn::keptOf(size, pattern.kept, pattern.group)
                            : size,
        pruned);
    for (auto [place, zero] : llvm::zip_equal(places, pruned))
      mask.pruned[place] = zero;
  });
  return mask;
}
