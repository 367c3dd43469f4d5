// Reads .npz files: zip archives, by their central directory.
#include "atleus/Interpreter/NumpyFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CRC.h"
#include "llvm/Support/Endian.h"

#include <zlib.h>

using namespace mlir;
using namespace atleus;
using llvm::support::endian::read16le;
using llvm::support::endian::read32le;

// Sizes and signatures of the zip format.
static constexpr size_t endRecordSize = 22;
static constexpr size_t directoryEntrySize = 46;
static constexpr size_t localHeaderSize = 30;
static constexpr StringLiteral endSignature = "PK\5\6";
static constexpr StringLiteral directorySignature = "PK\1\2";
static constexpr StringLiteral localSignature = "PK\3\4";
static constexpr uint16_t stored = 0, deflated = 8;
/// A field that holds this has its value in a zip64 record.
static constexpr uint32_t inZip64 = 0xffffffff;

static llvm::Error malformed(StringRef path, const llvm::Twine &what) {
  return llvm::createStringError("'" + path +
                                 "': not a readable .npz file: " + what);
}

llvm::Expected<NumpyArchive> NumpyArchive::open(StringRef path,
                                                MLIRContext *context) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return llvm::createStringError("cannot read '" + path +
                                   "': " + file.getError().message());
  NumpyArchive archive;
  archive.path = path.str();
  archive.context = context;
  archive.buffer = std::move(*file);
  if (llvm::Error error = archive.readDirectory())
    return error;
  return archive;
}

llvm::Error NumpyArchive::readDirectory() {
  StringRef bytes = buffer->getBuffer();
  // The record at the end may be followed by a comment of up to 64 KiB.
  size_t end = bytes.rfind(endSignature);
  if (end == StringRef::npos || bytes.size() - end < endRecordSize)
    return malformed(path, "it has no zip directory");
  const char *record = bytes.data() + end;
  unsigned count = read16le(record + 10);
  uint64_t size = read32le(record + 12), offset = read32le(record + 16);
  if (count == 0xffff || size == inZip64 || offset == inZip64)
    return malformed(path, "zip64 archives are not supported");
  if (offset > end || size > end - offset)
    return malformed(path, "its zip directory lies outside of the file");
  StringRef directory = bytes.substr(offset, size);
  for (unsigned i = 0; i < count; ++i) {
    if (directory.size() < directoryEntrySize ||
        !directory.starts_with(directorySignature))
      return malformed(path, "its zip directory is damaged");
    const char *entry = directory.data();
    size_t nameSize = read16le(entry + 28);
    size_t entrySize = directoryEntrySize + nameSize + read16le(entry + 30) +
                       read16le(entry + 32);
    if (directory.size() < entrySize)
      return malformed(path, "its zip directory is damaged");
    Member member;
    StringRef name = directory.substr(directoryEntrySize, nameSize);
    name.consume_back(".npy");
    member.name = name.str();
    member.method = read16le(entry + 10);
    member.checksum = read32le(entry + 16);
    member.packedSize = read32le(entry + 20);
    member.size = read32le(entry + 24);
    member.headerOffset = read32le(entry + 42);
    if (read16le(entry + 8) & 1)
      return malformed(path, "'" + name + "' is encrypted");
    if (member.method != stored && member.method != deflated)
      return malformed(path, "'" + name + "' is packed by method " +
                                 llvm::Twine(member.method) +
                                 "; only stored and deflated arrays are read");
    if (member.packedSize == inZip64 || member.size == inZip64 ||
        member.headerOffset == inZip64)
      return malformed(path, "zip64 archives are not supported");
    members.push_back(std::move(member));
    directory = directory.drop_front(entrySize);
  }
  return llvm::Error::success();
}

/// Inflates exactly `to.size()` bytes.
static bool inflateWhole(StringRef from, MutableArrayRef<char> to) {
  z_stream stream = {};
  // A negative number of window bits means raw deflate data.
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
    return false;
  // The sizes fit: a zip archive's fields have 32 bits.
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(from.data()));
  stream.avail_in = from.size();
  stream.next_out = reinterpret_cast<Bytef *>(to.data());
  stream.avail_out = to.size();
  int status = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return status == Z_STREAM_END && stream.avail_out == 0;
}

llvm::Expected<std::shared_ptr<llvm::MemoryBuffer>>
NumpyArchive::unpack(const Member &member) const {
  StringRef bytes = buffer->getBuffer();
  if (member.headerOffset > bytes.size() ||
      bytes.size() - member.headerOffset < localHeaderSize ||
      !bytes.drop_front(member.headerOffset).starts_with(localSignature))
    return malformed(path, "'" + member.name + "' has no header");
  const char *header = bytes.data() + member.headerOffset;
  uint64_t begin = member.headerOffset + localHeaderSize +
                   read16le(header + 26) + read16le(header + 28);
  if (begin > bytes.size() || bytes.size() - begin < member.packedSize)
    return malformed(path, "'" + member.name + "' ends after the file");
  StringRef packed = bytes.substr(begin, member.packedSize);
  // Deflate packs at most 1032 to 1: a larger size is refused before memory is
  // asked for.
  constexpr uint64_t largestRatio = 1032;
  bool wrongSize = member.method == stored
                       ? member.size != member.packedSize
                       : member.size > member.packedSize * largestRatio;
  if (wrongSize)
    return malformed(path, "'" + member.name + "' states a wrong size, " +
                               llvm::Twine(member.size) + " bytes");
  std::unique_ptr<llvm::WritableMemoryBuffer> result =
      llvm::WritableMemoryBuffer::getNewUninitMemBuffer(member.size);
  if (!result)
    return malformed(path, "'" + member.name + "' does not fit in memory");
  if (member.method == stored)
    llvm::copy(packed, result->getBuffer().begin());
  else if (!inflateWhole(packed, result->getBuffer()))
    return malformed(path, "'" + member.name + "' cannot be inflated");
  ArrayRef<uint8_t> data(
      reinterpret_cast<const uint8_t *>(result->getBufferStart()), member.size);
  if (llvm::crc32(data) != member.checksum)
    return malformed(path, "'" + member.name + "' has a wrong checksum");
  return std::shared_ptr<llvm::MemoryBuffer>(std::move(result));
}

std::vector<std::string> NumpyArchive::getNames() const {
  std::vector<std::string> names;
  names.reserve(members.size());
  for (const Member &member : members)
    names.push_back(member.name);
  return names;
}

bool NumpyArchive::contains(StringRef name) const {
  return llvm::any_of(
      members, [&](const Member &member) { return member.name == name; });
}

llvm::Expected<Tensor> NumpyArchive::read(StringRef name) const {
  for (const Member &member : members) {
    if (member.name != name)
      continue;
    auto data = unpack(member);
    if (!data)
      return data.takeError();
    llvm::Expected<Tensor> tensor =
        parseNpy((*data)->getBuffer(), *data, context);
    if (!tensor)
      return malformed(path,
                       "'" + name + "': " + llvm::toString(tensor.takeError()));
    return tensor;
  }
  return llvm::createStringError("'" + path + "' has no array '" + name +
                                 "'; it has: " + llvm::join(getNames(), ", "));
}
