// Products of quantized operands, for rules and for patterns.
#ifndef ATLEUS_CONVERSION_ONNXTONN_QUANTIZEDPRODUCTS_H
#define ATLEUS_CONVERSION_ONNXTONN_QUANTIZEDPRODUCTS_H

#include "QuantizedTypes.h"

namespace atleus {

/// The product of two quantized operands of at least two dimensions as floats:
/// a linear layer if the right one is a parameter.
mlir::Value multiplyQuantized(KernelBuilder &builder, mlir::Value lhs,
                              mlir::Value rhs);

/// A parameter without leading dimensions of size 1, as a matrix, if it is one.
mlir::Value dropLeadingOnes(KernelBuilder &builder, mlir::Value parameter);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_QUANTIZEDPRODUCTS_H
