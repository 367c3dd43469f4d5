// Writes all files under temporary names before the first is given its own.
#include "atleus/Support/OutputFolder.h"

#include "StagedFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Parallel.h"
#include "llvm/Support/Path.h"

#include <optional>
#include <vector>

using namespace llvm;
using namespace atleus;
namespace fs = llvm::sys::fs;

namespace {
/// A folder that goes away again, with those made around it, unless it is kept.
class NewFolder {
public:
  explicit NewFolder(StringRef folder) : folder(folder) {
    for (StringRef path = folder; !path.empty() && !fs::exists(path);
         path = sys::path::parent_path(path))
      missing.push_back(path.str());
  }
  NewFolder(const NewFolder &) = delete;
  NewFolder &operator=(const NewFolder &) = delete;
  ~NewFolder() {
    for (const std::string &path : missing)
      (void)fs::remove(path);
  }

  Error make() {
    if (std::error_code code = fs::create_directories(
            folder, /*IgnoreExisting=*/true, fs::all_all))
      return createStringError("cannot create folder '" + folder +
                               "': " + code.message());
    return Error::success();
  }
  void keep() { missing.clear(); }

private:
  StringRef folder;
  /// Folders that were not there, from the inside out.
  std::vector<std::string> missing;
};
} // namespace

static std::string join(StringRef folder, StringRef name) {
  SmallString<256> path(folder);
  sys::path::append(path, name);
  return path.str().str();
}

/// Writes all files at the same time, under temporary names.
static Expected<std::vector<StagedFile>> stage(StringRef folder,
                                               ArrayRef<OutputFile> files) {
  std::vector<std::optional<Expected<StagedFile>>> written(files.size());
  parallelFor(0, files.size(), [&](size_t i) {
    written[i].emplace(
        StagedFile::write(join(folder, files[i].name), files[i].write));
  });
  std::vector<StagedFile> staged;
  staged.reserve(files.size());
  Error first = Error::success();
  for (size_t i = 0; i < files.size(); ++i) {
    if (*written[i])
      staged.push_back(std::move(**written[i]));
    else if (first)
      consumeError(written[i]->takeError());
    else
      first = nameOutput(join(folder, files[i].name), written[i]->takeError());
  }
  if (first)
    return first;
  return staged;
}

/// Gives all files their names, or none.
static Error putAll(MutableArrayRef<StagedFile> staged) {
  for (size_t i = 0; i < staged.size(); ++i)
    if (Error error = staged[i].putForNow()) {
      for (StagedFile &earlier : reverse(staged.take_front(i)))
        earlier.takeBack();
      return nameOutput(staged[i].getPath(), std::move(error));
    }
  for (StagedFile &file : staged)
    file.settle();
  return Error::success();
}

Error atleus::checkOutputFolder(StringRef folder) {
  StringRef existing = folder;
  while (!existing.empty() && !fs::exists(existing))
    existing = sys::path::parent_path(existing);
  if (existing.empty())
    existing = ".";
  if (!fs::is_directory(existing))
    return createStringError("cannot write to '" + folder + "': '" + existing +
                             "' is not a folder");
  if (std::error_code code = fs::access(existing, fs::AccessMode::Write))
    return createStringError("cannot write to '" + folder + "': '" + existing +
                             "': " + code.message());
  return Error::success();
}

OutputFile atleus::makeTextFile(std::string name, std::string text) {
  return {std::move(name), [text = std::move(text)](llvm::raw_ostream &os) {
            os << text;
            return Error::success();
          }};
}

Error atleus::writeFolderWhole(StringRef folder, ArrayRef<OutputFile> files) {
  NewFolder made(folder);
  if (Error error = made.make())
    return error;
  Expected<std::vector<StagedFile>> staged = stage(folder, files);
  if (!staged)
    return staged.takeError();
  if (Error error = putAll(*staged))
    return error;
  made.keep();
  return Error::success();
}
