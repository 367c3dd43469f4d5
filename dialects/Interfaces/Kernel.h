// Grids of tasks, and the assembly of what all kernels have in common.
#ifndef ATLEUS_INTERFACES_KERNEL_H
#define ATLEUS_INTERFACES_KERNEL_H

#include "dialects/Interfaces/Tile.h"
#include "dialects/Interfaces/Work.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/OpImplementation.h"

namespace atleus {

/// Number of tiles of the shape `task_tile` along each dimension of the first
/// result of a kernel.
llvm::SmallVector<int64_t> getTaskGrid(mlir::Operation *kernel);

/// Tile number `index`, in row-major order, of the first result of a kernel.
Tile getTaskResult(mlir::Operation *kernel, int64_t index);

/// Checks that there is a result, that `task_tile` has a positive size, at most
/// that of the first result, for each of its dimensions, and that `nodes` holds
/// triples of numbers that are not negative.
llvm::LogicalResult verifyKernel(mlir::Operation *kernel);

/// The part of `work` that a tile of `elements` of `total` elements takes: each
/// count, and the rows of each product, in proportion, rounded up.
Work scaleWork(const Work &work, int64_t elements, int64_t total);

/// Checks that `coordinates` are triples of numbers that are not negative.
llvm::LogicalResult verifyNodes(mlir::Operation *op,
                                llvm::ArrayRef<int64_t> coordinates);

/// Assembly of a list of nodes: `(0, 1, 2)(1, 1, 2)`.
mlir::ParseResult parseNodes(mlir::OpAsmParser &parser,
                             mlir::DenseI64ArrayAttr &nodes);
void printNodes(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                mlir::DenseI64ArrayAttr nodes);

} // namespace atleus

#endif // ATLEUS_INTERFACES_KERNEL_H
