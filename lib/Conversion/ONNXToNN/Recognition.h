// Patterns that put kernels together which an exporter took apart. Each fires
// only where the result is the same, and leaves everything else alone.
#ifndef ATLEUS_CONVERSION_ONNXTONN_RECOGNITION_H
#define ATLEUS_CONVERSION_ONNXTONN_RECOGNITION_H

#include "mlir/IR/PatternMatch.h"

namespace atleus {

/// Biases of products, products that read a transposed operand, products over
/// merged dimensions.
void addLinearPatterns(mlir::RewritePatternSet &patterns);
/// Ops that change nothing, views that can be had with less.
void addSimplificationPatterns(mlir::RewritePatternSet &patterns);
/// nn.gelu, nn.silu, nn.swiglu.
void addActivationPatterns(mlir::RewritePatternSet &patterns);
/// nn.layer_norm, nn.rms_norm.
void addNormalizationPatterns(mlir::RewritePatternSet &patterns);
/// Integer products with scales, views of dequantized values.
void addQuantizedPatterns(mlir::RewritePatternSet &patterns);
/// nn.rotary_embedding.
void addRotaryPatterns(mlir::RewritePatternSet &patterns);
/// nn.attention.
void addAttentionPatterns(mlir::RewritePatternSet &patterns);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_RECOGNITION_H
