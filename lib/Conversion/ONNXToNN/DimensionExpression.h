// Dimensions that are named by a formula, such as "past + seq".
//
// ONNX has no syntax for relations between dimensions, but exporters write them
// as names. A name is read as a sum of multiples of other dimensions; what is
// no such sum is a name like any other.
#ifndef ATLEUS_CONVERSION_ONNXTONN_DIMENSIONEXPRESSION_H
#define ATLEUS_CONVERSION_ONNXTONN_DIMENSIONEXPRESSION_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace atleus {

/// A constant and multiples of named dimensions: `2*past + seq + 1`.
class DimensionExpression {
public:
  /// Reads `text`: numbers and names with +, -, * and parentheses, where one
  /// side of * is a number. std::nullopt for everything else, and for a name
  /// alone.
  static std::optional<DimensionExpression> parse(llvm::StringRef text);

  using Lookup = llvm::function_ref<std::optional<int64_t>(llvm::StringRef)>;

  /// The value when `lookup` knows every name, and it can be computed.
  std::optional<int64_t> evaluate(Lookup lookup) const;

  /// The one name that `lookup` does not know and its value, if the expression
  /// must be `value` and there is one that makes it so.
  std::optional<std::pair<std::string, int64_t>> solve(int64_t value,
                                                       Lookup lookup) const;

  /// The names that occur in it.
  llvm::SmallVector<llvm::StringRef> getNames() const;

private:
  friend class DimensionExpressionParser;

  /// Adds `other` times `factor`; false if a number overflows.
  bool add(const DimensionExpression &other, int64_t factor);

  int64_t constant = 0;
  std::map<std::string, int64_t> factors;
};

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_DIMENSIONEXPRESSION_H
