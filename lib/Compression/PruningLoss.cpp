// Losses of pruned weights from second moments of their inputs.
#include "atleus/Compression/PruningLoss.h"

#include "llvm/ADT/STLExtras.h"

#include <Eigen/Cholesky>

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

std::vector<float> WeightSample::compensatedScales(double damping) const {
  int64_t inputs = moments->getNumFeatures();
  Eigen::MatrixXd matrix(inputs, inputs);
  for (int64_t column = 0; column < inputs; ++column)
    for (int64_t row = column; row < inputs; ++row)
      matrix(row, column) = moments->get(row, column);
  Eigen::VectorXd squares = matrix.diagonal();
  double added = damping * squares.mean();
  for (int64_t i = 0; i < inputs; ++i)
    matrix(i, i) = squares(i) > 0 ? squares(i) + added : 1;
  // The inverse of H = L L' has the diagonal of L'^-1 L^-1. A factor that is
  // not found says nothing of what others make up for.
  Eigen::LLT<Eigen::MatrixXd, Eigen::Lower> factor(matrix);
  if (factor.info() != Eigen::Success)
    return inputScales();
  Eigen::MatrixXd inverse = Eigen::MatrixXd::Identity(inputs, inputs);
  factor.matrixL().solveInPlace(inverse);
  Eigen::VectorXd diagonal = inverse.colwise().squaredNorm();
  std::vector<float> scales;
  scales.reserve(inputs);
  for (int64_t i = 0; i < inputs; ++i)
    scales.push_back(
        squares(i) > 0 ? static_cast<float>(1 / std::sqrt(diagonal(i))) : 0.0f);
  return scales;
}

double WeightSample::outputOf(ArrayRef<uint8_t> pruned) const {
  std::vector<float> changes(elements.size(), 0.0f);
  for (auto [change, element, zero] :
       llvm::zip_equal(changes, elements, pruned))
    if (zero)
      change = element;
  if (shape.transposed)
    changes = transposeMatrix<float>(changes, shape.features, shape.inputs);
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
    nn::SparsePattern pattern = llvm::cantFail(choosePattern(at, weight.shape));
    nn::SparseMask mask = findMask(pattern, weight.elements,
                                   {scales, weight.shape.transposed ? 1u : 0u},
                                   keptAnywhere(at.sparsity, layer.weights));
    double sparsity = static_cast<double>(llvm::count(mask.pruned, 1)) /
                      static_cast<double>(layer.weights);
    if (sparsity > layer.losses.back().sparsity)
      layer.losses.push_back({sparsity, weight.outputOf(mask.pruned) / whole});
  }
  return layer;
}
