// Tests of what random numbers are distributed like. With fixed seeds they
// give the same answer every time; limits are such that a right generator fails
// about one seed in a million.
#ifndef ATLEUS_TEST_UNIT_SUPPORT_STATISTICS_H
#define ATLEUS_TEST_UNIT_SUPPORT_STATISTICS_H

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <vector>

namespace atleus {

/// The probability of a normal number below `x`.
inline double normalDistribution(double x) {
  return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

/// sqrt(n) times the largest distance between the distribution of the numbers
/// and the one expected (Kolmogorov-Smirnov).
template <typename Distribution>
double kolmogorovSmirnov(std::vector<double> numbers, Distribution expected) {
  llvm::sort(numbers);
  double count = static_cast<double>(numbers.size()), distance = 0;
  for (size_t i = 0; i < numbers.size(); ++i) {
    double probability = expected(numbers[i]);
    distance = std::max({distance, probability - static_cast<double>(i) / count,
                         static_cast<double>(i + 1) / count - probability});
  }
  return distance * std::sqrt(count);
}

/// Exceeded with probability 2 exp(-2 x^2) = 1e-6 by numbers that are
/// distributed as expected.
constexpr double kolmogorovSmirnovLimit = 2.69;

/// Of two lists of equal length (Pearson).
inline double correlation(const std::vector<double> &a,
                          const std::vector<double> &b) {
  double count = static_cast<double>(a.size());
  double sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    sumA += a[i];
    sumB += b[i];
    squaresA += a[i] * a[i];
    squaresB += b[i] * b[i];
    products += a[i] * b[i];
  }
  return (count * products - sumA * sumB) /
         std::sqrt((count * squaresA - sumA * sumA) *
                   (count * squaresB - sumB * sumB));
}

/// Independent numbers have a correlation with a deviation of 1 / sqrt(n).
inline double correlationLimit(size_t count) {
  return 4.9 / std::sqrt(static_cast<double>(count));
}

/// How many deviations of a binomial distribution `found` is from what is
/// expected.
inline double binomialDeviations(double found, double count,
                                 double probability) {
  return (found - count * probability) /
         std::sqrt(count * probability * (1 - probability));
}

} // namespace atleus

#endif // ATLEUS_TEST_UNIT_SUPPORT_STATISTICS_H
