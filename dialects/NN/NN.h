// The nn dialect: the kernels of a transformer, on tensors of static shape.
#ifndef ATLEUS_NN_NN_H
#define ATLEUS_NN_NN_H

#include "dialects/Interfaces/Interfaces.h"

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

/// The report's name of `op`: its `nn.name`, or an empty string.
llvm::StringRef getKernelName(mlir::Operation *op);

/// Bits that one element takes in memory; a boolean takes 8.
unsigned getElementBits(mlir::Type elementType);

/// Bytes that a tensor takes in memory, elements packed, rounded up.
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

/// Whether `value` is computed from constants alone: a constant, or ops of the
/// nn dialect on constants. What a kernel's region receives is what the kernel
/// receives.
bool isStatic(mlir::Value value);

} // namespace nn
} // namespace atleus

#include "dialects/NN/NNDialect.h.inc"

#include "dialects/NN/NNEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/NN/NNAttributes.h.inc"

#define GET_OP_CLASSES
#include "dialects/NN/NNOps.h.inc"

#endif // ATLEUS_NN_NN_H
