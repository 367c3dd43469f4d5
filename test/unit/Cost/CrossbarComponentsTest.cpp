// Counts of parts, and areas and powers that are stated in part.
#include "atleus/Cost/CrossbarComponents.h"

#include "gtest/gtest.h"

using namespace atleus;

/// Two tiles of six arrays, three to a unit; three columns to an ADC.
static CrossbarConstants makeCore() {
  CrossbarConstants core;
  core.tiles = 2;
  core.arraysPerTile = 6;
  core.rows = core.activeRows = 4;
  core.columns = 8;
  core.columnsPerAdc = 3;
  core.adcSamplesPerSecond = 1'000'000'000;
  return core;
}

static CrossbarComponents makeComponents() {
  CrossbarComponents components;
  components.arraysPerUnit = 3;
  return components;
}

TEST(CrossbarComponents, PartsAreCountedPerLevel) {
  auto count = [](CrossbarPart part) {
    std::vector<int64_t> counts;
    for (CrossbarLevel level : {CrossbarLevel::Array, CrossbarLevel::Unit,
                                CrossbarLevel::Tile, CrossbarLevel::Core})
      counts.push_back(countParts(makeCore(), makeComponents(), part, level));
    return counts;
  };
  using Counts = std::vector<int64_t>;
  EXPECT_EQ(count(CrossbarPart::Array), (Counts{1, 3, 6, 12}));
  EXPECT_EQ(count(CrossbarPart::Dac), (Counts{4, 12, 24, 48}));
  EXPECT_EQ(count(CrossbarPart::SampleHold), (Counts{8, 24, 48, 96}));
  // The last ADC of an array has two columns.
  EXPECT_EQ(count(CrossbarPart::Adc), (Counts{3, 9, 18, 36}));
  EXPECT_EQ(count(CrossbarPart::Mux), (Counts{3, 9, 18, 36}));
  EXPECT_EQ(count(CrossbarPart::ShiftAdd), (Counts{1, 3, 6, 12}));
  EXPECT_EQ(count(CrossbarPart::Registers), (Counts{1, 3, 6, 12}));
  EXPECT_EQ(count(CrossbarPart::Buffer), (Counts{0, 0, 1, 2}));
  EXPECT_EQ(count(CrossbarPart::Bus), (Counts{0, 0, 1, 2}));
  EXPECT_EQ(count(CrossbarPart::Other), (Counts{0, 0, 0, 1}));
}

TEST(CrossbarComponents, APartThatIsNotStatedIsNotZero) {
  CrossbarComponents components = makeComponents();
  components.area[CrossbarPart::Dac] = SquareNanometres(10);
  components.area[CrossbarPart::Bus] = SquareNanometres(0);
  auto area = crossbarArea(makeCore(), components, CrossbarLevel::Core);
  EXPECT_EQ(area[CrossbarPart::Dac], SquareNanometres(480));
  EXPECT_EQ(area[CrossbarPart::Bus], SquareNanometres(0));
  EXPECT_EQ(area[CrossbarPart::Adc], std::nullopt);
  EXPECT_EQ(area.total(), SquareNanometres(480));
  auto leakage = crossbarLeakage(makeCore(), components, CrossbarLevel::Core);
  EXPECT_EQ(leakage.total(), Nanowatts(0));
  EXPECT_EQ(leakage[CrossbarPart::Dac], std::nullopt);
}

TEST(CrossbarComponents, PowerIsEnergyOfAPassOverItsTime) {
  CrossbarConstants core = makeCore();
  core.activeRows = 2;
  core.read = Picoseconds(10'000);
  core.arrayRead = Femtojoules(600);
  core.dacDrive = Femtojoules(5);
  core.adcConversion = Femtojoules(100);
  core.bufferBit = Femtojoules(50);
  core.busBit = Femtojoules(20);
  core.bufferBytesPerSecond = 1'000'000'000;
  auto array = crossbarPeakPower(core, makeComponents(), CrossbarLevel::Array);
  // Two steps of 10 ns.
  EXPECT_EQ(array[CrossbarPart::Array], Nanowatts(600 * 1'000'000 / 20'000));
  EXPECT_EQ(array[CrossbarPart::Dac], Nanowatts(4 * 5 * 50));
  EXPECT_EQ(array[CrossbarPart::Adc], Nanowatts(2 * 8 * 100 * 50));
  EXPECT_EQ(array[CrossbarPart::Buffer], std::nullopt);
  auto tile = crossbarPeakPower(core, makeComponents(), CrossbarLevel::Tile);
  EXPECT_EQ(tile[CrossbarPart::Adc], Nanowatts(6 * 2 * 8 * 100 * 50));
  EXPECT_EQ(tile[CrossbarPart::Buffer], Nanowatts(50 * 8 * 1000 / 2));
  EXPECT_EQ(tile[CrossbarPart::Bus], Nanowatts(20 * 4 * 1000 / 2));
  auto all = crossbarPeakPower(core, makeComponents(), CrossbarLevel::Core);
  EXPECT_EQ(all[CrossbarPart::Buffer], Nanowatts(50 * 8 * 1000));
}

TEST(CrossbarComponents, NamesAreDistinct) {
  for (unsigned i = 0; i < numCrossbarParts; ++i)
    for (unsigned j = 0; j < i; ++j)
      EXPECT_NE(stringify(static_cast<CrossbarPart>(i)),
                stringify(static_cast<CrossbarPart>(j)));
}
