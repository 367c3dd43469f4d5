// Elementwise kernels of one operand.
#include "FloatFunctions.h"
#include "NaN.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Parallel.h"

#include <cmath>
#include <limits>

using namespace atleus;
using namespace atleus::kernels;
using llvm::ArrayRef;

/// Enough elements to be worth a thread.
static constexpr int64_t chunkElements = 1 << 14;

template <typename From, typename To, typename Function>
static void mapElements(ArrayRef<From> input, llvm::MutableArrayRef<To> output,
                        Function function) {
  parallelChunks(input.size(), chunkElements, [&](int64_t begin, int64_t end) {
    const From *from = input.data();
    To *to = output.data();
    for (int64_t i = begin; i < end; ++i)
      to[i] = function(from[i]);
  });
}

template <typename T, typename Function>
static Tensor map(const Tensor &input, Function function) {
  Tensor result(input.getShape(), input.getElementType());
  mapElements(input.as<T>(), result.mutableAs<T>(), function);
  return result;
}

/// Functions of floats only, for float and double.
template <typename T>
static Tensor floatUnary(Unary function, const Tensor &x) {
  switch (function) {
  case Unary::Floor:
    return map<T>(x, [](T v) { return std::floor(v); });
  case Unary::Ceil:
    return map<T>(x, [](T v) { return std::ceil(v); });
  case Unary::Round:
    return map<T>(x, [](T v) { return std::nearbyint(v); });
  case Unary::Reciprocal:
    return map<T>(x, [](T v) { return T(1) / v; });
  case Unary::Sqrt:
    return map<T>(x, [](T v) { return std::sqrt(v); });
  case Unary::Rsqrt:
    return map<T>(x, [](T v) { return T(1) / std::sqrt(v); });
  case Unary::Exp:
    return map<T>(x, [](T v) { return exponential(v); });
  case Unary::Log:
    return map<T>(x, [](T v) { return std::log(v); });
  case Unary::Erf:
    return map<T>(x, [](T v) { return errorFunction(v); });
  case Unary::Tanh:
    return map<T>(x, [](T v) { return hyperbolicTangent(v); });
  case Unary::Sigmoid:
    return map<T>(x, [](T v) { return logistic(v); });
  case Unary::Silu:
    return map<T>(x, [](T v) { return v * logistic(v); });
  case Unary::Gelu:
    return map<T>(x, [](T v) { return gaussianErrorLinear(v); });
  case Unary::GeluTanh:
    return map<T>(x, [](T v) { return gaussianErrorLinearByTanh(v); });
  case Unary::Sin:
    return map<T>(x, [](T v) { return std::sin(v); });
  case Unary::Cos:
    return map<T>(x, [](T v) { return std::cos(v); });
  default:
    llvm_unreachable("not a function of floats");
  }
}

/// Negation that wraps around for the smallest integer.
template <typename T>
static T negated(T v) {
  if constexpr (std::is_integral_v<T>)
    return static_cast<T>(uint64_t(0) - static_cast<uint64_t>(v));
  else
    return -v;
}

template <typename T>
static Tensor numberUnary(Unary function, const Tensor &x) {
  switch (function) {
  case Unary::Abs:
    return map<T>(x, [](T v) -> T {
      if constexpr (std::is_floating_point_v<T>)
        return std::fabs(v);
      else
        return v < T(0) ? negated(v) : v;
    });
  case Unary::Negate:
    return map<T>(x, [](T v) { return negated(v); });
  case Unary::Sign:
    return map<T>(x, [](T v) -> T {
      T sign = static_cast<T>((v > T(0)) - (v < T(0)));
      return isNaN(v) ? v : sign;
    });
  case Unary::Relu:
    // NaN stays NaN.
    return map<T>(x, [](T v) { return v < T(0) ? T(0) : v; });
  default:
    if constexpr (std::is_floating_point_v<T>)
      return floatUnary<T>(function, x);
    llvm_unreachable("not a function of integers");
  }
}

Tensor kernels::unary(Unary function, const Tensor &input) {
  if (function == Unary::Not)
    return map<bool>(input, [](bool v) { return !v; });
  ElementKind kind = input.getKind();
  if (kind == ElementKind::Float16 || kind == ElementKind::BFloat16) {
    mlir::Type type = input.getElementType();
    Tensor wide = convert(input, mlir::Float32Type::get(type.getContext()));
    return convert(unary(function, wide), type);
  }
  return dispatchElement(kind, [&](auto tag) -> Tensor {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16> ||
                  std::is_same_v<T, bool>)
      llvm_unreachable("not an arithmetic type");
    else
      return numberUnary<T>(function, input);
  });
}

/// Truncates toward zero and saturates; NaN becomes zero.
template <typename To, typename From>
static To truncateFloat(From value) {
  constexpr From low = static_cast<From>(std::numeric_limits<To>::min());
  // The first value that is too large is a power of two, so it is exact.
  constexpr To half = std::numeric_limits<To>::max() / 2 + 1;
  constexpr From end = From(2) * static_cast<From>(half);
  if (isNaN(value))
    return 0;
  if (value <= low)
    return std::numeric_limits<To>::min();
  if (value >= end)
    return std::numeric_limits<To>::max();
  return static_cast<To>(value);
}

Tensor kernels::clip(const Tensor &input, double minimum, double maximum) {
  return dispatchElement(input.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    return map<T>(input, [=](T v) -> T {
      if constexpr (isFloatElement<T>) {
        float low = static_cast<float>(minimum);
        float high = static_cast<float>(maximum);
        if constexpr (std::is_same_v<T, double>)
          return v < minimum ? minimum : (v > maximum ? maximum : v);
        else
          return v < low ? T(low) : (v > high ? T(high) : v);
      } else {
        if (static_cast<double>(v) < minimum)
          return truncateFloat<T>(std::ceil(minimum));
        if (static_cast<double>(v) > maximum)
          return truncateFloat<T>(std::floor(maximum));
        return v;
      }
    });
  });
}

//===----------------------------------------------------------------------===//
// Cast
//===----------------------------------------------------------------------===//

template <typename To, typename From>
static To convertElement(From value) {
  if constexpr (std::is_same_v<From, Float16> || std::is_same_v<From, BFloat16>)
    return convertElement<To>(static_cast<float>(value));
  else if constexpr (std::is_same_v<To, bool>)
    return value != From(0);
  else if constexpr (std::is_same_v<To, Float16> ||
                     std::is_same_v<To, BFloat16>)
    return To(static_cast<float>(value));
  else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>)
    return truncateFloat<To>(value);
  else
    return static_cast<To>(value);
}

Tensor kernels::convert(const Tensor &input, mlir::Type elementType) {
  if (input.getElementType() == elementType)
    return input;
  Tensor result(input.getShape(), elementType);
  dispatchElement(input.getKind(), [&](auto from) {
    using From = typename decltype(from)::Type;
    dispatchElement(result.getKind(), [&](auto to) {
      using To = typename decltype(to)::Type;
      mapElements(input.as<From>(), result.mutableAs<To>(),
                  [](From v) { return convertElement<To>(v); });
    });
  });
  return result;
}
