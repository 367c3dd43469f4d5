// Random numbers without state: each is a function of a key and a counter.
//
// What a number is drawn for, such as "cell 17 of array 3 in trial 8", is
// written into the counter, so it is the same whoever draws it, when, and in
// which order. Results therefore depend neither on threads nor on what else is
// drawn.
//
// The function is Philox-4x32-10: Salmon, Moraes, Dror and Shaw, "Parallel
// random numbers: as easy as 1, 2, 3", SC 2011. Different counters give
// different blocks of 128 bits, which pass the usual statistical tests even for
// counters that differ in one bit.
//
// Example:
//   RandomBlock block = philox({cell, array, trial, 0}, keyOfSeed(42));
//   double deviation = toNormal(block[0]);
//   bool broken = toUniform(block[1]) < 0.001;
#ifndef ATLEUS_SUPPORT_COUNTERRANDOM_H
#define ATLEUS_SUPPORT_COUNTERRANDOM_H

#include <array>
#include <cstdint>

namespace atleus {

/// A counter, or the random bits that it leads to.
using RandomBlock = std::array<uint32_t, 4>;

using RandomKey = std::array<uint32_t, 2>;

/// Different seeds have different keys.
inline RandomKey keyOfSeed(uint64_t seed) {
  return {static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)};
}

/// Philox-4x32-10.
inline RandomBlock philox(RandomBlock counter, RandomKey key) {
  // Multipliers and key increments of the paper, table 2 and section 4.3.
  constexpr uint64_t firstMultiplier = 0xD2511F53;
  constexpr uint64_t secondMultiplier = 0xCD9E8D57;
  constexpr RandomKey increments = {0x9E3779B9, 0xBB67AE85};
  for (int round = 0; round < 10; ++round) {
    uint64_t first = firstMultiplier * counter[0];
    uint64_t second = secondMultiplier * counter[2];
    counter = {static_cast<uint32_t>(second >> 32) ^ counter[1] ^ key[0],
               static_cast<uint32_t>(second),
               static_cast<uint32_t>(first >> 32) ^ counter[3] ^ key[1],
               static_cast<uint32_t>(first)};
    key = {key[0] + increments[0], key[1] + increments[1]};
  }
  return counter;
}

/// In (0, 1), the middle of one of 2^32 intervals of equal length.
inline double toUniform(uint32_t bits) {
  return (static_cast<double>(bits) + 0.5) * 0x1p-32;
}

/// The number below which a normally distributed one, with mean 0 and deviation
/// 1, lies with the given probability, from 0 to 1 exclusively. Wichura's
/// algorithm AS 241 (PPND16, Applied Statistics 37, 1988): relative error about
/// 1e-16. Of the functions of the C library it uses square root, and logarithm
/// below 0.075 and above 0.925; all else is the same on every machine.
double inverseNormal(double probability);

/// Normally distributed with mean 0 and deviation 1. One number uses one word,
/// so that no draw depends on another; none lies beyond `largestNormal`.
inline double toNormal(uint32_t bits) { return inverseNormal(toUniform(bits)); }

/// No number of `toNormal` is larger, nor smaller than its negative.
constexpr double largestNormal = 6.34;

} // namespace atleus

#endif // ATLEUS_SUPPORT_COUNTERRANDOM_H
