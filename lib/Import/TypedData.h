// Tensor values that stand in a field for their type, such as `float_data`.
#ifndef ATLEUS_LIB_IMPORT_TYPEDDATA_H
#define ATLEUS_LIB_IMPORT_TYPEDDATA_H

#include "ExternalData.h"

namespace atleus {

/// The number of values in the fields other than `raw_data`.
int64_t countTypedValues(const atleus_onnx::TensorProto &tensor);

/// The values in the layout of `raw_data`, `expected` bytes of them. Reports
/// at `location` when their number or one of them is wrong.
mlir::FailureOr<SharedBytes>
packTypedData(const atleus_onnx::TensorProto &tensor, llvm::StringRef name,
              int64_t expected, mlir::Location location);

} // namespace atleus

#endif // ATLEUS_LIB_IMPORT_TYPEDDATA_H
