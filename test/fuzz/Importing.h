// What the fuzz targets do with an input.
#ifndef ATLEUS_TEST_FUZZ_IMPORTING_H
#define ATLEUS_TEST_FUZZ_IMPORTING_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringRef.h"

namespace atleus::fuzzing {

/// A new context without threads that knows everything. A context keeps what
/// was made in it, so each input gets one of its own.
std::unique_ptr<mlir::MLIRContext> makeContext();

/// Makes a diagnostic's text, as the tools do, and drops it. Every input may be
/// refused; what must not happen is a crash, a hang or a report of a sanitizer.
class DroppedDiagnostics : public mlir::ScopedDiagnosticHandler {
public:
  explicit DroppedDiagnostics(mlir::MLIRContext *context);
};

/// Converts an imported model to kernels. Open dimensions get small sizes, so
/// that the conversion is reached.
void convert(mlir::ModuleOp module);

/// Imports the bytes of a model and converts it.
void importAndConvert(llvm::StringRef bytes);

} // namespace atleus::fuzzing

#endif // ATLEUS_TEST_FUZZ_IMPORTING_H
