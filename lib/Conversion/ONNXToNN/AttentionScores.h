// What stands before the softmax of an attention: scores, scale and masks.
#ifndef ATLEUS_CONVERSION_ONNXTONN_ATTENTIONSCORES_H
#define ATLEUS_CONVERSION_ONNXTONN_ATTENTIONSCORES_H

#include "Matching.h"

namespace atleus {

/// Added to any score of a sane model, a number below this gives itself.
constexpr double unmasked = -1e30;
/// A masked score below this has probability 0 beside a visible one.
constexpr double negligible = -1e9;

/// What is added to the scores.
struct Mask {
  /// The addend or, with `fill`, where the scores are kept.
  mlir::Value value;
  /// The score where they are not kept.
  mlir::Value fill;
  bool keepsWhereFalse = false;
};

/// Scores: scale * query * key + masks.
struct Scores {
  nn::MatMulOp product;
  double scale = 1;
  llvm::SmallVector<Mask> masks;
};

/// Walks from the operand of the softmax up to the product; each value has no
/// other use, so that nothing is computed twice.
std::optional<Scores> matchScores(mlir::Value value);

/// The sum of all masks, or null if there is none.
mlir::Value buildMasks(mlir::OpBuilder &builder, mlir::Location location,
                       llvm::ArrayRef<Mask> masks);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_ATTENTIONSCORES_H
