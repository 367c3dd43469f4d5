// A stack of layers as a network of thermal resistances and capacities.
#include "atleus/Thermal/ThermalNetwork.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace atleus;

//===----------------------------------------------------------------------===//
// Beyond the die
//===----------------------------------------------------------------------===//

namespace {
/// What lies between one outline of the stack and the next larger one.
struct Ring {
  double innerX = 0;
  double innerY = 0;
  double outer = 0;
};

/// The sides of a ring; west is where x is smallest, south where y is.
enum Side { West, East, South, North };
constexpr int numSides = 4;

/// A quarter of a ring.
struct Trapezoid {
  double area;
  /// Length over width of the half within the node and of the half beyond it.
  double inward;
  double outward;
};
} // namespace

static Trapezoid getTrapezoid(const Ring &ring, int side) {
  bool isAlongX = side == West || side == East;
  double inner = isAlongX ? ring.innerX : ring.innerY;
  double across = isAlongX ? ring.innerY : ring.innerX;
  double half = (ring.outer - inner) / 4;
  return {(ring.outer + across) * (ring.outer - inner) / 4,
          half / ((ring.outer + 3 * across) / 4),
          half / ((3 * ring.outer + across) / 4)};
}

static std::vector<Ring> findRings(const ThermalStack &stack) {
  std::vector<double> sides;
  for (const ThermalLayer &layer : stack.layers)
    if (stack.isLarger(layer))
      sides.push_back(layer.side);
  llvm::sort(sides);
  sides.erase(llvm::unique(sides), sides.end());
  std::vector<Ring> rings;
  double innerX = stack.dieX, innerY = stack.dieY;
  for (double side : sides) {
    rings.push_back({innerX, innerY, side});
    innerX = innerY = side;
  }
  return rings;
}

/// Rings that a layer has. Without lateral flow no heat gets there.
static size_t countRings(const std::vector<Ring> &rings,
                         const ThermalLayer &layer) {
  if (!layer.isLateral)
    return 0;
  return llvm::count_if(
      rings, [&](const Ring &ring) { return ring.outer <= layer.side; });
}

//===----------------------------------------------------------------------===//
// Resistances
//===----------------------------------------------------------------------===//

/// From a square metre of a layer to the next layer, or to the air, in
/// m^2 K/W.
static double verticalResistance(const ThermalStack &stack, size_t layer) {
  // The part of a layer that is on the sink's side of its node.
  auto isAtFarFace = [&](size_t index) {
    return stack.position == NodePosition::FarFace ||
           (index == 0 && stack.layers.size() > 1);
  };
  auto through = [&](size_t index) {
    return stack.layers[index].thickness / stack.layers[index].conductivity;
  };
  double behind = through(layer) * (isAtFarFace(layer) ? 1 : 0.5);
  if (layer + 1 == stack.layers.size())
    return behind + 1 / stack.heatTransfer;
  return behind + through(layer + 1) * (isAtFarFace(layer + 1) ? 0 : 0.5);
}

double ThermalNetwork::getLateralX(int64_t layer) const {
  const ThermalLayer &plate = stack.layers[layer];
  double length = stack.dieX / grid.x, width = stack.dieY / grid.y;
  return plate.isLateral ? plate.conductivity * plate.thickness * width / length
                         : 0;
}

double ThermalNetwork::getLateralY(int64_t layer) const {
  const ThermalLayer &plate = stack.layers[layer];
  double length = stack.dieY / grid.y, width = stack.dieX / grid.x;
  return plate.isLateral ? plate.conductivity * plate.thickness * width / length
                         : 0;
}

double ThermalNetwork::getVertical(int64_t layer) const {
  return stack.dieX * stack.dieY / grid.size() /
         verticalResistance(stack, layer);
}

//===----------------------------------------------------------------------===//
// The network
//===----------------------------------------------------------------------===//

namespace {
/// Collects the resistors and capacitors of a network.
class NetworkBuilder {
public:
  explicit NetworkBuilder(const ThermalNetwork &network)
      : network(network), stack(network.getStack()), grid(network.getGrid()),
        rings(findRings(stack)), diagonal(network.getNumCells(), 0),
        capacities(network.getNumCells(), 0), above(rings.size()) {
    for (int64_t layer = 0; layer < network.getNumLayers(); ++layer) {
      addCells(layer);
      addRings(layer);
    }
  }

  Eigen::SparseMatrix<double> getConductances();
  Eigen::VectorXd getCapacities() const {
    return Eigen::Map<const Eigen::VectorXd>(
        capacities.data(), static_cast<Eigen::Index>(capacities.size()));
  }

private:
  using SideNodes = std::array<int64_t, numSides>;

