// Finds, checks and maps external data.
#include "ExternalData.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <optional>

using namespace mlir;
using namespace atleus;
using llvm::MemoryBuffer;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

/// The entries of `TensorProto.external_data`.
struct Reference {
  StringRef file;
  int64_t offset = 0;
  std::optional<int64_t> length;
};

} // namespace

static InFlightDiagnostic emitDataError(Location location, StringRef name) {
  return emitError(location) << "external data of '" << name << "': ";
}

static FailureOr<Reference>
readReference(const atleus_onnx::TensorProto &tensor, StringRef name,
              Location location) {
  Reference reference;
  for (const auto &entry : tensor.external_data()) {
    StringRef key = entry.key();
    if (key == "location") {
      reference.file = entry.value();
      continue;
    }
    // Other keys, such as a checksum, say nothing about where the data is.
    if (key != "offset" && key != "length")
      continue;
    int64_t number;
    if (StringRef(entry.value()).getAsInteger(10, number) || number < 0)
      return emitDataError(location, name)
             << "expected a number of bytes as " << key << ", found '"
             << entry.value() << "'";
    if (key == "offset")
      reference.offset = number;
    else
      reference.length = number;
  }
  if (reference.file.empty())
    return emitDataError(location, name) << "it names no file";
  return reference;
}

ExternalData::ExternalData(StringRef modelPath)
    : folder(path::parent_path(modelPath)) {
  if (folder.empty())
    folder = ".";
}

FailureOr<std::shared_ptr<const MemoryBuffer>>
ExternalData::map(StringRef file, StringRef name, Location location) {
  auto known = files.find(file);
  if (known != files.end())
    return known->second;
  if (path::is_absolute(file))
    return emitDataError(location, name)
           << "the path '" << file
           << "' is absolute; it must be relative to the model's folder";
  for (StringRef part : llvm::make_range(path::begin(file), path::end(file)))
    if (part == "..")
      return emitDataError(location, name)
             << "the path '" << file << "' leaves the model's folder";

  SmallString<256> joined(folder), real, realFolder;
  path::append(joined, file);
  std::error_code error = fs::real_path(joined, real);
  if (!error)
    error = fs::real_path(folder, realFolder);
  if (error)
    return emitDataError(location, name)
           << "cannot open '" << joined << "': " << error.message();
  if (!realFolder.ends_with("/"))
    realFolder.push_back('/');
  if (!real.str().starts_with(realFolder))
    return emitDataError(location, name)
           << "the path '" << file
           << "' is a symbolic link that leaves the model's folder";
  if (!fs::is_regular_file(real))
    return emitDataError(location, name)
           << "'" << joined << "' is not a regular file";
  auto buffer = MemoryBuffer::getFile(real, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!buffer)
    return emitDataError(location, name)
           << "cannot open '" << joined << "': " << buffer.getError().message();
  std::shared_ptr<const MemoryBuffer> shared = std::move(*buffer);
  files[file] = shared;
  return shared;
}

FailureOr<SharedBytes> ExternalData::get(const atleus_onnx::TensorProto &tensor,
                                         StringRef name, int64_t expected,
                                         Location location) {
  FailureOr<Reference> reference = readReference(tensor, name, location);
  if (failed(reference))
    return failure();
  int64_t length = reference->length.value_or(expected);
  if (length != expected)
    return emitDataError(location, name)
           << "expected " << expected << " bytes, found a length of " << length;
  FailureOr<std::shared_ptr<const MemoryBuffer>> file =
      map(reference->file, name, location);
  if (failed(file))
    return failure();
  auto size = static_cast<int64_t>((*file)->getBufferSize());
  if (reference->offset > size || length > size - reference->offset)
    return emitDataError(location, name)
           << length << " bytes at offset " << reference->offset
           << " reach beyond the end of '" << reference->file << "', which has "
           << size << " bytes";
  return SharedBytes{(*file)->getBuffer().substr(reference->offset, length),
                     *file};
}
