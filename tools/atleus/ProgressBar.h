// A bar on the terminal for computations that take a while.
#ifndef ATLEUS_TOOLS_ATLEUS_PROGRESSBAR_H
#define ATLEUS_TOOLS_ATLEUS_PROGRESSBAR_H

#include "atleus/Support/Progress.h"

#include "mlir/IR/Diagnostics.h"

namespace atleus {

/// Draws on the last line of standard error, as --progress says. Diagnostics of
/// `context` get a line of their own.
class ProgressBar {
public:
  explicit ProgressBar(mlir::MLIRContext *context);

  /// Null if nothing is to be drawn.
  ProgressCallback getCallback();

private:
  void draw(llvm::StringRef what, int64_t done, int64_t total);
  void endLine();

  mlir::ScopedDiagnosticHandler handler;
  std::string shown;
};

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_PROGRESSBAR_H
