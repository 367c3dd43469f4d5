// Which task reads which data, and who makes it.
//
// A kernel reads its operands through views and transfers. Behind them stands a
// source: a result of another kernel or an argument of the function. The tile
// of a source that a task needs follows from the tile of its result, op by op,
// by AccessOpInterface. What is computed from constants alone is resident and
// has no source.
//
// Example: a task of the products of queries and keys reads 16 x 64 elements of
// one head. Through the transposition and the reshape that split the heads that
// is a box of 16 tokens and 64 features, which one task of the layer that makes
// the queries has computed.
#ifndef ATLEUS_TRANSFORMS_TASKDATA_H
#define ATLEUS_TRANSFORMS_TASKDATA_H

#include "dialects/Interfaces/Interfaces.h"

#include "mlir/IR/Value.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace atleus {

/// A tile of a source.
struct DataTile {
  mlir::Value source;
  Tile tile;
};

/// Whether `op` passes data on unchanged: a view or a transfer.
bool passesData(mlir::Operation *op);

/// Whether `value` is data that moves: a tensor that is not resident.
bool isMoved(mlir::Value value);

/// Appends the tiles of sources that hold what a moved value's `tile` is made
/// of.
void findSources(mlir::Value value, const Tile &tile,
                 llvm::SmallVectorImpl<DataTile> &sources);

/// The smallest tile of operand `operand` that a task reads which computes the
/// tile `result` of the results of `kernel`.
Tile getOperandTile(KernelOpInterface kernel, unsigned operand,
                    const Tile &result);

/// The smallest tile of operand `operand` that task `task` reads.
Tile getTaskOperand(KernelOpInterface kernel, unsigned operand, int64_t task);

/// What one task reads through one operand.
struct TaskRead {
  int64_t task;
  unsigned operand;
  llvm::ArrayRef<DataTile> sources;
  /// The task before reads the same: all queries of a head read all its keys.
  bool sameAsBefore;
};

/// Calls `visit` for every task of `kernel` and every operand that moves, in
/// the order of tasks.
void forEachRead(KernelOpInterface kernel,
                 llvm::function_ref<void(const TaskRead &)> visit);

/// Bytes of `elements` elements of a tensor, rounded up.
int64_t getBytes(mlir::Value tensor, int64_t elements);

/// The smallest tile that holds both.
Tile unite(const Tile &a, const Tile &b);

/// Makes `box` large enough to hold `tile`, too; neither is empty.
void extend(Tile &box, const Tile &tile);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_TASKDATA_H
