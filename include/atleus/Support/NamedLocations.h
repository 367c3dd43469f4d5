// Diagnostics at locations that have a name instead of a line.
//
// What comes from a binary file, such as a node of an ONNX model, has the
// location NameLoc(node, NameLoc(file)): a line would send readers, and MLIR's
// own printer, into the bytes of the file.
#ifndef ATLEUS_SUPPORT_NAMEDLOCATIONS_H
#define ATLEUS_SUPPORT_NAMEDLOCATIONS_H

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace atleus {

/// The location as the beginning of a message: "bert.onnx: /layer.0/fc" for a
/// named one, "file:line:column" for one with lines, and nothing where nothing
/// is known.
std::string formatLocation(mlir::Location location);

/// The line of a location alone, which MLIR's printer names and does not show:
/// that of a module is all of its attributes.
mlir::Location withoutText(mlir::Location location);

/// Prints diagnostics at named locations as "bert.onnx: /layer.0/fc: error:
/// ..." and leaves those with lines to the handler that was there before.
class NamedLocationHandler : public mlir::ScopedDiagnosticHandler {
public:
  NamedLocationHandler(mlir::MLIRContext *context, llvm::raw_ostream &output);
};

} // namespace atleus

#endif // ATLEUS_SUPPORT_NAMEDLOCATIONS_H
