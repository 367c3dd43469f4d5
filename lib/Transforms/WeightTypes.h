// Quantized types of parameters, whose scales their values give.
#ifndef ATLEUS_LIB_TRANSFORMS_WEIGHTTYPES_H
#define ATLEUS_LIB_TRANSFORMS_WEIGHTTYPES_H

#include "atleus/Compression/WeightScaling.h"
#include "atleus/Interpreter/Tensor.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/Value.h"

namespace atleus {

/// How a parameter is to be quantized. All dimensions but the last one count as
/// rows of a matrix.
struct WeightFormat {
  UniformCode code;
  WeightClipping clipping = WeightClipping::MinMax;
  /// Rows and columns with a scale in common; 0 if all have.
  int64_t blockRows = 0;
  int64_t blockColumns = 0;

  bool operator==(const WeightFormat &other) const {
    return code.bits == other.code.bits &&
           code.symmetric == other.code.symmetric &&
           clipping == other.clipping && blockRows == other.blockRows &&
           blockColumns == other.blockColumns;
  }
};

/// The value of `value`, which depends on constants alone. A failure has been
/// reported.
llvm::FailureOr<Tensor> evaluateStatic(mlir::Value value);

/// Finds the scales of many parameters at once.
class WeightTypes {
public:
  /// Asks for `value` in `format`. An elided blob is reported as a diagnostic;
  /// where the model was read without weights, their scales are 1.
  llvm::LogicalResult add(mlir::Value value, const WeightFormat &format);

  /// Finds the scales of everything that was asked for. Parameters that hold
  /// NaN or infinity are reported as diagnostics, and those that are all zero
  /// as remarks.
  llvm::LogicalResult run();

  /// The type of what was asked for: `!quant.uniform` with one scale, one per
  /// index of a dimension, or one per block.
  mlir::quant::QuantizedType getType(mlir::Value value,
                                     const WeightFormat &format) const;
  const WeightScaling &getScaling(mlir::Value value,
                                  const WeightFormat &format) const;

  /// Scales that are 1 because their weights are all zero.
  int64_t countZeroScales() const;

private:
  struct Request {
    mlir::Value value;
    WeightFormat format;
    WeightScaling scaling;
    /// What is not read where it lies.
    Tensor evaluated;
  };
  /// Finds the bytes of the weights that are asked for.
  static llvm::LogicalResult read(Request &request);
  const Request *find(mlir::Value value, const WeightFormat &format) const;

  std::vector<Request> requests;
  /// Requests for a value.
  llvm::DenseMap<mlir::Value, llvm::SmallVector<size_t, 1>> byValue;
};

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_WEIGHTTYPES_H
