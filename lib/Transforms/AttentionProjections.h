// Which layers project what an attention reads, or what it computes.
#ifndef ATLEUS_LIB_TRANSFORMS_ATTENTIONPROJECTIONS_H
#define ATLEUS_LIB_TRANSFORMS_ATTENTIONPROJECTIONS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"

namespace atleus {

/// The `nn.linear` ops of `function` whose results become queries, keys or
/// values of an `nn.attention`, and those that read the result of one. Between
/// layer and attention stand ops that change one value: views, quantization,
/// scales, normalizations and rotary embeddings.
llvm::SetVector<mlir::Operation *>
findAttentionProjections(mlir::func::FuncOp function);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_ATTENTIONPROJECTIONS_H
