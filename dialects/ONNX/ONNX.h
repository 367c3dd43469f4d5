// The onnx dialect: a model file as it was, before any operator is understood.
#ifndef ATLEUS_ONNX_ONNX_H
#define ATLEUS_ONNX_ONNX_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include <optional>

#include "dialects/ONNX/ONNXDialect.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/ONNX/ONNXTypes.h.inc"

#define GET_OP_CLASSES
#include "dialects/ONNX/ONNXOps.h.inc"

namespace atleus::onnx {

/// How many bytes ONNX stores for a tensor of this type: elements of less than
/// a byte are packed, a bool takes a byte. Nothing when the shape is not static
/// or the number does not fit 63 bits.
std::optional<int64_t> getStoredBytes(mlir::ShapedType type);

} // namespace atleus::onnx

#endif // ATLEUS_ONNX_ONNX_H
