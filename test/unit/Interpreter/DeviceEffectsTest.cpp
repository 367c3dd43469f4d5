// Cells and reads in units of levels: what ideal devices keep, and how much
// others deviate.
#include "atleus/Interpreter/DeviceEffects.h"

#include "test/unit/Support/Statistics.h"

#include "gtest/gtest.h"

using namespace atleus;

namespace {
constexpr double on = 7.5e-4, off = 5e-5;
/// With so fine an ADC no draw is left out.
constexpr float fineStep = 1e-3F;

DeviceConstants idealDevice() {
  DeviceConstants device;
  device.onConductance = on;
  device.offConductance = off;
  device.readVoltage = 0.2;
  return device;
}

/// Some columns of one group, with digits and levels that repeat.
struct Block {
  Block(int64_t rows, int64_t columnEnd, int64_t passes, int64_t vectors)
      : passes(passes), vectors(vectors) {
    cells = {{128, 128 + rows, /*arrayRow=*/1, /*firstWordline=*/0},
             0,
             columnEnd};
    for (int64_t i = 0; i < rows * columnEnd; ++i)
      levels.push_back(static_cast<float>(philox({uint32_t(i), 1, 0, 0}, {})[0] %
                                          4));
    for (int64_t i = 0; i < rows * passes * vectors; ++i)
      digits.push_back(static_cast<float>(philox({uint32_t(i), 2, 0, 0}, {})[0] %
                                          2));
    for (int64_t column = 0; column < columnEnd; ++column)
      for (int64_t read = 0; read < passes * vectors; ++read) {
        float sum = 0;
        for (int64_t row = 0; row < rows; ++row)
          sum += levels[column * rows + row] * digits[read * rows + row];
        sums.push_back(sum);
      }
  }

  SumBlock sumBlock(float step = 1) const {
    return {cells, passes, vectors, step, levels, digits};
  }

  int64_t passes, vectors;
  CellBlock cells;
  std::vector<float> levels, digits, sums;
};

DeviceEffects makeEffects(const DeviceConstants &device, uint64_t seed,
                          double temperature = 300, int64_t columns = 128) {
  NoiseDraw draw;
  draw.seed = seed;
  draw.temperature = temperature;
  ArrayGrid grid;
  grid.firstArray = 7;
  grid.gridColumns = 3;
  grid.columns = columns;
  return DeviceEffects(DeviceNoise(device, draw), grid, CrossbarConfiguration());
}

/// How far each sum is moved, in deviations as the closed form has them.
std::vector<double> standardized(const Block &block,
                                 const std::vector<float> &sums,
                                 const DeviceConstants &device,
                                 double temperature) {
  double step = (on - off) / 3, reference = off / step;
  double unit = device.readVoltage * step;
  int64_t rows = block.cells.group.size(), reads = block.passes * block.vectors;
  std::vector<double> moved;
  for (size_t i = 0; i < sums.size(); ++i) {
    double conductance = 0, squares = 0;
    for (int64_t row = 0; row < rows; ++row) {
      double own = block.levels[i / reads * rows + row] + reference;
      double digit = block.digits[i % reads * rows + row];
      conductance += (own + reference) * step;
      squares += digit * digit * (own * own + reference * reference);
    }
    double variance = 4 * 1.380649e-23 * temperature * conductance *
                          device.bandwidth / (unit * unit) +
                      device.readSigma * device.readSigma * squares;
    moved.push_back((sums[i] - block.sums[i]) / std::sqrt(variance));
  }
  return moved;
}
} // namespace

TEST(DeviceEffectsTest, IdealCellsKeepTheirLevels) {
  // On-off ratios for which G_off over the step is and is not a short fraction.
  for (double offConductance : {1e-9, 5e-5, 2.5e-4, 7e-4}) {
    DeviceConstants device = idealDevice();
    device.offConductance = offConductance;
    Block block(128, 300, 1, 1);
    std::vector<float> written = block.levels;
    makeEffects(device, 1).writeLevels(block.cells, written);
    EXPECT_EQ(written, block.levels);
  }
}

