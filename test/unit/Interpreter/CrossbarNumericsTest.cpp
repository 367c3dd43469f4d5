// Tests of crossbar numerics: lossless conversion gives the exact product for
// every configuration; a coarse ADC loses what a direct model says.
#include "TensorFixture.h"

#include "atleus/Interpreter/CrossbarNumerics.h"
#include "atleus/Interpreter/MatrixProduct.h"

#include "llvm/Support/Parallel.h"

using namespace atleus;
using llvm::ArrayRef;

namespace {
struct CrossbarNumericsTest : public TensorFixture {
  /// Integers in the range of `bits`, its ends more often than by chance.
  Tensor randomBits(ArrayRef<int64_t> shape, unsigned bits, bool isSigned) {
    int64_t low = isSigned ? -(int64_t(1) << (bits - 1)) : 0;
    int64_t high = low + (int64_t(1) << bits) - 1;
    std::uniform_int_distribution<int64_t> distribution(low - 2, high + 2);
    Tensor result(shape, isSigned ? i8 : unsignedInteger(8));
    for (char &value : result.mutableBytes())
      value = static_cast<char>(std::clamp(distribution(generator), low, high));
    return result;
  }
  Tensor constant(ArrayRef<int64_t> shape, int8_t value) {
    Tensor result(shape, i8);
    llvm::fill(result.mutableAs<int8_t>(), value);
    return result;
  }
  Tensor simulated(const Tensor &x, const Tensor &w,
                   const CrossbarConfiguration &configuration) {
    return llvm::cantFail(simulateCrossbar(x, w, configuration));
  }
  Tensor exact(const Tensor &x, const Tensor &w) {
    return llvm::cantFail(kernels::exactProduct(x, w));
  }
  int64_t draw(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(generator);
  }
};
} // namespace

static std::string describe(const CrossbarConfiguration &c, int64_t k) {
  return "k " + std::to_string(k) + " rows " + std::to_string(c.rows) +
         " active " + std::to_string(c.activeRows) + " cell " +
         std::to_string(c.cellBits) + " dac " + std::to_string(c.dacBits) +
         " adc " + std::to_string(c.adcBits) + " encoding " +
         std::to_string(static_cast<int>(c.encoding)) + " weight " +
         std::to_string(c.weightBits) + " input " +
         std::to_string(c.inputBits) +
         (c.signedInputs ? " signed" : " unsigned");
}

TEST_F(CrossbarNumericsTest, lossless_resolution_follows_the_closed_form) {
  CrossbarConfiguration c;
  c.encoding = SignEncoding::Offset;
  EXPECT_EQ(c.losslessAdcBits(1000), 9u) << "128 * 3 = 384";
  c.encoding = SignEncoding::Flipped;
  EXPECT_EQ(c.losslessAdcBits(1000), 8u) << "192";
  c.activeRows = 16;
  EXPECT_EQ(c.losslessAdcBits(1000), 5u) << "24";
  EXPECT_EQ(c.losslessAdcBits(1), 1u) << "3 / 2";
  c.dacBits = 4;
  c.encoding = SignEncoding::Differential;
  EXPECT_EQ(c.losslessAdcBits(1000), 10u) << "16 * 3 * 15 = 720";
}

TEST_F(CrossbarNumericsTest, a_lossless_converter_gives_the_exact_product) {
  for (int trial = 0; trial < 400; ++trial) {
    CrossbarConfiguration c;
    c.rows = draw(1, 40);
    c.activeRows = draw(1, c.rows);
    c.cellBits = draw(1, 8);
    c.dacBits = draw(1, 8);
    c.weightBits = draw(2, 8);
    c.inputBits = draw(2, 8);
    c.encoding = static_cast<SignEncoding>(draw(0, 2));
    c.signedInputs = draw(0, 1);
    int64_t m = draw(1, 70), k = draw(1, 100), n = draw(1, 70);
    c.adcBits = c.losslessAdcBits(k);
    c.adcRange = static_cast<AdcRange>(draw(0, 1));
    Tensor x = randomBits({m, k}, c.inputBits, c.signedInputs);
    Tensor w = randomBits({k, n}, c.weightBits, true);
    ASSERT_TRUE(identical(simulated(x, w, c), exact(x, w))) << describe(c, k);
    ASSERT_TRUE(
        identical(llvm::cantFail(crossbarProduct(x, w, c)), exact(x, w)));
  }
}

