// What the definitions of nn ops share; not for users of the dialect.
#ifndef ATLEUS_NN_NNSHARED_H
#define ATLEUS_NN_NNSHARED_H

#include "dialects/NN/NN.h"

namespace atleus::nn {

/// Where the constraints of an op are checked, whether or not the op exists
/// already.
struct ErrorSite {
  std::optional<mlir::Location> location;
  llvm::StringRef operation;

  /// Reports an error, after the op's name, unless there is no location.
  template <typename... Parts>
  llvm::LogicalResult emitError(Parts &&...parts) const {
    return mlir::emitOptionalError(location, "'", operation, "' op ",
                                   std::forward<Parts>(parts)...);
  }
};

/// Prints a shape as 1x2x3, and the shape of a scalar as [].
std::string shapeText(llvm::ArrayRef<int64_t> shape);

/// Fails unless `axis` is a dimension of a tensor of `rank` dimensions.
llvm::LogicalResult checkAxis(ErrorSite site, int64_t axis, int64_t rank);

/// Infers the type of an elementwise result: the operands' broadcast shape, and
/// `elementType` or, if null, the first operand's.
llvm::LogicalResult inferBroadcast(ErrorSite site, mlir::ValueRange operands,
                                   mlir::Type elementType,
                                   llvm::SmallVectorImpl<mlir::Type> &types);

/// The shape to which all shapes broadcast, or std::nullopt.
std::optional<llvm::SmallVector<int64_t>>
broadcastShapes(llvm::ArrayRef<llvm::ArrayRef<int64_t>> shapes);

/// Infers the type of a reduction of `input` over `axes`.
llvm::LogicalResult inferReduction(ErrorSite site, mlir::Value input,
                                   llvm::ArrayRef<int64_t> axes,
                                   bool keepDimensions,
                                   llvm::SmallVectorImpl<mlir::Type> &types);

/// The shape of the product of matrices in the last two dimensions.
llvm::FailureOr<llvm::SmallVector<int64_t>>
inferMatrixProduct(ErrorSite site, llvm::ArrayRef<int64_t> lhs,
                   llvm::ArrayRef<int64_t> rhs, bool transposeRhs);

/// Whether `op` stands where it may depend on its own result, as in a module
/// outside functions. Folding would go round such a cycle for ever.
bool isInGraphRegion(mlir::Operation *op);

/// Bytes read and written by an op whose operands are all activations.
Work bytesWork(mlir::Operation *op);

/// One operation `unit` for each element of the result.
Work elementwiseWork(mlir::Operation *op, VectorOperation unit);

/// One addition, comparison or multiplication for each element of the operand.
Work reductionWork(mlir::Operation *op);

/// The tile of an operand that is broadcast to the result.
Tile broadcastOperandTile(mlir::Operation *op, unsigned operand,
                          const Tile &result);

/// The tile of the operand of a reduction.
Tile reductionOperandTile(mlir::Value input, llvm::ArrayRef<int64_t> axes,
                          bool keepDimensions, const Tile &result);

/// Infers the type of what the ops of pooling compute: the positions of the
/// window, of `elementType` or, if null, the input's.
llvm::LogicalResult inferPooling(ErrorSite site, mlir::Value input,
                                 const PoolingWindow &window,
                                 mlir::Type elementType,
                                 llvm::SmallVectorImpl<mlir::Type> &types);

/// One addition or comparison for each element that a window covers.
Work poolingWork(mlir::Operation *op, llvm::ArrayRef<int64_t> kernel);

/// The tile of the operand of an op of pooling.
Tile poolingOperandTile(mlir::Value input, const PoolingWindow &window,
                        const Tile &result);

/// Range of input elements that a range of positions of a window reads, clipped
/// to the input. A dilated window that begins in the padding may skip the first
/// of them.
std::pair<int64_t, int64_t> windowRange(int64_t offset, int64_t size,
                                        int64_t stride, int64_t dilation,
                                        int64_t kernel, int64_t pad,
                                        int64_t extent);

/// Shape of a value of tensor type.
llvm::ArrayRef<int64_t> getShape(mlir::Value value);

// The two halves of TableGen's op definitions.
void registerNNDialectOperations0(NNDialect *dialect);
void registerNNDialectOperations1(NNDialect *dialect);

} // namespace atleus::nn

#endif // ATLEUS_NN_NNSHARED_H
