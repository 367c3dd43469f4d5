// PUMA's unit (MVMU), core, tile and node, composed of the constants of its
// simulator. A unit holds 16-bit weights in 8 arrays that share the DACs of
// their rows and four shift-and-add units. The totals are those of PUMA, ASPLOS
// 2019. What the table of constants lacks is from include/constants.py of the
// simulator, its powers dynamic plus idle.
#include "atleus/Cost/CrossbarComponents.h"

#include "ComponentTable.h"

#include <cmath>

using namespace atleus;
using namespace atleus::test;

namespace {
class Puma : public ComposedCore {
protected:
  Puma();

  void setArea(CrossbarPart part, double squareMillimetres) {
    parts.area[part] = SquareNanometres(std::llround(squareMillimetres * 1e12));
  }
};

Puma::Puma() {
  constexpr double arrays = 8;
  core.arraysPerTile = 2 * 8;
  parts.arraysPerUnit = 8;
  core.rows = core.columns = core.activeRows = core.columnsPerAdc = 128;
  core.cellBits = 2;
  core.read = Picoseconds(100'000);
  double conversions = table.get("PUMA ADC", "8-bit", "latency");
  core.adcSamplesPerSecond = std::llround(128 / (conversions * 1e-9));

  // Milliwatts for 100 ns, over `events`, in femtojoules.
  auto perEvent = [&](double milliwatts, double events) {
    return Femtojoules(std::llround(milliwatts * 100'000 / events));
  };
  core.adcConversion =
      perEvent(table.get("PUMA ADC", "8-bit", "dynamic power"), 128);
  core.arrayRead =
      perEvent(table.get("PUMA crossbar", "128x128, ", "power"), 1);
  core.dacDrive =
      perEvent(table.get("PUMA DAC", "1-bit", "dynamic power"), arrays);
  core.sampleHold =
      perEvent(table.get("PUMA sample-and-hold", "", "dynamic power"), 1);
  core.shiftAdd = perEvent(4 * table.get("PUMA shift-and-add", "", "dynamic"),
                           arrays * 128);
  parts.leakage[CrossbarPart::Adc] = Nanowatts(
      std::llround(1e6 * table.get("PUMA ADC", "8-bit", "leakage power")));
  parts.leakage[CrossbarPart::Dac] = Nanowatts(std::llround(
      1e6 * table.get("PUMA DAC", "1-bit", "leakage power") / arrays));
  // Control 0.25, instructions 1.52, register file 0.477, vector unit 1.90,
  // transcendental functions 0.055 mW.
  parts.leakage[CrossbarPart::Other] = Nanowatts(4'202'000);

  setArea(CrossbarPart::Array, table.get("PUMA crossbar", "128x128, ", "area"));
  setArea(CrossbarPart::Adc, table.get("PUMA ADC", "any", "area"));
  setArea(CrossbarPart::Dac, table.get("PUMA DAC", "1-bit", "area") / arrays);
  setArea(CrossbarPart::SampleHold, 0.00004 / (8 * 128));
  setArea(CrossbarPart::ShiftAdd,
          4 * table.get("PUMA shift-and-add", "", "area") / arrays);
  setArea(CrossbarPart::Registers, 2 * 0.00078 / arrays);
  setArea(CrossbarPart::Other, 0.0033 + 0.0031 + 0.00192 + 0.004 + 0.0006);
}
} // namespace

TEST_F(Puma, UnitAndCoreAddUpWithinRounding) {
  EXPECT_NEAR(milliwatts(CrossbarLevel::Unit), 19.09, 0.02);
  EXPECT_NEAR(squareMillimetres(CrossbarLevel::Unit), 0.012, 0.0005);
  EXPECT_NEAR(milliwatts(CrossbarLevel::Core), 42.37, 0.05);
  EXPECT_NEAR(squareMillimetres(CrossbarLevel::Core), 0.036, 0.0005);
}

TEST_F(Puma, TileAndNodeAddUpAsFarAsThePapersOwnPartsDo) {
  // Control, instructions, buffer, bus, attribute memory, receive buffer. The
  // paper's tile is 373.8 mW and 0.479 mm^2, 1 and 2 % less than its parts.
  double tile = 8 * milliwatts(CrossbarLevel::Core) +
                (0.05 + 1.91 + 17.66 + 7 + 2.77 + 9.14);
  EXPECT_NEAR(tile, 373.8, 0.012 * 373.8);
  double area = 8 * squareMillimetres(CrossbarLevel::Core) +
                (0.00145 + 0.0054 + 0.086 + 0.09 + 0.012 + 0.0044);
  EXPECT_NEAR(area, 0.479, 0.025 * 0.479);
  // 138 tiles, the network and the links to other nodes.
  EXPECT_NEAR(138 * tile + 570.63 + 10'400, 62'500, 0.012 * 62'500);
  EXPECT_NEAR(138 * area + 1.622 + 22.88, 90.638, 0.02 * 90.638);
}
