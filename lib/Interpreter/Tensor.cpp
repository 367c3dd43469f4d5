// Buffers of tensors, and their conversion from and to attributes.
#include "atleus/Interpreter/Tensor.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/MemAlloc.h"

#include <algorithm>
#include <cstring>

using namespace mlir;
using namespace atleus;

/// Vectorized kernels load whole cache lines.
static constexpr size_t bufferAlignment = 64;

std::optional<int64_t> atleus::checkedNumElements(ArrayRef<int64_t> shape,
                                                  unsigned elementBytes) {
  bool empty = llvm::is_contained(shape, 0);
  int64_t bytes = elementBytes;
  for (int64_t size : shape) {
    if (size < 0)
      return std::nullopt;
    // A zero elsewhere makes the tensor empty whatever the other sizes are.
    if (!empty && llvm::MulOverflow(bytes, size, bytes))
      return std::nullopt;
  }
  return empty ? 0 : bytes / elementBytes;
}

std::string atleus::formatShape(ArrayRef<int64_t> shape) {
  if (shape.empty())
    return "scalar";
  std::string text;
  for (int64_t size : shape) {
    if (!text.empty())
      text += 'x';
    text += ShapedType::isDynamic(size) ? "?" : std::to_string(size);
  }
  return text;
}

static ElementKind kindOf(Type elementType) {
  std::optional<ElementKind> kind = getElementKind(elementType);
  assert(kind && "element type is not supported");
  return *kind;
}

Tensor::Tensor(ArrayRef<int64_t> shape, Type elementType)
    : shape(shape), elementType(elementType), kind(kindOf(elementType)) {
  std::optional<int64_t> checked =
      checkedNumElements(shape, getElementBytes(kind));
  assert(checked && "shape overflows");
  count = *checked;
  allocate();
}

void Tensor::allocate() {
  size_t size = std::max<int64_t>(1, numBytes());
  void *buffer = llvm::allocate_buffer(size, bufferAlignment);
  owner = std::shared_ptr<void>(buffer, [size](void *pointer) {
    llvm::deallocate_buffer(pointer, size, bufferAlignment);
  });
  data = static_cast<const char *>(buffer);
  writable = true;
}

Tensor Tensor::zeros(ArrayRef<int64_t> shape, Type elementType) {
  Tensor result(shape, elementType);
  llvm::fill(result.mutableBytes(), 0);
  return result;
}

Tensor Tensor::view(ArrayRef<int64_t> shape, Type elementType,
                    ArrayRef<char> bytes, std::shared_ptr<const void> owner) {
  Tensor result;
  result.shape.assign(shape.begin(), shape.end());
  result.elementType = elementType;
  result.kind = kindOf(elementType);
  unsigned width = getElementBytes(result.kind);
  result.count = checkedNumElements(shape, width).value_or(0);
  assert(bytes.size() == static_cast<size_t>(result.numBytes()) &&
         "bytes do not fit the shape");
  if (reinterpret_cast<uintptr_t>(bytes.data()) % width != 0) {
    result.allocate();
    llvm::copy(bytes, result.mutableBytes().begin());
    return result;
  }
  result.data = bytes.data();
  result.owner = std::move(owner);
  return result;
}

PreparedValue::~PreparedValue() = default;

MutableArrayRef<char> Tensor::mutableBytes() {
  prepared.reset();
  if (!writable || owner.use_count() != 1) {
    // The old buffer must stay alive until its elements are copied.
    std::shared_ptr<const void> oldOwner = std::move(owner);
    const char *oldData = data;
    allocate();
    std::memcpy(const_cast<char *>(data), oldData, numBytes());
  }
  return {const_cast<char *>(data), static_cast<size_t>(numBytes())};
}

RankedTensorType Tensor::getType() const {
  return RankedTensorType::get(shape, elementType);
}

double Tensor::getFloat(int64_t index) const {
  return dispatchElement(kind, [&](auto tag) -> double {
    return static_cast<double>(as<typename decltype(tag)::Type>()[index]);
  });
}

int64_t Tensor::getInteger(int64_t index) const {
  return dispatchElement(kind, [&](auto tag) -> int64_t {
    return static_cast<int64_t>(as<typename decltype(tag)::Type>()[index]);
  });
}

Tensor Tensor::withShape(ArrayRef<int64_t> newShape) const {
  assert(checkedNumElements(newShape, getElementBytes(kind)) == count &&
         "element count differs");
  Tensor result = *this;
  result.shape.assign(newShape.begin(), newShape.end());
  if (runTimeScales)
    result.setRunTimeScales(runTimeScales->reshape(shape, newShape));
  return result;
}

std::optional<float> Tensor::getRunTimeScale() const {
  if (!runTimeScales || !runTimeScales->hasOneBlock())
    return std::nullopt;
  return runTimeScales->scales.front();
}

int64_t Tensor::getRunTimeZeroPoint() const {
  if (!runTimeScales || !runTimeScales->hasOneBlock())
    return 0;
  return runTimeScales->zeroPoints.front();
}

Tensor Tensor::withElementType(Type newElementType) const {
  assert(kindOf(newElementType) == kind && "element kind differs");
  Tensor result = *this;
  result.elementType = newElementType;
  return result;
}

bool atleus::identical(const Tensor &a, const Tensor &b) {
  return a.getElementType() == b.getElementType() &&
         a.getShape() == b.getShape() && a.bytes() == b.bytes();
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

static llvm::Error attributeError(const llvm::Twine &text) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), text);
}

