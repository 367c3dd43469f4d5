// Builds nn ops for one node, and folds them at once.
//
// A null Value stands for a failure that has been reported. Every function here
// returns null when it is given null, so that a rule can compose calls and hand
// their result back without looking at each:
//
//   return {node.emit<nn::MulOp>(node.emit<nn::SigmoidOp>(x), x)};
#ifndef ATLEUS_CONVERSION_ONNXTONN_KERNELBUILDER_H
#define ATLEUS_CONVERSION_ONNXTONN_KERNELBUILDER_H

#include "ConstantFolding.h"

namespace atleus {

class KernelBuilder {
public:
  /// `subject` begins every message, e.g. "node '/Add' (Add)".
  KernelBuilder(mlir::OpBuilder &builder, mlir::Location location,
                std::string subject, ConstantFolding &folding)
      : builder(builder), location(location), subject(std::move(subject)),
        folding(folding) {}

  mlir::OpBuilder &getBuilder() { return builder; }
  mlir::Location getLocation() const { return location; }
  ConstantFolding &getFolding() { return folding; }

  /// Reports an error of the form "SUBJECT: ..."; the builder has failed then.
  mlir::InFlightDiagnostic emitError();
  bool hasFailed() const { return failed; }

  /// Builds an op whose result type is inferred. A type that cannot be inferred
  /// is reported. All operands are required.
  template <typename OpTy, typename... Args>
  mlir::Value emit(Args &&...args) {
    if ((isNull(args) || ...))
      return {};
    return emitWithOptional<OpTy>(std::forward<Args>(args)...);
  }

  /// The same for ops with optional operands, of which null ones stay away.
  template <typename OpTy, typename... Args>
  mlir::Value emitWithOptional(Args &&...args) {
    mlir::OperationState state(location, OpTy::getOperationName());
    OpTy::build(builder, state, builder.getNoneType(),
                std::forward<Args>(args)...);
    return finishInferred(state, [&](llvm::SmallVectorImpl<mlir::Type> &types) {
      return OpTy::inferReturnTypes(
          builder.getContext(), location, state.operands,
          state.attributes.getDictionary(builder.getContext()),
          state.getRawProperties(), state.regions, types);
    });
  }

  /// Builds an op whose result type is given, and verifies it.
  template <typename OpTy, typename... Args>
  mlir::Value emitTyped(mlir::Type type, Args &&...args) {
    if ((isNull(args) || ...))
      return {};
    return finish(
        OpTy::create(builder, location, type, std::forward<Args>(args)...));
  }

  /// Constants.
  mlir::Value constant(mlir::ElementsAttr elements);
  mlir::Value splat(double value, llvm::ArrayRef<int64_t> shape,
                    mlir::Type elementType);
  mlir::Value scalar(double value, mlir::Type elementType) {
    return splat(value, {}, elementType);
  }
  mlir::Value integers(llvm::ArrayRef<int64_t> values);
  /// 0, 1, ... count - 1, of i64, along dimension `axis` of a tensor of `rank`
  /// dimensions; the others have size 1. So many that they should not be
  /// listed are an error.
  mlir::Value countAlong(int64_t axis, int64_t count, int64_t rank);
  /// Fails unless `count` numbers are few enough to be listed.
  bool requireFew(int64_t count);

  /// `value` in another shape of as many elements.
  mlir::Value reshape(mlir::Value value, llvm::ArrayRef<int64_t> shape);
  mlir::Value transpose(mlir::Value value, llvm::ArrayRef<int64_t> permutation);
  /// The last two dimensions exchanged.
  mlir::Value transposeMatrices(mlir::Value value);
  mlir::Value expand(mlir::Value value, llvm::ArrayRef<int64_t> shape);
  mlir::Value castElements(mlir::Value value, mlir::Type elementType);
  /// Elements `offset` to `offset + size - 1` of dimension `axis`.
  mlir::Value sliceAxis(mlir::Value value, int64_t axis, int64_t offset,
                        int64_t size);

private:
  /// Whether an argument of a build function is an operand that failed.
  template <typename T>
  static bool isNull(const T &argument) {
    if constexpr (std::is_convertible_v<T, mlir::Value>)
      return !mlir::Value(argument);
    else if constexpr (std::is_convertible_v<T, llvm::ArrayRef<mlir::Value>>)
      return llvm::is_contained(llvm::ArrayRef<mlir::Value>(argument),
                                mlir::Value());
    else
      return false;
  }

  using InferTypes = llvm::function_ref<llvm::LogicalResult(
      llvm::SmallVectorImpl<mlir::Type> &)>;
  mlir::Value finishInferred(mlir::OperationState &state, InferTypes infer);
  mlir::Value finish(mlir::Operation *op);

  /// Runs `action` and reports its errors with the subject before them.
  llvm::LogicalResult
  withSubject(llvm::function_ref<llvm::LogicalResult()> action);

  mlir::OpBuilder &builder;
  mlir::Location location;
  std::string subject;
  ConstantFolding &folding;
  bool failed = false;
};

/// 0, 1, ... count - 1: all dimensions of a tensor, in order.
Shape countUp(int64_t count);

/// The shape of a value of static tensor type.
llvm::ArrayRef<int64_t> shapeOf(mlir::Value value);

/// The element type of a value of tensor type.
mlir::Type elementTypeOf(mlir::Value value);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_KERNELBUILDER_H
