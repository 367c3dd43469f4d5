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

/// Writes the content of a file, or says why there is none.
using WriteFunction = llvm::function_ref<llvm::Error(llvm::raw_ostream &)>;

/// Calls `write` on a temporary file beside `path` and renames it to `path`
/// when both succeed, so that a reader never sees half a file. "-" means
/// standard output, and devices and pipes are written to as they are. The error
/// names `path` and what the system said.
llvm::Error writeFileWhole(llvm::StringRef path, WriteFunction write);

/// Sees that what was written to standard output has arrived there.
llvm::Error flushStandardOutput();

/// Lets a write beyond the limit of file sizes fail like one to a full disk; it
/// would end the process otherwise. For main, after llvm::InitLLVM.
void reportFileSizeLimit();

} // namespace atleus

#endif // ATLEUS_SUPPORT_OUTPUTFILE_H