  void addCells(int64_t layer);
  void addRings(int64_t layer);
  void joinEdge(int64_t layer, int side, double inward, int64_t node);
  void join(int64_t a, int64_t b, double conductance);
  /// Gives a node the capacity of an area of the layer and, in the last layer,
  /// its way to the air.
  void addPlate(int64_t layer, int64_t node, double area);

  const ThermalNetwork &network;
  const ThermalStack &stack;
  CellGrid grid;
  std::vector<Ring> rings;
  std::vector<Eigen::Triplet<double>> entries;
  std::vector<double> diagonal;
  std::vector<double> capacities;
  /// The nodes of the layer before, as many rings of it as there are.
  std::vector<SideNodes> above;
  size_t numAbove = 0;
};
} // namespace

void NetworkBuilder::join(int64_t a, int64_t b, double conductance) {
  if (conductance == 0)
    return;
  entries.emplace_back(std::max(a, b), std::min(a, b), -conductance);
  diagonal[a] += conductance;
  diagonal[b] += conductance;
}

void NetworkBuilder::addPlate(int64_t layer, int64_t node, double area) {
  const ThermalLayer &plate = stack.layers[layer];
  capacities[node] += plate.heatCapacity * plate.thickness * area;
  if (layer + 1 < network.getNumLayers())
    return;
  diagonal[node] += area / verticalResistance(stack, layer);
  capacities[node] += stack.airCapacity * area / stack.getCooledArea();
}

void NetworkBuilder::addCells(int64_t layer) {
  double alongX = network.getLateralX(layer);
  double alongY = network.getLateralY(layer);
  double area = stack.dieX * stack.dieY / grid.size();
  bool isLast = layer + 1 == network.getNumLayers();
  for (int64_t y = 0; y < grid.y; ++y)
    for (int64_t x = 0; x < grid.x; ++x) {
      int64_t cell = network.getCell(layer, x, y);
      addPlate(layer, cell, area);
      if (x + 1 < grid.x)
        join(cell, network.getCell(layer, x + 1, y), alongX);
      if (y + 1 < grid.y)
        join(cell, network.getCell(layer, x, y + 1), alongY);
      if (!isLast)
        join(cell, network.getCell(layer + 1, x, y),
             network.getVertical(layer));
    }
}

/// Joins the cells at an edge of the die to a node beyond it, each through half
/// of a cell and its share of the way to the node.
void NetworkBuilder::joinEdge(int64_t layer, int side, double inward,
                              int64_t node) {
  bool isAlongX = side == West || side == East;
  int64_t count = isAlongX ? grid.y : grid.x;
  int64_t edge = side == East ? grid.x - 1 : side == North ? grid.y - 1 : 0;
  double lateral =
      isAlongX ? network.getLateralX(layer) : network.getLateralY(layer);
  double conductance = 1 / (0.5 / lateral + count * inward);
  for (int64_t i = 0; i < count; ++i)
    join(isAlongX ? network.getCell(layer, edge, i)
                  : network.getCell(layer, i, edge),
         node, conductance);
}

void NetworkBuilder::addRings(int64_t layer) {
  const ThermalLayer &plate = stack.layers[layer];
  double sheet = plate.conductivity * plate.thickness;
  size_t count = countRings(rings, plate);
  std::vector<SideNodes> nodes(rings.size());
  for (size_t ring = 0; ring < count; ++ring)
    for (int side = 0; side < numSides; ++side) {
      Trapezoid part = getTrapezoid(rings[ring], side);
      auto node = static_cast<int64_t>(diagonal.size());
      nodes[ring][side] = node;
      diagonal.push_back(0);
      capacities.push_back(0);
      addPlate(layer, node, part.area);
      if (ring == 0)
        joinEdge(layer, side, part.inward / sheet, node);
      else
        join(nodes[ring - 1][side], node,
             sheet /
                 (getTrapezoid(rings[ring - 1], side).outward + part.inward));
      if (ring < numAbove)
        join(above[ring][side], node,
             part.area / verticalResistance(stack, layer - 1));
    }
  above = std::move(nodes);
  numAbove = count;
}

Eigen::SparseMatrix<double> NetworkBuilder::getConductances() {
  auto count = static_cast<int64_t>(diagonal.size());
  for (int64_t node = 0; node < count; ++node)
    entries.emplace_back(node, node, diagonal[node]);
  Eigen::SparseMatrix<double> matrix(count, count);
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

ThermalNetwork::ThermalNetwork(ThermalStack stack, CellGrid grid)
    : stack(std::move(stack)), grid(grid) {
  NetworkBuilder builder(*this);
  conductances = builder.getConductances();
  capacities = builder.getCapacities();
}
