// Inputs for a function when nobody gives any: seeded random numbers that a
// model can work with, the same on every machine.
#ifndef ATLEUS_INTERPRETER_RANDOMINPUTS_H
#define ATLEUS_INTERPRETER_RANDOMINPUTS_H

#include "atleus/Interpreter/Tensor.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atleus {

/// Both ends are included.
struct IntegerRange {
  int64_t low, high;
};

/// A tensor of `type`: floats are normal with mean 0 and deviation 1, integers
/// are from `range`, and so are booleans, true if they are not 0.
Tensor makeRandomTensor(mlir::RankedTensorType type, uint64_t seed,
                        IntegerRange range);

/// The integers that make sense for an argument: the rows of the smallest table
/// that it indexes; else all numbers of 8 bits, and 0 and 1 for wider types,
/// which are masks or segments.
IntegerRange getDefaultRange(mlir::BlockArgument argument);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_RANDOMINPUTS_H
