// Names under which kernels stand in reports.
#ifndef ATLEUS_CONVERSION_ONNXTONN_NAMEKERNELS_H
#define ATLEUS_CONVERSION_ONNXTONN_NAMEKERNELS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atleus {

/// Gives every op that computes something a readable `nn.name`, unique in the
/// function, from the name of its node or of its parameter: the linear layer of
/// "/encoder/layer.0/attention/self/query/MatMul" is
/// "encoder.layer.0.attention.self.query".
void nameKernels(mlir::func::FuncOp function);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_NAMEKERNELS_H
