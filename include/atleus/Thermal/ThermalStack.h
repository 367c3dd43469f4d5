// What the thermal models know of a package: a stack of plates, cooled on one
// side.
//
// Lengths are in metres, temperatures in kelvin, power in watts. A stack is
// plain data: it comes from an `arch.package` (MachineStack.h), or from a row of
// a table of a peer.
#ifndef ATLEUS_THERMAL_THERMALSTACK_H
#define ATLEUS_THERMAL_THERMALSTACK_H

#include <vector>

namespace atleus {

/// Where within a layer its temperature is taken and its power dissipated.
enum class NodePosition {
  /// On the face away from the sink, where a die has its transistors, as in
  /// HotSpot's grid model.
  FarFace,
  /// In the middle, as in 3D-ICE; in the first of several layers, on its far
  /// face, which is adiabatic.
  Middle,
};

/// A plate of one material.
struct ThermalLayer {
  double thickness = 0;
  /// Width and depth. A layer that is no larger than the longer side of the die
  /// has the die's outline; a larger one is a square around it.
  double side = 0;
  /// In W/(m K).
  double conductivity = 0;
  /// In J/(m^3 K).
  double heatCapacity = 0;
  /// Heat spreads sideways too.
  bool isLateral = true;

  friend bool operator==(const ThermalLayer &a, const ThermalLayer &b) {
    return a.thickness == b.thickness && a.side == b.side &&
           a.conductivity == b.conductivity &&
           a.heatCapacity == b.heatCapacity && a.isLateral == b.isLateral;
  }
};

/// Layers from the one that is furthest from the sink to the cooled one. All
/// faces but that of the last layer are adiabatic.
struct ThermalStack {
  double dieX = 0;
  double dieY = 0;
  double ambient = 0;
  std::vector<ThermalLayer> layers;
  /// From the face of the last layer to the air, in W/(m^2 K).
  double heatTransfer = 0;
  /// Heat capacity of the air that moves with the sink, in J/K.
  double airCapacity = 0;
  NodePosition position = NodePosition::FarFace;

  /// The layer reaches beyond the die.
  bool isLarger(const ThermalLayer &layer) const {
    return layer.side > dieX && layer.side > dieY;
  }

  /// Area of the face of the last layer.
  double getCooledArea() const {
    const ThermalLayer &last = layers.back();
    return isLarger(last) ? last.side * last.side : dieX * dieY;
  }

  /// Cools the last layer by a resistance in all, in K/W.
  void setConvection(double resistance) {
    heatTransfer = 1 / (resistance * getCooledArea());
  }

  friend bool operator==(const ThermalStack &a, const ThermalStack &b) {
    return a.dieX == b.dieX && a.dieY == b.dieY && a.ambient == b.ambient &&
           a.layers == b.layers && a.heatTransfer == b.heatTransfer &&
           a.airCapacity == b.airCapacity && a.position == b.position;
  }
};

} // namespace atleus

#endif // ATLEUS_THERMAL_THERMALSTACK_H
