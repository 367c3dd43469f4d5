// What every subcommand needs before it reads a file: a context that knows all
// dialects and models, and handlers that print diagnostics.
#ifndef ATLEUS_TOOLS_ATLEUS_SESSION_H
#define ATLEUS_TOOLS_ATLEUS_SESSION_H

#include "atleus/Support/NamedLocations.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/SourceMgr.h"

namespace atleus {

class Session {
public:
  Session();

  mlir::MLIRContext *context() { return &mlirContext; }

private:
  static mlir::DialectRegistry makeRegistry();

  mlir::MLIRContext mlirContext;
  llvm::SourceMgr sources;
  /// Shows the line of a text file; those below have lines of no text.
  mlir::SourceMgrDiagnosticHandler lineHandler;
  NamedLocationHandler nameHandler;
};

/// Reports what has no location in a file, such as a command line that cannot
/// be followed, the way diagnostics look. Returns the exit code.
int reportError(const llvm::Twine &error);

/// The exit code of a subcommand that ends with `error`, which is reported if a
/// diagnostic has not done so.
int finish(llvm::Error error);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_SESSION_H
