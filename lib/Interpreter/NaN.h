// NaN in code that is for floats and integers.
#ifndef ATLEUS_LIB_INTERPRETER_NAN_H
#define ATLEUS_LIB_INTERPRETER_NAN_H

#include <cmath>
#include <type_traits>

namespace atleus {

/// Whether `value` is NaN, which no integer is.
template <typename T>
inline bool isNaN(T value) {
  static_assert(std::is_arithmetic_v<T>);
  if constexpr (std::is_floating_point_v<T>)
    return std::isnan(value);
  else
    return false;
}

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_NAN_H
