// The walk along the wire format of an ONNX model.
#include "MessageSplitter.h"

#include "llvm/Support/Endian.h"

using namespace atleus;
using llvm::Error;
using llvm::StringRef;

namespace {

/// The messages through which a TensorProto can be reached.
enum class Message {
  Model,
  Training,
  Function,
  Graph,
  Node,
  Attribute,
  SparseTensor,
  Tensor,
  Other
};

enum WireType : unsigned { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

/// The field TensorProto.raw_data.
constexpr unsigned rawDataField = 9;
/// Payload indices are written as this many bytes.
constexpr size_t indexBytes = 4;
/// Protobuf takes up to 200 bytes for a message of two, so a file that consists
/// of little else is refused before it is parsed: more messages than these, or
/// more bytes of what is no message of the enum above and no number.
constexpr size_t maximumMessages = size_t{4} << 20;
constexpr size_t maximumOtherBytes = size_t{128} << 20;
/// A length that is not known yet is written as a varint of this many bytes,
/// which protobuf reads like a shorter one.
constexpr size_t lengthBytes = 5;

class Splitter {
public:
  explicit Splitter(StringRef file) : file(file) {}

  /// Splits the message in the bytes [begin, end).
  Error split(Message message, size_t begin, size_t end, unsigned graphDepth);

  SplitModel result;

private:
  /// Reads a varint at `position` and moves behind it; false if it does not end
  /// before `end` or has more than ten bytes.
  bool readVarint(size_t &position, size_t end, uint64_t &value) const;
  /// The end of a field of fixed or variable width whose value begins at
  /// `position`; `position` moves behind the length of a bytes field.
  llvm::Expected<size_t> findEnd(unsigned wireType, size_t &position,
                                 size_t end) const;
  Error splitChild(Message child, size_t begin, size_t end,
                   unsigned graphDepth);
  void takePayload(size_t begin, size_t end);
  /// Counts a field of variable width; the error says that there is too much.
  Error count(Message message, unsigned field, Message child, size_t length);

