// Tensor data that stands in files beside the model.
#ifndef ATLEUS_LIB_IMPORT_EXTERNALDATA_H
#define ATLEUS_LIB_IMPORT_EXTERNALDATA_H

#include "mlir/IR/Location.h"
#include "mlir/Support/LLVM.h"
#include "onnx.pb.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <string>

namespace atleus {

/// Bytes that are kept alive by their owner.
struct SharedBytes {
  llvm::StringRef bytes;
  std::shared_ptr<const llvm::MemoryBuffer> owner;
};

/// The data files of one model, each mapped once.
///
/// A model comes from anywhere, so it must not choose which files are read: a
/// location is relative, has no "..", and leads to a regular file in the
/// model's folder also when symbolic links are followed. Where the model itself
/// is a link, the folder of the file that it leads to counts as the model's
/// too: download caches keep files in one place and link to them from another.
class ExternalData {
public:
  explicit ExternalData(llvm::StringRef modelPath);

  /// The bytes of `tensor`, called `name`, which needs `expected` of them.
  /// Reports at `location` why there are none.
  mlir::FailureOr<SharedBytes> get(const atleus_onnx::TensorProto &tensor,
                                   llvm::StringRef name, int64_t expected,
                                   mlir::Location location);

private:
  using File = std::shared_ptr<const llvm::MemoryBuffer>;

  /// The file that a location of the model leads to, once mapped.
  mlir::FailureOr<File> find(llvm::StringRef file, llvm::StringRef name,
                             mlir::Location location);
  mlir::FailureOr<File> map(llvm::StringRef realPath, llvm::StringRef path,
                            llvm::StringRef name, mlir::Location location);

  /// Where the model is, and where the file is that it links to.
  std::string folder;
  std::string linkedFolder;
  /// By location, and by real path: several locations may mean one file.
  llvm::StringMap<File> locations;
  llvm::StringMap<File> files;
};

} // namespace atleus

#endif // ATLEUS_LIB_IMPORT_EXTERNALDATA_H
