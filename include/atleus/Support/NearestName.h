// Suggestions for names that were not found.
#ifndef ATLEUS_SUPPORT_NEARESTNAME_H
#define ATLEUS_SUPPORT_NEARESTNAME_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace atleus {

/// `names`, the most similar to `name` first, in quotes and with commas, for
/// the end of a diagnostic: `'atleus', 'isaac'`. At most `most` of them.
std::string listNearest(llvm::StringRef name, llvm::ArrayRef<std::string> names,
                        unsigned most = 8);

/// The same of the names that `pattern`, in which '*' is any text and '?' any
/// sign, comes closest to matching.
std::string listNearestMatches(llvm::StringRef pattern,
                               llvm::ArrayRef<std::string> names,
                               unsigned most = 3);

/// The one of `names` that is probably meant by `name`: it differs in case or
/// in few letters, or one begins with the other. Empty if there is none.
std::string findSimilar(llvm::StringRef name,
                        llvm::ArrayRef<std::string> names);

} // namespace atleus

#endif // ATLEUS_SUPPORT_NEARESTNAME_H
