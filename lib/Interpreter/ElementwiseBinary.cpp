// Elementwise kernels of several operands, which are broadcast.
#include "NaN.h"
#include "StridedLoop.h"

#include "atleus/Interpreter/Elementwise.h"

#include <cmath>

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

std::optional<Shape> kernels::broadcastShapes(ArrayRef<int64_t> a,
                                              ArrayRef<int64_t> b) {
  if (a.size() < b.size())
    std::swap(a, b);
  Shape result(a);
  size_t missing = a.size() - b.size();
  for (size_t i = 0; i < b.size(); ++i) {
    int64_t &size = result[missing + i];
    if (size == 1)
      size = b[i];
    else if (b[i] != 1 && b[i] != size)
      return std::nullopt;
  }
  return result;
}

/// Computes `result` from broadcast operands. The strides within a row are 0
/// or 1, and loops with known strides vectorize.
template <typename From, typename To, typename Function>
static void zipElements(const Tensor &lhs, const Tensor &rhs, Tensor &result,
                        Function function) {
  ArrayRef<int64_t> shape = result.getShape();
  StridedLoop<2> loop(shape, {broadcastStrides(lhs.getShape(), shape),
                              broadcastStrides(rhs.getShape(), shape)});
  const From *left = lhs.as<From>().data();
  const From *right = rhs.as<From>().data();
  To *out = result.mutableAs<To>().data();
  auto [leftStride, rightStride] = loop.rowStrides();
  bool leftMoves = leftStride != 0, rightMoves = rightStride != 0;
  loop.run(
      [=](int64_t position, std::array<int64_t, 2> offsets, int64_t length) {
        const From *a = left + offsets[0];
        const From *b = right + offsets[1];
        To *to = out + position;
        if (leftMoves && rightMoves)
          for (int64_t i = 0; i < length; ++i)
            to[i] = function(a[i], b[i]);
        else if (leftMoves)
          for (int64_t i = 0; i < length; ++i)
            to[i] = function(a[i], *b);
        else if (rightMoves)
          for (int64_t i = 0; i < length; ++i)
            to[i] = function(*a, b[i]);
        else
          for (int64_t i = 0; i < length; ++i)
            to[i] = function(*a, *b);
      });
}

/// The type in which elements of `kind` are computed: narrow integers in 64
/// bits, from which they wrap around when they are cast back, and 16-bit floats
/// in float.
static Type computeType(Type type, ElementKind kind) {
  MLIRContext *context = type.getContext();
  switch (kind) {
  case ElementKind::Int32:
  case ElementKind::Int64:
  case ElementKind::UInt64:
  case ElementKind::Float32:
  case ElementKind::Float64:
    return type;
  case ElementKind::Float16:
  case ElementKind::BFloat16:
    return Float32Type::get(context);
  default:
    return IntegerType::get(context, 64);
  }
}

/// Calls `function` with the tag of a type that computeType returns.
template <typename Function>
static auto dispatchComputeType(ElementKind kind, Function &&function) {
  switch (kind) {
  case ElementKind::Int32:
    return function(ElementTag<int32_t>());
  case ElementKind::UInt64:
    return function(ElementTag<uint64_t>());
  case ElementKind::Float32:
    return function(ElementTag<float>());
  case ElementKind::Float64:
    return function(ElementTag<double>());
  default:
    return function(ElementTag<int64_t>());
  }
}

//===----------------------------------------------------------------------===//
// Functions of two numbers
//===----------------------------------------------------------------------===//

/// Integers are added, subtracted and multiplied as unsigned, where overflow is
/// defined.
template <typename T>
using Wrapping =
    typename std::conditional_t<std::is_integral_v<T>, std::make_unsigned<T>,
                                std::common_type<T>>::type;

/// Truncated division; the one quotient that overflows wraps around.
template <typename T>
static T divideIntegers(T a, T b) {
  if constexpr (std::is_signed_v<T>)
    if (b == T(-1))
      return static_cast<T>(Wrapping<T>(0) - static_cast<Wrapping<T>>(a));
  return a / b;
}

