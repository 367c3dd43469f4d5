// NumPy's files: one array (.npy), or several in a zip archive (.npz).
#ifndef ATLEUS_INTERPRETER_NUMPYFILE_H
#define ATLEUS_INTERPRETER_NUMPYFILE_H

#include "atleus/Interpreter/Tensor.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"

#include <string>
#include <vector>

namespace atleus {

/// The array in a file of format version 1 to 3, in C order, of little-endian
/// floats of 2 to 8 bytes, integers of 1 to 8 bytes, or booleans. Unsigned
/// integers have types such as ui8. The error names the file and what is wrong.
llvm::Expected<Tensor> readNpy(llvm::StringRef path,
                               mlir::MLIRContext *context);

/// The same for bytes in memory; the result refers to them if it can, and
/// `owner` keeps them alive. The error does not name a file.
llvm::Expected<Tensor> parseNpy(llvm::StringRef bytes,
                                std::shared_ptr<const void> owner,
                                mlir::MLIRContext *context);

/// An array as elements of type `elementType`, for which NumPy may have no
/// type: bfloat16 comes as float32 and is rounded to nearest, ties to even. Any
/// other array stays as it is.
Tensor fromNumpy(const Tensor &array, mlir::Type elementType);

/// Writes a file of version 1, whole or not at all. Elements of a quantized
/// type are written as their storage integers, bfloat16 as float32.
llvm::Error writeNpy(llvm::StringRef path, const Tensor &tensor);

/// The bytes of such a file.
std::string formatNpy(const Tensor &tensor);

/// The arrays of a .npz file by name, read when they are asked for.
class NumpyArchive {
public:
  /// Opens an archive whose members are stored or deflated. Archives of 4 GiB
  /// and more (zip64) and encrypted ones are refused.
  static llvm::Expected<NumpyArchive> open(llvm::StringRef path,
                                           mlir::MLIRContext *context);

  /// Names of the arrays, without ".npy", in the archive's order.
  std::vector<std::string> getNames() const;
  bool contains(llvm::StringRef name) const;
  /// One array. A name that is not there is an error that lists those that are.
  llvm::Expected<Tensor> read(llvm::StringRef name) const;

private:
  struct Member {
    std::string name;
    uint16_t method;
    uint32_t checksum;
    uint64_t packedSize, size, headerOffset;
  };

  llvm::Error readDirectory();
  llvm::Expected<std::shared_ptr<llvm::MemoryBuffer>>
  unpack(const Member &member) const;

  std::string path;
  mlir::MLIRContext *context = nullptr;
  std::shared_ptr<llvm::MemoryBuffer> buffer;
  std::vector<Member> members;
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_NUMPYFILE_H
