// Quantized weights of layers whose rounding makes up for errors.
#ifndef ATLEUS_LIB_TRANSFORMS_ERRORFEEDBACKROUNDING_H
#define ATLEUS_LIB_TRANSFORMS_ERRORFEEDBACKROUNDING_H

#include "Calibration.h"

#include "atleus/Interpreter/Tensor.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/MapVector.h"

namespace atleus {

/// Collects weights, rounds all of them, and hands out what becomes of them.
///
/// Example:
///   ErrorFeedbackRounding rounding;
///   rounding.add(layer, type);
///   if (failed(rounding.run(function, calibration)))
///     return failure();
///   layer.getWeightMutable().set(
///       rounding.create(layer.getWeight(), type));
class ErrorFeedbackRounding {
public:
  /// Asks for the weight of `layer` in `type`.
  void add(nn::LinearOp layer, mlir::quant::QuantizedType type);

  bool empty() const { return requests.empty(); }

  /// Rounds on the inputs that the layers have in samples. What does not fit is
  /// reported as diagnostics.
  llvm::LogicalResult run(mlir::func::FuncOp function,
                          const Calibration &calibration);

  /// The weight in `type`, or null if it was not asked for: integers that are
  /// seen as quantized values, right behind the floats. Zeros of a weight in
  /// sparse storage stay zeros in sparse storage.
  mlir::Value create(mlir::Value weight, mlir::Type type);

private:
  using Key = std::pair<mlir::Value, mlir::Type>;
  struct Request {
    llvm::SmallVector<nn::LinearOp, 1> layers;
    /// The floats, and then the integers.
    Tensor floats;
    Tensor integers;
    mlir::Value created;
  };
  llvm::MapVector<Key, Request> requests;
};

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_ERRORFEEDBACKROUNDING_H
