// Chooses how a path is written to: a file by way of a temporary one.
#include "atleus/Support/OutputFile.h"

#include "StagedFile.h"

#include "llvm/Support/raw_ostream.h"

#include <csignal>

using namespace llvm;
using namespace atleus;
namespace fs = llvm::sys::fs;

/// Writes to what is there already, a device or a pipe.
static Error writeInPlace(StringRef path, WriteFunction write) {
  std::error_code code;
  raw_fd_ostream os(path, code, fs::CD_OpenExisting);
  return code ? errorCodeToError(code) : writeToStream(os, write);
}

static Error writeStaged(StringRef path, WriteFunction write) {
  Expected<StagedFile> file = StagedFile::write(path, write);
  return file ? file->put() : file.takeError();
}

static Error writeTo(StringRef path, WriteFunction write) {
  if (path == "-")
    return writeToStream(outs(), write);
  fs::file_status status;
  if (fs::status(path, status) || fs::is_regular_file(status))
    return writeStaged(path, write);
  if (fs::is_directory(status))
    return errorCodeToError(std::make_error_code(std::errc::is_a_directory));
  return writeInPlace(path, write);
}

Error atleus::writeFileWhole(StringRef path, WriteFunction write) {
  return nameOutput(path == "-" ? "standard output" : path,
                    writeTo(path, write));
}

Error atleus::flushStandardOutput() {
  return writeFileWhole("-", [](raw_ostream &) { return Error::success(); });
}

void atleus::reportFileSizeLimit() {
#ifdef SIGXFSZ
  std::signal(SIGXFSZ, SIG_IGN);
#endif
}
