// How IR is written to files.
#ifndef ATLEUS_SUPPORT_MODULEFILE_H
#define ATLEUS_SUPPORT_MODULEFILE_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdint>

namespace mlir {
class Operation;
} // namespace mlir

namespace atleus {

/// Text can be read by people. Bytecode is what weights belong in: as text they
/// take twice the file and four times the memory.
enum class ModuleFormat { Text, Bytecode };

/// The format that a file name asks for: bytecode for *.mlirbc, else text.
ModuleFormat getModuleFormat(llvm::StringRef path);

/// Resources of more bytes than this in total are not written as text.
constexpr int64_t maximumTextResources = int64_t{64} << 20;

/// Writes the op. Text that would hold more than `maximumText` bytes of
/// resources is refused with a diagnostic, unless the command line asks for
/// resources to be elided (--mlir-elide-resource-strings-if-larger).
mlir::LogicalResult writeModule(mlir::Operation *op, llvm::raw_ostream &output,
                                ModuleFormat format,
                                int64_t maximumText = maximumTextResources);

} // namespace atleus

#endif // ATLEUS_SUPPORT_MODULEFILE_H
