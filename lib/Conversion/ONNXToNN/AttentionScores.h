// What stands before the softmax of an attention: scores, scale and masks.
#ifndef ATLEUS_CONVERSION_ONNXTONN_ATTENTIONSCORES_H
#define ATLEUS_CONVERSION_ONNXTONN_ATTENTIONSCORES_H

#include "Matching.h"

namespace atleus {

/// Added to any score of a sane model, a number below this gives itself.
constexpr double unmasked = -1e30;
/// A score that is replaced by a number up to this, or to which one is added,
/// has probability 0 beside a visible one: exp(-800) is 0 even in double
/// precision. This assumes of a sane model that visible scores are above -9200,
/// and that a masked one is not 9200 above them. GPT-2 fills with -1e4, and
/// half precision holds nothing below -65504.
constexpr double negligible = -1e4;

/// What is added to the scores.
struct Mask {
  /// The addend or, with `fill`, where the scores are kept.
  mlir::Value value;
  /// The score where they are not kept.
  mlir::Value fill;
  bool keepsWhereFalse = false;
  /// The leading dimensions of the scores to which it is applied.
  Shape batch = {};
};

/// Scores: scale * query * key + masks.
struct Scores {
  nn::MatMulOp product;
  double scale = 1;
  llvm::SmallVector<Mask> masks;
  /// The leading dimensions of the scores before and after each reshape.
  llvm::SmallVector<Shape> batches;
};

/// All but the dimensions of the matrices.
Shape batchOf(mlir::Value value);

/// Whether two shapes are equal but for leading dimensions of size 1.
bool areEqualUpToLeadingOnes(llvm::ArrayRef<int64_t> a,
                             llvm::ArrayRef<int64_t> b);

/// Whether a reshape splits or merges leading dimensions only.
bool keepsMatrices(nn::ReshapeOp op);

/// Walks from the operand of the softmax up to the product; each value has no
/// other use, so that nothing is computed twice.
std::optional<Scores> matchScores(mlir::Value value);

/// The sum of all masks for scores with the leading dimensions `batch`, or null
/// if there is none.
mlir::Value buildMasks(mlir::OpBuilder &builder, mlir::Location location,
                       llvm::ArrayRef<Mask> masks,
                       llvm::ArrayRef<int64_t> batch);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_ATTENTIONSCORES_H
