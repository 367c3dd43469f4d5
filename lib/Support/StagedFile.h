// A file under a temporary name, until it is known to be whole.
#ifndef ATLEUS_LIB_SUPPORT_STAGEDFILE_H
#define ATLEUS_LIB_SUPPORT_STAGEDFILE_H

#include "atleus/Support/OutputFile.h"

#include "llvm/Support/FileSystem.h"

#include <string>

namespace llvm {
class raw_fd_ostream;
} // namespace llvm

namespace atleus {

/// Calls `write` and sees that everything leaves `os`. What does not, because a
/// disk is full, is an error; LLVM's streams would end the process for it.
llvm::Error writeToStream(llvm::raw_fd_ostream &os, WriteFunction write);

/// The error of `write` for `path`, which it names.
llvm::Error nameOutput(llvm::StringRef path, llvm::Error error);

/// What was written to a temporary file beside the path that it is for. It goes
/// away unless `put` gives it that path.
class StagedFile {
public:
  static llvm::Expected<StagedFile> write(llvm::StringRef path,
                                          WriteFunction write);
  StagedFile(StagedFile &&other) noexcept;
  StagedFile &operator=(StagedFile &&) = delete;
  ~StagedFile();

  llvm::StringRef getPath() const { return path; }

  /// Renames the file to its path, where it replaces what was there.
  llvm::Error put();

  /// The same, but what was there is kept under another name until `takeBack`
  /// puts it back or `settle` removes it.
  llvm::Error putForNow();
  void takeBack();
  void settle();

private:
  StagedFile(llvm::StringRef path, llvm::sys::fs::TempFile file)
      : path(path), file(std::move(file)) {}

  std::string path;
  llvm::sys::fs::TempFile file;
  /// Whether the file has its temporary name.
  bool isPending = true;
  /// Name of what was at the path, if there was anything.
  std::string previous;
};

} // namespace atleus

#endif // ATLEUS_LIB_SUPPORT_STAGEDFILE_H
