// Tests of crossbar numerics: what products with programmed weights give, by
// every way that there is, is what plain loops give.
#include "CrossbarReference.h"
#include "TensorFixture.h"
#include "lib/Interpreter/CellSums.h"

#include "atleus/Interpreter/CrossbarNumerics.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"

#include "llvm/Support/Parallel.h"

using namespace atleus;
using llvm::ArrayRef;

namespace {
/// How values are drawn.
enum class Draw { Uniform, Extreme, Alternating, Constant };

/// Devices without deviations.
struct IdealDevices : public AnalogEffects {
  void writeLevels(const CellBlock &,
                   llvm::MutableArrayRef<float>) const override {}
  void disturbSums(const SumBlock &,
                   llvm::MutableArrayRef<float>) const override {}
};

/// A weight, inputs, and the sums that they should give.
struct Case {
  CrossbarConfiguration configuration;
  Tensor input, weight;
  int64_t rowsPerScale = 0;
  /// One for all vectors, or one for each.
  std::vector<int64_t> inputZeros = {0};
  std::vector<int64_t> zeroPoints;

  int64_t k() const { return weight.getDim(0); }
  int64_t n() const { return weight.getDim(1); }
  int64_t numBlocks() const { return (k() - 1) / rowsPerScale + 1; }
  ReferenceProduct reference(int64_t block, int64_t vector,
                             int64_t column) const;
  std::string describe() const;
};

struct CrossbarNumericsTest : public TensorFixture {
  int64_t draw(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(generator);
  }
  /// Integers of `bits` bits, in as few bytes as hold them.
  Tensor drawTensor(ArrayRef<int64_t> shape, unsigned bits, bool isSigned,
                    Draw how = Draw::Uniform);
  CrossbarConfiguration drawConfiguration();
  Case drawCase();
  /// Expects the sums of the reference, or those of the exact product.
  void check(const Case &test, const Tensor &sums, int64_t block, bool exact);
};
} // namespace

ReferenceProduct Case::reference(int64_t block, int64_t vector,
                                 int64_t column) const {
  ReferenceProduct product;
  product.configuration = configuration;
  product.inputZero = inputZeros[inputZeros.size() == 1 ? 0 : vector];
  if (!zeroPoints.empty()) {
    int64_t perBlock = zeroPoints.size() / numBlocks();
    product.weightZero =
        zeroPoints[block * perBlock + (perBlock == 1 ? 0 : column)];
  }
  int64_t begin = block * rowsPerScale;
  product.firstWordline = begin % configuration.rows;
  for (int64_t row = begin; row < std::min(k(), begin + rowsPerScale); ++row) {
    product.inputs.push_back(input.getInteger(vector * k() + row));
    product.weights.push_back(weight.getInteger(row * n() + column));
  }
  return product;
}

std::string Case::describe() const {
  return "k " + std::to_string(k()) + " rows of a scale " +
         std::to_string(rowsPerScale) + " input zero " +
         std::to_string(inputZeros.front()) + " of " +
         std::to_string(inputZeros.size()) + " zero points " +
         std::to_string(zeroPoints.size()) + " " +
         atleus::describe(configuration);
}

Tensor CrossbarNumericsTest::drawTensor(ArrayRef<int64_t> shape, unsigned bits,
                                        bool isSigned, Draw how) {
  int64_t low = isSigned ? -(int64_t(1) << (bits - 1)) : 0;
  int64_t high = low + (int64_t(1) << bits) - 1;
  int64_t constant = draw(0, 1) ? draw(low, high) : draw(0, 1) ? low : high;
  unsigned storage = bits <= 8 ? 8 : 16;
  Tensor result(shape, isSigned ? integer(storage) : unsignedInteger(storage));
  for (int64_t i = 0; i < result.numElements(); ++i) {
    int64_t value = constant;
    if (how == Draw::Uniform)
      value = std::clamp(draw(low - 2, high + 2), low, high);
    else if (how == Draw::Extreme)
      value = draw(0, 1) ? low : high;
    else if (how == Draw::Alternating)
      value = i % 2 ? low : high;
    if (storage == 8)
      result.mutableAs<uint8_t>()[i] = static_cast<uint8_t>(value);
    else
      result.mutableAs<uint16_t>()[i] = static_cast<uint16_t>(value);
  }
  return result;
}

