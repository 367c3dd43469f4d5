// Checks the bytes of a tensor and wraps them as an attribute.
#include "TensorData.h"

#include "TypedData.h"
#include "Types.h"
#include "atleus/Support/AbsentWeights.h"
#include "dialects/ONNX/ONNX.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace atleus;
using atleus_onnx::TensorProto;

/// The type of the tensor; null, with a diagnostic, when it is refused.
static RankedTensorType getType(const TensorProto &tensor, StringRef name,
                                Location location) {
  Type element = getElementType(tensor.data_type(), location.getContext());
  if (!element) {
    emitError(location) << "tensor '" << name
                        << "' has the unsupported element type "
                        << getElementTypeName(tensor.data_type());
    return {};
  }
  SmallVector<int64_t> dims(tensor.dims().begin(), tensor.dims().end());
  for (int64_t dim : dims)
    if (dim < 0) {
      emitError(location) << "tensor '" << name
                          << "' has the negative dimension " << dim;
      return {};
    }
  auto type = RankedTensorType::get(dims, element);
  if (!onnx::getStoredBytes(type)) {
    emitError(location) << "tensor '" << name << "' has the shape "
                        << formatDims(dims) << ", which is more than 2^63 bits";
    return {};
  }
  return type;
}

static bool isExternal(const TensorProto &tensor) {
  return tensor.data_location() == TensorProto::EXTERNAL ||
         tensor.external_data_size() > 0;
}

FailureOr<SharedBytes> TensorReader::getBytes(const TensorProto &tensor,
                                              RankedTensorType type,
                                              StringRef name, int64_t expected,
                                              Location location) {
  if (tensor.has_segment())
    return emitError(location) << "tensor '" << name
                               << "' is split into segments, which is not "
                                  "supported";
  if (isExternal(tensor))
    return external.get(tensor, name, expected, location);
  StringRef raw =
      tensor.has_raw_data() ? model.getPayload(tensor.raw_data()) : "";
  int64_t typedValues = countTypedValues(tensor);
  if (!raw.empty() && typedValues > 0)
    return emitError(location) << "tensor '" << name << "' has " << raw.size()
                               << " bytes of raw data and also " << typedValues
                               << (typedValues == 1 ? " value" : " values")
                               << " in a field for its type";
  if (typedValues > 0)
    return packTypedData(tensor, name, expected, location);
  if (static_cast<uint64_t>(expected) != raw.size())
    return emitError(location)
           << "tensor '" << name << "' of shape " << formatDims(type.getShape())
           << " and type " << getElementTypeName(tensor.data_type())
           << " expects " << expected << " bytes, found " << raw.size();
  return SharedBytes{raw, file};
}

/// Element `index` of packed elements of `width` bits, the first of a byte in
/// its low bits.
static llvm::APInt unpack(StringRef bytes, int64_t index, unsigned width) {
  int64_t perByte = 8 / width;
  auto byte = static_cast<uint8_t>(bytes[index / perByte]);
  unsigned shift = static_cast<unsigned>(index % perByte) * width;
  return llvm::APInt(8, byte >> shift).trunc(width);
}

static DenseElementsAttr makeDense(RankedTensorType type, StringRef bytes) {
  Type element = type.getElementType();
  int64_t count = type.getNumElements();
  if (element.isInteger(1)) {
    SmallVector<bool> values;
    for (char byte : bytes)
      values.push_back(byte != 0);
    return DenseElementsAttr::get(type, values);
  }
  unsigned width = element.isIntOrFloat() ? element.getIntOrFloatBitWidth() : 8;
  if (width >= 8)
    return DenseElementsAttr::getFromRawBuffer(type,
                                               {bytes.data(), bytes.size()});
  if (auto floating = dyn_cast<FloatType>(element)) {
    SmallVector<llvm::APFloat> values;
    for (int64_t i = 0; i < count; ++i)
      values.emplace_back(floating.getFloatSemantics(),
                          unpack(bytes, i, width));
    return DenseElementsAttr::get(type, values);
  }
  SmallVector<llvm::APInt> values;
  for (int64_t i = 0; i < count; ++i)
    values.push_back(unpack(bytes, i, width));
  return DenseElementsAttr::get(type, values);
}

/// Bools that are stored as other numbers than 0 and 1 are copied as those.
static SharedBytes normalizeBools(SharedBytes data) {
  if (llvm::all_of(data.bytes,
                   [](char byte) { return byte == 0 || byte == 1; }))
    return data;
  std::unique_ptr<llvm::WritableMemoryBuffer> buffer =
      llvm::WritableMemoryBuffer::getNewUninitMemBuffer(data.bytes.size());
  llvm::transform(data.bytes, buffer->getBufferStart(),
                  [](char byte) { return byte != 0; });
  StringRef bytes(buffer->getBufferStart(), buffer->getBufferSize());
  return {bytes, std::move(buffer)};
}

/// A resource that views the bytes. Its alignment is that of the elements, or 1
/// where the file does not have them aligned: readers must not take a reference
/// to an element then.
static DenseResourceElementsAttr
makeResource(RankedTensorType type, StringRef name, const SharedBytes &data) {
  Type element = type.getElementType();
  if (auto complex = dyn_cast<ComplexType>(element))
    element = complex.getElementType();
  size_t alignment = std::max(1u, element.getIntOrFloatBitWidth() / 8);
  if (reinterpret_cast<uintptr_t>(data.bytes.data()) % alignment != 0)
    alignment = 1;
  AsmResourceBlob blob(
      ArrayRef<char>(data.bytes.data(), data.bytes.size()), alignment,
      // Holding the owner is all that the deleter does.
      [owner = data.owner](void *, size_t, size_t) {},
      /*dataIsMutable=*/false);
  return DenseResourceElementsAttr::get(type, name, std::move(blob));
}

/// MLIR would number equal names by itself, but begins at 1 each time: a file
/// with many of them would keep it busy for hours.
std::string TensorReader::makeResourceName(StringRef name) {
  std::string unique = name.str();
  while (!resourceNames.try_emplace(unique, 1).second)
    unique = (name + "." + llvm::Twine(resourceNames[name]++)).str();
  return unique;
}

ElementsAttr TensorReader::read(const TensorProto &tensor, StringRef name,
                                Location location) {
  if (ElementsAttr again = known.lookup(&tensor))
    return again;
  return known[&tensor] = convert(tensor, name, location);
}

bool TensorReader::isLeftOut(const TensorProto &tensor, RankedTensorType type,
                             int64_t bytes) const {
  if (options.readWeights || bytes == 0)
    return false;
  bool isNumber = isa<FloatType, ComplexType>(type.getElementType());
  return isExternal(tensor) || (isNumber && bytes > options.keptFloatBytes);
}

ElementsAttr TensorReader::convert(const TensorProto &tensor, StringRef name,
                                   Location location) {
  RankedTensorType type = getType(tensor, name, location);
  if (!type)
    return {};
  int64_t expected = *onnx::getStoredBytes(type);
  if (isLeftOut(tensor, type, expected))
    return createAbsent(type, makeResourceName(name));
  FailureOr<SharedBytes> data =
      getBytes(tensor, type, name, expected, location);
  if (failed(data))
    return {};
  if (expected <= options.inlineBytes)
    return makeDense(type, data->bytes);
  if (type.getElementType().isInteger(1))
    data = normalizeBools(*data);
  return makeResource(type, makeResourceName(name), *data);
}
