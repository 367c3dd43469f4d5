// Walks a message by reflection.
#include "MessageJSON.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <deque>
#include <vector>

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using llvm::StringRef;

namespace {
class MessageWriter {
public:
  explicit MessageWriter(llvm::raw_ostream &os) : os(os) {}

  void write(const Message &message);

private:
  void writeField(const Message &message, const FieldDescriptor &field);
  void writeValue(const Message &message, const FieldDescriptor &field,
                  int index);
  void writeString(StringRef text);
  void startLine() { os.indent(depth); }

  llvm::raw_ostream &os;
  unsigned depth = 0;
  /// The fields that are set of the messages around the one at hand.
  std::deque<std::vector<const FieldDescriptor *>> fieldsAtDepth;
};
} // namespace

/// Protobuf escapes angle brackets too, so that text can stand in HTML.
void MessageWriter::writeString(StringRef text) {
  os << '"';
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      os << '\\' << c;
    else if (byte >= 0x20 && byte != 0x7f && c != '<' && c != '>')
      os << c;
    else if (size_t at = StringRef("\b\f\n\r\t").find(c); at != StringRef::npos)
      os << '\\' << "bfnrt"[at];
    else
      os << "\\u00" << llvm::toHex(StringRef(&c, 1), /*LowerCase=*/true);
  }
  os << '"';
}

/// The value of a field, or element `index` of a repeated one. Integers of 64
/// bits are strings, because JavaScript rounds them otherwise.
void MessageWriter::writeValue(const Message &message,
                               const FieldDescriptor &field, int index) {
  const Reflection &reflection = *message.GetReflection();
  auto get = [&](auto single, auto repeated) {
    return field.is_repeated() ? (reflection.*repeated)(message, &field, index)
                               : (reflection.*single)(message, &field);
  };
  std::string scratch;
  switch (field.cpp_type()) {
  case FieldDescriptor::CPPTYPE_INT32:
    os << get(&Reflection::GetInt32, &Reflection::GetRepeatedInt32);
    break;
  case FieldDescriptor::CPPTYPE_UINT32:
    os << get(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32);
    break;
  case FieldDescriptor::CPPTYPE_INT64:
    os << '"' << get(&Reflection::GetInt64, &Reflection::GetRepeatedInt64)
       << '"';
    break;
  case FieldDescriptor::CPPTYPE_UINT64:
    os << '"' << get(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64)
       << '"';
    break;
  case FieldDescriptor::CPPTYPE_BOOL:
    os << (get(&Reflection::GetBool, &Reflection::GetRepeatedBool) ? "true"
                                                                   : "false");
    break;
  case FieldDescriptor::CPPTYPE_ENUM:
    os << '"' << get(&Reflection::GetEnum, &Reflection::GetRepeatedEnum)->name()
       << '"';
    break;
  case FieldDescriptor::CPPTYPE_STRING:
    writeString(field.is_repeated()
                    ? reflection.GetRepeatedStringReference(message, &field,
                                                            index, &scratch)
                    : reflection.GetStringReference(message, &field, &scratch));
    break;
  case FieldDescriptor::CPPTYPE_MESSAGE:
    write(field.is_repeated()
              ? reflection.GetRepeatedMessage(message, &field, index)
              : reflection.GetMessage(message, &field));
    break;
  case FieldDescriptor::CPPTYPE_FLOAT:
  case FieldDescriptor::CPPTYPE_DOUBLE:
    llvm_unreachable("a field of an unknown type");
  }
}

void MessageWriter::writeField(const Message &message,
                               const FieldDescriptor &field) {
  os << '"' << field.json_name() << "\": ";
  if (!field.is_repeated())
    return writeValue(message, field, -1);
  int size = message.GetReflection()->FieldSize(message, &field);
  os << "[\n";
  ++depth;
  for (int i = 0; i < size; ++i) {
    startLine();
    writeValue(message, field, i);
    os << (i + 1 < size ? ",\n" : "\n");
  }
  --depth;
  startLine();
  os << ']';
}

void MessageWriter::write(const Message &message) {
  // A schedule has hundreds of thousands of messages, which share lists.
  if (depth >= fieldsAtDepth.size())
    fieldsAtDepth.resize(depth + 1);
  std::vector<const FieldDescriptor *> &fields = fieldsAtDepth[depth];
  message.GetReflection()->ListFields(message, &fields);
  if (fields.empty()) {
    os << "{}";
    return;
  }
  os << "{\n";
  ++depth;
  for (const FieldDescriptor *field : fields) {
    startLine();
    writeField(message, *field);
    os << (field != fields.back() ? ",\n" : "\n");
  }
  --depth;
  startLine();
  os << '}';
}

void atleus::writeJSON(const Message &message, llvm::raw_ostream &os) {
  MessageWriter(os).write(message);
  os << '\n';
}
