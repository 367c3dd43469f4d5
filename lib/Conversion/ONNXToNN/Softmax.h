// The logarithm of a softmax, which losses use too.
#ifndef ATLEUS_CONVERSION_ONNXTONN_SOFTMAX_H
#define ATLEUS_CONVERSION_ONNXTONN_SOFTMAX_H

#include "KernelBuilder.h"

namespace atleus {

/// x - max - log(sum(exp(x - max))) along `axis`: unlike the logarithm of the
/// softmax it is finite where that rounds to zero.
mlir::Value buildLogSoftmax(KernelBuilder &builder, mlir::Value input,
                            int64_t axis);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_SOFTMAX_H
