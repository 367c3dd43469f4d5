// Weights of linear kernels that are pruned, and the constants that replace
// them.
#ifndef ATLEUS_LIB_TRANSFORMS_PRUNEDWEIGHTS_H
#define ATLEUS_LIB_TRANSFORMS_PRUNEDWEIGHTS_H

#include "Calibration.h"

#include "atleus/Compression/PruningPattern.h"
#include "atleus/Compression/SecondMoments.h"
#include "dialects/NN/NN.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atleus {

/// A weight, and the layers that read it.
struct PrunedWeight {
  mlir::Value value;
  llvm::SmallVector<nn::LinearOp, 1> layers;
  WeightShape shape;

  int64_t size() const { return shape.inputs * shape.features; }
  /// The name of its first layer that has one.
  llvm::StringRef getName() const;
  /// The elements as they are stored. What cannot be read, or is NaN or
  /// infinite, is reported.
  llvm::FailureOr<std::vector<float>> read() const;
};

/// The weights of `function` that are floats and known when compiling, in the
/// order of their first layers. `selects` says of the name of a layer whether
/// its weight is meant.
llvm::SmallVector<PrunedWeight>
collectPrunedWeights(mlir::func::FuncOp function,
                     llvm::function_ref<bool(llvm::StringRef)> selects);

/// Runs `function` on all samples and calls `use` with the number of each weight and the second moments of the inputs of all
/// its layers. Samples that do not fit are reported.
llvm::LogicalResult forEachWeightMoments(
    mlir::func::FuncOp function, const Calibration &calibration,
    llvm::ArrayRef<PrunedWeight> weights,
    llvm::function_ref<void(size_t index, const SecondMoments &moments)> use);

/// Puts an `nn.sparse_constant` of `elements`, of which those that `mask` keeps
/// are stored, in the place of a weight.
void replaceWeight(const PrunedWeight &weight, const nn::SparsePattern &pattern,
                   const nn::SparseMask &mask,
                   llvm::ArrayRef<float> elements);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_PRUNEDWEIGHTS_H
