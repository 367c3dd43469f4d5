// The memory that a mapped file takes.
#include "atleus/Support/MappedPages.h"

#include "llvm/Support/Alignment.h"
#include "llvm/Support/Process.h"

#include <sys/mman.h>

using namespace atleus;

void atleus::releasePages(const llvm::MemoryBuffer &file) {
  // Other memory would lose what it holds.
  if (file.getBufferKind() != llvm::MemoryBuffer::MemoryBuffer_MMap)
    return;
  uint64_t page = llvm::sys::Process::getPageSizeEstimate();
  auto begin = reinterpret_cast<uintptr_t>(file.getBufferStart());
  auto end = reinterpret_cast<uintptr_t>(file.getBufferEnd());
  uint64_t first = llvm::alignDown(begin, page);
  // That it cannot be done changes nothing but the memory in use.
  (void)::madvise(const_cast<char *>(file.getBufferStart()) - (begin - first),
                  end - first, MADV_DONTNEED);
}
