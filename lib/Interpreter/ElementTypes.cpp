// Element kinds of MLIR types, and conversions of 16-bit floats.
#include "atleus/Interpreter/ElementTypes.h"

#include "dialects/NN/NN.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace atleus;

static std::optional<ElementKind> integerKind(unsigned width, bool isSigned) {
  if (width == 1)
    return ElementKind::Bool;
  if (width <= 8)
    return isSigned ? ElementKind::Int8 : ElementKind::UInt8;
  if (width <= 16)
    return isSigned ? ElementKind::Int16 : ElementKind::UInt16;
  if (width <= 32)
    return isSigned ? ElementKind::Int32 : ElementKind::UInt32;
  if (width <= 64)
    return isSigned ? ElementKind::Int64 : ElementKind::UInt64;
  return std::nullopt;
}

std::optional<ElementKind> atleus::getElementKind(mlir::Type elementType) {
  if (auto quantized =
          mlir::dyn_cast<mlir::quant::QuantizedType>(elementType)) {
    // A quantized type says itself whether its storage is signed.
    auto storage =
        mlir::dyn_cast<mlir::IntegerType>(quantized.getStorageType());
    if (!storage || storage.getWidth() == 1)
      return std::nullopt;
    return integerKind(storage.getWidth(), quantized.isSigned());
  }
  if (mlir::isa<nn::CodebookType>(elementType))
    return ElementKind::UInt8;
  if (auto integer = mlir::dyn_cast<mlir::IntegerType>(elementType))
    return integerKind(integer.getWidth(), !integer.isUnsigned());
  if (elementType.isIndex())
    return ElementKind::Int64;
  if (elementType.isF32())
    return ElementKind::Float32;
  if (elementType.isF64())
    return ElementKind::Float64;
  if (elementType.isF16())
    return ElementKind::Float16;
  if (elementType.isBF16())
    return ElementKind::BFloat16;
  return std::nullopt;
}

unsigned atleus::getElementBytes(ElementKind kind) {
  return dispatchElement(kind, [](auto tag) -> unsigned {
    return sizeof(typename decltype(tag)::Type);
  });
}

bool atleus::isFloat(ElementKind kind) { return kind >= ElementKind::Float16; }

Float16::Float16(float value) {
  uint32_t word = llvm::bit_cast<uint32_t>(value);
  uint32_t sign = (word >> 16) & 0x8000;
  uint32_t magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) {
    bits = sign | 0x7e00;
  } else if (magnitude >= 0x477ff000) {
    // Halfway between the largest half and 2^16, or above.
    bits = sign | 0x7c00;
  } else if (magnitude < 0x38800000) {
    // Adding 0.5 aligns the bits of a denormal half and rounds them to even.
    float aligned = llvm::bit_cast<float>(magnitude) + 0.5f;
    bits = sign | (llvm::bit_cast<uint32_t>(aligned) - 0x3f000000);
  } else {
    uint32_t odd = (magnitude >> 13) & 1;
    uint32_t rounded = magnitude - 0x38000000 + 0xfff + odd;
    bits = sign | (rounded >> 13);
  }
}

Float16::operator float() const {
  uint32_t sign = static_cast<uint32_t>(bits & 0x8000) << 16;
  uint32_t magnitude = bits & 0x7fff;
  uint32_t word;
  if (magnitude >= 0x7c00)
    word = (magnitude << 13) + 0x70000000; // infinity and NaN
  else if (magnitude >= 0x0400)
    word = (magnitude << 13) + 0x38000000;
  else // denormal: the bits count units of 2^-24
    word = llvm::bit_cast<uint32_t>(static_cast<float>(magnitude) * 0x1p-24f);
  return llvm::bit_cast<float>(sign | word);
}

BFloat16::BFloat16(float value) {
  uint32_t word = llvm::bit_cast<uint32_t>(value);
  if ((word & 0x7fffffff) > 0x7f800000)
    bits = (word >> 16) | 0x40;
  else
    bits = (word + 0x7fff + ((word >> 16) & 1)) >> 16;
}
