// The nn dialect: the kernels of a transformer, on tensors of static shape.
#ifndef ATLEUS_NN_NN_H
#define ATLEUS_NN_NN_H

#include "dialects/Interfaces/Interfaces.h"
#include "dialects/NN/NNEnums.h"
#include "dialects/NN/SparseStorage.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace atleus {

namespace nn {

/// Trait of ops that only rearrange elements: no arithmetic unit works on them,
/// the engine that moves the tensor does them with strides.
template <typename ConcreteOp>
class LayoutOnly : public mlir::OpTrait::TraitBase<ConcreteOp, LayoutOnly> {};

/// The attribute that names a kernel, an argument or a result in reports.
constexpr llvm::StringLiteral nameAttribute = "nn.name";

/// The attribute that states the precision which quantization is to give the
/// operands of a product.
constexpr llvm::StringLiteral precisionAttribute = "nn.precision";

/// The report's name of `op`: its `nn.name`, or an empty string.
llvm::StringRef getKernelName(mlir::Operation *op);

/// Bits that one element takes in memory; a boolean takes 8.
unsigned getElementBits(mlir::Type elementType);

/// Bytes that a tensor takes in memory, elements packed, rounded up. Codes of a
/// codebook come with the scales of their blocks.
int64_t getNumBytes(mlir::RankedTensorType type);

/// Elements that a tensor may have: so few that the counts of what any op
/// computes fit into 64 bits.
constexpr int64_t maxElements = int64_t{1} << 40;

/// Number of elements of a shape; std::nullopt if it is not static or if the
/// product of some leading sizes is greater than `maxElements`.
std::optional<int64_t> countElements(llvm::ArrayRef<int64_t> shape);

/// Whether `type`, or its element type, is a type of the `quant` dialect that
/// states both how values are stored and which float they express.
bool isQuantized(mlir::Type type);

/// Whether `type`, or its element type, is of codes that are looked up.
bool isCoded(mlir::Type type);

/// The integers that values of a quantized type are stored in, as a type of
/// their own: without sign semantics if they are signed. An integer type is
/// itself; null for every other type.
mlir::IntegerType getStoredInteger(mlir::Type elementType);

/// Whether zero is stored as another integer than 0, or may be.
bool hasZeroPoint(mlir::Type elementType);

/// How many elements of `dimension` of a tensor share their scales: all of
/// them, unless its element type has scales for blocks or single indices there.
int64_t getScaleBlock(mlir::RankedTensorType type, int64_t dimension);

/// The type of a transposed tensor whose blocks have scales of their own.
mlir::quant::UniformQuantizedSubChannelType
transposeBlocks(mlir::quant::UniformQuantizedSubChannelType type,
                llvm::ArrayRef<int64_t> permutation);

/// Adds `product` to `work`. If its operands are quantized, also the conversion
/// and scaling of the sums, and what makes up for zero points: those of the
/// left operand cost the sums of the columns, which are known beforehand if the
/// right operand is a parameter; those of the right operand cost the sum of
/// each row. `lhs` is an element type; dimension `inner` of `rhs` is summed
/// over.
void addProduct(Work &work, MatrixProduct product, mlir::Type lhs,
                mlir::RankedTensorType rhs, int64_t inner);

/// A window that slides over the spatial dimensions of an image, those behind
/// batch and channels.
struct PoolingWindow {
  llvm::ArrayRef<int64_t> kernel, strides;
  /// Padding at the beginnings of all dimensions, then at their ends.
  llvm::ArrayRef<int64_t> pads;
  llvm::ArrayRef<int64_t> dilations;
};

/// Whether `value` is computed from constants alone: a constant, or ops of the
/// nn dialect on constants. What a kernel's region receives is what the kernel
/// receives.
bool isStatic(mlir::Value value);

} // namespace nn
} // namespace atleus

#include "dialects/NN/NNDialect.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/NN/NNTypes.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/NN/NNAttributes.h.inc"

#define GET_OP_CLASSES
#include "dialects/NN/NNOps.h.inc"

namespace atleus::nn {

/// The parameter in sparse storage from which `weight` is made, with quantization
/// or without, or null.
SparseConstantOp findSparseConstant(mlir::Value weight);

/// The zeros of a weight that a product can leave out, or none. `inner` is the
/// dimension of the weight that is summed over.
WeightSparsity getWeightSparsity(mlir::Value weight, unsigned inner);

} // namespace atleus::nn

#endif // ATLEUS_NN_NN_H
