// How far a computation has come that a user waits for.
#ifndef ATLEUS_SUPPORT_PROGRESS_H
#define ATLEUS_SUPPORT_PROGRESS_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <functional>

namespace atleus {

/// Called before the first of `total` steps with `done` = 0, and after each of
/// them; `what` says what is done, as in "calibrating". Null if nobody asks.
using ProgressCallback =
    std::function<void(llvm::StringRef what, int64_t done, int64_t total)>;

} // namespace atleus

#endif // ATLEUS_SUPPORT_PROGRESS_H
