// Greedy allocation of sparsity along the convex hulls of layers' losses.
#include "atleus/Compression/SparsityAllocation.h"

#include "llvm/ADT/STLExtras.h"

#include <tuple>

using namespace atleus;
using llvm::ArrayRef;

/// Loss per sparsity between two points.
static double slope(const SparsityLoss &from, const SparsityLoss &to) {
  return (to.loss - from.loss) / (to.sparsity - from.sparsity);
}

/// The points that lie on the lower convex hull.
static std::vector<SparsityLoss> lowerHull(ArrayRef<SparsityLoss> points) {
  std::vector<SparsityLoss> hull;
  for (const SparsityLoss &point : points) {
    while (hull.size() > 1 && slope(hull[hull.size() - 2], hull.back()) >=
                                  slope(hull.back(), point))
      hull.pop_back();
    hull.push_back(point);
  }
  return hull;
}

namespace {
/// One layer from a sparsity to the next.
struct Step {
  double lossPerWeight;
  size_t layer;
  double from, to;
};
} // namespace

std::vector<double>
atleus::allocateSparsity(ArrayRef<PrunedLayer> layers, double sparsity) {
  std::vector<Step> steps;
  double wanted = 0;
  for (auto [index, layer] : llvm::enumerate(layers)) {
    auto weights = static_cast<double>(layer.weights);
    wanted += weights * sparsity;
    std::vector<SparsityLoss> hull = lowerHull(layer.losses);
    for (size_t i = 1; i < hull.size(); ++i)
      steps.push_back({slope(hull[i - 1], hull[i]) / weights, index,
                       hull[i - 1].sparsity, hull[i].sparsity});
  }
  // Slopes of a layer ascend, so that its steps stay in order.
  llvm::sort(steps, [](const Step &a, const Step &b) {
    return std::tie(a.lossPerWeight, a.layer, a.from) <
           std::tie(b.lossPerWeight, b.layer, b.from);
  });
  std::vector<double> result(layers.size(), 0.0);
  for (const Step &step : steps) {
    auto weights = static_cast<double>(layers[step.layer].weights);
    double pruned = weights * (step.to - step.from);
    if (pruned >= wanted) {
      result[step.layer] = step.from + wanted / weights;
      break;
    }
    result[step.layer] = step.to;
    wanted -= pruned;
  }
  return result;
}
