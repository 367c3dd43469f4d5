// Values that are quantized already: what a model file holds in integers with
// scales. Products can take the integers as they are stored.
#ifndef ATLEUS_TRANSFORMS_STOREDOPERANDS_H
#define ATLEUS_TRANSFORMS_STOREDOPERANDS_H

#include "dialects/NN/NN.h"

#include "mlir/IR/Builders.h"

namespace atleus {

/// The quantized value whose floats `value` is: the operand of the
/// `nn.dequantize` that makes it. Views between them are built anew on the
/// quantized value, with its scales moved along. Null if there is none, or if a
/// view leaves no dimension to which the scales belong; `reason` says so then.
mlir::Value findStored(mlir::OpBuilder &builder, mlir::Value value,
                       std::string &reason);

/// Why a product in integers cannot take `stored` as its left or right operand,
/// of which dimension `columns` is not summed over, or an empty string. The
/// left operand needs one scale; scales of the right one belong to columns or
/// to blocks of rows and columns.
std::string explainRefusal(mlir::Value stored, bool isLhs, int64_t columns);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_STOREDOPERANDS_H
