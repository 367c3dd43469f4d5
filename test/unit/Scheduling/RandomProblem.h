// Random scheduling problems for property tests.
#ifndef ATLEUS_TEST_UNIT_SCHEDULING_RANDOMPROBLEM_H
#define ATLEUS_TEST_UNIT_SCHEDULING_RANDOMPROBLEM_H

#include "atleus/Scheduling/Problem.h"

#include <random>

namespace atleus::scheduling {

struct RandomProblemShape {
  unsigned tasks = 40;
  unsigned resources = 5;
  int64_t longestDuration = 20;
  /// Dependences per task, on average at most.
  unsigned dependences = 2;
};

/// A uniform number from 0 to `last`, the same with every standard library.
inline int64_t draw(std::mt19937 &random, int64_t last) {
  return random() % (last + 1);
}

/// Tasks with up to three uses, a few of them released late, each after some
/// tasks of lower index. The same seed gives the same problem.
inline Problem makeRandomProblem(unsigned seed, RandomProblemShape shape) {
  std::mt19937 random(seed);
  Problem problem;
  for (unsigned i = 0; i < shape.resources; ++i)
    problem.addResource("r" + llvm::Twine(i));
  for (unsigned i = 0; i < shape.tasks; ++i) {
    int64_t duration = draw(random, shape.longestDuration);
    llvm::SmallVector<Use> uses;
    // Neighbouring resources, so that a task holds none of them twice.
    unsigned first = draw(random, shape.resources - 1);
    unsigned count = std::min<unsigned>(shape.resources, draw(random, 3));
    for (unsigned j = 0; j < count; ++j) {
      int64_t offset = draw(random, duration);
      int64_t length = draw(random, duration - offset);
      uses.push_back({(first + j) % shape.resources, Picoseconds(offset),
                      Picoseconds(length)});
    }
    int64_t release =
        draw(random, 9) == 0 ? draw(random, 3 * shape.longestDuration) : 0;
    problem.addTask("t" + llvm::Twine(i), Picoseconds(duration), uses,
                    Picoseconds(release));
    for (unsigned j = 0; i > 0 && j < shape.dependences; ++j)
      if (draw(random, 1))
        problem.addDependence(draw(random, i - 1), i);
  }
  return problem;
}

} // namespace atleus::scheduling

#endif // ATLEUS_TEST_UNIT_SCHEDULING_RANDOMPROBLEM_H
