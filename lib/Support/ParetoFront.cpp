// Compares choices pair by pair.
#include "atleus/Support/ParetoFront.h"

#include "llvm/ADT/STLExtras.h"

#include <cassert>
#include <cmath>

using namespace atleus;
using llvm::ArrayRef;

bool atleus::dominates(ArrayRef<double> first, ArrayRef<double> second) {
  assert(first.size() == second.size() && "costs of the same objectives");
  bool isBetter = false;
  for (auto [a, b] : llvm::zip_equal(first, second)) {
    assert(!std::isnan(a) && !std::isnan(b) && "costs that can be compared");
    if (a > b)
      return false;
    isBetter |= a < b;
  }
  return isBetter;
}

std::vector<bool> atleus::findParetoFront(ArrayRef<Costs> choices) {
  std::vector<bool> isOnFront;
  isOnFront.reserve(choices.size());
  for (const Costs &choice : choices)
    isOnFront.push_back(llvm::none_of(
        choices, [&](const Costs &other) { return dominates(other, choice); }));
  return isOnFront;
}
