// What the patterns that recognise kernels look for.
#ifndef ATLEUS_CONVERSION_ONNXTONN_MATCHING_H
#define ATLEUS_CONVERSION_ONNXTONN_MATCHING_H

#include "KernelBuilder.h"

#include <array>

namespace atleus {

/// Whether two numbers are equal up to the rounding of `elementType`.
bool isClose(double a, double b, mlir::Type elementType);

/// The other operand of an op with two operands, one of which is `operand`.
mlir::Value otherOperand(mlir::Operation *op, mlir::Value operand);

/// A value and a number that is applied to it.
struct WithNumber {
  mlir::Value value;
  double number;
};

/// `value` as another value of the same shape times a number.
std::optional<WithNumber> matchScaled(mlir::Value value);
/// `value` as another value of the same shape plus a number.
std::optional<WithNumber> matchShifted(mlir::Value value);

/// Coefficients of x^0 to x^3.
using Polynomial = std::array<double, 4>;

/// `value` as a polynomial in `x`, or std::nullopt if it is none.
std::optional<Polynomial> matchPolynomial(mlir::Value value, mlir::Value x);

/// The operand whose square `value` is, or null.
mlir::Value matchSquare(mlir::Value value);

/// numerator / sqrt(radicand), however it is written.
struct RootQuotient {
  mlir::Value numerator, radicand, root;
};
std::optional<RootQuotient> matchRootQuotient(mlir::Operation *op);

/// `parameter` in the shape of the last dimensions `tail` of a tensor, if it
/// is static and broadcasts to them without growing; null otherwise.
mlir::Value asTailParameter(mlir::OpBuilder &builder, mlir::Value parameter,
                            llvm::ArrayRef<int64_t> tail);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_MATCHING_H
