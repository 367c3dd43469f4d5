// How deep the brackets of IR stand inside each other.
//
// MLIR's parser calls itself for each bracket and so do printers and walks of
// what it makes: a file of 100,000 opening brackets overflows the stack. Such
// text is refused before it is parsed.
#ifndef ATLEUS_SUPPORT_TEXTNESTING_H
#define ATLEUS_SUPPORT_TEXTNESTING_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace atleus {

/// More than any module needs: regions, attributes, types and locations of real
/// ones are nested a few dozen levels.
constexpr unsigned maximumTextNesting = 256;

/// The line, from 1, on which brackets first stand deeper inside each other
/// than `maximumTextNesting`; 0 if they do not. Strings and comments do not
/// count.
int64_t findDeepNesting(llvm::StringRef text);

} // namespace atleus

#endif // ATLEUS_SUPPORT_TEXTNESTING_H
