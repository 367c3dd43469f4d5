// Mean, deviation and quantiles.
#include "atleus/Support/SampleStatistics.h"

#include "llvm/ADT/STLExtras.h"

#include <cassert>
#include <cmath>
#include <vector>

using namespace atleus;

double SampleStatistics::standardError() const {
  return deviation / std::sqrt(static_cast<double>(count));
}

/// The number below which `percent` of the numbers lie.
static double interpolate(llvm::ArrayRef<double> sorted, int64_t percent) {
  int64_t position = percent * static_cast<int64_t>(sorted.size() - 1);
  int64_t below = position / 100;
  double fraction = static_cast<double>(position % 100) / 100;
  if (fraction == 0)
    return sorted[below];
  return sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
}

SampleStatistics atleus::summarize(llvm::ArrayRef<double> numbers) {
  assert(!numbers.empty() && "nothing to summarize");
  std::vector<double> sorted(numbers);
  llvm::sort(sorted);
  SampleStatistics result;
  result.count = static_cast<int64_t>(sorted.size());
  result.smallest = sorted.front();
  result.largest = sorted.back();
  double sum = 0, squares = 0;
  for (double number : sorted)
    sum += number;
  result.mean = sum / static_cast<double>(result.count);
  for (double number : sorted)
    squares += (number - result.mean) * (number - result.mean);
  if (result.count > 1)
    result.deviation =
        std::sqrt(squares / static_cast<double>(result.count - 1));
  for (size_t i = 0; i < quantilePercents.size(); ++i)
    result.quantiles[i] = interpolate(sorted, quantilePercents[i]);
  return result;
}
