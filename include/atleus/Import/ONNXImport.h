// Import of ONNX files as modules of the onnx dialect.
//
// The import is mechanical: any node becomes an `onnx.node`. The file is mapped
// and the bytes of large tensors are never copied: the resources of the module
// are views of the mapping, which lives as long as the context does. Bad input
// is reported as a diagnostic whose location names the file and, where there is
// one, the node or the tensor.
#ifndef ATLEUS_IMPORT_ONNXIMPORT_H
#define ATLEUS_IMPORT_ONNXIMPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <functional>
#include <memory>

namespace llvm {
class MemoryBuffer;
class raw_ostream;
} // namespace llvm

namespace atleus {

/// What a caller may choose about an import.
struct ONNXImportOptions {
  /// Tensors of at most this many bytes become `dense` attributes, which are
  /// readable and quick to fold; larger ones become views of the file.
  int64_t inlineBytes = 64;
  /// Whether weights have values. Without, no external data is opened, and
  /// floats of more than `keptFloatBytes` are absent (AbsentWeights.h);
  /// integers and booleans of the file itself keep their values, whatever their
  /// size.
  bool readWeights = true;
  int64_t keptFloatBytes = int64_t{1} << 20;
};

/// Imports the ONNX model at `path`, with the external data beside it. The
/// dialects that are needed are loaded. Null when the model is refused, which
/// has been reported then.
mlir::OwningOpRef<mlir::ModuleOp>
importONNX(llvm::StringRef path, mlir::MLIRContext *context,
           const ONNXImportOptions &options = {});

/// The same for a file that is in memory or mapped already; the module shares
/// the ownership of `file`. External data is looked up beside the path that the
/// buffer's identifier gives.
mlir::OwningOpRef<mlir::ModuleOp>
importONNX(const std::shared_ptr<const llvm::MemoryBuffer> &file,
           mlir::MLIRContext *context, const ONNXImportOptions &options = {});

/// Maps the regular file at `path`, or reads standard input for "-". Null when
/// there is no such file, which has been reported at a location named `path`.
std::unique_ptr<llvm::MemoryBuffer> mapModelFile(llvm::StringRef path,
                                                 mlir::MLIRContext *context);

/// How a translation writes the module that it has imported.
using ModuleWriter =
    std::function<llvm::LogicalResult(mlir::ModuleOp, llvm::raw_ostream &)>;

/// Registers `--import-onnx`, which writes the module with `write`.
void registerONNXImport(ModuleWriter write);

} // namespace atleus

#endif // ATLEUS_IMPORT_ONNXIMPORT_H
