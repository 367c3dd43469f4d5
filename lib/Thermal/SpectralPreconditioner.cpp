// The inverse of a stack in cosines over the die.
#include "SpectralPreconditioner.h"

#include <cmath>

using namespace atleus;
using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

static constexpr double pi = 3.14159265358979323846;

/// Column k is the cosine of k half waves over `count` cells, of length 1.
static MatrixXd makeCosines(int64_t count) {
  MatrixXd cosines(count, count);
  for (int64_t k = 0; k < count; ++k)
    for (int64_t i = 0; i < count; ++i)
      cosines(i, k) = std::sqrt((k == 0 ? 1.0 : 2.0) / count) *
                      std::cos(pi * k * (i + 0.5) / count);
  return cosines;
}

/// What the second difference of neighbouring cells makes of each cosine.
static ArrayXd makeEigenvalues(int64_t count) {
  return 2 - 2 * (ArrayXd::LinSpaced(count, 0, count - 1) * (pi / count)).cos();
}

SpectralPreconditioner::SpectralPreconditioner(const ThermalNetwork &network)
    : numLayers(network.getNumLayers()), grid(network.getGrid()),
      cosinesX(makeCosines(grid.x)), cosinesY(makeCosines(grid.y)),
      pivots(grid.size(), numLayers), couplings(grid.size(), numLayers) {
  factorizeModes(network);
  factorizeConstant(network);
}

/// Conductance from each cell to the overhang, the cells of a layer in a
/// column.
static MatrixXd findEdges(const ThermalNetwork &network) {
  const Eigen::SparseMatrix<double> &matrix = network.getConductances();
  VectorXd edges = VectorXd::Zero(network.getNumCells());
  for (int64_t cell = 0; cell < network.getNumCells(); ++cell)
    for (Eigen::SparseMatrix<double>::InnerIterator entry(matrix, cell); entry;
         ++entry)
      if (entry.row() >= network.getNumCells())
        edges[cell] -= entry.value();
  return edges.reshaped(network.getGrid().size(), network.getNumLayers());
}

void SpectralPreconditioner::factorizeModes(const ThermalNetwork &network) {
  MatrixXd edges = findEdges(network);
  MatrixXd alongX = makeEigenvalues(grid.x).matrix();
  MatrixXd alongY = makeEigenvalues(grid.y).matrix();
  MatrixXd onesX = MatrixXd::Ones(grid.x, 1), onesY = MatrixXd::Ones(grid.y, 1);
  for (int64_t layer = 0; layer < numLayers; ++layer) {
    double vertical = network.getVertical(layer);
    // All conductances of the layer's own cells as each cosine sees them.
    MatrixXd own = network.getLateralX(layer) * alongX * onesY.transpose() +
                   network.getLateralY(layer) * onesX * alongY.transpose() +
                   cosinesX.array().square().matrix().transpose() *
                       edges.col(layer).reshaped(grid.x, grid.y) *
                       cosinesY.array().square().matrix();
    ArrayXd diagonal = own.reshaped().array() + vertical;
    if (layer > 0) {
      double before = network.getVertical(layer - 1);
      diagonal += before;
      couplings.col(layer - 1) = -before * pivots.col(layer - 1);
      diagonal -= couplings.col(layer - 1).square() / pivots.col(layer - 1);
    }
    pivots.col(layer) = diagonal.inverse();
  }
}

void SpectralPreconditioner::factorizeConstant(const ThermalNetwork &network) {
  int64_t numCells = network.getNumCells();
  MatrixXd block = MatrixXd::Zero(numLayers + network.getNumNodes() - numCells,
                                  numLayers + network.getNumNodes() - numCells);
  // The constant function's value in a cell, and where a node's block is.
  double value = 1 / std::sqrt(static_cast<double>(grid.size()));
  auto place = [&](int64_t node) {
    return node < numCells ? node / grid.size() : numLayers + node - numCells;
  };
  auto weight = [&](int64_t node) { return node < numCells ? value : 1; };
  const Eigen::SparseMatrix<double> &matrix = network.getConductances();
  for (int64_t column = 0; column < matrix.outerSize(); ++column)
    for (Eigen::SparseMatrix<double>::InnerIterator entry(matrix, column);
         entry; ++entry) {
      double part = entry.value() * weight(entry.row()) * weight(column);
      block(place(entry.row()), place(column)) += part;
      if (entry.row() != column)
        block(place(column), place(entry.row())) += part;
    }
  constant.compute(block);
}

void SpectralPreconditioner::transform(Eigen::Ref<MatrixXd> values,
                                       bool isForward) const {
  MatrixXd half(values.rows(), values.cols());
  if (isForward)
    half.noalias() = cosinesX.transpose() * values;
  else
    half.noalias() = cosinesX * values;
  for (int64_t layer = 0; layer < numLayers; ++layer) {
    auto from = half.middleCols(layer * grid.y, grid.y);
    auto to = values.middleCols(layer * grid.y, grid.y);
    if (isForward)
      to.noalias() = from * cosinesY;
    else
      to.noalias() = from * cosinesY.transpose();
  }
}

VectorXd SpectralPreconditioner::solve(const VectorXd &power) const {
  VectorXd result = power;
  Eigen::Map<MatrixXd> cells(result.data(), grid.x, grid.y * numLayers);
  transform(cells, /*isForward=*/true);
  Eigen::Map<Eigen::ArrayXXd> modes(result.data(), grid.size(), numLayers);
  int64_t numOutside = result.size() - cells.size();
  VectorXd block(numLayers + numOutside);
  block << modes.row(0).transpose().matrix(), result.tail(numOutside);
  block = constant.solve(block);
  for (int64_t layer = 1; layer < numLayers; ++layer)
    modes.col(layer) -= couplings.col(layer - 1) * modes.col(layer - 1);
  modes *= pivots;
  for (int64_t layer = numLayers - 1; layer > 0; --layer)
    modes.col(layer - 1) -= couplings.col(layer - 1) * modes.col(layer);
  modes.row(0) = block.head(numLayers).transpose().array();
  result.tail(numOutside) = block.tail(numOutside);
  transform(cells, /*isForward=*/false);
  return result;
}
