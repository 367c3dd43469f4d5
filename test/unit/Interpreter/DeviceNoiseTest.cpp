// Statistics of cells and reads, with fixed seeds.
#include "atleus/Interpreter/DeviceNoise.h"

#include "test/unit/Support/Statistics.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace atleus;

namespace {
constexpr double on = 7.5e-4, off = 5e-5;

/// A device of two conductances that does not vary.
DeviceConstants idealDevice() {
  DeviceConstants device;
  device.onConductance = on;
  device.offConductance = off;
  return device;
}

NoiseDraw trialOf(uint64_t seed, uint32_t trial = 0) {
  NoiseDraw draw;
  draw.seed = seed;
  draw.trial = trial;
  return draw;
}

constexpr uint32_t cells = 128 * 128;

/// The logarithms of what becomes of cells of conductance `target`, relative to
/// it, in some arrays.
std::vector<double> logDeviations(const DeviceNoise &noise, double target,
                                  uint32_t firstArray = 0,
                                  uint32_t arrays = 4) {
  std::vector<double> values;
  for (uint32_t array = firstArray; array < firstArray + arrays; ++array)
    for (uint32_t cell = 0; cell < cells; ++cell)
      values.push_back(
          std::log(noise.conductance(array, cell, target) / target));
  return values;
}
} // namespace

TEST(DeviceNoiseTest, IdealCellsKeepWhatIsWritten) {
  NoiseDraw draw = trialOf(1);
  draw.elapsedTime = 1e9;
  DeviceNoise noise(idealDevice(), draw);
  for (uint32_t cell = 0; cell < 1000; ++cell) {
    EXPECT_EQ(noise.conductance(cell / 10, cell, 3e-4), 3e-4);
    EXPECT_EQ(noise.referenceConductance(cell / 10, cell), off);
  }
}

TEST(DeviceNoiseTest, ProgrammingIsLogNormal) {
  for (double sigma : {0.01, 0.1, 0.5})
    for (uint64_t seed : {1, 2, 3}) {
      DeviceConstants device = idealDevice();
      device.programmingSigma = sigma;
      DeviceNoise noise(device, trialOf(seed));
      for (double target : {off, on}) {
        double distance =
            kolmogorovSmirnov(logDeviations(noise, target), [&](double x) {
              return normalDistribution(x / sigma);
            });
        EXPECT_LT(distance, kolmogorovSmirnovLimit);
        // The same with a deviation that is 5 % too large is rejected.
        EXPECT_GT(kolmogorovSmirnov(logDeviations(noise, target),
                                    [&](double x) {
                                      return normalDistribution(x / sigma /
                                                                1.05);
                                    }),
                  kolmogorovSmirnovLimit);
      }
    }
}

TEST(DeviceNoiseTest, StuckCellsAreBinomial) {
  for (uint64_t seed : {1, 2, 3}) {
    DeviceConstants device = idealDevice();
    device.stuckOnProbability = 0.002;
    device.stuckOffProbability = 0.01;
    DeviceNoise noise(device, trialOf(seed));
    double middle = (on + off) / 2;
    double stuckOn = 0, stuckOff = 0, count = 0;
    for (uint32_t array = 0; array < 20; ++array)
      for (uint32_t cell = 0; cell < cells; ++cell, ++count) {
        double value = noise.conductance(array, cell, middle);
        EXPECT_TRUE(value == on || value == off || value == middle);
        stuckOn += value == on;
        stuckOff += value == off;
      }
    EXPECT_LT(std::abs(binomialDeviations(stuckOn, count, 0.002)), 4.9);
    EXPECT_LT(std::abs(binomialDeviations(stuckOff, count, 0.01)), 4.9);
  }
}

/// The number of stuck cells of arrays varies as binomial numbers do: faults do
/// not cluster. The sum of squared deviations is chi-squared distributed.
TEST(DeviceNoiseTest, StuckCellsSpreadOverArrays) {
  DeviceConstants device = idealDevice();
  device.stuckOffProbability = 0.01;
  DeviceNoise noise(device, trialOf(5));
  constexpr int arrays = 400, cellsOfArray = 2000;
  double sum = 0;
  for (uint32_t array = 0; array < arrays; ++array) {
    int stuck = 0;
    for (uint32_t cell = 0; cell < cellsOfArray; ++cell)
      stuck += noise.conductance(array, cell, on) == off;
    double deviation = binomialDeviations(stuck, cellsOfArray, 0.01);
    sum += deviation * deviation;
  }
  // Mean 400, deviation sqrt(2 * 400).
  EXPECT_NEAR(sum, arrays, 4.9 * std::sqrt(2.0 * arrays));
}