TEST_F(CrossbarNumericsTest, inputs_of_16_bits_are_exact) {
  for (bool isSigned : {false, true})
    for (unsigned dacBits : {1, 3, 8})
      for (unsigned cellBits : {2, 8}) {
        CrossbarConfiguration c;
        c.dacBits = dacBits;
        c.cellBits = cellBits;
        c.inputBits = 16;
        c.signedInputs = isSigned;
        c.adcBits = c.losslessAdcBits(200);
        Tensor x({3, 200}, isSigned ? integer(16) : unsignedInteger(16));
        for (int64_t i = 0; i < x.numElements(); ++i)
          x.mutableAs<uint16_t>()[i] =
              static_cast<uint16_t>(draw(0, 3) == 0 ? 0x8000 : draw(0, 0xffff));
        Tensor w = randomBits({200, 5}, 8, true);
        ASSERT_TRUE(identical(simulated(x, w, c), exact(x, w)))
            << describe(c, 200);
      }
}

TEST_F(CrossbarNumericsTest, extreme_values_are_exact) {
  for (SignEncoding encoding : {SignEncoding::Offset, SignEncoding::Flipped,
                                SignEncoding::Differential})
    for (int8_t weight : {-128, -1, 0, 1, 127})
      for (int8_t input : {-128, -1, 0, 1, 127})
        for (unsigned dacBits : {1, 3, 8}) {
          CrossbarConfiguration c;
          c.encoding = encoding;
          c.dacBits = dacBits;
          c.adcBits = c.losslessAdcBits(300);
          Tensor x = constant({2, 300}, input);
          Tensor w = constant({300, 3}, weight);
          ASSERT_TRUE(identical(simulated(x, w, c), exact(x, w)))
              << describe(c, 300) << " values " << int(weight) << " and "
              << int(input);
        }
}

TEST_F(CrossbarNumericsTest, one_bit_less_is_not_lossless) {
  // All cells at half of the largest sum, all inputs driven: the largest sum
  // that flipping leaves.
  for (SignEncoding encoding : {SignEncoding::Offset, SignEncoding::Flipped,
                                SignEncoding::Differential}) {
    CrossbarConfiguration c;
    c.encoding = encoding;
    c.adcBits = c.losslessAdcBits(128) - 1;
    Tensor x = constant({1, 128}, 127), w = constant({128, 1}, 127);
    if (encoding == SignEncoding::Flipped)
      for (int64_t i = 0; i < 64; ++i)
        w.mutableAs<int8_t>()[i] = -128;
    EXPECT_FALSE(identical(simulated(x, w, c), exact(x, w)))
        << describe(c, 128);
  }
}

/// The definition, one conversion after another, for 1-bit DACs.
static int64_t definition(ArrayRef<int8_t> x, ArrayRef<int8_t> w,
                          const CrossbarConfiguration &c) {
  int64_t k = x.size(), total = 0, inputSum = 0;
  int64_t cell = (1 << c.cellBits) - 1, limit = (int64_t(1) << c.adcBits) - 1;
  bool differential = c.encoding == SignEncoding::Differential;
  for (int8_t value : x)
    inputSum += value;
  for (int64_t block = 0; block < k; block += c.rows)
    for (int64_t begin = block; begin < std::min(k, block + c.rows);
         begin += c.activeRows) {
      int64_t end = std::min({k, block + c.rows, begin + c.activeRows});
      for (unsigned polarity = 0; polarity < (differential ? 2 : 1); ++polarity)
        for (unsigned s = 0; s < c.slices(); ++s) {
          auto stored = [&](int64_t i) {
            int64_t value = differential ? std::max(0, polarity ? -w[i] : w[i])
                                         : w[i] + 128;
            return (value >> (s * c.cellBits)) & cell;
          };
          int64_t cells = 0;
          for (int64_t i = begin; i < end; ++i)
            cells += stored(i);
          bool flipped = c.encoding == SignEncoding::Flipped &&
                         2 * cells > cell * (end - begin);
          for (unsigned bit = 0; bit < 8; ++bit) {
            int64_t sum = 0, driven = 0;
            for (int64_t i = begin; i < end; ++i) {
              int64_t digit = (x[i] >> bit) & 1;
              driven += digit;
              sum += digit * (flipped ? cell - stored(i) : stored(i));
            }
            int64_t code = std::min(sum, limit);
            int64_t value = flipped ? cell * driven - code : code;
            int64_t weight = int64_t(1) << (bit + s * c.cellBits);
            total += (bit == 7 ? -1 : 1) * (polarity ? -1 : 1) * value * weight;
          }
        }
    }
  return differential ? total : total - 128 * inputSum;
}

