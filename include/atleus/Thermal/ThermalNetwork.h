// A stack of layers as a network of thermal resistances and capacities.
//
// Each layer is a grid of equal cells over the die. What a layer has beyond the
// die is lumped: the sides of all larger layers cut the overhang into rings,
// and a ring of a layer is four trapezoids, one per side of the die, each of
// which is one node. Lateral resistances run through half a trapezoid on either
// side of its node, vertical ones through the whole area that two layers share.
// With a spreader and a sink this is the package of HotSpot's grid model: four
// nodes around the spreader's cells, eight around those of the sink.
//
// Temperatures are rises over the air's. The rises T that powers P keep up are
// the solution of G T = P, where G is symmetric and positive definite, because
// every cell has a way to the air.
#ifndef ATLEUS_THERMAL_THERMALNETWORK_H
#define ATLEUS_THERMAL_THERMALNETWORK_H

#include "atleus/Thermal/ThermalStack.h"

#include <Eigen/SparseCore>

#include <cstdint>

namespace atleus {

/// Cells of a layer.
struct CellGrid {
  int64_t x = 1;
  int64_t y = 1;

  int64_t size() const { return x * y; }
  friend bool operator==(CellGrid a, CellGrid b) {
    return a.x == b.x && a.y == b.y;
  }
};

class ThermalNetwork {
public:
  /// The sizes of the stack are positive; the grid has at least one cell.
  ThermalNetwork(ThermalStack stack, CellGrid grid);

  const ThermalStack &getStack() const { return stack; }
  CellGrid getGrid() const { return grid; }
  int64_t getNumLayers() const {
    return static_cast<int64_t>(stack.layers.size());
  }
  /// Cells, then the nodes of the overhang.
  int64_t getNumNodes() const { return conductances.rows(); }
  int64_t getNumCells() const { return getNumLayers() * grid.size(); }
  /// The node of a cell, of which the first layer has the first ones.
  int64_t getCell(int64_t layer, int64_t x, int64_t y) const {
    return (layer * grid.y + y) * grid.x + x;
  }

  /// Between two cells of a layer along x and along y, in W/K; zero in a layer
  /// that is not lateral.
  double getLateralX(int64_t layer) const;
  double getLateralY(int64_t layer) const;
  /// From a cell of a layer to that of the next one, or to the air, in W/K.
  double getVertical(int64_t layer) const;

  /// The matrix G, of which the lower triangle is stored, in W/K.
  const Eigen::SparseMatrix<double> &getConductances() const {
    return conductances;
  }
  /// Heat capacity of each node, in J/K.
  const Eigen::VectorXd &getCapacities() const { return capacities; }

private:
  ThermalStack stack;
  CellGrid grid;
  Eigen::SparseMatrix<double> conductances;
  Eigen::VectorXd capacities;
};

} // namespace atleus

#endif // ATLEUS_THERMAL_THERMALNETWORK_H
