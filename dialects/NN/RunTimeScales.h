// Scales that are found when the model runs, as far as ops tell.
#ifndef ATLEUS_NN_RUNTIMESCALES_H
#define ATLEUS_NN_RUNTIMESCALES_H

#include "dialects/NN/NN.h"

namespace atleus::nn {

/// What `nn.quantize` gives scales of its own, if it makes `value` itself or in
/// the region of the kernel that does.
std::optional<RunTimeScales> getQuantizedScales(mlir::Value value);

/// The same of a value that may have been moved, sent or put together since. As
/// of a tensor if nothing tells.
RunTimeScales findRunTimeScales(mlir::Value value);

/// Whether the scales of the right operand of a product are known to vary along
/// the dimension that is summed over.
bool varyAlongInner(mlir::Value rhs, bool transposeRhs);

/// Adds to `work` what it costs that the left operand of its last product has
/// scales, and zero points, that differ from row to row. Dimension `column` of
/// `rhs` is not summed over.
void addRowScales(Work &work, mlir::Value lhs, mlir::RankedTensorType rhs,
                  int64_t column);

} // namespace atleus::nn

#endif // ATLEUS_NN_RUNTIMESCALES_H