CrossbarConfiguration CrossbarNumericsTest::drawConfiguration() {
  CrossbarConfiguration c;
  c.rows = draw(1, 3) == 1 ? draw(100, 300) : draw(1, 40);
  c.activeRows = draw(0, 1) ? c.rows : draw(1, c.rows);
  c.cellBits = draw(1, 8);
  c.dacBits = draw(0, 1) ? 1 : draw(2, 8);
  c.weightBits = draw(2, 8);
  c.inputBits = draw(1, 16);
  c.encoding = static_cast<SignEncoding>(draw(0, 2));
  // One bit in two's complement is 0 or -1, which no type stores.
  c.signedInputs = c.inputBits > 1 && draw(0, 1);
  c.adcRange = static_cast<AdcRange>(draw(0, 1));
  return c;
}

Case CrossbarNumericsTest::drawCase() {
  Case test;
  CrossbarConfiguration &c = test.configuration = drawConfiguration();
  int64_t m = draw(0, 2) ? draw(11, 150) : draw(1, 10), k = draw(1, 150),
          n = draw(1, 40);
  auto how = [&] { return static_cast<Draw>(draw(0, 3)); };
  test.input = drawTensor({m, k}, c.inputBits, c.signedInputs, how());
  test.weight = drawTensor({k, n}, c.weightBits, true, how());
  test.rowsPerScale = k;
  if (draw(0, 2) == 0) {
    // As weights of whole arrays have them, or of those without some rows.
    test.rowsPerScale = draw(0, 1) ? c.rows * draw(1, 3) : draw(1, k);
  }
  if (draw(0, 2) == 0)
    test.inputZeros = {draw(-5, 1 << (c.inputBits - 1))};
  else if (draw(0, 2) == 0)
    for (test.inputZeros.clear(); m > 0; --m)
      test.inputZeros.push_back(draw(-5, 1 << (c.inputBits - 1)));
  if (int64_t kind = draw(0, 3); kind < 2)
    for (int64_t i = 0; i < test.numBlocks() * (kind == 0 ? 1 : n); ++i)
      test.zeroPoints.push_back(draw(-200, 200));
  return test;
}

void CrossbarNumericsTest::check(const Case &test, const Tensor &sums,
                                 int64_t block, bool exact) {
  int64_t count = test.input.numElements() / test.k() * test.n();
  ASSERT_EQ(sums.numElements(), count);
  // Not all, for plain loops take time.
  int64_t step = std::max<int64_t>(1, count / 12);
  for (int64_t i = draw(0, step - 1); i < count; i += step) {
    ReferenceProduct reference =
        test.reference(block, i / test.n(), i % test.n());
    ASSERT_EQ(sums.getInteger(i),
              exact ? reference.computeExactly() : reference.compute())
        << test.describe() << " block " << block;
  }
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
  for (int trial = 0; trial < 500; ++trial) {
    Case test = drawCase();
    CrossbarConfiguration &c = test.configuration;
    // Wider than converters are, so that all can be drawn.
    c.adcBits = c.losslessAdcBits(test.k());
    CrossbarWeight weight(test.weight, test.rowsPerScale, test.zeroPoints, c);
    ASSERT_EQ(weight.getNumBlocks(), test.numBlocks());
    for (int64_t block = 0; block < test.numBlocks(); ++block) {
      check(test,
            weight.simulate(test.input, c.inputBits, test.inputZeros, block),
            block, true);
      check(test,
            weight.multiply(test.input, c.inputBits, test.inputZeros, block),
            block, true);
      if (HasFatalFailure())
        return;
    }
  }
}

