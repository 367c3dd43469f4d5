// Which of several choices are worth a look when they are judged by several
// numbers.
#ifndef ATLEUS_SUPPORT_PARETOFRONT_H
#define ATLEUS_SUPPORT_PARETOFRONT_H

#include "llvm/ADT/ArrayRef.h"

#include <vector>

namespace atleus {

/// What a choice costs: one number for each objective, of which less is better.
/// Negate what is to be large. No number is NaN.
using Costs = std::vector<double>;

/// Whether `first` is at least as good as `second` in every objective and
/// better in one. Both have the same objectives.
bool dominates(llvm::ArrayRef<double> first, llvm::ArrayRef<double> second);

/// For each choice whether no other one dominates it. Choices of the same costs
/// do not dominate each other: either all of them are on the front or none is.
/// Takes time quadratic in the number of choices.
std::vector<bool> findParetoFront(llvm::ArrayRef<Costs> choices);

} // namespace atleus

#endif // ATLEUS_SUPPORT_PARETOFRONT_H
