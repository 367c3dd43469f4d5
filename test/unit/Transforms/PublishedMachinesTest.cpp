// The presets of published machines add up to what their papers state: power at
// full load and area of a unit, a tile and a chip.
#include "atleus/Cost/MachineConstants.h"
#include "atleus/Cost/NodeModel.h"
#include "atleus/Transforms/MachineLibrary.h"

#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atleus;

namespace {
class PublishedMachines : public testing::Test {
protected:
  void load(StringRef name) {
    machine = loadMachine(name, &context);
    ASSERT_TRUE(machine);
    tier = machine->getTiers().front();
    op = cast<arch::CrossbarOp>(tier.getCoreOp());
  }

  /// Power at full load with idle power, of crossbars alone, in milliwatts.
  double milliwatts(CrossbarLevel level) {
    CrossbarConstants core = getConstants(op);
    CrossbarComponents parts = getComponents(op);
    Nanowatts power = crossbarPeakPower(core, parts, level).total() +
                      crossbarLeakage(core, parts, level).total();
    return static_cast<double>(power.count()) * 1e-6;
  }
  double unitArea() {
    return toSquareMillimetres(
        crossbarArea(getConstants(op), getComponents(op), CrossbarLevel::Unit)
            .total());
  }
  /// Of a node with its vector unit and its router.
  double nodeArea() {
    return toSquareMillimetres(getStatedArea(getNodeParts(tier)));
  }
  static double toSquareMillimetres(SquareNanometres area) {
    return static_cast<double>(area.count()) * 1e-12;
  }

  MLIRContext context;
  OwningOpRef<arch::MachineOp> machine;
  arch::TierOp tier;
  arch::CrossbarOp op;
};
} // namespace

TEST_F(PublishedMachines, IsaacDrawsThePowerOfItsPaper) {
  load("isaac");
  EXPECT_NEAR(12 * milliwatts(CrossbarLevel::Unit), 289, 0.5);
  // Sigmoid, shift-and-add, max-pool and output register of the tile, and its
  // quarter of a router.
  double tile =
      milliwatts(CrossbarLevel::Core) + (0.52 + 0.05 + 0.4 + 1.68) + 42.0 / 4;
  EXPECT_NEAR(tile, 330, 0.5);
  // The links to other chips draw 10.4 W; 168 times what rounds to 330 mW.
  EXPECT_NEAR(1e-3 * tile * tier.getNumNodes() + 10.4, 65.8, 0.15);
}

TEST_F(PublishedMachines, IsaacHasTheAreaOfItsPaper) {
  load("isaac");
  EXPECT_NEAR(12 * unitArea(), 0.157, 0.0005);
  EXPECT_NEAR(nodeArea(), 0.372, 0.0005);
  // The links to other chips take 22.88 mm^2.
  EXPECT_NEAR(nodeArea() * tier.getNumNodes() + 22.88, 85.4, 0.1);
}

TEST_F(PublishedMachines, PumaDrawsThePowerOfItsPaper) {
  load("puma");
  EXPECT_NEAR(milliwatts(CrossbarLevel::Unit), 19.09, 0.02);
  // Vector and transcendental units of 8 cores. The parts that the paper states
  // for a tile add up to 1 % more than its total.
  double tile = milliwatts(CrossbarLevel::Core) + 8 * (1.90 + 0.055);
  EXPECT_NEAR(tile, 373.8, 0.015 * 373.8);
  // The network draws 0.57 W, the links to other nodes 10.4 W.
  EXPECT_NEAR(1e-3 * tile * tier.getNumNodes() + 0.57 + 10.4, 62.5,
              0.015 * 62.5);
}

TEST_F(PublishedMachines, PumaHasTheAreaOfItsPaper) {
  load("puma");
  EXPECT_NEAR(unitArea(), 0.012, 0.0005);
  // Without the router; the parts of the tile add up to 2 % more than its
  // total.
  double tile = nodeArea() - 0.047;
  EXPECT_NEAR(tile, 0.479, 0.025 * 0.479);
  // The network takes 1.622 mm^2, the links to other nodes 22.88 mm^2.
  EXPECT_NEAR(tile * tier.getNumNodes() + 1.622 + 22.88, 90.638, 0.02 * 90.638);
}
