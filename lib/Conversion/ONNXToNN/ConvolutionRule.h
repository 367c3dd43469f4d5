// Convolutions with the attributes of a node, for the rules of floats and of
// quantized values.
#ifndef ATLEUS_CONVERSION_ONNXTONN_CONVOLUTIONRULE_H
#define ATLEUS_CONVERSION_ONNXTONN_CONVOLUTIONRULE_H

#include "Node.h"

namespace atleus {

/// The convolution of `input` with the parameter `weight`, of one or two
/// dimensions, plus `bias`, which may be null.
mlir::Value convertConvolution(Node &node, mlir::Value input,
                               mlir::Value weight, mlir::Value bias);

/// The same of integers, less their zero points, which may be null, as 32-bit
/// integers: the product of the image's windows with the filters.
mlir::Value convertIntegerConvolution(Node &node, mlir::Value input,
                                      mlir::Value weight,
                                      mlir::Value inputZeroPoint,
                                      mlir::Value weightZeroPoint);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_CONVOLUTIONRULE_H
