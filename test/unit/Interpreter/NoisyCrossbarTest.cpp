// Products with weights in devices: exact with ideal ones, as closed forms say
// with broken ones, and independent of threads and of the order of vectors.
#include "TensorFixture.h"

#include "atleus/Interpreter/CrossbarNumerics.h"
#include "atleus/Interpreter/DeviceEffects.h"

#include "llvm/Support/Parallel.h"

using namespace atleus;

namespace {
struct NoisyCrossbarTest : public TensorFixture {
  int64_t draw(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(generator);
  }
  Tensor drawBytes(int64_t rows, int64_t columns, unsigned bits = 8) {
    Tensor result({rows, columns}, i8);
    for (int8_t &value : result.mutableAs<int8_t>())
      value = static_cast<int8_t>(draw(-(1 << (bits - 1)),
                                       (1 << (bits - 1)) - 1));
    return result;
  }
  /// The product with `device`, and the one with ideal devices.
  Tensor multiply(const Tensor &input, const Tensor &weight,
                  const CrossbarConfiguration &configuration,
                  const DeviceConstants &device,
                  const NoiseDraw &noise = NoiseDraw()) {
    ArrayGrid grid;
    grid.columns = 16;
    grid.gridColumns =
        (weight.getDim(1) * configuration.cellsPerWeight() - 1) / 16 + 1;
    CrossbarWeight programmed(weight, weight.getDim(0), {}, configuration);
    programmed.setAnalogEffects(std::make_shared<DeviceEffects>(
        DeviceNoise(device, noise), grid, configuration));
    return programmed.multiply(input, configuration.inputBits, 0, 0);
  }
  Tensor multiplyIdeally(const Tensor &input, const Tensor &weight,
                         const CrossbarConfiguration &configuration) {
    return CrossbarWeight(weight, weight.getDim(0), {}, configuration)
        .simulate(input, configuration.inputBits, 0, 0);
  }
  static DeviceConstants cells(double on = 7.5e-4, double off = 5e-5) {
    DeviceConstants device;
    device.onConductance = on;
    device.offConductance = off;
    device.readVoltage = 0.2;
    device.bandwidth = 1e6;
    return device;
  }
  /// A device with every deviation that there is.
  static DeviceConstants realCells() {
    DeviceConstants device = cells();
    device.programmingSigma = 0.05;
    device.stuckOnProbability = 0.002;
    device.stuckOffProbability = 0.01;
    device.driftExponent = 0.01;
    device.driftExponentSigma = 0.002;
    device.readSigma = 0.02;
    return device;
  }
  void expectSame(const Tensor &a, const Tensor &b) {
    ASSERT_EQ(a.numElements(), b.numElements());
    for (int64_t i = 0; i < a.numElements(); ++i)
      ASSERT_EQ(a.getInteger(i), b.getInteger(i));
  }
};
} // namespace

TEST_F(NoisyCrossbarTest, ideal_devices_change_nothing) {
  for (int trial = 0; trial < 200; ++trial) {
    CrossbarConfiguration c;
    c.rows = draw(1, 40);
    c.activeRows = draw(1, c.rows);
    c.cellBits = draw(1, 8);
    c.dacBits = draw(1, 4);
    c.adcBits = draw(2, 12);
    c.encoding = static_cast<SignEncoding>(draw(0, 2));
    c.adcRange = static_cast<AdcRange>(draw(0, 1));
    c.weightBits = draw(2, 8);
    Tensor weight = drawBytes(draw(1, 90), draw(1, 20), c.weightBits);
    Tensor input = drawBytes(draw(1, 20), weight.getDim(0));
    // Drift without an exponent, and thermal noise that moves no sum past a
    // threshold, even for 255 levels between conductances that differ by 10 %.
    // A coarse ADC has sums exactly on its thresholds.
    NoiseDraw noise;
    noise.elapsedTime = 1e6;
    DeviceConstants device =
        cells(1e-3, static_cast<double>(draw(1, 9)) * 1e-4);
    device.bandwidth = c.adcRange == AdcRange::UnitStep ? 1 : 0;
    expectSame(multiply(input, weight, c, device, noise),
               multiplyIdeally(input, weight, c));
  }
}

/// All cells off are the smallest weight, all cells on the largest one.
TEST_F(NoisyCrossbarTest, cells_that_are_all_stuck_hold_the_extremes) {
  CrossbarConfiguration c;
  c.rows = 32;
  c.encoding = SignEncoding::Offset;
  c.adcBits = 16;
  Tensor weight = drawBytes(50, 6), input = drawBytes(7, 50);
  for (bool on : {false, true}) {
    DeviceConstants device = realCells();
    device.stuckOnProbability = on;
    device.stuckOffProbability = !on;
    // Neither written nor drifted; references are at G_off.
    device.programmingSigma = device.driftExponent = device.readSigma = 0;
    device.driftExponentSigma = 0;
    Tensor sums = multiply(input, weight, c, device);
    for (int64_t vector = 0; vector < 7; ++vector) {
      int64_t inputSum = 0;
      for (int64_t i = 0; i < 50; ++i)
        inputSum += input.getInteger(vector * 50 + i);
      for (int64_t column = 0; column < 6; ++column)
        EXPECT_EQ(sums.getInteger(vector * 6 + column),
                  (on ? 127 : -128) * inputSum);
    }
  }
}

