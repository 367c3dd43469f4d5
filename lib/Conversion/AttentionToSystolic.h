// Attention as products, a softmax and views.
#ifndef ATLEUS_CONVERSION_ATTENTIONTOSYSTOLIC_H
#define ATLEUS_CONVERSION_ATTENTIONTOSYSTOLIC_H

#include "dialects/Systolic/Systolic.h"

namespace atleus {

/// Replaces `op` by kernels on `tier`: `<name>.scores`, the products of queries
/// and keys of every head; `<name>.softmax`, with scale, masks and
/// quantization;
/// `<name>.context`, the products with the values. The heads are split and put
/// together by views.
void convertAttention(nn::AttentionOp op, mlir::FlatSymbolRefAttr tier);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ATTENTIONTOSYSTOLIC_H