TEST(DeviceNoiseTest, ProbabilitiesAtTheirEnds) {
  DeviceConstants device = idealDevice();
  device.stuckOnProbability = 1;
  DeviceNoise allOn(device, trialOf(1));
  device.stuckOnProbability = 0;
  device.stuckOffProbability = 1;
  DeviceNoise allOff(device, trialOf(1));
  for (uint32_t cell = 0; cell < cells; ++cell) {
    EXPECT_EQ(allOn.conductance(0, cell, 2e-4), on);
    EXPECT_EQ(allOff.conductance(0, cell, 2e-4), off);
  }
}

TEST(DeviceNoiseTest, StuckCellsDoNotDriftAndReferencesAreNotStuck) {
  DeviceConstants device = idealDevice();
  device.stuckOnProbability = 1;
  device.driftExponent = 0.1;
  NoiseDraw draw = trialOf(1);
  draw.elapsedTime = 1000;
  DeviceNoise noise(device, draw);
  EXPECT_EQ(noise.conductance(0, 0, off), on);
  EXPECT_DOUBLE_EQ(noise.referenceConductance(0, 0),
                   off * std::pow(1000, -0.1));
}

TEST(DeviceNoiseTest, DriftFollowsThePowerLaw) {
  DeviceConstants device = idealDevice();
  device.driftExponent = 0.05;
  device.driftReferenceTime = 20;
  for (double elapsed : {1.0, 20.0, 3600.0, 3.15e8}) {
    NoiseDraw draw = trialOf(1);
    draw.elapsedTime = elapsed;
    DeviceNoise noise(device, draw);
    double factor = elapsed <= 20 ? 1 : std::pow(elapsed / 20, -0.05);
    EXPECT_NEAR(noise.conductance(3, 7, on), on * factor, 1e-15 * on);
  }
}

TEST(DeviceNoiseTest, DriftExponentsVaryAndAreNotNegative) {
  DeviceConstants device = idealDevice();
  device.driftExponent = 0.02;
  device.driftExponentSigma = 0.01;
  NoiseDraw draw = trialOf(11);
  draw.elapsedTime = std::exp(1);
  DeviceNoise noise(device, draw);
  // With log(t / t0) = 1 the exponent is the negative logarithm.
  std::vector<double> logarithms = logDeviations(noise, on);
  double grown = 0;
  for (double &value : logarithms) {
    value = -value;
    grown += value < -1e-12;
  }
  EXPECT_EQ(grown, 0);
  // Below zero lies a share of 0.0228, which is cut off at zero.
  std::vector<double> positive;
  for (double value : logarithms)
    if (value > 1e-12)
      positive.push_back(value);
  double share = normalDistribution(-2);
  EXPECT_LT(std::abs(binomialDeviations(positive.size(), logarithms.size(),
                                        1 - share)),
            4.9);
  EXPECT_LT(kolmogorovSmirnov(positive,
                              [&](double x) {
                                return (normalDistribution((x - 0.02) / 0.01) -
                                        share) /
                                       (1 - share);
                              }),
            kolmogorovSmirnovLimit);
}