TEST_F(CrossbarNumericsTest, a_coarse_converter_loses_what_plain_loops_lose) {
  for (int trial = 0; trial < 500; ++trial) {
    Case test = drawCase();
    CrossbarConfiguration &c = test.configuration;
    c.adcBits = draw(1, std::min(16u, c.losslessAdcBits(test.k())));
    c.accumulator.bits = draw(0, 1) ? draw(8, 32) : 64;
    c.accumulator.overflow = static_cast<Overflow>(draw(0, 1));
    CrossbarWeight weight(test.weight, test.rowsPerScale, test.zeroPoints, c);
    for (int64_t block = 0; block < test.numBlocks(); ++block) {
      check(test,
            weight.multiply(test.input, c.inputBits, test.inputZeros, block),
            block, false);
      if (HasFatalFailure())
        return;
    }
  }
}

TEST_F(CrossbarNumericsTest, a_lossless_converter_overflows_as_plain_loops_do) {
  for (int trial = 0; trial < 200; ++trial) {
    Case test = drawCase();
    CrossbarConfiguration &c = test.configuration;
    c.adcBits = c.losslessAdcBits(test.k());
    c.accumulator.bits = draw(8, 20);
    c.accumulator.overflow = static_cast<Overflow>(draw(0, 1));
    CrossbarWeight weight(test.weight, test.rowsPerScale, test.zeroPoints, c);
    check(test, weight.multiply(test.input, c.inputBits, test.inputZeros, 0), 0,
          false);
    if (HasFatalFailure())
      return;
  }
}

TEST_F(CrossbarNumericsTest, devices_without_deviations_are_ideal) {
  for (int trial = 0; trial < 60; ++trial) {
    Case test = drawCase();
    CrossbarConfiguration &c = test.configuration;
    c.adcBits = draw(1, std::min(16u, c.losslessAdcBits(test.k())));
    CrossbarWeight ideal(test.weight, test.rowsPerScale, test.zeroPoints, c);
    CrossbarWeight real(test.weight, test.rowsPerScale, test.zeroPoints, c);
    real.setAnalogEffects(std::make_shared<IdealDevices>());
    for (int64_t block = 0; block < test.numBlocks(); ++block)
      ASSERT_TRUE(identical(
          real.multiply(test.input, c.inputBits, test.inputZeros, block),
          ideal.simulate(test.input, c.inputBits, test.inputZeros, block)))
          << test.describe();
  }
}

TEST_F(CrossbarNumericsTest, extreme_values_are_exact) {
  for (SignEncoding encoding : {SignEncoding::Offset, SignEncoding::Flipped,
                                SignEncoding::Differential})
    for (int8_t w : {-128, -1, 0, 1, 127})
      for (int8_t x : {-128, -1, 0, 1, 127})
        for (unsigned dacBits : {1, 3, 8}) {
          CrossbarConfiguration c;
          c.encoding = encoding;
          c.dacBits = dacBits;
          c.adcBits = c.losslessAdcBits(300);
          Tensor input({2, 300}, i8), weight({300, 3}, i8);
          llvm::fill(input.mutableAs<int8_t>(), x);
          llvm::fill(weight.mutableAs<int8_t>(), w);
          Tensor sums =
              CrossbarWeight(weight, 300, {}, c).simulate(input, 8, 0, 0);
          for (int64_t sum : sums.as<int64_t>())
            ASSERT_EQ(sum, 300 * w * x) << describe(c);
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
    Tensor x({1, 128}, i8), w({128, 1}, i8);
    llvm::fill(x.mutableAs<int8_t>(), 127);
    llvm::fill(w.mutableAs<int8_t>(), 127);
    int64_t exact = 128 * 127 * 127;
    if (encoding == SignEncoding::Flipped) {
      for (int64_t i = 0; i < 64; ++i)
        w.mutableAs<int8_t>()[i] = -128;
      exact = -64 * 127;
    }
    CrossbarWeight weight(w, 128, {}, c);
    EXPECT_NE(weight.multiply(x, 8, 0, 0).getInteger(0), exact) << describe(c);
  }
}

