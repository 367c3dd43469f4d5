// Converts the typed fields of a tensor to the layout of raw data.
#include "TypedData.h"

#include "Types.h"
#include "mlir/IR/Diagnostics.h"
#include <cstring>

using namespace mlir;
using namespace atleus;
using atleus_onnx::TensorProto;

int64_t atleus::countTypedValues(const TensorProto &tensor) {
  return static_cast<int64_t>(tensor.float_data_size()) +
         tensor.int32_data_size() + tensor.int64_data_size() +
         tensor.double_data_size() + tensor.uint64_data_size() +
         tensor.string_data_size();
}

/// Writes `values`, each as a `Stored`, into a new buffer.
template <typename Stored, typename Values>
static FailureOr<SharedBytes> pack(const Values &values, StringRef field,
                                   const TensorProto &tensor, StringRef name,
                                   int64_t expected, Location location) {
  auto stride = static_cast<int64_t>(sizeof(Stored));
  if (values.size() != expected / stride)
    return emitError(location)
           << "tensor '" << name << "' of shape "
           << formatDims({tensor.dims().data(),
                          static_cast<size_t>(tensor.dims_size())})
           << " expects " << expected / stride << " values in its " << field
           << ", found " << values.size();
  std::unique_ptr<llvm::WritableMemoryBuffer> buffer =
      llvm::WritableMemoryBuffer::getNewUninitMemBuffer(expected);
  char *out = buffer->getBufferStart();
  for (auto value : values) {
    auto stored = static_cast<Stored>(value);
    if constexpr (std::is_integral_v<Stored>)
      if (static_cast<decltype(value)>(stored) != value)
        return emitError(location)
               << "tensor '" << name << "' has the value " << value
               << " in its " << field << ", which does not fit "
               << getElementTypeName(tensor.data_type());
    std::memcpy(out, &stored, sizeof(Stored));
    out += sizeof(Stored);
  }
  StringRef bytes(buffer->getBufferStart(), buffer->getBufferSize());
  return SharedBytes{bytes, std::move(buffer)};
}

FailureOr<SharedBytes> atleus::packTypedData(const TensorProto &tensor,
                                             StringRef name, int64_t expected,
                                             Location location) {
  switch (tensor.data_type()) {
  case TensorProto::FLOAT:
  case TensorProto::COMPLEX64:
    return pack<float>(tensor.float_data(), "float_data", tensor, name,
                       expected, location);
  case TensorProto::DOUBLE:
  case TensorProto::COMPLEX128:
    return pack<double>(tensor.double_data(), "double_data", tensor, name,
                        expected, location);
  case TensorProto::INT64:
    return pack<int64_t>(tensor.int64_data(), "int64_data", tensor, name,
                         expected, location);
  case TensorProto::UINT64:
    return pack<uint64_t>(tensor.uint64_data(), "uint64_data", tensor, name,
                          expected, location);
  case TensorProto::UINT32:
    return pack<uint32_t>(tensor.uint64_data(), "uint64_data", tensor, name,
                          expected, location);
  case TensorProto::INT32:
    return pack<int32_t>(tensor.int32_data(), "int32_data", tensor, name,
                         expected, location);
  case TensorProto::INT16:
    return pack<int16_t>(tensor.int32_data(), "int32_data", tensor, name,
                         expected, location);
  case TensorProto::UINT16:
  case TensorProto::FLOAT16:
  case TensorProto::BFLOAT16:
    return pack<uint16_t>(tensor.int32_data(), "int32_data", tensor, name,
                          expected, location);
  case TensorProto::INT8:
    return pack<int8_t>(tensor.int32_data(), "int32_data", tensor, name,
                        expected, location);
  case TensorProto::BOOL:
    return pack<bool>(tensor.int32_data(), "int32_data", tensor, name, expected,
                      location);
  default:
    // The bit patterns of 8-bit types, and bytes that hold packed elements.
    return pack<uint8_t>(tensor.int32_data(), "int32_data", tensor, name,
                         expected, location);
  }
}