template <typename T>
static T moduloIntegers(T a, T b) {
  if constexpr (std::is_signed_v<T>) {
    if (b == T(-1))
      return 0;
    T remainder = a % b;
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b
                                                        : remainder;
  }
  return a % b;
}

/// Exact power of integers, wrapping around. A negative exponent truncates the
/// fraction.
template <typename T>
static T powerIntegers(T base, T exponent) {
  if constexpr (std::is_signed_v<T>)
    if (exponent < 0)
      return base == T(1)
                 ? T(1)
                 : (base == T(-1) ? (exponent % 2 ? T(-1) : T(1)) : T(0));
  Wrapping<T> result = 1, square = base;
  for (Wrapping<T> bits = exponent; bits; bits >>= 1, square *= square)
    if (bits & 1)
      result *= square;
  return static_cast<T>(result);
}

template <typename T>
static T maximum(T a, T b) {
  return isNaN(a) || a > b ? a : b;
}
template <typename T>
static T minimum(T a, T b) {
  return isNaN(a) || a < b ? a : b;
}

template <typename T>
static void zipWrapping(Binary function, const Tensor &lhs, const Tensor &rhs,
                        Tensor &result) {
  using W = Wrapping<T>;
  switch (function) {
  case Binary::Add:
    return zipElements<T, T>(lhs, rhs, result,
                             [](T a, T b) -> T { return W(a) + W(b); });
  case Binary::Subtract:
    return zipElements<T, T>(lhs, rhs, result,
                             [](T a, T b) -> T { return W(a) - W(b); });
  case Binary::Multiply:
    return zipElements<T, T>(lhs, rhs, result,
                             [](T a, T b) -> T { return W(a) * W(b); });
  case Binary::Maximum:
    return zipElements<T, T>(lhs, rhs, result, maximum<T>);
  case Binary::Minimum:
    return zipElements<T, T>(lhs, rhs, result, minimum<T>);
  default:
    llvm_unreachable("not an operation of all numbers");
  }
}

template <typename T>
static void zipIntegers(Binary function, const Tensor &lhs, const Tensor &rhs,
                        Tensor &result) {
  switch (function) {
  case Binary::Divide:
    return zipElements<T, T>(lhs, rhs, result, divideIntegers<T>);
  case Binary::Modulo:
    return zipElements<T, T>(lhs, rhs, result, moduloIntegers<T>);
  case Binary::Power:
    return zipElements<T, T>(lhs, rhs, result, powerIntegers<T>);
  case Binary::And:
    return zipElements<T, T>(lhs, rhs, result,
                             [](T a, T b) -> T { return a & b; });
  case Binary::Or:
    return zipElements<T, T>(lhs, rhs, result,
                             [](T a, T b) -> T { return a | b; });
  case Binary::Xor:
    return zipElements<T, T>(lhs, rhs, result,
                             [](T a, T b) -> T { return a ^ b; });
  default:
    return zipWrapping<T>(function, lhs, rhs, result);
  }
}

template <typename T>
static void zipFloats(Binary function, const Tensor &lhs, const Tensor &rhs,
                      Tensor &result) {
  switch (function) {
  case Binary::Divide:
    return zipElements<T, T>(lhs, rhs, result, [](T a, T b) { return a / b; });
  case Binary::Modulo:
    return zipElements<T, T>(lhs, rhs, result,
                             [](T a, T b) { return std::fmod(a, b); });
  case Binary::Power:
    return zipElements<T, T>(lhs, rhs, result,
                             [](T a, T b) { return std::pow(a, b); });
  default:
    return zipWrapping<T>(function, lhs, rhs, result);
  }
}

/// Whether an element is zero.
static bool containsZero(const Tensor &tensor) {
  for (int64_t i = 0; i < tensor.numElements(); ++i)
    if (tensor.getInteger(i) == 0)
      return true;
  return false;
}

