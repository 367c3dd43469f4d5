// Sums over a row in double, in eight interleaved parts so that they vectorize.
// The order is fixed, so results are the same everywhere.
#ifndef ATLEUS_LIB_INTERPRETER_ROWSUMS_H
#define ATLEUS_LIB_INTERPRETER_ROWSUMS_H

#include <cstdint>

namespace atleus {

/// The sum of term(i) for i in [0, count).
template <typename Term>
inline double sumInDouble(int64_t count, Term term) {
  constexpr int64_t parts = 8;
  double sums[parts] = {};
  int64_t i = 0;
  for (; i + parts <= count; i += parts)
    for (int64_t part = 0; part < parts; ++part)
      sums[part] += static_cast<double>(term(i + part));
  for (int64_t part = 0; i < count; ++i, ++part)
    sums[part] += static_cast<double>(term(i));
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
         ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_ROWSUMS_H
