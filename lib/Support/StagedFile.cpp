// Writes to a temporary file and renames it.
#include "StagedFile.h"

#include "atleus/Support/ReportedError.h"

#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace atleus;
namespace fs = llvm::sys::fs;

Error atleus::writeToStream(raw_fd_ostream &os, WriteFunction write) {
  Error error = write(os);
  os.flush();
  std::error_code code = os.error();
  os.clear_error();
  if (error || !code)
    return error;
  return errorCodeToError(code);
}

Error atleus::nameOutput(StringRef path, Error error) {
  if (!error || error.isA<ReportedError>())
    return error;
  return createStringError("cannot write '" + path +
                           "': " + toString(std::move(error)));
}

Expected<StagedFile> StagedFile::write(StringRef path, WriteFunction write) {
  // What a link points to is replaced, not the link.
  SmallString<256> target;
  if (fs::real_path(path, target))
    target = path;
  Expected<fs::TempFile> file = fs::TempFile::create(
      target + ".tmp-%%%%%%", fs::all_read | fs::all_write);
  if (!file)
    return file.takeError();
  StagedFile staged(target, std::move(*file));
  raw_fd_ostream os(staged.file.FD, /*shouldClose=*/false);
  if (Error error = writeToStream(os, write))
    return error;
  return staged;
}

StagedFile::StagedFile(StagedFile &&other) noexcept
    : path(std::move(other.path)), file(std::move(other.file)),
      isPending(std::exchange(other.isPending, false)),
      previous(std::move(other.previous)) {}

StagedFile::~StagedFile() {
  if (isPending)
    consumeError(file.discard());
}

Error StagedFile::put() {
  isPending = false;
  return file.keep(path);
}

Error StagedFile::putForNow() {
  if (fs::is_directory(path))
    return errorCodeToError(std::make_error_code(std::errc::is_a_directory));
  if (fs::exists(path)) {
    SmallString<256> name;
    fs::createUniquePath(path + ".old-%%%%%%", name, /*MakeAbsolute=*/false);
    // With a second name there is a file at the path all the time, but not
    // every file system has that.
    if (fs::create_hard_link(path, name))
      if (std::error_code code = fs::rename(path, name))
        return errorCodeToError(code);
    previous = name.str();
  }
  Error error = put();
  if (error)
    takeBack();
  return error;
}

void StagedFile::takeBack() {
  if (previous.empty())
    (void)fs::remove(path);
  else
    (void)fs::rename(previous, path);
}

void StagedFile::settle() {
  if (!previous.empty())
    (void)fs::remove(previous);
}
