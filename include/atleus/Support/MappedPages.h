// The memory that a mapped file takes.
#ifndef ATLEUS_SUPPORT_MAPPEDPAGES_H
#define ATLEUS_SUPPORT_MAPPEDPAGES_H

#include "llvm/Support/MemoryBuffer.h"

namespace atleus {

/// Gives the pages back that bytes of a mapped file take; who reads one again
/// waits for the file. What is no mapping of a file stays as it is.
/// (`MemoryBuffer::dontNeedIfMmap` asks glibc, which ignores it.)
void releasePages(const llvm::MemoryBuffer &file);

} // namespace atleus

#endif // ATLEUS_SUPPORT_MAPPEDPAGES_H