TEST(DeviceEffectsTest, ADeviationOfCellsIsThatOfConductances) {
  DeviceConstants device = idealDevice();
  device.programmingSigma = 0.1;
  Block block(128, 200, 1, 1);
  std::vector<float> written = block.levels;
  makeEffects(device, 3).writeLevels(block.cells, written);
  NoiseDraw draw;
  draw.seed = 3;
  DeviceNoise noise(device, draw);
  double step = (on - off) / 3;
  for (int64_t column : {0, 1, 127, 128, 199})
    for (int64_t row : {0, 1, 127}) {
      // Firsts of the second row of a grid of three columns that starts at 7.
      uint32_t array = column < 128 ? 10 : 11;
      double cell = noise.conductance(
          array, static_cast<uint32_t>(row * 128 + column % 128),
          off + block.levels[column * 128 + row] * step);
      double reference =
          noise.referenceConductance(array, static_cast<uint32_t>(row));
      EXPECT_NEAR(written[column * 128 + row], (cell - reference) / step, 1e-6);
    }
}

TEST(DeviceEffectsTest, ThermalNoiseHasItsClosedForm) {
  for (double temperature : {300.0, 400.0}) {
    DeviceConstants device = idealDevice();
    device.bandwidth = 1e13;
    Block block(100, 128, 4, 16);
    std::vector<float> sums = block.sums;
    makeEffects(device, 5, temperature)
        .disturbSums(block.sumBlock(fineStep), sums);
    EXPECT_LT(
        kolmogorovSmirnov(standardized(block, sums, device, temperature),
                          normalDistribution),
        kolmogorovSmirnovLimit);
    // That of another temperature is rejected.
    EXPECT_GT(
        kolmogorovSmirnov(standardized(block, sums, device, 700 - temperature),
                          normalDistribution),
        kolmogorovSmirnovLimit);
  }
}

TEST(DeviceEffectsTest, RelativeNoiseGrowsWithTheCurrentsOfCells) {
  DeviceConstants device = idealDevice();
  device.readSigma = 0.02;
  device.bandwidth = 1e10;
  Block block(100, 128, 4, 16);
  std::vector<float> sums = block.sums;
  makeEffects(device, 6).disturbSums(block.sumBlock(fineStep), sums);
  EXPECT_LT(kolmogorovSmirnov(standardized(block, sums, device, 300),
                              normalDistribution),
            kolmogorovSmirnovLimit);
}

TEST(DeviceEffectsTest, ColumnsAndVectorsAreIndependent) {
  DeviceConstants device = idealDevice();
  device.bandwidth = 1e13;
  Block block(100, 256, 8, 16);
  std::vector<float> sums = block.sums;
  makeEffects(device, 8).disturbSums(block.sumBlock(fineStep), sums);
  std::vector<double> moved = standardized(block, sums, device, 300);
  for (int64_t lag : {1, 16, 128, 256, 512, 16384}) {
    std::vector<double> later(moved.begin() + lag, moved.end());
    std::vector<double> earlier(moved.begin(), moved.end() - lag);
    EXPECT_LT(std::abs(correlation(earlier, later)),
              correlationLimit(later.size()))
        << lag;
  }
}