TEST(DeviceNoiseTest, CellsArraysTrialsAndSeedsAreIndependent) {
  DeviceConstants device = idealDevice();
  device.programmingSigma = 0.1;
  DeviceNoise noise(device, trialOf(1));
  std::vector<double> first = logDeviations(noise, on, 0, 1);
  double limit = correlationLimit(first.size());
  for (uint32_t array : {1, 2, 3, 1000, 65536})
    EXPECT_LT(std::abs(correlation(first, logDeviations(noise, on, array, 1))),
              limit);
  for (uint32_t trial : {1, 2, 3, 1000})
    EXPECT_LT(std::abs(correlation(
                  first, logDeviations(DeviceNoise(device, trialOf(1, trial)),
                                       on, 0, 1))),
              limit);
  for (uint64_t seed : {uint64_t(0), uint64_t(2), uint64_t(1) << 40})
    EXPECT_LT(std::abs(correlation(
                  first,
                  logDeviations(DeviceNoise(device, trialOf(seed)), on, 0, 1))),
              limit);
  // Neighbours in a row and in a column.
  for (int lag : {1, 2, 127, 128, 129}) {
    std::vector<double> later(first.begin() + lag, first.end());
    std::vector<double> earlier(first.begin(), first.end() - lag);
    EXPECT_LT(std::abs(correlation(earlier, later)), limit);
  }
  std::vector<double> references;
  for (uint32_t row = 0; row < cells; ++row)
    references.push_back(std::log(noise.referenceConductance(0, row) / off));
  EXPECT_LT(std::abs(correlation(first, references)), limit);
}

/// The same cell has the same random numbers at every time and temperature, so
/// that comparisons are between equal arrays.
TEST(DeviceNoiseTest, TimeAndTemperatureDoNotChangeTheDraw) {
  DeviceConstants device = idealDevice();
  device.programmingSigma = 0.1;
  device.driftExponent = 0.02;
  NoiseDraw early = trialOf(1), late = trialOf(1);
  late.elapsedTime = 1000;
  late.temperature = 400;
  DeviceNoise a(device, early), b(device, late);
  for (uint32_t cell = 0; cell < 100; ++cell)
    EXPECT_NEAR(b.conductance(0, cell, on) / a.conductance(0, cell, on),
                std::pow(1000, -0.02), 1e-12);
}

TEST(DeviceNoiseTest, ThermalNoiseHasItsClosedForm) {
  // 1 kOhm at 300 K and 10 kHz: 4.07 nV/sqrt(Hz) over 1 kOhm.
  EXPECT_NEAR(std::sqrt(thermalNoiseVariance(1e-3, 300, 1e4)), 4.0704e-10,
              1e-14);
  double variance = thermalNoiseVariance(5e-2, 300, 1e7);
  EXPECT_DOUBLE_EQ(thermalNoiseVariance(5e-2, 600, 1e7), 2 * variance);
  EXPECT_DOUBLE_EQ(thermalNoiseVariance(1e-1, 300, 1e7), 2 * variance);
  EXPECT_DOUBLE_EQ(thermalNoiseVariance(5e-2, 300, 2e7), 2 * variance);
  EXPECT_EQ(thermalNoiseVariance(5e-2, 0, 1e7), 0);
}

namespace {
/// The first of each four deviations of some reads.
std::vector<double> readDeviations(const ReadNoise &noise, uint32_t array) {
  std::vector<double> values;
  for (uint32_t read = 0; read < 64; ++read)
    for (uint32_t quad = 0; quad < 32; ++quad)
      for (uint32_t word : noise.drawQuad(array, quad, read))
        values.push_back(toNormal(word));
  return values;
}
} // namespace

TEST(DeviceNoiseTest, ReadsAreNormalAndIndependent) {
  ReadNoise noise(trialOf(3), 0x1234567890abcdef);
  std::vector<double> values = readDeviations(noise, 5);
  EXPECT_LT(kolmogorovSmirnov(values, normalDistribution),
            kolmogorovSmirnovLimit);
  double limit = correlationLimit(values.size());
  EXPECT_EQ(values, readDeviations(noise, 5));
  EXPECT_LT(std::abs(correlation(values, readDeviations(noise, 6))), limit);
  for (uint64_t vector : {uint64_t(0), uint64_t(0x1234567890abcdee),
                          uint64_t(0x0234567890abcdef)})
    EXPECT_LT(std::abs(correlation(
                  values, readDeviations(ReadNoise(trialOf(3), vector), 5))),
              limit);
  EXPECT_LT(std::abs(correlation(
                values, readDeviations(
                            ReadNoise(trialOf(3, 1), 0x1234567890abcdef), 5))),
            limit);
  EXPECT_LT(std::abs(correlation(
                values,
                readDeviations(ReadNoise(trialOf(4), 0x1234567890abcdef), 5))),
            limit);
}