llvm::Expected<Tensor> kernels::binary(Binary function, const Tensor &lhs,
                                       const Tensor &rhs) {
  Type type = lhs.getElementType();
  Type compute = computeType(type, lhs.getKind());
  if (compute != type) {
    llvm::Expected<Tensor> wide =
        binary(function, convert(lhs, compute), convert(rhs, compute));
    if (!wide)
      return wide.takeError();
    return convert(*wide, type);
  }
  std::optional<Shape> shape = broadcastShapes(lhs.getShape(), rhs.getShape());
  assert(shape && "shapes do not broadcast");
  Tensor result(*shape, type);
  bool divides = function == Binary::Divide || function == Binary::Modulo;
  if (divides && !isFloat(lhs.getKind()) && result.numElements() != 0 &&
      containsZero(rhs))
    return llvm::createStringError("integer division by zero");
  dispatchComputeType(lhs.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_integral_v<T>)
      zipIntegers<T>(function, lhs, rhs, result);
    else
      zipFloats<T>(function, lhs, rhs, result);
  });
  return result;
}

//===----------------------------------------------------------------------===//
// Comparison and selection
//===----------------------------------------------------------------------===//

template <typename T>
static void zipComparison(Comparison comparison, const Tensor &lhs,
                          const Tensor &rhs, Tensor &result) {
  switch (comparison) {
  case Comparison::Equal:
    return zipElements<T, bool>(lhs, rhs, result,
                                [](T a, T b) { return a == b; });
  case Comparison::Less:
    return zipElements<T, bool>(lhs, rhs, result,
                                [](T a, T b) { return a < b; });
  case Comparison::LessEqual:
    return zipElements<T, bool>(lhs, rhs, result,
                                [](T a, T b) { return a <= b; });
  case Comparison::Greater:
    return zipElements<T, bool>(lhs, rhs, result,
                                [](T a, T b) { return a > b; });
  case Comparison::GreaterEqual:
    return zipElements<T, bool>(lhs, rhs, result,
                                [](T a, T b) { return a >= b; });
  }
}

Tensor kernels::compare(Comparison comparison, const Tensor &lhs,
                        const Tensor &rhs) {
  Type type = lhs.getElementType();
  Type compute = computeType(type, lhs.getKind());
  if (compute != type)
    return compare(comparison, convert(lhs, compute), convert(rhs, compute));
  std::optional<Shape> shape = broadcastShapes(lhs.getShape(), rhs.getShape());
  assert(shape && "shapes do not broadcast");
  Tensor result(*shape, IntegerType::get(type.getContext(), 1));
  dispatchComputeType(lhs.getKind(), [&](auto tag) {
    zipComparison<typename decltype(tag)::Type>(comparison, lhs, rhs, result);
  });
  return result;
}

Tensor kernels::select(const Tensor &condition, const Tensor &then,
                       const Tensor &otherwise) {
  std::optional<Shape> values =
      broadcastShapes(then.getShape(), otherwise.getShape());
  assert(values && "shapes do not broadcast");
  std::optional<Shape> shape = broadcastShapes(*values, condition.getShape());
  assert(shape && "shapes do not broadcast");
  Tensor result(*shape, then.getElementType());
  StridedLoop<3> loop(*shape, {broadcastStrides(condition.getShape(), *shape),
                               broadcastStrides(then.getShape(), *shape),
                               broadcastStrides(otherwise.getShape(), *shape)});
  dispatchWidth(getElementBytes(then.getKind()), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const bool *conditions = condition.as<bool>().data();
    const T *thens = then.as<T>().data();
    const T *others = otherwise.as<T>().data();
    T *out = result.mutableAs<T>().data();
    auto [c, t, o] = loop.rowStrides();
    int64_t strides[] = {c, t, o};
    loop.run(
        [&](int64_t position, std::array<int64_t, 3> offsets, int64_t length) {
          for (int64_t i = 0; i < length; ++i)
            out[position + i] = conditions[offsets[0] + i * strides[0]]
                                    ? thens[offsets[1] + i * strides[1]]
                                    : others[offsets[2] + i * strides[2]];
        });
  });
  return result;
}
