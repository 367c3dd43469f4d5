// Globs with a bound on what braces multiply to.
#include "atleus/Support/NameGlob.h"

using namespace atleus;
using llvm::StringRef;

llvm::Expected<llvm::GlobPattern> atleus::compileGlob(StringRef text) {
  constexpr size_t mostAlternatives = 1024;
  return llvm::GlobPattern::create(text, mostAlternatives);
}

bool atleus::matchesGlob(StringRef text, StringRef name) {
  return llvm::cantFail(compileGlob(text)).match(name);
}
