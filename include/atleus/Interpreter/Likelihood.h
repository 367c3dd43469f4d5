// How likely a model finds an answer.
#ifndef ATLEUS_INTERPRETER_LIKELIHOOD_H
#define ATLEUS_INTERPRETER_LIKELIHOOD_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>

namespace atleus {

/// -log(softmax(logits)[answer]) in nats, that is log(sum(exp(logits))) less
/// the answer's logit. The largest logit is taken off all of them first, so
/// that no exponential overflows; sums are of doubles.
///
/// Infinite if the answer's logit is -inf among others that are not. NaN if a
/// logit is NaN, if one is +inf, or if all are -inf: there is no softmax then.
double negativeLogLikelihood(llvm::ArrayRef<float> logits, int64_t answer);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_LIKELIHOOD_H
