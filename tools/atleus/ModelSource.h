// The file that a model came from, and the data beside it.
#ifndef ATLEUS_TOOLS_ATLEUS_MODELSOURCE_H
#define ATLEUS_TOOLS_ATLEUS_MODELSOURCE_H

#include "atleus/Support/MappedPages.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringRef.h"

#include <memory>
#include <string>

namespace atleus {

/// A module records the file that it was imported from, so that a compilation
/// which stops at a phase and goes on later, in whatever folder, finds the
/// samples for calibration and the dataset beside that file.
class ModelSource {
public:
  /// The source that `module`, read from `path`, records. If that file is gone,
  /// one of the same name beside `path` takes its place; if there is none
  /// either, a warning says so.
  static ModelSource of(mlir::ModuleOp module, llvm::StringRef path);

  /// Records `path` as the source of `module`, unless it has one.
  static void record(mlir::ModuleOp module, llvm::StringRef path);

  /// The file, or an empty string if there is none.
  llvm::StringRef getPath() const { return path; }

  /// The file of the same name with another ending, or an empty string if there
  /// is none.
  std::string findBeside(llvm::StringRef ending) const;

  /// Keeps the file that weights are bytes of. Null if there is none.
  void keepFile(std::shared_ptr<llvm::MemoryBuffer> mapped) {
    file = std::move(mapped);
  }

  /// Gives the memory back that the file's bytes take; whoever reads one of
  /// them again waits for the file.
  void unloadFile() const {
    if (file)
      releasePages(*file);
  }

private:
  explicit ModelSource(std::string path) : path(std::move(path)) {}

  std::string path;
  std::shared_ptr<llvm::MemoryBuffer> file;
};

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_MODELSOURCE_H
