// Which precision each layer gets, so that all together cost or lose little.
//
// Every layer takes one of its choices; costs and losses of layers add up. That
// is a knapsack with multiple choice. As long as it fits into memory, it is
// solved exactly, by dynamic programming over sums of costs that lose less than
// all cheaper ones. Beyond that, the steps of the lower convex hulls of all
// layers are taken in the order of what they save for their cost (Lagrangian
// relaxation), what is left is filled greedily, and the answer comes with a
// bound that no combination can pass.
//
// Example: two layers in 4 or 8 bits, for at most 30 crossbars:
//   PrecisionSearch search({{{8, 0.3}, {16, 0.0}}, {{12, 0.1}, {24, 0.0}}});
//   search.findLeastLoss(30)->choices;  // {1, 0}: 28 crossbars, loss 0.1
#ifndef ATLEUS_COMPRESSION_PRECISIONSEARCH_H
#define ATLEUS_COMPRESSION_PRECISIONSEARCH_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace atleus {

/// What a layer costs and loses at one precision.
struct PrecisionChoice {
  int64_t cost = 0;
  double loss = 0;
};

/// One choice for each layer.
struct PrecisionSelection {
  std::vector<unsigned> choices;
  int64_t cost = 0;
  double loss = 0;
  /// No selection that keeps the limit has a loss (or a cost, if that was asked
  /// for) below this. Equal to it if the selection is known to be the best.
  double bound = 0;
};

class PrecisionSearch {
public:
  using Layer = std::vector<PrecisionChoice>;

  /// A sum over the first layers that loses less than all cheaper ones.
  struct State {
    int64_t cost;
    double loss;
    /// The state of the layers before, and the choice of the last one.
    uint32_t previous;
    uint32_t choice;
  };
  /// Each layer has at least one choice; losses are finite. `maximumStates`
  /// limits the sums that are kept for the exact answer.
  explicit PrecisionSearch(std::vector<Layer> layers,
                           size_t maximumStates = size_t(1) << 22);

  bool isExact() const { return exact; }

  /// The least loss at a cost of at most `cost`. None if all layers at their
  /// cheapest cost more.
  std::optional<PrecisionSelection> findLeastLoss(int64_t cost) const;
  /// The least cost at a loss of at most `loss`. None if all layers at their
  /// best lose more.
  std::optional<PrecisionSelection> findLeastCost(double loss) const;

  /// The cheapest choice of each layer, and the best one; the better, and then
  /// the cheaper, of equals.
  PrecisionSelection getCheapest() const;
  PrecisionSelection getBest() const;

private:
  /// A step of a layer along its convex hull.
  struct Step {
    size_t layer;
    unsigned choice;
    int64_t cost;
    double gain;
  };

  bool buildStates(size_t maximumStates);
  void buildSteps();
  PrecisionSelection select(size_t state) const;
  PrecisionSelection sum(std::vector<unsigned> choices) const;
  void fill(PrecisionSelection &selection, int64_t cost) const;
  void trim(PrecisionSelection &selection, double loss) const;

  std::vector<Layer> layers;
  bool exact = false;
  /// After each layer, by increasing cost and decreasing loss.
  std::vector<std::vector<State>> states;
  /// By decreasing gain per cost.
  std::vector<Step> steps;
};

} // namespace atleus

#endif // ATLEUS_COMPRESSION_PRECISIONSEARCH_H
