// ONNX tensors as elements attributes.
#ifndef ATLEUS_LIB_IMPORT_TENSORDATA_H
#define ATLEUS_LIB_IMPORT_TENSORDATA_H

#include "ExternalData.h"
#include "MessageSplitter.h"
#include "atleus/Import/ONNXImport.h"
#include "mlir/IR/BuiltinAttributes.h"

namespace atleus {

/// Reads the tensors of one model, wherever their values stand: in the file, in
/// a field for their type, or in external data.
class TensorReader {
public:
  TensorReader(const SplitModel &model,
               std::shared_ptr<const llvm::MemoryBuffer> file,
               const ONNXImportOptions &options)
      : model(model), file(std::move(file)),
        external(this->file->getBufferIdentifier()), options(options) {}

  /// The tensor as a `dense` attribute when it is small, else as a resource
  /// that views the bytes where they are and is called `name`, with a number
  /// behind it if another has that name. A tensor that is read again, because
  /// its function is called twice, is the same attribute. Null when the tensor
  /// is refused, which has been reported at `location`.
  mlir::ElementsAttr read(const atleus_onnx::TensorProto &tensor,
                          llvm::StringRef name, mlir::Location location);

private:
  mlir::ElementsAttr convert(const atleus_onnx::TensorProto &tensor,
                             llvm::StringRef name, mlir::Location location);
  mlir::FailureOr<SharedBytes> getBytes(const atleus_onnx::TensorProto &tensor,
                                        mlir::RankedTensorType type,
                                        llvm::StringRef name, int64_t expected,
                                        mlir::Location location);

  /// Whether the values are left out, because those of weights are.
  bool isLeftOut(const atleus_onnx::TensorProto &tensor,
                 mlir::RankedTensorType type, int64_t bytes) const;
  std::string makeResourceName(llvm::StringRef name);

  const SplitModel &model;
  std::shared_ptr<const llvm::MemoryBuffer> file;
  ExternalData external;
  ONNXImportOptions options;
  /// The names of resources, each with the number to try next.
  llvm::StringMap<unsigned> resourceNames;
  llvm::DenseMap<const atleus_onnx::TensorProto *, mlir::ElementsAttr> known;
};

} // namespace atleus

#endif // ATLEUS_LIB_IMPORT_TENSORDATA_H
