// Losses of pruned weights from second moments of their inputs.
#include "atleus/Compression/PruningLoss.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace atleus;
using llvm::ArrayRef;

std::vector<float> WeightSample::inputScales() const {
  Eigen::VectorXd squares = moments->getDiagonal();
  double rows = std::max<int64_t>(1, moments->getNumRows());
  std::vector<float> scales;
  for (double square : squares)
    scales.push_back(static_cast<float>(std::sqrt(square / rows)));
  return scales;
}

double WeightSample::outputOf(ArrayRef<uint8_t> pruned) const {
  std::vector<float> changes(elements.size(), 0.0f);
  for (auto [change, element, zero] :
       llvm::zip_equal(changes, elements, pruned))
    if (zero)
      change = element;
  if (shape.transposed)
    changes =
        transposeMatrix<float>(changes, shape.features, shape.inputs);
  return moments->outputError(changes);
}

PrunedLayer atleus::measureLosses(const PruningRequest &request,
                                  const WeightSample &weight, int steps) {
  PrunedLayer layer;
  layer.weights = weight.elements.size();
  layer.losses.push_back({0, 0});
  double whole = weight.outputOf(std::vector<uint8_t>(layer.weights, 1));
  if (whole == 0) // Outputs are zero already: everything may go.
    whole = 1;
  std::vector<float> scales = weight.inputScales();
  for (int step = 1; step <= steps; ++step) {
    PruningRequest at = request;
    at.sparsity = static_cast<double>(step) / (steps + 1);
    nn::SparsePattern pattern =
        llvm::cantFail(choosePattern(at, weight.shape));
    nn::SparseMask mask =
        findMask(pattern, weight.elements,
                 {scales, weight.shape.transposed ? 1u : 0u},
                 keptAnywhere(at.sparsity, layer.weights));
    double sparsity = static_cast<double>(llvm::count(mask.pruned, 1)) /
                      static_cast<double>(layer.weights);
    if (sparsity > layer.losses.back().sparsity)
      layer.losses.push_back(
          {sparsity, weight.outputOf(mask.pruned) / whole});
  }
  return layer;
}
