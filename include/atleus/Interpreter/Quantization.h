// Conversion between floats and the integers of quantized types, and products
// of quantized operands.
//
// The scales of every kind of quantized type are seen as a grid of blocks over
// the tensor: one block for a per-tensor type, one per index of an axis for a
// per-axis type, and the given blocks for a sub-channel type.
#ifndef ATLEUS_INTERPRETER_QUANTIZATION_H
#define ATLEUS_INTERPRETER_QUANTIZATION_H

#include "atleus/Interpreter/AccumulatedProduct.h"
#include "atleus/Interpreter/Convolution.h"
#include "atleus/Interpreter/Tensor.h"
#include "dialects/NN/NNEnums.h"

namespace atleus::kernels {

/// What the integers of a tensor mean: real = (stored - zero point) * scale.
struct QuantizationParameters {
  /// Blocks in each dimension, and the size of a block.
  Shape grid, blockSizes;
  /// One per block, in row-major order of the grid. Zero points may be missing,
  /// which means that all are zero.
  llvm::SmallVector<float, 1> scales;
  llvm::SmallVector<int64_t, 1> zeroPoints;
  /// Range of the stored integers.
  int64_t minimum, maximum;

  bool isPerTensor() const { return scales.size() == 1; }
  int64_t zeroPoint(size_t block) const {
    return zeroPoints.empty() ? 0 : zeroPoints[block];
  }
};

/// The parameters of a tensor of quantized type. A type without a scale,
/// `!quant.any`, takes those that the tensor carries. Fails if there are none,
/// or a scale is not a positive number; one that was found at run time may be
/// NaN.
llvm::Expected<QuantizationParameters>
getQuantizationParameters(const Tensor &tensor);

/// clamp(round(x / scale) + zero point), ties to even; NaN becomes the zero
/// point. For `!quant.any` scale and zero point come from the elements: of
/// signed storage the scale is max |x| / largest stored integer; of unsigned
/// storage the range from min(0, x) to max(0, x) is mapped to all integers, as
/// ONNX DynamicQuantizeLinear does. `scales` says which elements have a scale
/// in common. The scale is 1 if all of them are zero. NaN or infinity makes it
/// NaN, and is an error if the whole tensor has one scale. Of an `!nn.codebook`
/// the codes are found as NormalFloat.h says, with the scales of their blocks
/// beside them.
llvm::Expected<Tensor>
quantize(const Tensor &input, mlir::Type quantizedType,
         nn::RunTimeScales scales = nn::RunTimeScales::Tensor);

/// (stored - zero point) * scale, or what codes stand for, as `elementType`.
llvm::Expected<Tensor> dequantize(const Tensor &input, mlir::Type elementType);

/// The weight of a product in floats: what codes stand for, or the tensor
/// itself.
llvm::Expected<Tensor> decodeWeight(const Tensor &weight);

/// Consecutive rows of the right operand of a product with scales of their own.
struct ScaledRows {
  int64_t index, begin, size;
  /// Zero points: of the left operand and of the right one's columns, if not
  /// all are zero.
  ZeroPoints zeroPoints;
};

/// The sums over a block of rows of products of stored integers less their zero
/// points, as i32 or i64.
using RowsProduct =
    llvm::function_ref<llvm::Expected<Tensor>(const ScaledRows &)>;

/// The product of quantized operands as f32, plus `bias` (one per column, or
/// the null tensor): the sums of the blocks of rows, each times the product of
/// the scales of its row and of its column, and added in f32. The first of them
/// is added to `before`, f32, unless that is the null tensor. Scales of `lhs`
/// must not vary along k. What matters of `rhs` here are its scales.
llvm::Expected<Tensor> addScaledRows(const Tensor &lhs, const Tensor &rhs,
                                     bool transposeRhs, const Tensor &bias,
                                     RowsProduct product,
                                     const Tensor &before = Tensor());

/// The integer sums of such a product whose rows have scales in common.
llvm::Expected<Tensor> sumRows(const Tensor &lhs, const Tensor &rhs,
                               bool transposeRhs, RowsProduct product);

/// The same of integer products that are added up along k in a register.
llvm::Expected<Tensor>
quantizedProduct(const Tensor &lhs, const Tensor &rhs, bool transposeRhs,
                 const Tensor &bias = Tensor(),
                 const Accumulator &accumulator = Accumulator());

/// Convolution of quantized operands as f32. The weight has one scale, or one
/// per feature.
llvm::Expected<Tensor> quantizedConvolution(const Tensor &input,
                                            const Tensor &weight,
                                            const Tensor &bias,
                                            const ConvolutionWindow &window);

} // namespace atleus::kernels

#endif // ATLEUS_INTERPRETER_QUANTIZATION_H
