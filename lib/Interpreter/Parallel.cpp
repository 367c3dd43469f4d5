// Chunked parallel loops on LLVM's thread pool.
#include "atleus/Interpreter/Parallel.h"

#include "llvm/Support/Parallel.h"

#include <algorithm>

void atleus::parallelChunks(int64_t count, int64_t grain,
                            llvm::function_ref<void(int64_t, int64_t)> body) {
  if (count <= 0)
    return;
  grain = std::max<int64_t>(1, grain);
  int64_t chunks = (count - 1) / grain + 1;
  if (chunks == 1)
    return body(0, count);
  llvm::parallelFor(0, chunks, [&](size_t chunk) {
    int64_t begin = static_cast<int64_t>(chunk) * grain;
    body(begin, std::min(count, begin + grain));
  });
}
