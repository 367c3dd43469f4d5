// Caches of keys and values: which arguments of a function are one, and which
// results continue them in place.
//
// A cache is recognised by what is done with it, not by its name: an input to
// which new tokens are appended, where the whole is a result, for the next
// step, and an operand of attention.
//
// A model returns the whole of it, but a machine keeps it where it lies: the
// result is the same memory, to which the new rows are written. The result
// attribute `arch.appends_to` says so with the number of the argument, since it
// is a matter of what the schedule's tasks write.
#ifndef ATLEUS_TRANSFORMS_CACHES_H
#define ATLEUS_TRANSFORMS_CACHES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <vector>

namespace atleus {

/// The keys, or the values, of one layer.
struct CacheTensor {
  /// Numbers of the argument and of the result of the function.
  unsigned argument = 0;
  unsigned result = 0;
  /// Tokens that it holds, and tokens that are appended.
  int64_t context = 0;
  int64_t appended = 0;
  /// Of one token.
  int64_t bytesPerToken = 0;
};

/// The caches of a function at phase `nn` or any later one, by argument. One
/// that holds no token yet is no operand of anything, and is not found.
std::vector<CacheTensor> findCaches(mlir::func::FuncOp function);

/// Says of the results that are caches with tokens appended which argument they
/// continue: those of which the argument is the first part, in its own layout.
void markCachesInPlace(mlir::func::FuncOp function);

/// The argument that a result continues in place; null if there is none.
mlir::BlockArgument getContinued(mlir::func::FuncOp function, unsigned result);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_CACHES_H
