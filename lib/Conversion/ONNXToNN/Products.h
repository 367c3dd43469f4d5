// Products that rules of several families build.
#ifndef ATLEUS_CONVERSION_ONNXTONN_PRODUCTS_H
#define ATLEUS_CONVERSION_ONNXTONN_PRODUCTS_H

#include "Node.h"

namespace atleus {

/// The product of two operands of at least two dimensions: a linear layer where
/// one of them is a parameter, otherwise a matmul.
mlir::Value multiplyMatrices(Node &node, mlir::Value lhs, mlir::Value rhs);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_PRODUCTS_H