  StringRef file;
  size_t messages = 0;
  size_t otherBytes = 0;
};

} // namespace

StringRef SplitModel::getPayload(StringRef rawData) const {
  return payloads[llvm::support::endian::read32le(rawData.data())];
}

static Error malformed(const llvm::Twine &what) {
  return llvm::createStringError(what);
}

/// What the length-delimited field `field` of `message` holds.
static Message getChild(Message message, unsigned field) {
  switch (message) {
  case Message::Model:
    return field == 7    ? Message::Graph
           : field == 20 ? Message::Training
           : field == 25 ? Message::Function
                         : Message::Other;
  case Message::Training:
    return field == 1 || field == 2 ? Message::Graph : Message::Other;
  case Message::Function:
    return field == 7    ? Message::Node
           : field == 11 ? Message::Attribute
                         : Message::Other;
  case Message::Graph:
    return field == 1    ? Message::Node
           : field == 5  ? Message::Tensor
           : field == 15 ? Message::SparseTensor
                         : Message::Other;
  case Message::Node:
    return field == 5 ? Message::Attribute : Message::Other;
  case Message::Attribute:
    return field == 5 || field == 10    ? Message::Tensor
           : field == 6 || field == 11  ? Message::Graph
           : field == 22 || field == 23 ? Message::SparseTensor
                                        : Message::Other;
  case Message::SparseTensor:
    return field == 1 || field == 2 ? Message::Tensor : Message::Other;
  case Message::Tensor:
  case Message::Other:
    return Message::Other;
  }
  llvm_unreachable("all messages are handled");
}

/// Whether the field is an array of numbers, which takes no more memory than a
/// few times its bytes.
static bool isPacked(Message message, unsigned field) {
  if (message == Message::Tensor)
    return field == 1 || field == 4 || field == 5 || field == 7 ||
           (field >= 9 && field <= 11);
  return message == Message::Attribute && (field == 7 || field == 8);
}

Error Splitter::count(Message message, unsigned field, Message child,
                      size_t length) {
  if (child != Message::Other) {
    if (++messages > maximumMessages)
      return malformed("it has more than " + llvm::Twine(maximumMessages) +
                       " nodes, attributes and tensors");
  } else if (!isPacked(message, field)) {
    otherBytes += length + 1;
    if (otherBytes > maximumOtherBytes)
      return malformed("it has more than " + llvm::Twine(maximumOtherBytes) +
                       " bytes of names, types and texts");
  }
  return Error::success();
}

bool Splitter::readVarint(size_t &position, size_t end, uint64_t &value) const {
  value = 0;
  for (unsigned shift = 0; shift < 70 && position < end; shift += 7) {
    auto byte = static_cast<uint8_t>(file[position++]);
    if (shift < 64)
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (!(byte & 0x80))
      return true;
  }
  return false;
}

llvm::Expected<size_t> Splitter::findEnd(unsigned wireType, size_t &position,
                                         size_t end) const {
  size_t start = position;
  uint64_t length = 0;
  switch (wireType) {
  case Varint:
    if (!readVarint(position, end, length))
      return malformed("the number at byte " + llvm::Twine(start) +
                       " does not end");
    return position;
  case Fixed64:
    length = 8;
    break;
  case Fixed32:
    length = 4;
    break;
  case Bytes:
    if (!readVarint(position, end, length))
      return malformed("the length at byte " + llvm::Twine(start) +
                       " does not end");
    break;
  default:
    return malformed("wire type " + llvm::Twine(wireType) + " at byte " +
                     llvm::Twine(start) + " is not used by ONNX");
  }
  if (length > end - position)
    return malformed(
        (length > file.size() - position ? "it is truncated: " : "") +
        llvm::Twine("the field at byte ") + llvm::Twine(start) + " needs " +
        llvm::Twine(length) + " bytes, but " + llvm::Twine(end - position) +
        " are left");
  return position + length;
}

void Splitter::takePayload(size_t begin, size_t end) {
  char index[indexBytes];
  llvm::support::endian::write32le(
      index, static_cast<uint32_t>(result.payloads.size()));
  result.payloads.push_back(file.slice(begin, end));
  result.structure.push_back(static_cast<char>(indexBytes));
  result.structure.append(index, indexBytes);
}

Error Splitter::splitChild(Message child, size_t begin, size_t end,
                           unsigned graphDepth) {
  size_t lengthAt = result.structure.size();
  result.structure.append(lengthBytes, '\0');
  if (Error error = split(child, begin, end, graphDepth))
    return error;
  size_t length = result.structure.size() - lengthAt - lengthBytes;
  for (size_t i = 0; i < lengthBytes; ++i, length >>= 7)
    result.structure[lengthAt + i] =
        static_cast<char>((length & 0x7f) | (i + 1 < lengthBytes ? 0x80 : 0));
  return Error::success();
}

Error Splitter::split(Message message, size_t begin, size_t end,
                      unsigned graphDepth) {
  if (message == Message::Graph && ++graphDepth > maximumGraphDepth)
    return malformed("its graphs are nested deeper than " +
                     llvm::Twine(maximumGraphDepth) + " levels at byte " +
                     llvm::Twine(begin));
  for (size_t position = begin; position < end;) {
    size_t start = position;
    uint64_t tag;
    if (!readVarint(position, end, tag) || tag >> 3 == 0 || tag > UINT32_MAX)
      return malformed("there is no field at byte " + llvm::Twine(start));
    size_t afterTag = position;
    unsigned wireType = tag & 7;
    llvm::Expected<size_t> fieldEnd = findEnd(wireType, position, end);
    if (!fieldEnd)
      return fieldEnd.takeError();
    auto field = static_cast<unsigned>(tag >> 3);
    Message child =
        wireType == Bytes ? getChild(message, field) : Message::Other;
    if (wireType == Bytes)
      if (Error error = count(message, field, child, *fieldEnd - position))
        return error;
    bool isPayload = message == Message::Tensor && field == rawDataField &&
                     wireType == Bytes;
    size_t copyEnd =
        isPayload || child != Message::Other ? afterTag : *fieldEnd;
    result.structure.append(file.data() + start, copyEnd - start);
    if (isPayload)
      takePayload(position, *fieldEnd);
    else if (child != Message::Other)
      if (Error error = splitChild(child, position, *fieldEnd, graphDepth))
        return error;
    position = *fieldEnd;
  }
  return Error::success();
}

llvm::Expected<SplitModel> atleus::splitModel(StringRef file) {
  Splitter splitter(file);
  if (Error error = splitter.split(Message::Model, 0, file.size(), 0))
    return std::move(error);
  return std::move(splitter.result);
}
