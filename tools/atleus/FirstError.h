// What a compilation among several has failed of.
#ifndef ATLEUS_TOOLS_ATLEUS_FIRSTERROR_H
#define ATLEUS_TOOLS_ATLEUS_FIRSTERROR_H

#include "mlir/IR/Diagnostics.h"

#include <string>

namespace atleus {

/// Keeps the text of the first error and lets all diagnostics go on.
class FirstError : public mlir::ScopedDiagnosticHandler {
public:
  explicit FirstError(mlir::MLIRContext *context)
      : ScopedDiagnosticHandler(context) {
    setHandler([this](mlir::Diagnostic &diagnostic) {
      if (text.empty() &&
          diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error)
        text = diagnostic.str();
      return llvm::failure();
    });
  }

  const std::string &getText() const { return text; }

private:
  std::string text;
};

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_FIRSTERROR_H
