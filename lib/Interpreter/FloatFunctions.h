// Exponential, error function and their relatives in single precision, free of
// branches so that loops over them vectorize, with a relative error of a few
// units in the last place. The double overloads are those of the C++ library.
//
// The polynomials are Chebyshev fits on the intervals that the comments name.
#ifndef ATLEUS_LIB_INTERPRETER_FLOATFUNCTIONS_H
#define ATLEUS_LIB_INTERPRETER_FLOATFUNCTIONS_H

#include "llvm/ADT/bit.h"

#include <cmath>
#include <cstdint>

namespace atleus {

/// c[0] + c[1] x + c[2] x^2 + ...
template <typename... Coefficients>
inline float polynomial(float x, float first, Coefficients... rest) {
  if constexpr (sizeof...(rest) == 0)
    return first;
  else
    return first + x * polynomial(x, rest...);
}

/// 2^n for -126 <= n <= 127.
inline float powerOfTwo(int32_t n) {
  return llvm::bit_cast<float>(static_cast<uint32_t>(n + 127) << 23);
}

inline float exponential(float x) {
  // Below and above the bounds the result is 0 and infinity all the same; NaN
  // has no place among integers.
  float bounded = x > -104.0f ? x : -104.0f;
  bounded = bounded > 89.0f ? 89.0f : bounded;
  // Adding 1.5 * 2^23 rounds to an integer.
  constexpr float magic = 12582912.0f;
  float n = (bounded * 1.44269504f + magic) - magic;
  // ln 2 in two parts, the first with trailing zeros so that n times it is
  // exact; |r| <= ln(2) / 2.
  float r = (bounded - n * 0.693359375f) - n * -2.12194440e-4f;
  float tail = polynomial(r, 0.5f, 0.16666667f, 0.041666463f, 0.0083332984f,
                          0.0013933676f, 0.00019899319f);
  // Two factors reach the denormals and infinity.
  int32_t exponent = static_cast<int32_t>(n);
  int32_t half = exponent / 2;
  float result = (1.0f + (r + r * r * tail)) * powerOfTwo(half) *
                 powerOfTwo(exponent - half);
  return x != x ? x : result;
}
inline double exponential(double x) { return std::exp(x); }

inline float errorFunction(float x) {
  float magnitude = std::fabs(x);
  // |x| <= 1: odd polynomial.
  float square = x * x;
  float small = x * polynomial(square, 1.1283791f, -0.37612626f, 0.112835974f,
                               -0.026854328f, 0.0051893122f, -0.00080188555f,
                               0.0000788249745f);
  // 1 < |x| < 4.1: ln(1 - erf) as a polynomial; beyond, erf rounds to 1.
  float bounded = magnitude > 4.1f ? 4.1f : magnitude;
  float logarithm =
      polynomial(bounded, 0.000286877679f, -1.13009751f, -0.632060468f,
                 -0.109857149f, 0.026293112f, -0.0047140494f, 0.00058698276f,
                 -0.0000448815044f, 0.00000157710645f);
  float large = std::copysign(1.0f - exponential(logarithm), x);
  return magnitude <= 1.0f ? small : (x != x ? x : large);
}
inline double errorFunction(double x) { return std::erf(x); }

inline float hyperbolicTangent(float x) {
  float magnitude = std::fabs(x);
  // |x| < 0.625: odd polynomial, without the cancellation of the formula below.
  float square = x * x;
  float small =
      x + x * square *
              polynomial(square, -0.33333334f, 0.13333301f, -0.053958550f,
                         0.021763086f, -0.0083247274f, 0.0022709055f);
  float large = 1.0f - 2.0f / (exponential(2.0f * magnitude) + 1.0f);
  return magnitude < 0.625f ? small : std::copysign(large, x);
}
inline double hyperbolicTangent(double x) { return std::tanh(x); }

template <typename T>
T logistic(T x) {
  return T(1) / (T(1) + exponential(-x));
}

template <typename T>
T gaussianErrorLinear(T x) {
  return T(0.5) * x * (T(1) + errorFunction(x * T(0.70710678118654752440)));
}

template <typename T>
T gaussianErrorLinearByTanh(T x) {
  T inner = T(0.79788456080286535588) * (x + T(0.044715) * x * x * x);
  return T(0.5) * x * (T(1) + hyperbolicTangent(inner));
}

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_FLOATFUNCTIONS_H