TEST_F(CrossbarNumericsTest, all_rows_of_wide_cells_are_exact) {
  // Column sums of more than 31 bits.
  CrossbarConfiguration c;
  c.rows = c.activeRows = 40000;
  c.cellBits = c.dacBits = 8;
  c.encoding = SignEncoding::Offset;
  c.adcBits = c.losslessAdcBits(40000);
  Tensor x = drawTensor({2, 40000}, 8, true, Draw::Extreme);
  Tensor w = drawTensor({40000, 1}, 8, true, Draw::Alternating);
  CrossbarWeight weight(w, 40000, {}, c);
  std::vector<int64_t> exact(2);
  for (int64_t i = 0; i < 80000; ++i)
    exact[i / 40000] += x.getInteger(i) * w.getInteger(i % 40000);
  EXPECT_EQ(weight.simulate(x, 8, 0, 0).as<int64_t>(), ArrayRef(exact));
}

TEST_F(CrossbarNumericsTest, sums_of_more_than_32_bits_are_kept) {
  CrossbarConfiguration c;
  c.inputBits = 16;
  c.adcBits = c.losslessAdcBits(4096);
  Tensor x({1, 4096}, integer(16)), w({4096, 1}, i8);
  llvm::fill(x.mutableAs<int16_t>(), -32768);
  llvm::fill(w.mutableAs<int8_t>(), -128);
  int64_t exact = int64_t(4096) * 32768 * 128;
  for (bool simulated : {false, true}) {
    auto sum = [&](Accumulator accumulator) {
      c.accumulator = accumulator;
      CrossbarWeight weight(w, 4096, {}, c);
      return (simulated ? weight.simulate(x, 16, 0, 0)
                        : weight.multiply(x, 16, 0, 0))
          .getInteger(0);
    };
    EXPECT_EQ(sum({64, Overflow::Wrap}), exact);
    EXPECT_EQ(sum({32, Overflow::Wrap}), 0) << "a multiple of 2^32";
    EXPECT_EQ(sum({32, Overflow::Saturate}), INT32_MAX);
    EXPECT_EQ(sum({35, Overflow::Saturate}), (int64_t(1) << 34) - 1);
    EXPECT_EQ(sum({36, Overflow::Saturate}), exact) << "2^34 fits";
  }
}

TEST_F(CrossbarNumericsTest, rows_of_arrays_saturate_one_after_another) {
  CrossbarConfiguration c;
  c.rows = c.activeRows = 2;
  c.inputBits = 4;
  c.adcBits = c.losslessAdcBits(6);
  c.accumulator = {8, Overflow::Saturate};
  // 100 + 100 stops at 127; 127 - 140 = -13.
  Tensor x = Tensor::of<int8_t>({1, 6}, i8, {5, 5, 5, 5, -7, -7});
  Tensor w = Tensor::of<int8_t>({6, 1}, i8, {10, 10, 10, 10, 10, 10});
  CrossbarWeight weight(w, 6, {}, c);
  EXPECT_EQ(weight.multiply(x, 4, 0, 0).getInteger(0), -13);
  EXPECT_EQ(weight.simulate(x, 4, 0, 0).getInteger(0), -13);
}

/// Rows [begin, end) of the weight of a case, as a case of their own.
static Case takeRows(const Case &test, int64_t begin, int64_t end) {
  Case part = test;
  part.input = kernels::slice(test.input, {0, begin},
                              {test.input.getDim(0), end - begin}, {1, 1});
  part.weight =
      kernels::slice(test.weight, {begin, 0}, {end - begin, test.n()}, {1, 1});
  part.rowsPerScale = end - begin;
  return part;
}

