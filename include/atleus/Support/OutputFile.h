// Files that are written whole or not at all.
#ifndef ATLEUS_SUPPORT_OUTPUTFILE_H
#define ATLEUS_SUPPORT_OUTPUTFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace atleus {

/// Calls `write` on a temporary file beside `path` and renames it to `path`
/// when both succeed, so that a reader never sees half a file. "-" means
/// standard output. The error names `path` and what the system said.
llvm::Error
writeFileWhole(llvm::StringRef path,
               llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write);

} // namespace atleus

#endif // ATLEUS_SUPPORT_OUTPUTFILE_H
