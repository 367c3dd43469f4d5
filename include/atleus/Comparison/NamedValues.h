// The values of a function that have a name under which they can be found again
// in another version of it: results of named kernels, and outputs.
#ifndef ATLEUS_COMPARISON_NAMEDVALUES_H
#define ATLEUS_COMPARISON_NAMEDVALUES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <optional>
#include <string>
#include <vector>

namespace atleus {

struct NamedValue {
  mlir::Value value;
  /// The name of the kernel that computes it. A kernel with a region computes
  /// what the ops in the region do, so it has the name of the op whose result
  /// it yields. Empty if the value has none.
  std::string kernel;
  /// The number of the output that it is.
  std::optional<unsigned> output;

  /// "kernel 'layer.0.fc' (nn.linear)", "output 'logits'".
  std::string describe() const;

  /// The function that it belongs to.
  mlir::func::FuncOp getFunction() const;
};

/// Named values that depend on the function's inputs, in the order in which
/// they are computed.
std::vector<NamedValue> collectNamedValues(mlir::func::FuncOp function);

/// The name of result `index` of the function: its `nn.name`, or its number.
std::string getOutputName(mlir::func::FuncOp function, unsigned index);

/// A value and what it should equal.
struct ValuePair {
  NamedValue found, expected;
};

/// Pairs values of equal name and shape. Kernels of `found` that have no
/// partner are counted in `unmatched`.
std::vector<ValuePair> pairNamedValues(mlir::func::FuncOp found,
                                       mlir::func::FuncOp expected,
                                       unsigned &unmatched);

} // namespace atleus

#endif // ATLEUS_COMPARISON_NAMEDVALUES_H
