// Weights that are known by their types alone.
//
// A model can be compiled without the values of its weights: time and energy
// follow from shapes. Its large weights are then `dense_resource` attributes
// without bytes, and the module carries `atleus.weights = "none"`, so that
// scales which nothing is known of are made up, what needs values says that
// there are none, and reports say so too. Integers, booleans and small floats
// keep their values: sizes, indices, masks and tables of numbers decide what
// the kernels are.
//
//   module attributes {atleus.weights = "none"} {
//     ... nn.constant dense_resource<query> : tensor<768x768xf32>
//
// A resource without bytes in a module that does not carry the attribute is
// something else: IR that was printed without its weights.
#ifndef ATLEUS_SUPPORT_ABSENTWEIGHTS_H
#define ATLEUS_SUPPORT_ABSENTWEIGHTS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/Support/LLVM.h"
#include "llvm/ADT/StringRef.h"

namespace mlir {
class Operation;
} // namespace mlir

namespace atleus {

/// Says that the module has been read without the values of its weights.
void setWeightsAbsent(mlir::Operation *module);

/// Whether the module that `op` is or is in says so.
bool areWeightsAbsent(mlir::Operation *op);

/// Reports that `need` (the subject of a sentence, such as "pruning") asks for
/// values if the module that `op` is or is in has none.
mlir::LogicalResult requireWeights(mlir::Operation *op, llvm::StringRef need);

/// A resource without bytes. No other value may have its name: equal constants
/// are one.
mlir::ElementsAttr createAbsent(mlir::RankedTensorType type,
                                llvm::StringRef name);

/// Whether the elements are a resource without bytes.
bool isAbsent(mlir::Attribute elements);

} // namespace atleus

#endif // ATLEUS_SUPPORT_ABSENTWEIGHTS_H
