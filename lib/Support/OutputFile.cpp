// Writes to a temporary file and renames it, through LLVM.
#include "atleus/Support/OutputFile.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

Error atleus::writeFileWhole(StringRef path,
                             function_ref<Error(raw_ostream &)> write) {
  Error error = writeToOutput(path, write);
  if (!error)
    return Error::success();
  return createStringError(inconvertibleErrorCode(),
                           Twine("cannot write '") + path +
                               "': " + toString(std::move(error)));
}
