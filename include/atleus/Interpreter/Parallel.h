// Loops over ranges on several threads, with the same result for any number of
// threads: the range is cut into chunks by its size alone.
#ifndef ATLEUS_INTERPRETER_PARALLEL_H
#define ATLEUS_INTERPRETER_PARALLEL_H

#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>

namespace atleus {

/// Calls `body(begin, end)` for consecutive chunks of [0, count) of `grain`
/// iterations each, the last one shorter. Chunks run at the same time, so they
/// must not write the same place. A single chunk runs on the caller's thread.
void parallelChunks(int64_t count, int64_t grain,
                    llvm::function_ref<void(int64_t, int64_t)> body);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_PARALLEL_H
