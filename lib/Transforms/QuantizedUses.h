// Which operands of which products are quantized, and how.
#ifndef ATLEUS_LIB_TRANSFORMS_QUANTIZEDUSES_H
#define ATLEUS_LIB_TRANSFORMS_QUANTIZEDUSES_H

#include "WeightTypes.h"

#include "atleus/Transforms/CrossbarBlocks.h"
#include "atleus/Transforms/PassOptions.h"
#include "dialects/NN/NN.h"

namespace atleus {

/// What is asked for of products that say nothing else.
struct QuantizationRequest {
  unsigned weightBits = 8;
  unsigned activationBits = 8;
  bool normalFloats = false;
  bool symmetricWeights = true;
  bool symmetricActivations = true;
  ActivationScales activationScales = ActivationScales::PerToken;
  WeightScales granularity = WeightScales::PerChannel;
  /// For crossbar-wise scales.
  CrossbarBlocks blocks;
  WeightClipping clipping = WeightClipping::MinMax;

  /// The widths of one product: what `nn.precision` says, or the above.
  nn::PrecisionAttr getPrecision(mlir::Operation *product) const;
  /// The format of a parameter with one scale.
  WeightFormat getFormat(unsigned bits) const;
  /// The format of the weight of a layer.
  WeightFormat getLayerFormat(nn::LinearOp layer, unsigned bits) const;
};

/// Which elements of an activation have a scale in common that is found when
/// the model runs.
struct RunTimeSharing {
  nn::RunTimeScales scales = nn::RunTimeScales::Tensor;
  /// The features of so many heads are matrices of their own.
  int64_t heads = 1;
};

/// An operand of a product and what becomes of it.
struct QuantizedUse {
  enum class Kind {
    Activation, ///< integers, whose scale samples or the run give
    Weight,     ///< integers, whose scales are known
    Rounded,    ///< the floats that a weight's integers stand for
    Coded,      ///< codes of 4-bit normal floats
  };
  mlir::OpOperand *operand;
  Kind kind;
  /// Of an activation the code alone counts, of coded weights nothing.
  WeightFormat format;
  /// Of an activation.
  RunTimeSharing sharing = {};

  mlir::Value value() const { return operand->get(); }
};

/// An operand of a product that is quantized already, and what is stored.
struct StoredUse {
  mlir::OpOperand *operand;
  mlir::Value stored;
  /// The bits that were asked for.
  unsigned bits;
};

/// The products of a function and their operands.
struct QuantizedUses {
  llvm::SmallVector<QuantizedUse> quantized;
  llvm::SmallVector<StoredUse> stored;
  /// Products that stay in floats.
  llvm::SmallVector<mlir::Operation *> floats;

  /// Views of stored operands are built at once; the rest of the function stays
  /// as it is.
  static QuantizedUses collect(mlir::func::FuncOp function,
                               const QuantizationRequest &request);
};

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_QUANTIZEDUSES_H