static std::string printed(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

/// Bits of an element of an attribute.
static unsigned storedBits(Type elementType) {
  if (auto quantized = dyn_cast<quant::QuantizedType>(elementType))
    return quantized.getStorageTypeIntegralWidth();
  return elementType.isIndex() ? 64 : elementType.getIntOrFloatBitWidth();
}

/// Attributes leave the unused high bits of a narrow integer open; a tensor
/// holds it extended to its bytes.
static Tensor extendNarrowIntegers(Tensor tensor) {
  unsigned stored = storedBits(tensor.getElementType());
  unsigned bits = 8 * getElementBytes(tensor.getKind());
  if (stored == 1 || stored == bits)
    return tensor;
  unsigned shift = bits - stored;
  dispatchElement(tensor.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_integral_v<T>) {
      using Unsigned = std::make_unsigned_t<
          std::conditional_t<std::is_same_v<T, bool>, uint8_t, T>>;
      for (T &value : tensor.mutableAs<T>())
        value = static_cast<T>(static_cast<Unsigned>(value) << shift) >> shift;
    }
  });
  return tensor;
}

/// A dense attribute stores i1 as bits; everything else as the tensor does.
static Tensor fromDense(DenseElementsAttr dense, ShapedType type) {
  Type elementType = type.getElementType();
  if (elementType.isInteger(1)) {
    Tensor result(type.getShape(), elementType);
    llvm::copy(dense.getValues<bool>(), result.mutableAs<bool>().begin());
    return result;
  }
  ArrayRef<char> raw = dense.getRawData();
  if (!dense.isSplat())
    return extendNarrowIntegers(
        Tensor::view(type.getShape(), elementType, raw));
  Tensor result(type.getShape(), elementType);
  MutableArrayRef<char> bytes = result.mutableBytes();
  for (size_t i = 0; i < bytes.size(); i += raw.size())
    std::memcpy(bytes.data() + i, raw.data(), raw.size());
  return extendNarrowIntegers(std::move(result));
}

/// A tensor of integers of fewer than 8 bits, of which blobs hold several in a
/// byte, the first in its low bits.
static Tensor unpack(ArrayRef<char> data, unsigned bits, ShapedType type) {
  Tensor result(type.getShape(), type.getElementType());
  MutableArrayRef<char> elements = result.mutableBytes();
  for (auto [i, element] : llvm::enumerate(elements)) {
    size_t first = i * bits / 8, last = ((i + 1) * bits - 1) / 8;
    unsigned word = static_cast<uint8_t>(data[first]);
    if (last != first)
      word |= static_cast<uint8_t>(data[last]) << 8;
    element = static_cast<char>(word >> (i * bits % 8));
  }
  return extendNarrowIntegers(std::move(result));
}

static llvm::Expected<Tensor> fromResource(DenseResourceElementsAttr resource,
                                           ShapedType type) {
  AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  StringRef name = resource.getRawHandle().getKey();
  if (!blob)
    return attributeError("weights '" + name +
                          "' were elided, this file cannot be executed");
  ArrayRef<char> data = blob->getData();
  unsigned width = getElementBytes(*getElementKind(type.getElementType()));
  unsigned bits = storedBits(type.getElementType());
  int64_t expected = type.getNumElements() * width;
  if (bits > 1 && bits < 8)
    expected = llvm::divideCeil(type.getNumElements() * bits, 8);
  if (static_cast<int64_t>(data.size()) != expected)
    return attributeError("weights '" + name + "' have " +
                          llvm::Twine(data.size()) + " bytes, expected " +
                          llvm::Twine(expected) + " for " + printed(type));
  if (type.getElementType().isInteger(1)) {
    Tensor result(type.getShape(), type.getElementType());
    llvm::transform(data, result.mutableAs<bool>().begin(),
                    [](char byte) { return byte != 0; });
    return result;
  }
  if (bits < 8)
    return unpack(data, bits, type);
  return extendNarrowIntegers(
      Tensor::view(type.getShape(), type.getElementType(), data));
}

llvm::Expected<Tensor> Tensor::fromAttribute(ElementsAttr attribute) {
  auto type = cast<ShapedType>(attribute.getType());
  std::optional<ElementKind> kind = getElementKind(type.getElementType());
  if (!kind)
    return attributeError("element type " + printed(type.getElementType()) +
                          " cannot be interpreted");
  if (!type.hasStaticShape() ||
      !checkedNumElements(type.getShape(), getElementBytes(*kind)))
    return attributeError("size of " + printed(type) + " is out of range");
  if (auto dense = dyn_cast<DenseElementsAttr>(attribute))
    return fromDense(dense, type);
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attribute))
    return fromResource(resource, type);
  return attributeError("expected a dense or dense_resource attribute");
}

DenseElementsAttr Tensor::toAttribute() const {
  Type stored = elementType;
  if (auto quantized = dyn_cast<quant::QuantizedType>(elementType))
    stored = quantized.getStorageType();
  auto type = RankedTensorType::get(shape, stored);
  if (kind == ElementKind::Bool)
    return DenseElementsAttr::get(type, as<bool>());
  unsigned width = stored.isIndex() ? IndexType::kInternalStorageBitWidth
                                    : stored.getIntOrFloatBitWidth();
  if (width == 8 * getElementBytes(kind))
    return DenseElementsAttr::getFromRawBuffer(type, bytes());
  SmallVector<APInt> values;
  for (int64_t i = 0; i < count; ++i)
    values.push_back(APInt(width, getInteger(i), /*isSigned=*/true,
                           /*implicitTrunc=*/true));
  return DenseElementsAttr::get(type, values);
}