TEST_F(CrossbarNumericsTest, rows_go_on_where_the_rows_before_them_ended) {
  unsigned cut = 0;
  for (int trial = 0; trial < 400; ++trial) {
    Case test = drawCase();
    CrossbarConfiguration &c = test.configuration;
    if (test.rowsPerScale < test.k() || test.k() <= c.rows)
      continue;
    unsigned lossless = c.losslessAdcBits(test.k());
    c.adcBits = draw(0, 1) ? lossless : draw(1, std::min(16u, lossless));
    c.accumulator.bits = draw(0, 2) ? draw(8, 24) : 64;
    c.accumulator.overflow = static_cast<Overflow>(draw(0, 1));
    bool simulate = draw(0, 1);
    auto sum = [&](const Case &rows, const Tensor &before) {
      CrossbarWeight weight(rows.weight, rows.rowsPerScale, rows.zeroPoints, c);
      Tensor sums = simulate ? weight.simulate(rows.input, c.inputBits,
                                               rows.inputZeros, 0, before)
                             : weight.multiply(rows.input, c.inputBits,
                                               rows.inputZeros, 0, before);
      return kernels::convert(sums, integer(64));
    };
    Tensor whole = sum(test, Tensor()), total;
    for (int64_t begin = 0, end; begin < test.k(); begin = end) {
      end = std::min(test.k(), begin + draw(1, 3) * c.rows);
      total = sum(takeRows(test, begin, end), total);
      cut += end < test.k();
    }
    EXPECT_EQ(total.as<int64_t>(), whole.as<int64_t>()) << test.describe();
  }
  EXPECT_GT(cut, 100u);
}

TEST_F(CrossbarNumericsTest, a_full_scale_converter_rounds_to_steps) {
  CrossbarConfiguration c;
  c.encoding = SignEncoding::Differential;
  c.cellBits = 8;
  c.inputBits = 1;
  c.signedInputs = false;
  c.adcBits = 8;
  c.adcRange = AdcRange::FullScale;
  c.rows = 8;
  c.activeRows = 4;
  // 4 rows of at most 255: a step is 4 units.
  Tensor x = Tensor::of<uint8_t>({1, 4}, unsignedInteger(8), {1, 1, 1, 1});
  Tensor w = Tensor::of<int8_t>(
      {4, 3}, i8, {100, 1, 127, 100, 0, 127, 100, 0, 127, 1, 0, 127});
  EXPECT_EQ(CrossbarWeight(w, 4, {}, c).multiply(x, 1, 0, 0).as<int64_t>(),
            ArrayRef<int64_t>({300, 0, 508}));
  // A weight of fewer rows is read with the same steps.
  EXPECT_EQ(
      CrossbarWeight(Tensor::of<int8_t>({1, 3}, i8, {101, 1, 127}), 1, {}, c)
          .multiply(Tensor::of<uint8_t>({1, 1}, unsignedInteger(8), {1}), 1, 0,
                    0)
          .as<int64_t>(),
      ArrayRef<int64_t>({100, 0, 128}));
}

TEST_F(CrossbarNumericsTest, leading_dimensions_stay) {
  CrossbarConfiguration c;
  c.adcBits = 2;
  CrossbarWeight weight(drawTensor({5, 4}, 8, true), 5, {}, c);
  Tensor x = drawTensor({2, 3, 5}, 8, true);
  EXPECT_EQ(weight.multiply(x, 8, 0, 0).getShape(),
            ArrayRef<int64_t>({2, 3, 4}));
  Tensor none = weight.multiply(Tensor::zeros({0, 5}, i8), 8, 0, 0);
  EXPECT_EQ(none.getShape(), ArrayRef<int64_t>({0, 4}));
  Tensor one = weight.multiply(drawTensor({5}, 8, true), 8, 0, 0);
  EXPECT_EQ(one.getShape(), ArrayRef<int64_t>({4}));
}

TEST_F(CrossbarNumericsTest, result_does_not_depend_on_the_number_of_threads) {
  CrossbarConfiguration c;
  c.adcBits = 6;
  CrossbarWeight weight(drawTensor({300, 200}, 8, true), 300, {}, c);
  Tensor x = drawTensor({150, 300}, 8, true);
  Tensor many = weight.multiply(x, 8, 0, 0);
  llvm::ThreadPoolStrategy saved = llvm::parallel::strategy;
  llvm::parallel::strategy = llvm::hardware_concurrency(1);
  Tensor one = weight.multiply(x, 8, 0, 0);
  llvm::parallel::strategy = saved;
  EXPECT_TRUE(identical(many, one));
}
