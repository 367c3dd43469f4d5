// The parts of a rotary embedding that an exporter took apart: pairs of
// features and tables of angles.
#ifndef ATLEUS_CONVERSION_ONNXTONN_ROTARYPARTS_H
#define ATLEUS_CONVERSION_ONNXTONN_ROTARYPARTS_H

#include "KernelBuilder.h"

namespace atleus {

/// How the dimensions before the last one are rearranged: in another order, or
/// with other sizes.
struct Rearrangement {
  bool isPermutation;
  llvm::SmallVector<int64_t> leading;

  bool operator==(const Rearrangement &other) const {
    return isPermutation == other.isPermutation && leading == other.leading;
  }
};

/// Elements of the last dimension of `base`: from `offset`, every `stride`-th;
/// the other dimensions are rearranged by `steps`.
struct FeaturePart {
  mlir::Value base;
  int64_t offset, size, stride;
  llvm::SmallVector<Rearrangement, 2> steps;

  /// `value` as a part of what it is a view of.
  static FeaturePart of(mlir::Value value);
  /// Whether both are parts of one tensor, in the same arrangement.
  bool goesWith(const FeaturePart &other) const {
    return base == other.base && steps == other.steps;
  }
  /// Whether `value` is this part.
  bool is(mlir::Value value) const;
  llvm::SmallVector<int64_t> shape() const;
  mlir::Value build(mlir::OpBuilder &builder, mlir::Location location) const;
};

/// The part whose pairs have `a` as first and `b` as second members.
std::optional<FeaturePart> matchPairs(mlir::Value a, mlir::Value b,
                                      bool interleaved);

/// First and second members of pairs, joined along the last dimension.
struct JoinedPairs {
  mlir::Value first, second;
  bool interleaved;
};
std::optional<JoinedPairs> matchJoinedPairs(mlir::Value value);

/// The value whose negation `value` is, or null.
mlir::Value matchNegated(mlir::Value value);

/// Whether both members of each pair have the same number in `table`.
bool isDoubled(mlir::Value table, bool interleaved);
/// The numbers of the pairs of a table that is doubled.
mlir::Value buildHalf(mlir::OpBuilder &builder, mlir::Value table,
                      bool interleaved);

/// Both tables, broadcast to one shape but for the last dimension.
std::pair<mlir::Value, mlir::Value> withOneShape(mlir::OpBuilder &builder,
                                                 mlir::Value a, mlir::Value b);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_ROTARYPARTS_H