/// What is read does not depend on how columns and vectors are cut into blocks.
TEST(DeviceEffectsTest, BlocksDoNotMatter) {
  DeviceConstants device = idealDevice();
  device.programmingSigma = 0.05;
  device.stuckOnProbability = 0.01;
  device.readSigma = 0.05;
  device.bandwidth = 1e12;
  for (int64_t columns : {10, 16, 128}) {
    DeviceEffects effects = makeEffects(device, 9, 300, columns);
    Block whole(30, 50, 3, 6);
    std::vector<float> levels = whole.levels;
    effects.writeLevels(whole.cells, levels);
    std::vector<float> sums = whole.sums;
    SumBlock all = whole.sumBlock();
    all.levels = levels;
    effects.disturbSums(all, sums);
    for (auto [begin, end] : {std::pair<int64_t, int64_t>(0, 7), {7, 18},
                              {18, 50}}) {
      Block part = whole;
      part.cells.columnBegin = begin;
      part.cells.columnEnd = end;
      auto slice = [](const std::vector<float> &values, int64_t from,
                      int64_t to) {
        return std::vector<float>(values.begin() + from, values.begin() + to);
      };
      part.levels = slice(whole.levels, begin * 30, end * 30);
      effects.writeLevels(part.cells, part.levels);
      EXPECT_EQ(part.levels, slice(levels, begin * 30, end * 30));
      // Two of the six vectors.
      part.vectors = 2;
      part.digits.clear();
      part.sums.clear();
      std::vector<float> expected;
      for (int64_t pass = 0; pass < 3; ++pass)
        for (int64_t vector : {4, 1})
          llvm::append_range(
              part.digits,
              slice(whole.digits, (pass * 6 + vector) * 30,
                    (pass * 6 + vector + 1) * 30));
      for (int64_t column = begin; column < end; ++column)
        for (int64_t pass = 0; pass < 3; ++pass)
          for (int64_t vector : {4, 1}) {
            int64_t index = (column * 3 + pass) * 6 + vector;
            part.sums.push_back(whole.sums[index]);
            expected.push_back(sums[index]);
          }
      effects.disturbSums(part.sumBlock(), part.sums);
      EXPECT_EQ(part.sums, expected);
    }
  }
}

/// Draws that cannot change a code are left out; codes are the same.
TEST(DeviceEffectsTest, LeftOutDrawsChangeNoCode) {
  for (double bandwidth : {1.0, 1e9, 1e11, 1e12}) {
    DeviceConstants device = idealDevice();
    device.bandwidth = bandwidth;
    device.programmingSigma = 0.02;
    for (float step : {1.0F, 2.0F}) {
      Block block(100, 128, 4, 8);
      makeEffects(device, 2).writeLevels(block.cells, block.levels);
      for (size_t i = 0; i < block.sums.size(); ++i)
        block.sums[i] += static_cast<float>(i % 100) / 100;
      std::vector<float> some = block.sums, all = block.sums;
      makeEffects(device, 2).disturbSums(block.sumBlock(step), some);
      makeEffects(device, 2).disturbSums(block.sumBlock(fineStep), all);
      int64_t moved = 0;
      for (size_t i = 0; i < some.size(); ++i) {
        EXPECT_EQ(std::floor(some[i] / step + 0.5),
                  std::floor(all[i] / step + 0.5));
        moved += some[i] != block.sums[i];
      }
      if (bandwidth == 1)
        EXPECT_LT(moved, static_cast<int64_t>(some.size()) / 50);
    }
  }
}

TEST(DeviceEffectsTest, WiderDigitsAreDrivenWithSmallerVoltages) {
  // A level and a unit of a digit make a third of the current with 2-bit DACs,
  // so thermal noise is three times as many units.
  DeviceConstants device = idealDevice();
  device.bandwidth = 1e13;
  Block block(100, 4, 1, 4);
  CrossbarConfiguration configuration;
  std::vector<float> narrow = block.sums, wide = block.sums;
  DeviceNoise noise(device, NoiseDraw());
  DeviceEffects(noise, ArrayGrid(), configuration)
      .disturbSums(block.sumBlock(fineStep), narrow);
  configuration.dacBits = 2;
  DeviceEffects(noise, ArrayGrid(), configuration)
      .disturbSums(block.sumBlock(fineStep), wide);
  for (size_t i = 0; i < narrow.size(); ++i)
    EXPECT_NEAR(wide[i] - block.sums[i], 3 * (narrow[i] - block.sums[i]),
                1e-3 * std::abs(narrow[i]));
}
