// ONNX types as MLIR types.
#ifndef ATLEUS_LIB_IMPORT_TYPES_H
#define ATLEUS_LIB_IMPORT_TYPES_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Location.h"
#include "onnx.pb.h"
#include "llvm/ADT/Twine.h"
#include <string>

namespace atleus {

/// The MLIR type of an `onnx.TensorProto.DataType`: signed integers are
/// signless, unsigned ones are not, bool is `i1`. Null for strings and for
/// numbers that the schema does not know.
mlir::Type getElementType(int32_t dataType, mlir::MLIRContext *context);

/// The data type as ONNX's text format writes it, or its number.
std::string getElementTypeName(int32_t dataType);

/// The type that the file declares for `what`, the name of a value with its
/// role. A tensor without a shape is unranked; what is no tensor, or nothing,
/// is
/// `!onnx.unknown`. Null when the declaration is refused, which has been
/// reported.
mlir::Type convertType(const atleus_onnx::TypeProto &type,
                       const llvm::Twine &what, mlir::Location location);

/// The type that agrees with two declarations of one value; null when none
/// does.
mlir::Type mergeTypes(mlir::Type first, mlir::Type second);

/// The word for what `type` declares: "tensor", "sequence" and so on, or
/// "nothing".
llvm::StringRef getTypeKind(const atleus_onnx::TypeProto &type);

/// The shape as a diagnostic shows it: [1, 3, 224, 224].
std::string formatDims(llvm::ArrayRef<int64_t> dims);

} // namespace atleus

#endif // ATLEUS_LIB_IMPORT_TYPES_H
