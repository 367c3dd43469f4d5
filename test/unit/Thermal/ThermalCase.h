// The cases of the thermal tables, and small stacks to count by hand.
#ifndef ATLEUS_TEST_UNIT_THERMAL_THERMALCASE_H
#define ATLEUS_TEST_UNIT_THERMAL_THERMALCASE_H

#include "../Cost/ReferenceTable.h"

#include "atleus/Thermal/BlockMap.h"

#include "llvm/ADT/ArrayRef.h"

namespace atleus::test {

/// One power map on one stack, with the temperatures that a peer found.
struct ThermalCase {
  std::string name;
  ThermalStack stack;
  CellGrid grid;
  std::vector<FloorplanBlock> blocks;
  Eigen::VectorXd power;
  /// The mean of each block, in K.
  Eigen::VectorXd expected;
  /// The hottest cell of each block, if the table has it.
  Eigen::VectorXd expectedMaximum;
};

/// The cases of hotspot_blocks.csv and of ice3d_blocks.csv.
std::vector<ThermalCase> readHotSpotCases();
std::vector<ThermalCase> read3DICECases();

/// `perSide` x `perSide` equal blocks of the die in each of some layers.
std::vector<FloorplanBlock> makeBlocks(llvm::ArrayRef<int64_t> layers,
                                       int64_t perSide);

/// One plate of silicon of 10 mm x 10 mm x 0.1 mm under a heat transfer
/// coefficient of 10000 W/(m^2 K).
ThermalStack makePlate();

/// Two dies, a bond, an interface, and the spreader and sink of HotSpot.
ThermalStack makePackage();

} // namespace atleus::test

#endif // ATLEUS_TEST_UNIT_THERMAL_THERMALCASE_H
