// Sums of what each step of a schedule reads and leaves.
#include "atleus/Scheduling/WorkingSets.h"

#include <algorithm>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
class WorkingSets {
public:
  explicit WorkingSets(const BufferProblem &problem)
      : problem(problem), seenBy(problem.numSteps(), none) {}

  Bits measure(unsigned step, unsigned buffer);

private:
  static constexpr unsigned none = ~0u;

  const BufferProblem &problem;
  /// By step, the last one that was seen to wait for it.
  std::vector<unsigned> seenBy;
  std::vector<unsigned> rest;
};
} // namespace

/// The bits in a buffer while `step` runs that it leaves or reads there.
Bits WorkingSets::measure(unsigned step, unsigned buffer) {
  Bits sum;
  for (const Deposit &deposit : problem.deposits(step))
    if (deposit.buffer == buffer)
      sum += deposit.size;
  rest.assign(1, step);
  while (!rest.empty()) {
    unsigned next = rest.back();
    rest.pop_back();
    for (unsigned before : problem.after(next)) {
      if (seenBy[before] == step)
        continue;
      seenBy[before] = step;
      if (problem.isBarrier(before))
        rest.push_back(before);
      for (const Deposit &deposit : problem.deposits(before))
        if (deposit.buffer == buffer &&
            isKeptFor(deposit.keep, problem.reading(step)->byCore))
          sum += deposit.size;
    }
  }
  return sum;
}

std::vector<Bits> scheduling::findWorkingSets(const BufferProblem &problem,
                                              unsigned numBuffers) {
  WorkingSets sets(problem);
  std::vector<Bits> largest(numBuffers);
  for (unsigned step = 0; step < problem.numSteps(); ++step) {
    const std::optional<Reading> &reading = problem.reading(step);
    if (problem.kind(step) != StepKind::Makes || !reading ||
        reading->buffer >= numBuffers)
      continue;
    Bits &size = largest[reading->buffer];
    size = std::max(size, sets.measure(step, reading->buffer));
  }
  return largest;
}
