// Folders of files that belong together: all are written, or none.
#ifndef ATLEUS_SUPPORT_OUTPUTFOLDER_H
#define ATLEUS_SUPPORT_OUTPUTFOLDER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <functional>
#include <string>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace atleus {

/// A file of a folder, and what writes it.
struct OutputFile {
  std::string name;
  std::function<llvm::Error(llvm::raw_ostream &)> write;
};

/// A file that holds `text`.
OutputFile makeTextFile(std::string name, std::string text);

/// Whether files can be written to `folder`, as far as that can be known before
/// it exists: to be asked before long work, so that its results are not lost.
llvm::Error checkOutputFolder(llvm::StringRef folder);

/// Writes the files to `folder`, which is made if it is not there. When one of
/// them cannot be written, the folder is left as it was: files of the same
/// names stay, and no new ones appear. The files are written at the same time,
/// each by a thread; the error is that of the first in order.
llvm::Error writeFolderWhole(llvm::StringRef folder,
                             llvm::ArrayRef<OutputFile> files);

} // namespace atleus

#endif // ATLEUS_SUPPORT_OUTPUTFOLDER_H
