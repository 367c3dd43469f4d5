// The element types that tensors of the interpreter hold, and how a kernel is
// instantiated for the one that it meets at run time.
#ifndef ATLEUS_INTERPRETER_ELEMENTTYPES_H
#define ATLEUS_INTERPRETER_ELEMENTTYPES_H

#include "mlir/IR/Types.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/ErrorHandling.h"

#include <cstdint>
#include <optional>
#include <type_traits>

namespace atleus {

/// How an element lies in memory. Integers narrower than a byte take a byte
/// each, sign- or zero-extended.
enum class ElementKind : uint8_t {
  Bool,
  Int8,
  UInt8,
  Int16,
  UInt16,
  Int32,
  UInt32,
  Int64,
  UInt64,
  Float16,
  BFloat16,
  Float32,
  Float64,
};

/// The kind of an element type: integers of 1 to 64 bits (signless ones are
/// signed, i1 is Bool), index, f16, bf16, f32, f64, and the storage type of a
/// quantized type. std::nullopt for every other type.
std::optional<ElementKind> getElementKind(mlir::Type elementType);

/// Bytes of one element.
unsigned getElementBytes(ElementKind kind);

bool isFloat(ElementKind kind);

/// A half-precision float, as bits. Arithmetic is done in float.
class Float16 {
public:
  Float16() = default;
  /// Rounds to nearest, ties to even.
  explicit Float16(float value);
  operator float() const;

private:
  uint16_t bits;
};

/// A bfloat16, as bits. Arithmetic is done in float.
class BFloat16 {
public:
  BFloat16() = default;
  /// Rounds to nearest, ties to even.
  explicit BFloat16(float value);
  operator float() const {
    return llvm::bit_cast<float>(static_cast<uint32_t>(bits) << 16);
  }

private:
  uint16_t bits;
};

template <typename T>
constexpr bool isFloatElement =
    std::is_floating_point_v<T> || std::is_same_v<T, Float16> ||
    std::is_same_v<T, BFloat16>;

/// Names a C++ type to a generic lambda.
template <typename T>
struct ElementTag {
  using Type = T;
};

/// Calls `function` with the tag of the C++ type that holds `kind`.
template <typename Function>
auto dispatchElement(ElementKind kind, Function &&function) {
  switch (kind) {
  case ElementKind::Bool:
    return function(ElementTag<bool>());
  case ElementKind::Int8:
    return function(ElementTag<int8_t>());
  case ElementKind::UInt8:
    return function(ElementTag<uint8_t>());
  case ElementKind::Int16:
    return function(ElementTag<int16_t>());
  case ElementKind::UInt16:
    return function(ElementTag<uint16_t>());
  case ElementKind::Int32:
    return function(ElementTag<int32_t>());
  case ElementKind::UInt32:
    return function(ElementTag<uint32_t>());
  case ElementKind::Int64:
    return function(ElementTag<int64_t>());
  case ElementKind::UInt64:
    return function(ElementTag<uint64_t>());
  case ElementKind::Float16:
    return function(ElementTag<Float16>());
  case ElementKind::BFloat16:
    return function(ElementTag<BFloat16>());
  case ElementKind::Float32:
    return function(ElementTag<float>());
  case ElementKind::Float64:
    return function(ElementTag<double>());
  }
  llvm_unreachable("every kind is handled");
}

/// Calls `function` with the tag of an unsigned integer of `bytes` bytes, for
/// kernels that only move elements.
template <typename Function>
auto dispatchWidth(unsigned bytes, Function &&function) {
  switch (bytes) {
  case 1:
    return function(ElementTag<uint8_t>());
  case 2:
    return function(ElementTag<uint16_t>());
  case 4:
    return function(ElementTag<uint32_t>());
  default:
    return function(ElementTag<uint64_t>());
  }
}

} // namespace atleus

#endif // ATLEUS_INTERPRETER_ELEMENTTYPES_H
