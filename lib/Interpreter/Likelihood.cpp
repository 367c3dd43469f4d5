// Log-likelihoods without overflow.
#include "atleus/Interpreter/Likelihood.h"

#include <cassert>
#include <cmath>
#include <limits>

double atleus::negativeLogLikelihood(llvm::ArrayRef<float> logits,
                                     int64_t answer) {
  assert(answer >= 0 && static_cast<size_t>(answer) < logits.size() &&
         "one of the logits");
  float largest = -std::numeric_limits<float>::infinity();
  for (float logit : logits) {
    if (std::isnan(logit))
      return logit;
    largest = std::max(largest, logit);
  }
  // The difference to an infinite logit has no value.
  if (std::isinf(largest))
    return std::numeric_limits<double>::quiet_NaN();
  double sum = 0;
  for (float logit : logits)
    sum += std::exp(static_cast<double>(logit) - largest);
  return std::log(sum) - (static_cast<double>(logits[answer]) - largest);
}
