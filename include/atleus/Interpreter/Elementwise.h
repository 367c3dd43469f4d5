// Kernels that compute each element of their result from one element of each
// operand. Operands of several are broadcast as in ONNX: sizes of 1 and missing
// leading dimensions are stretched. 16-bit floats are computed in float and
// rounded once; integers wrap around.
#ifndef ATLEUS_INTERPRETER_ELEMENTWISE_H
#define ATLEUS_INTERPRETER_ELEMENTWISE_H

#include "atleus/Interpreter/Tensor.h"

namespace atleus::kernels {

enum class Unary {
  Abs,
  Negate,
  Sign,
  Relu,
  Floor,
  Ceil,
  Round, ///< to nearest, ties to even
  Reciprocal,
  Sqrt,
  Rsqrt,
  Exp,
  Log,
  Erf,
  Tanh,
  Sigmoid,
  Silu,
  Gelu,        ///< by the error function
  GeluTanh,    ///< by its approximation with tanh
  GeluSigmoid, ///< x * sigmoid(1.702 x)
  Sin,
  Cos,
  Tan,
  Asin,
  Acos,
  Atan,
  Sinh,
  Cosh,
  Asinh,
  Acosh,
  Atanh,
  Not, ///< of booleans
};

/// Abs, Negate, Sign and Relu take any number, Not booleans, all others floats.
Tensor unary(Unary function, const Tensor &input);

enum class Binary {
  Add,
  Subtract,
  Multiply,
  Divide, ///< integers: truncated toward zero
  Modulo, ///< integers: with the sign of rhs; floats: of lhs
  Power,
  Maximum, ///< NaN if an operand is
  Minimum, ///< NaN if an operand is
  And,     ///< bitwise; floats are not allowed
  Or,
  Xor,
};

/// Both operands have the same element type and broadcast. Fails if an integer
/// is divided by zero.
llvm::Expected<Tensor> binary(Binary function, const Tensor &lhs,
                              const Tensor &rhs);

enum class Comparison { Equal, Less, LessEqual, Greater, GreaterEqual };

/// A tensor of i1.
Tensor compare(Comparison comparison, const Tensor &lhs, const Tensor &rhs);

/// `then` where `condition`, a tensor of i1, holds, else `otherwise`.
Tensor select(const Tensor &condition, const Tensor &then,
              const Tensor &otherwise);

/// min(max(x, minimum), maximum); NaN stays NaN.
Tensor clip(const Tensor &input, double minimum, double maximum);

/// Change of element type. Floats are truncated toward zero to integers and
/// saturate, with NaN as zero; integers wrap around; a boolean is whether the
/// number differs from zero.
Tensor convert(const Tensor &input, mlir::Type elementType);

/// The shape to which both shapes broadcast, or std::nullopt.
std::optional<Shape> broadcastShapes(llvm::ArrayRef<int64_t> a,
                                     llvm::ArrayRef<int64_t> b);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_ELEMENTWISE_H
