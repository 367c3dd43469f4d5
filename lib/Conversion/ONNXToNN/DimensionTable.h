// The sizes of named dimensions, and where each is from.
#ifndef ATLEUS_CONVERSION_ONNXTONN_DIMENSIONTABLE_H
#define ATLEUS_CONVERSION_ONNXTONN_DIMENSIONTABLE_H

#include "DimensionExpression.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"

namespace atleus {

/// A name has one size wherever it stands. Names that are formulas of others,
/// such as "past + seq", are computed from them, or they from it.
class DimensionTable {
public:
  using EmitError = llvm::function_ref<mlir::InFlightDiagnostic()>;

  /// Makes a name known, so that formulas may refer to it.
  void declare(llvm::StringRef name);

  /// Gives a name its size; `source` says in a diagnostic where it is from.
  /// Reports that the name has another size.
  llvm::LogicalResult bind(llvm::StringRef name, int64_t size,
                           const llvm::Twine &source, EmitError emitError);

  /// Computes what follows from formulas.
  llvm::LogicalResult solve(EmitError emitError);

  std::optional<int64_t> lookup(llvm::StringRef name) const;

  /// Whether `name` is a formula of other names that are declared.
  bool isFormula(llvm::StringRef name) const;

private:
  struct Entry {
    std::optional<int64_t> size;
    std::string source;
    std::optional<DimensionExpression> formula;
  };

  /// One round of solve(); true if a name has got a size.
  llvm::FailureOr<bool> solveOnce(EmitError emitError);

  std::map<std::string, Entry> entries;
};

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_DIMENSIONTABLE_H