TEST_F(CrossbarNumericsTest, a_coarse_converter_clips_as_defined) {
  for (int trial = 0; trial < 60; ++trial) {
    CrossbarConfiguration c;
    c.rows = draw(1, 48);
    c.activeRows = draw(1, c.rows);
    c.cellBits = draw(1, 4);
    c.adcBits = draw(1, 5);
    c.encoding = static_cast<SignEncoding>(draw(0, 2));
    int64_t k = draw(1, 120);
    Tensor x = randomBits({2, k}, 8, true), w = randomBits({k, 3}, 8, true);
    Tensor result = simulated(x, w, c);
    for (int64_t row = 0; row < 2; ++row)
      for (int64_t column = 0; column < 3; ++column) {
        std::vector<int8_t> weights;
        weights.reserve(k);
        for (int64_t i = 0; i < k; ++i)
          weights.push_back(w.as<int8_t>()[i * 3 + column]);
        ASSERT_EQ(result.as<int32_t>()[row * 3 + column],
                  definition(x.as<int8_t>().slice(row * k, k), weights, c))
            << describe(c, k);
      }
  }
}

TEST_F(CrossbarNumericsTest, a_full_scale_converter_rounds_to_steps) {
  CrossbarConfiguration c;
  c.encoding = SignEncoding::Differential;
  c.cellBits = 8;
  c.inputBits = 1;
  c.signedInputs = false;
  c.adcBits = 8;
  c.adcRange = AdcRange::FullScale;
  // 4 rows of at most 255: a step is 4 units.
  Tensor x = Tensor::of<uint8_t>({1, 4}, unsignedInteger(8), {1, 1, 1, 1});
  Tensor w = Tensor::of<int8_t>(
      {4, 3}, i8, {100, 1, 127, 100, 0, 127, 100, 0, 127, 1, 0, 127});
  EXPECT_EQ(simulated(x, w, c).as<int32_t>(), ArrayRef<int32_t>({300, 0, 508}));
}

TEST_F(CrossbarNumericsTest, leading_dimensions_stay) {
  CrossbarConfiguration c;
  Tensor x = randomBits({2, 3, 5}, 8, true), w = randomBits({5, 4}, 8, true);
  EXPECT_EQ(simulated(x, w, c).getShape(), ArrayRef<int64_t>({2, 3, 4}));
  Tensor empty = simulated(Tensor::zeros({0, 5}, i8), w, c);
  EXPECT_EQ(empty.getShape(), ArrayRef<int64_t>({0, 4}));
}

TEST_F(CrossbarNumericsTest, long_sums_are_exact) {
  // More than a float's mantissa holds.
  CrossbarConfiguration c;
  c.adcBits = 9;
  c.encoding = SignEncoding::Offset;
  Tensor x = constant({1, 20001}, 127), w = constant({20001, 1}, 127);
  w.mutableAs<int8_t>()[7] = 126;
  EXPECT_TRUE(identical(simulated(x, w, c), exact(x, w)));
}

TEST_F(CrossbarNumericsTest, sums_that_overflow_are_refused) {
  CrossbarConfiguration c;
  c.encoding = SignEncoding::Offset;
  c.adcBits = 9;
  Tensor x = constant({1, 140000}, -128), w = constant({140000, 1}, -128);
  EXPECT_EQ(messageOf(simulateCrossbar(x, w, c)),
            "sum 2293760000 of a crossbar does not fit in 32 bits");
}

TEST_F(CrossbarNumericsTest, result_does_not_depend_on_the_number_of_threads) {
  CrossbarConfiguration c;
  c.adcBits = 6;
  Tensor x = randomBits({100, 300}, 8, true);
  Tensor w = randomBits({300, 200}, 8, true);
  Tensor many = simulated(x, w, c);
  llvm::ThreadPoolStrategy saved = llvm::parallel::strategy;
  llvm::parallel::strategy = llvm::hardware_concurrency(1);
  Tensor one = simulated(x, w, c);
  llvm::parallel::strategy = saved;
  EXPECT_TRUE(identical(many, one));
}
