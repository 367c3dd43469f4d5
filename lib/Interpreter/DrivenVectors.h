// Vectors of integers on their way into the wordlines.
#ifndef ATLEUS_LIB_INTERPRETER_DRIVENVECTORS_H
#define ATLEUS_LIB_INTERPRETER_DRIVENVECTORS_H

#include "atleus/Interpreter/ProgrammedCells.h"
#include "atleus/Interpreter/Tensor.h"

namespace atleus {

/// Some vectors of an input, transposed: what is said of a row and a lane is at
/// row * lanes + lane. Lanes beyond the last vector are zero.
struct DrivenVectors {
  /// Vectors [first, first + count) of `input` ([..., k], integers of up to 16
  /// bits), rows [begin, end) of it.
  DrivenVectors(const Tensor &input, int64_t first, int64_t count,
                int64_t lanes, int64_t begin, int64_t end,
                const CrossbarConfiguration &configuration);

  /// The sum of rows of each lane.
  std::vector<int64_t> sumRows(int64_t begin, int64_t end) const;
  const uint16_t *row(int64_t index) const {
    return codes.data() + (index - begin) * lanes;
  }

  int64_t count, lanes, begin;
  /// Inputs plus the input offset, inputBits of them, as the DACs get them.
  std::vector<uint16_t> codes;
  /// A code with the highest of `inputBits` bits set is negative.
  bool twosComplement;
  unsigned inputBits;
};

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_DRIVENVECTORS_H
