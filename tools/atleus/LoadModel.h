// Models from files: ONNX, or IR of any phase.
#ifndef ATLEUS_TOOLS_ATLEUS_LOADMODEL_H
#define ATLEUS_TOOLS_ATLEUS_LOADMODEL_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringRef.h"

namespace atleus {

/// Loads `path`: IR if its name ends in .mlir, .mlirbc or .mlirb, an ONNX model
/// otherwise. Null when it cannot be loaded, which has been reported then.
mlir::OwningOpRef<mlir::ModuleOp> loadModel(llvm::StringRef path,
                                            mlir::MLIRContext *context);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_LOADMODEL_H
