// Random numbers without state: known answers, and the distributions.
#include "atleus/Support/CounterRandom.h"

#include "test/unit/Support/Statistics.h"

#include "gtest/gtest.h"

#include <cmath>
#include <limits>
#include <set>

using namespace atleus;

/// Of Random123's tests/kat_vectors.
TEST(CounterRandomTest, KnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (RandomBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (RandomBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                   {0xa4093822, 0x299f31d0}),
            (RandomBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(CounterRandomTest, SeedsHaveKeysOfTheirOwn) {
  EXPECT_EQ(keyOfSeed(0x0123456789abcdef), (RandomKey{0x89abcdef, 0x01234567}));
  EXPECT_NE(keyOfSeed(1), keyOfSeed(uint64_t(1) << 32));
}

/// Any change of key or counter changes about half of the 128 bits.
TEST(CounterRandomTest, OneBitChangesHalfOfAll) {
  int64_t changed = 0, comparisons = 0;
  for (uint32_t i = 0; i < 64; ++i) {
    RandomBlock counter = {i, 7 * i, 1000 + i, i / 3};
    RandomBlock block = philox(counter, keyOfSeed(i));
    for (int bit = 0; bit < 128; ++bit, ++comparisons) {
      RandomBlock other = counter;
      other[bit / 32] ^= uint32_t(1) << (bit % 32);
      RandomBlock result = philox(other, keyOfSeed(i));
      int bits = 0;
      for (int word = 0; word < 4; ++word)
        bits += __builtin_popcount(result[word] ^ block[word]);
      EXPECT_GT(bits, 30);
      EXPECT_LT(bits, 98);
      changed += bits;
    }
  }
  // The mean over 8192 blocks of 128 fair bits has a deviation of 0.0625.
  EXPECT_NEAR(static_cast<double>(changed) / comparisons, 64, 5 * 0.0625);
}

TEST(CounterRandomTest, UniformNumbersStayInside) {
  EXPECT_GT(toUniform(0), 0);
  EXPECT_LT(toUniform(std::numeric_limits<uint32_t>::max()), 1);
  EXPECT_EQ(toUniform(0), 0x1p-33);
  EXPECT_EQ(1 - toUniform(std::numeric_limits<uint32_t>::max()), 0x1p-33);
}

TEST(CounterRandomTest, InverseNormalInvertsTheDistribution) {
  for (int step = 1; step < 2000; ++step) {
    double probability = step / 2000.0;
    double x = inverseNormal(probability);
    EXPECT_NEAR(normalDistribution(x), probability, 4e-16);
    EXPECT_EQ(inverseNormal(1 - probability) <= 0, probability >= 0.5);
  }
  for (double probability = 0.5; probability > 1e-300; probability /= 3) {
    double x = inverseNormal(probability);
    EXPECT_NEAR(normalDistribution(x) / probability, 1, 2e-12);
  }
  EXPECT_EQ(inverseNormal(0.5), 0);
  // Quantiles of the normal distribution, as in Wichura's paper.
  EXPECT_NEAR(inverseNormal(0.25), -0.6744897501960817, 1e-16);
  EXPECT_NEAR(inverseNormal(0.001), -3.090232306167814, 1e-15);
  EXPECT_NEAR(inverseNormal(1e-20), -9.262340089798408, 1e-14);
}

TEST(CounterRandomTest, NormalNumbersGrowWithTheirBitsAndAreBounded) {
  double last = -largestNormal;
  for (uint64_t bits = 0; bits < uint64_t(1) << 32; bits += 104729) {
    double x = toNormal(static_cast<uint32_t>(bits));
    EXPECT_GT(x, last);
    last = x;
  }
  EXPECT_LT(toNormal(std::numeric_limits<uint32_t>::max()), largestNormal);
  EXPECT_GT(toNormal(0), -largestNormal);
  EXPECT_GT(toNormal(std::numeric_limits<uint32_t>::max()),
            largestNormal - 0.01);
}

namespace {
/// 100,000 numbers of consecutive counters; `word` is which of the block.
std::vector<double> drawNumbers(uint64_t seed, int word,
                                double (*draw)(uint32_t)) {
  std::vector<double> numbers;
  for (uint32_t i = 0; i < 100'000; ++i)
    numbers.push_back(draw(philox({i, 0, 0, 0}, keyOfSeed(seed))[word]));
  return numbers;
}
} // namespace

TEST(CounterRandomTest, NumbersAreUniform) {
  for (uint64_t seed = 0; seed < 5; ++seed)
    for (int word = 0; word < 4; ++word)
      EXPECT_LT(kolmogorovSmirnov(drawNumbers(seed, word, toUniform),
                                  [](double x) { return x; }),
                kolmogorovSmirnovLimit);
}

TEST(CounterRandomTest, NumbersAreNormal) {
  for (uint64_t seed = 0; seed < 5; ++seed)
    for (int word = 0; word < 4; ++word)
      EXPECT_LT(kolmogorovSmirnov(drawNumbers(seed, word, toNormal),
                                  normalDistribution),
                kolmogorovSmirnovLimit);
}

/// A test that could not fail would be none: wrong distributions are rejected.
TEST(CounterRandomTest, WrongDistributionsAreRejected) {
  std::vector<double> numbers = drawNumbers(1, 0, toNormal);
  EXPECT_GT(kolmogorovSmirnov(
                numbers, [](double x) { return normalDistribution(x - 0.02); }),
            kolmogorovSmirnovLimit);
  EXPECT_GT(kolmogorovSmirnov(
                numbers, [](double x) { return normalDistribution(x / 1.05); }),
            kolmogorovSmirnovLimit);
}

TEST(CounterRandomTest, WordsCountersAndSeedsAreIndependent) {
  std::vector<double> numbers = drawNumbers(1, 0, toNormal);
  for (int word = 1; word < 4; ++word)
    EXPECT_LT(std::abs(correlation(numbers, drawNumbers(1, word, toNormal))),
              correlationLimit(numbers.size()));
  for (uint64_t seed : {uint64_t(0), uint64_t(2), uint64_t(1) << 32})
    EXPECT_LT(std::abs(correlation(numbers, drawNumbers(seed, 0, toNormal))),
              correlationLimit(numbers.size()));
  for (int lag : {1, 2, 3, 64, 128}) {
    std::vector<double> later(numbers.begin() + lag, numbers.end());
    std::vector<double> earlier(numbers.begin(), numbers.end() - lag);
    EXPECT_LT(std::abs(correlation(earlier, later)),
              correlationLimit(later.size()));
  }
}

TEST(CounterRandomTest, NoTwoCountersGiveTheSameBlock) {
  std::set<RandomBlock> blocks;
  for (uint32_t array = 0; array < 30; ++array)
    for (uint32_t cell = 0; cell < 1000; ++cell)
      blocks.insert(philox({cell, array, 0, 0}, keyOfSeed(9)));
  EXPECT_EQ(blocks.size(), 30'000u);
}
