// ONNX types as MLIR types.
#include "Types.h"

#include "dialects/ONNX/ONNX.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace atleus;
using atleus_onnx::TensorProto;
using atleus_onnx::TypeProto;
using llvm::Twine;

static Type getFloatType(int32_t dataType, MLIRContext *context) {
  switch (dataType) {
  case TensorProto::FLOAT:
    return Float32Type::get(context);
  case TensorProto::DOUBLE:
    return Float64Type::get(context);
  case TensorProto::FLOAT16:
    return Float16Type::get(context);
  case TensorProto::BFLOAT16:
    return BFloat16Type::get(context);
  case TensorProto::FLOAT8E4M3FN:
    return Float8E4M3FNType::get(context);
  case TensorProto::FLOAT8E4M3FNUZ:
    return Float8E4M3FNUZType::get(context);
  case TensorProto::FLOAT8E5M2:
    return Float8E5M2Type::get(context);
  case TensorProto::FLOAT8E5M2FNUZ:
    return Float8E5M2FNUZType::get(context);
  case TensorProto::FLOAT8E8M0:
    return Float8E8M0FNUType::get(context);
  case TensorProto::FLOAT4E2M1:
    return Float4E2M1FNType::get(context);
  case TensorProto::COMPLEX64:
    return ComplexType::get(Float32Type::get(context));
  case TensorProto::COMPLEX128:
    return ComplexType::get(Float64Type::get(context));
  default:
    return {};
  }
}

Type atleus::getElementType(int32_t dataType, MLIRContext *context) {
  auto integer = [&](unsigned width, IntegerType::SignednessSemantics sign =
                                         IntegerType::Signless) {
    return IntegerType::get(context, width, sign);
  };
  switch (dataType) {
  case TensorProto::BOOL:
    return integer(1);
  case TensorProto::INT2:
    return integer(2);
  case TensorProto::INT4:
    return integer(4);
  case TensorProto::INT8:
    return integer(8);
  case TensorProto::INT16:
    return integer(16);
  case TensorProto::INT32:
    return integer(32);
  case TensorProto::INT64:
    return integer(64);
  case TensorProto::UINT2:
    return integer(2, IntegerType::Unsigned);
  case TensorProto::UINT4:
    return integer(4, IntegerType::Unsigned);
  case TensorProto::UINT8:
    return integer(8, IntegerType::Unsigned);
  case TensorProto::UINT16:
    return integer(16, IntegerType::Unsigned);
  case TensorProto::UINT32:
    return integer(32, IntegerType::Unsigned);
  case TensorProto::UINT64:
    return integer(64, IntegerType::Unsigned);
  default:
    return getFloatType(dataType, context);
  }
}

std::string atleus::getElementTypeName(int32_t dataType) {
  if (!atleus_onnx::TensorProto_DataType_IsValid(dataType))
    return "number " + std::to_string(dataType);
  return StringRef(TensorProto::DataType_Name(
                       static_cast<TensorProto::DataType>(dataType)))
      .lower();
}

StringRef atleus::getTypeKind(const TypeProto &type) {
  switch (type.value_case()) {
  case TypeProto::kTensorType:
    return "tensor";
  case TypeProto::kSequenceType:
    return "sequence";
  case TypeProto::kMapType:
    return "map";
  case TypeProto::kOptionalType:
    return "optional";
  case TypeProto::kSparseTensorType:
    return "sparse tensor";
  case TypeProto::VALUE_NOT_SET:
    return "nothing";
  }
  llvm_unreachable("all kinds of types are handled");
}

std::string atleus::formatDims(ArrayRef<int64_t> dims) {
  return "[" +
         llvm::join(llvm::map_range(dims,
                                    [](int64_t dim) {
                                      return dim == ShapedType::kDynamic
                                                 ? std::string("?")
                                                 : std::to_string(dim);
                                    }),
                    ", ") +
         "]";
}

/// Reads the declared shape; a dimension of -1 is dynamic, as exporters write
/// it and runtimes read it.
static LogicalResult readShape(const atleus_onnx::TensorShapeProto &shape,
                               const Twine &what, Location location,
                               SmallVectorImpl<int64_t> &dims) {
  for (const auto &dim : shape.dim()) {
    bool isDynamic = !dim.has_dim_value() || dim.dim_value() == -1;
    if (!isDynamic && dim.dim_value() < 0)
      return emitError(location)
             << what << " declares the negative dimension " << dim.dim_value();
    dims.push_back(isDynamic ? ShapedType::kDynamic : dim.dim_value());
  }
  return success();
}

Type atleus::convertType(const TypeProto &type, const Twine &what,
                         Location location) {
  MLIRContext *context = location.getContext();
  if (!type.has_tensor_type() ||
      type.tensor_type().elem_type() == TensorProto::UNDEFINED)
    return onnx::UnknownType::get(context);
  const TypeProto::Tensor &tensor = type.tensor_type();
  Type element = getElementType(tensor.elem_type(), context);
  if (!element) {
    emitError(location) << what << " has the unsupported element type "
                        << getElementTypeName(tensor.elem_type());
    return {};
  }
  if (!tensor.has_shape())
    return UnrankedTensorType::get(element);
  SmallVector<int64_t> dims;
  if (failed(readShape(tensor.shape(), what, location, dims)))
    return {};
  SmallVector<int64_t> known = llvm::filter_to_vector(
      dims, [](int64_t dim) { return dim != ShapedType::kDynamic; });
  if (!onnx::getStoredBytes(RankedTensorType::get(known, element))) {
    emitError(location) << what << " declares the shape " << formatDims(dims)
                        << ", which is more than 2^63 bits";
    return {};
  }
  return RankedTensorType::get(dims, element);
}

Type atleus::mergeTypes(Type first, Type second) {
  if (first == second || isa<onnx::UnknownType>(second))
    return first;
  if (isa<onnx::UnknownType>(first))
    return second;
  auto firstTensor = dyn_cast<TensorType>(first);
  auto secondTensor = dyn_cast<TensorType>(second);
  if (!firstTensor || !secondTensor ||
      firstTensor.getElementType() != secondTensor.getElementType())
    return {};
  if (!secondTensor.hasRank())
    return first;
  if (!firstTensor.hasRank())
    return second;
  if (firstTensor.getRank() != secondTensor.getRank())
    return {};
  SmallVector<int64_t> dims;
  for (auto [a, b] :
       llvm::zip(firstTensor.getShape(), secondTensor.getShape())) {
    if (a != b && !ShapedType::isDynamic(a) && !ShapedType::isDynamic(b))
      return {};
    dims.push_back(ShapedType::isDynamic(a) ? b : a);
  }
  return RankedTensorType::get(dims, firstTensor.getElementType());
}
