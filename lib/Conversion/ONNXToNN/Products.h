// Products that rules of several families build.
#ifndef ATLEUS_CONVERSION_ONNXTONN_PRODUCTS_H
#define ATLEUS_CONVERSION_ONNXTONN_PRODUCTS_H

#include "Node.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace atleus {

/// The product of two operands of at least two dimensions: a linear layer where
/// one of them is a parameter, otherwise a matmul.
mlir::Value multiplyMatrices(Node &node, mlir::Value lhs, mlir::Value rhs);

/// A vector on the left as a matrix of one row, one on the right as one column,
/// for `multiply`; the result loses those dimensions again.
mlir::Value withMatrices(
    Node &node, mlir::Value lhs, mlir::Value rhs,
    llvm::function_ref<mlir::Value(mlir::Value, mlir::Value)> multiply);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_PRODUCTS_H
