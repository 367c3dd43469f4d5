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
  SmallString<256> real;
  if (fs::is_symlink_file(modelPath) && !fs::real_path(modelPath, real))
    linkedFolder = path::parent_path(real).str();
}

/// Whether `file`, a real path, is in a folder or further inside it.
static bool isInside(StringRef file, StringRef folder) {
  SmallString<256> real;
  if (folder.empty() || fs::real_path(folder, real))
    return false;
  if (!real.ends_with("/"))
    real.push_back('/');
  return file.starts_with(real);
}

FailureOr<ExternalData::File> ExternalData::map(StringRef realPath,
                                                StringRef path, StringRef name,
                                                Location location) {
  File &known = files[realPath];
  if (known)
    return known;
  if (!fs::is_regular_file(realPath))
    return emitDataError(location, name)
           << "'" << path << "' is not a regular file";
  auto buffer = MemoryBuffer::getFile(realPath, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!buffer)
    return emitDataError(location, name)
           << "cannot open '" << path << "': " << buffer.getError().message();
  known = std::move(*buffer);
  return known;
}

FailureOr<ExternalData::File> ExternalData::find(StringRef file, StringRef name,
                                                 Location location) {
  auto known = locations.find(file);
  if (known != locations.end())
    return known->second;
  if (file.contains('\0'))
    return emitDataError(location, name) << "the path has a zero byte";
  if (path::is_absolute(file))
    return emitDataError(location, name)
           << "the path '" << file
           << "' is absolute; it must be relative to the model's folder";
  for (StringRef part : llvm::make_range(path::begin(file), path::end(file)))
    if (part == "..")
      return emitDataError(location, name)
             << "the path '" << file << "' leaves the model's folder";

  SmallString<256> joined(folder), real;
  path::append(joined, file);
  if (!linkedFolder.empty() && !fs::exists(joined)) {
    joined = linkedFolder;
    path::append(joined, file);
  }
  if (std::error_code error = fs::real_path(joined, real))
    return emitDataError(location, name)
           << "cannot open '" << joined << "': " << error.message();
  if (!isInside(real, folder) && !isInside(real, linkedFolder))
    return emitDataError(location, name)
           << "the path '" << file
           << "' is a symbolic link that leaves the model's folder";
  FailureOr<File> mapped = map(real, joined, name, location);
  if (succeeded(mapped))
    locations[file] = *mapped;
  return mapped;
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
  FailureOr<File> file = find(reference->file, name, location);
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