/// Positive and negative parts drift alike, so a product shrinks as
/// conductances do.
TEST_F(NoisyCrossbarTest, drift_shrinks_products) {
  CrossbarConfiguration c;
  c.encoding = SignEncoding::Differential;
  c.cellBits = 8;
  c.adcBits = 16;
  Tensor weight = drawBytes(100, 5), input = drawBytes(5, 100);
  DeviceConstants device = cells();
  device.driftExponent = 0.02;
  NoiseDraw noise;
  noise.elapsedTime = 1e5;
  Tensor sums = multiply(input, weight, c, device, noise);
  Tensor ideal = multiplyIdeally(input, weight, c);
  for (int64_t i = 0; i < sums.numElements(); ++i)
    // Each conversion rounds by up to half a unit, in passes of all weights.
    EXPECT_NEAR(static_cast<double>(sums.getInteger(i)),
                static_cast<double>(ideal.getInteger(i)) *
                    std::pow(1e5, -0.02),
                255);
}

/// The error of a product has the deviation of its terms: cells vary by
/// themselves, and those of a column and of the reference add up.
TEST_F(NoisyCrossbarTest, errors_of_products_have_their_closed_form) {
  CrossbarConfiguration c;
  c.encoding = SignEncoding::Differential;
  c.cellBits = 8;
  c.dacBits = 8;
  c.signedInputs = false;
  c.adcBits = 16;
  c.adcRange = AdcRange::FullScale;
  constexpr int64_t k = 64, n = 200;
  Tensor weight = drawBytes(k, n);
  Tensor input({1, k}, unsignedInteger(8));
  for (uint8_t &value : input.mutableAs<uint8_t>())
    value = static_cast<uint8_t>(draw(0, 255));
  DeviceConstants device = cells(7.5e-4, 7.5e-8);
  device.programmingSigma = 0.01;
  Tensor ideal = multiplyIdeally(input, weight, c);
  double sum = 0, count = 0;
  for (uint32_t trial = 0; trial < 20; ++trial) {
    NoiseDraw noise;
    noise.trial = trial;
    Tensor sums = multiply(input, weight, c, device, noise);
    for (int64_t column = 0; column < n; ++column, ++count) {
      double variance = 0;
      for (int64_t i = 0; i < k; ++i) {
        double term = static_cast<double>(weight.getInteger(i * n + column) *
                                          input.getInteger(i));
        variance += term * term * 1e-4;
      }
      double error = static_cast<double>(sums.getInteger(column) -
                                         ideal.getInteger(column));
      sum += error * error / variance;
    }
  }
  // Squares of 4000 standard normal numbers have a mean of 1 and its deviation
  // is sqrt(2 / 4000); rounding to steps of 64 units adds some percent.
  EXPECT_NEAR(sum / count, 1, 4.9 * std::sqrt(2 / count) + 0.03);
}

TEST_F(NoisyCrossbarTest, threads_do_not_matter) {
  CrossbarConfiguration c;
  c.rows = 32;
  Tensor weight = drawBytes(100, 300), input = drawBytes(150, 100);
  NoiseDraw noise;
  noise.elapsedTime = 1000;
  llvm::ThreadPoolStrategy before = llvm::parallel::strategy;
  llvm::parallel::strategy = llvm::hardware_concurrency(1);
  Tensor one = multiply(input, weight, c, realCells(), noise);
  llvm::parallel::strategy = before;
  Tensor all = multiply(input, weight, c, realCells(), noise);
  EXPECT_TRUE(identical(one, all));
  EXPECT_FALSE(identical(one, multiply(input, weight, c, cells(), noise)));
}

TEST_F(NoisyCrossbarTest, a_vector_gives_the_same_alone_and_among_others) {
  CrossbarConfiguration c;
  c.rows = 32;
  c.activeRows = 12;
  Tensor weight = drawBytes(70, 10), input = drawBytes(9, 70);
  Tensor all = multiply(input, weight, c, realCells());
  for (int64_t vector = 0; vector < 9; ++vector) {
    Tensor alone = Tensor::of<int8_t>(
        {1, 70}, i8, input.as<int8_t>().slice(vector * 70, 70));
    Tensor sums = multiply(alone, weight, c, realCells());
    for (int64_t column = 0; column < 10; ++column)
      EXPECT_EQ(sums.getInteger(column),
                all.getInteger(vector * 10 + column));
  }
}

TEST_F(NoisyCrossbarTest, seeds_and_trials_give_other_products) {
  CrossbarConfiguration c;
  c.rows = 32;
  Tensor weight = drawBytes(70, 10), input = drawBytes(3, 70);
  NoiseDraw noise, otherSeed, otherTrial;
  otherSeed.seed = 1;
  otherTrial.trial = 1;
  Tensor sums = multiply(input, weight, c, realCells(), noise);
  EXPECT_TRUE(
      identical(sums, multiply(input, weight, c, realCells(), noise)));
  EXPECT_FALSE(
      identical(sums, multiply(input, weight, c, realCells(), otherSeed)));
  EXPECT_FALSE(
      identical(sums, multiply(input, weight, c, realCells(), otherTrial)));
}
