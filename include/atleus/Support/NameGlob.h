// Patterns of names as users write them: `*` is any text, `?` any sign, `[ab]`
// one of some, `{x,y}` one of several.
#ifndef ATLEUS_SUPPORT_NAMEGLOB_H
#define ATLEUS_SUPPORT_NAMEGLOB_H

#include "llvm/Support/GlobPattern.h"

namespace atleus {

/// Reads a pattern, which refers to `text` from then on. One that would be
/// more than 1,024 alternatives is an error.
llvm::Expected<llvm::GlobPattern> compileGlob(llvm::StringRef text);

/// Whether `text`, which `compileGlob` reads, matches a name. For text that
/// moves with its owner, so that a compiled pattern cannot refer to it.
bool matchesGlob(llvm::StringRef text, llvm::StringRef name);

} // namespace atleus

#endif // ATLEUS_SUPPORT_NAMEGLOB_H
