// ISAAC's unit, tile and chip, composed of the components that peers carry:
// Accelergy's energies per event at its ADC's 1.2 GS/s, the crossbar of the
// PUMA simulator, and of ISAAC, ISCA 2016, the powers of the registers and of
// what else a tile has. The totals are those of the paper.
#include "atleus/Cost/CoreModel.h"
#include "atleus/Cost/CrossbarComponents.h"
#include "atleus/Cost/NoCModel.h"

#include "ComponentTable.h"

#include <cmath>

using namespace atleus;
using namespace atleus::test;

namespace {
class Isaac : public ComposedCore {
protected:
  Isaac();

  /// Of one part of a unit, in milliwatts.
  double ofUnit(CrossbarPart part) const {
    return crossbarPeakPower(core, parts, CrossbarLevel::Unit)[part]->count() *
           1e-6;
  }
  void setArea(CrossbarPart part, double squareMicrometres) {
    parts.area[part] = SquareNanometres(std::llround(squareMicrometres * 1e6));
  }

  /// Bytes per second that arrive, are written, read and multiplied.
  double traffic = 0;
};

Isaac::Isaac() {
  auto femtojoules = [](double picojoules) {
    return Femtojoules(std::llround(picojoules * 1000));
  };
  core.arraysPerTile = 96;
  parts.arraysPerUnit = 8;
  core.rows = core.columns = core.activeRows = core.columnsPerAdc = 128;
  core.cellBits = 2;
  core.encoding = arch::Encoding::Flipped;
  core.read = Picoseconds(100'000);
  core.adcSamplesPerSecond = 1'200'000'000;
  double step = stepTime(core).count() * 1e-3;

  core.adcConversion =
      femtojoules(table.get("ISAAC ADC", "8-bit", "energy per conversion"));
  core.dacDrive =
      femtojoules(table.get("ISAAC DAC", "1-bit", "energy per drive"));
  core.shiftAdd =
      femtojoules(table.get("ISAAC shift-and-add", "", "energy per op"));
  core.sampleHold = femtojoules(
      table.get("PUMA sample-and-hold", "", "dynamic power") * step);
  core.arrayRead =
      femtojoules(table.get("PUMA crossbar", "128x128, ", "power") * step);
  // Of 8 arrays; registers: 1.24 and 0.23 mW.
  core.inputRegisterBit = femtojoules(1.24 * step / (8 * 128));
  core.outputRegister = femtojoules(0.23 * step / (8 * 128));

  double word = table.get("ISAAC eDRAM", "256-bit", "energy per access");
  core.bufferBit = femtojoules(word / 256);
  core.bufferBytesPerSecond = std::llround(20.7e-3 / (word * 1e-12) * 32);
  core.busBit = femtojoules(table.get("ISAAC eDRAM bus", "", "energy per bit"));
  traffic = static_cast<double>(core.bufferBytesPerSecond) / 2;

  setArea(CrossbarPart::Adc, table.get("ISAAC ADC", "8-bit", "area"));
  setArea(CrossbarPart::Dac, table.get("ISAAC DAC", "1-bit", "area"));
  setArea(CrossbarPart::SampleHold, 40.0 / (8 * 128));
  setArea(CrossbarPart::Array,
          1e6 * table.get("PUMA crossbar", "128x128, ", "area"));
  setArea(CrossbarPart::ShiftAdd,
          4 * table.get("ISAAC shift-and-add", "", "area") / 8);
  setArea(CrossbarPart::Registers, (2100.0 + 770) / 8);
  setArea(CrossbarPart::Buffer, table.get("ISAAC eDRAM", "256-bit", "area"));
  setArea(CrossbarPart::Bus, 90'000);
  // Two sigmoid units, shift-and-add, max pooling, output register of 3 KB.
  setArea(CrossbarPart::Other, 600 + 60 + 240 + 3200);
  parts.leakage[CrossbarPart::Other] =
      Nanowatts(520'000 + 50'000 + 400'000 + 1'680'000);
}
} // namespace

TEST_F(Isaac, EveryComponentOfAUnitDrawsItsPower) {
  EXPECT_NEAR(ofUnit(CrossbarPart::Adc), 16, 0.04);
  EXPECT_NEAR(ofUnit(CrossbarPart::Dac), 4, 0.01);
  EXPECT_NEAR(ofUnit(CrossbarPart::SampleHold), 0.01, 0.001);
  EXPECT_NEAR(ofUnit(CrossbarPart::Array), 2.4, 0.005);
  EXPECT_NEAR(ofUnit(CrossbarPart::ShiftAdd), 0.2, 0.005);
  EXPECT_NEAR(ofUnit(CrossbarPart::Registers), 1.24 + 0.23, 0.01);
}

TEST_F(Isaac, UnitTileAndChipAddUpToThePapersPower) {
  EXPECT_NEAR(12 * milliwatts(CrossbarLevel::Unit), 289, 0.7);
  auto tile = crossbarPeakPower(core, parts, CrossbarLevel::Tile);
  EXPECT_NEAR(tile[CrossbarPart::Buffer]->count() * 1e-6, 20.7, 0.05);
  EXPECT_NEAR(tile[CrossbarPart::Bus]->count() * 1e-6, 7, 0.05);
  double withRouter = milliwatts(CrossbarLevel::Core) + 42.0 / 4;
  EXPECT_NEAR(withRouter, 330, 0.7);
  // 168 tiles and the links to other chips.
  EXPECT_NEAR(168e-3 * withRouter + 10.4, 65.8, 0.15);
}

TEST_F(Isaac, UnitTileAndChipAddUpToThePapersArea) {
  EXPECT_NEAR(12 * squareMillimetres(CrossbarLevel::Unit), 0.157, 0.0005);
  double withRouter = squareMillimetres(CrossbarLevel::Core) + 0.151 / 4;
  EXPECT_NEAR(withRouter, 0.372, 0.0005);
  EXPECT_NEAR(168 * withRouter + 22.88, 85.4, 0.1);
}

TEST_F(Isaac, EnergyOfASecondAtFullLoadIsThePower) {
  // The arrays of a tile hold 128 x 1536 weights of 16 bits.
  Work work;
  MatrixProduct product;
  product.lhsBits = product.rhsBits = 16;
  product.k = 128;
  product.n = 1536;
  product.staticRhs = true;
  product.m = picosecondsPerSecond / vectorInterval(core, 16).count();
  work.products.push_back(product);
  // What the router brings is written into the buffer and read from it.
  work.bytesRead = std::llround(traffic);

  std::optional<Price> price =
      priceOnCrossbar({core, std::nullopt}, work, nullptr);
  ASSERT_TRUE(price);
  EXPECT_NEAR(price->duration.count(), picosecondsPerSecond, 2e6);
  price->energy[EnergyComponent::Leakage] =
      energyOver(crossbarLeakage(core, parts, CrossbarLevel::Core).total(),
                 price->duration);

  NoCConstants noc;
  noc.linkBits = 256;
  noc.routerFlit = Femtojoules(std::llround(
      1000 * table.get("ISAAC router", "256-bit", "energy per 256-bit")));
  price->energy += transferEnergy(noc, RouteLength(),
                                  std::llround(traffic * 8 / noc.linkBits));
  // Femtojoules in a second, as milliwatts.
  EXPECT_NEAR(price->energy.total().count() * 1e-12, 330, 1);
  EXPECT_NEAR(price->energy[EnergyComponent::Buffer].count() * 1e-12, 20.7 + 7,
              0.05);
  EXPECT_NEAR(price->energy[EnergyComponent::Router].count() * 1e-12, 42.0 / 4,
              0.05);
}

TEST_F(Isaac, TheConverterOfEveryResolutionHasItsOwnPower) {
  double last = 0;
  for (int bits = 4; bits <= 10; ++bits) {
    core.adcBits = bits;
    core.adcConversion = Femtojoules(std::llround(
        1000 *
        table.get("ISAAC ADC", std::to_string(bits) + "-bit", "energy")));
    // Fewer steps of the converter, until the array is what takes longest.
    double steps = 106'667.0 * (bits + 1) / 9;
    EXPECT_NEAR(stepTime(core).count(), std::max(steps, 100'000.0), 1);
    double power = ofUnit(CrossbarPart::Adc);
    EXPECT_NEAR(power,
                8 * 128 * core.adcConversion.count() /
                    static_cast<double>(stepTime(core).count()),
                1e-6);
    EXPECT_GT(power, last * 0.95);
    last = power;
  }
}
