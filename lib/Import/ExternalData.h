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
/// model's folder also when symbolic links are followed.
class ExternalData {
public:
  explicit ExternalData(llvm::StringRef modelPath);

  /// The bytes of `tensor`, called `name`, which needs `expected` of them.
  /// Reports at `location` why there are none.
  mlir::FailureOr<SharedBytes> get(const atleus_onnx::TensorProto &tensor,
                                   llvm::StringRef name, int64_t expected,
                                   mlir::Location location);

private:
  mlir::FailureOr<std::shared_ptr<const llvm::MemoryBuffer>>
  map(llvm::StringRef file, llvm::StringRef name, mlir::Location location);

  std::string folder;
  llvm::StringMap<std::shared_ptr<const llvm::MemoryBuffer>> files;
};

} // namespace atleus

#endif // ATLEUS_LIB_IMPORT_EXTERNALDATA_H
