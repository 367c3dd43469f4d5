// How ONNX says what stored integers mean, as a type of the quant dialect.
//
// ONNX gives a scale and a zero point as tensors: one number for all, one for
// each index of an axis, or one for each block of an axis. Where they are
// constants they become the type of the value and stay with it. Where they are
// not, or no type can say them (a negative scale, blocks that do not divide the
// axis), the same is computed by arithmetic on floats.
#ifndef ATLEUS_CONVERSION_ONNXTONN_QUANTIZEDTYPES_H
#define ATLEUS_CONVERSION_ONNXTONN_QUANTIZEDTYPES_H

#include "Node.h"

namespace atleus {

/// The operands and attributes that tell what stored integers mean.
struct QuantizationParameters {
  mlir::Value scale;
  /// Null if all zero points are zero.
  mlir::Value zeroPoint;
  /// The axis along which they differ, and the size of a block there: 0 if each
  /// index has its own. Not regarded for a single scale.
  int64_t axis = 0;
  int64_t blockSize = 0;
};

/// Scales and zero points, as many of one as of the other.
struct ScaleNumbers {
  llvm::SmallVector<double> scales;
  llvm::SmallVector<int64_t> zeroPoints;
};

/// The type of floats of type `expressed` that are stored as `stored` with one
/// scale, or one for each index of `axis`. Null if upstream refuses a scale.
mlir::Type getUniformType(mlir::IntegerType stored, mlir::Type expressed,
                          const ScaleNumbers &numbers, int64_t axis);

/// The type of floats of type `expressed` that are stored as `stored` in a
/// tensor of `shape`. Null if there is no such type.
mlir::Type getQuantizedType(mlir::IntegerType stored, mlir::Type expressed,
                            llvm::ArrayRef<int64_t> shape,
                            const QuantizationParameters &parameters);

/// The type of integers whose scale is found when the model runs.
mlir::Type getDynamicType(mlir::IntegerType stored, mlir::Type expressed);

/// `parameter`, a scale or a zero point, so that it broadcasts to `shape`.
/// Reports a parameter that has not as many numbers as it needs.
mlir::Value spreadParameter(Node &node, mlir::Value parameter,
                            llvm::ArrayRef<int64_t> shape,
                            const QuantizationParameters &parameters,
                            llvm::StringRef name);

/// Stored integers as quantized values of `type`, and back.
mlir::Value castStorage(KernelBuilder &builder, mlir::Value value,
                        mlir::Type elementType);

/// The floats that `stored` means, of type `expressed`. Parameters of one
/// dimension, such as biases, are computed at once.
mlir::Value dequantize(Node &node, mlir::Value stored, mlir::Type expressed,
                       const QuantizationParameters &parameters);

/// `value` stored as integers, of the integer type.
mlir::Value quantize(Node &node, mlir::Value value, mlir::IntegerType stored,
                     const QuantizationParameters &parameters);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_QUANTIZEDTYPES_H
