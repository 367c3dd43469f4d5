// Diagnostics that are shown later, or never.
#ifndef ATLEUS_LIB_PIPELINES_KEPTDIAGNOSTICS_H
#define ATLEUS_LIB_PIPELINES_KEPTDIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/Threading.h"

#include <vector>

namespace atleus {

/// Keeps what is said in the thread that made it, for as long as it lives. In a
/// task of parallelForEach it has to be made by the task itself: the handler
/// that was registered last is asked first, and parallelForEach has one, too.
class KeptDiagnostics {
public:
  KeptDiagnostics(mlir::MLIRContext *context,
                  std::vector<mlir::Diagnostic> &kept)
      : handler(context, [this, &kept](mlir::Diagnostic &diagnostic) {
          if (llvm::get_threadid() != thread)
            return llvm::failure();
          kept.push_back(std::move(diagnostic));
          return llvm::success();
        }) {}

private:
  uint64_t thread = llvm::get_threadid();
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace atleus

#endif // ATLEUS_LIB_PIPELINES_KEPTDIAGNOSTICS_H
