// What a crossbar computes, one conversion after another.
#ifndef ATLEUS_TEST_UNIT_INTERPRETER_CROSSBARREFERENCE_H
#define ATLEUS_TEST_UNIT_INTERPRETER_CROSSBARREFERENCE_H

#include "atleus/Interpreter/CrossbarConfiguration.h"

#include <string>
#include <vector>

namespace atleus {

/// One vector by one column of a weight, with all that the numbers depend on.
struct ReferenceProduct {
  CrossbarConfiguration configuration;
  std::vector<int64_t> inputs, weights;
  int64_t inputZero = 0, weightZero = 0;
  /// Rows from the first one of the block in the array on.
  int64_t firstWordline = 0;

  /// What the accumulator holds in the end.
  int64_t compute() const;
  /// The sum of (x - inputZero) * (w - weightZero).
  int64_t computeExactly() const;

private:
  /// The shifted sums of one group of wordlines for one row of cells.
  int64_t readColumn(int64_t begin, int64_t end, unsigned slice,
                     bool negative) const;
  int64_t getLevel(int64_t row, unsigned slice, bool negative) const;
  int64_t convert(int64_t sum) const;
};

std::string describe(const CrossbarConfiguration &configuration);

} // namespace atleus

#endif // ATLEUS_TEST_UNIT_INTERPRETER_CROSSBARREFERENCE_H
