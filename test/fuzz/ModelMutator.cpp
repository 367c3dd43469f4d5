// Random changes of messages through reflection.
#include "ModelMutator.h"

#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "llvm/Support/ErrorHandling.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>

using namespace atleus::fuzzing;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::unique_ptr<Message> atleus::fuzzing::makeModel() {
  static google::protobuf::DescriptorPool pool;
  static google::protobuf::DynamicMessageFactory factory;
  static const Message *prototype = [] {
    google::protobuf::FileDescriptorSet files;
    std::ifstream stream(ATLEUS_ONNX_DESCRIPTORS, std::ios::binary);
    if (!files.ParseFromIstream(&stream) || files.file_size() != 1)
      llvm::report_fatal_error("cannot read " ATLEUS_ONNX_DESCRIPTORS);
    const auto *file = pool.BuildFile(files.file(0));
    return factory.GetPrototype(file->FindMessageTypeByName("ModelProto"));
  }();
  return std::unique_ptr<Message>(prototype->New());
}

/// Calls `function` with a T that says of which C++ type the field is.
template <typename Function>
static void dispatchNumber(const FieldDescriptor &field, Function function) {
  switch (field.cpp_type()) {
  case FieldDescriptor::CPPTYPE_INT32:
    return function(int32_t());
  case FieldDescriptor::CPPTYPE_INT64:
    return function(int64_t());
  case FieldDescriptor::CPPTYPE_UINT32:
    return function(uint32_t());
  case FieldDescriptor::CPPTYPE_UINT64:
    return function(uint64_t());
  case FieldDescriptor::CPPTYPE_FLOAT:
    return function(float());
  case FieldDescriptor::CPPTYPE_DOUBLE:
    return function(double());
  default:
    return;
  }
}

// Reflection has a method for each type; these are overloads of one name.
#define ATLEUS_REFLECT(TYPE, METHOD)                                           \
  static void set(const Reflection &reflection, Message &message,              \
                  const FieldDescriptor &field, TYPE value) {                  \
    reflection.Set##METHOD(&message, &field, value);                           \
  }                                                                            \
  static void setAt(const Reflection &reflection, Message &message,            \
                    const FieldDescriptor &field, int index, TYPE value) {     \
    reflection.SetRepeated##METHOD(&message, &field, index, value);            \
  }                                                                            \
  static void add(const Reflection &reflection, Message &message,              \
                  const FieldDescriptor &field, TYPE value) {                  \
    reflection.Add##METHOD(&message, &field, value);                           \
  }
ATLEUS_REFLECT(int32_t, Int32)
ATLEUS_REFLECT(int64_t, Int64)
ATLEUS_REFLECT(uint32_t, UInt32)
ATLEUS_REFLECT(uint64_t, UInt64)
ATLEUS_REFLECT(float, Float)
ATLEUS_REFLECT(double, Double)
#undef ATLEUS_REFLECT

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

unsigned ModelMutator::below(size_t bound) {
  return static_cast<unsigned>(random() % bound);
}

int64_t ModelMutator::chooseInteger() {
  static constexpr int64_t special[] = {0,
                                        1,
                                        -1,
                                        2,
                                        int64_t{1} << 20,
                                        std::numeric_limits<int32_t>::max(),
                                        std::numeric_limits<int32_t>::min(),
                                        int64_t{1} << 32,
                                        int64_t{1} << 40,
                                        int64_t{1} << 60,
                                        std::numeric_limits<int64_t>::max(),
                                        std::numeric_limits<int64_t>::min(),
                                        std::numeric_limits<int64_t>::min() +
                                            1};
  if (below(3) == 0)
    return special[below(std::size(special))];
  return static_cast<int64_t>(below(24)) - 6;
}

double ModelMutator::chooseFloat() {
  static constexpr double special[] = {
      0.0,    -0.0, 1.0,  -1.0,     std::numeric_limits<double>::infinity(),
      1e-300, 1e30, 1e38, INFINITY, std::numeric_limits<double>::quiet_NaN()};
  return below(2) ? special[below(std::size(special))]
                  : static_cast<double>(below(2000)) / 100 - 10;
}

std::string ModelMutator::chooseString(const FieldDescriptor &field) {
  if (field.type() == FieldDescriptor::TYPE_BYTES)
    return chooseBytes();
  unsigned kind = below(16);
  if (kind == 0 || strings.empty())
    return "";
  if (kind == 1)
    return "\xff\"../\n";
  if (kind == 2)
    return std::string(below(2) ? 300 : 3, 'n');
  return strings[below(strings.size())];
}

std::string ModelMutator::chooseBytes() {
  // Mostly whole numbers of the widths that tensors have.
  static constexpr size_t widths[] = {1, 2, 4, 8};
  size_t width = widths[below(std::size(widths))];
  std::string bytes;
  for (unsigned i = 0, count = below(9); i < count; ++i) {
    int64_t value = chooseInteger();
    bytes.append(reinterpret_cast<const char *>(&value), width);
  }
  return bytes;
}

int ModelMutator::chooseEnum(const FieldDescriptor &field) {
  const auto *type = field.enum_type();
  return type->value(static_cast<int>(below(type->value_count())))->number();
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

std::unique_ptr<Message> ModelMutator::copyMessage(const Descriptor &type) {
  std::vector<Message *> same;
  for (Message *message : messages)
    if (message->GetDescriptor() == &type && message->ByteSizeLong() < 4096)
      same.push_back(message);
  if (same.empty())
    return nullptr;
  const Message &chosen = *same[below(same.size())];
  std::unique_ptr<Message> copy(chosen.New());
  copy->CopyFrom(chosen);
  return copy;
}

/// Replaces `target` by `source`, if there is one.
static void replace(Message &target, const std::unique_ptr<Message> &source) {
  if (source)
    target.CopyFrom(*source);
}

void ModelMutator::setSingular(Message &message, const FieldDescriptor &field) {
  const Reflection &reflection = *message.GetReflection();
  if (below(4) == 0)
    return reflection.ClearField(&message, &field);
  switch (field.cpp_type()) {
  case FieldDescriptor::CPPTYPE_MESSAGE: {
    // Setting a member of a oneof deletes the others, which may be the source.
    std::unique_ptr<Message> source = copyMessage(*field.message_type());
    return replace(*reflection.MutableMessage(&message, &field), source);
  }
  case FieldDescriptor::CPPTYPE_STRING:
    return reflection.SetString(&message, &field, chooseString(field));
  case FieldDescriptor::CPPTYPE_ENUM:
    return reflection.SetEnumValue(&message, &field, chooseEnum(field));
  default:
    dispatchNumber(field, [&](auto zero) {
      using T = decltype(zero);
      if constexpr (std::is_floating_point_v<T>)
        set(reflection, message, field, static_cast<T>(chooseFloat()));
      else
        set(reflection, message, field, static_cast<T>(chooseInteger()));
    });
  }
}

void ModelMutator::addElement(Message &message, const FieldDescriptor &field) {
  const Reflection &reflection = *message.GetReflection();
  switch (field.cpp_type()) {
  case FieldDescriptor::CPPTYPE_MESSAGE: {
    std::unique_ptr<Message> source = copyMessage(*field.message_type());
    return replace(*reflection.AddMessage(&message, &field), source);
  }
  case FieldDescriptor::CPPTYPE_STRING:
    return reflection.AddString(&message, &field, chooseString(field));
  default:
    dispatchNumber(field, [&](auto zero) {
      using T = decltype(zero);
      if constexpr (std::is_floating_point_v<T>)
        add(reflection, message, field, static_cast<T>(chooseFloat()));
      else
        add(reflection, message, field, static_cast<T>(chooseInteger()));
    });
  }
}

void ModelMutator::setElement(Message &message, const FieldDescriptor &field,
                              int index) {
  const Reflection &reflection = *message.GetReflection();
  switch (field.cpp_type()) {
  case FieldDescriptor::CPPTYPE_MESSAGE: {
    std::unique_ptr<Message> source = copyMessage(*field.message_type());
    return replace(*reflection.MutableRepeatedMessage(&message, &field, index),
                   source);
  }
  case FieldDescriptor::CPPTYPE_STRING:
    return reflection.SetRepeatedString(&message, &field, index,
                                        chooseString(field));
  default:
    dispatchNumber(field, [&](auto zero) {
      using T = decltype(zero);
      if constexpr (std::is_floating_point_v<T>)
        setAt(reflection, message, field, index, static_cast<T>(chooseFloat()));
      else
        setAt(reflection, message, field, index,
              static_cast<T>(chooseInteger()));
    });
  }
}

void ModelMutator::mutateRepeated(Message &message,
                                  const FieldDescriptor &field) {
  const Reflection &reflection = *message.GetReflection();
  int size = reflection.FieldSize(message, &field);
  unsigned kind = below(5);
  if (size == 0 || kind == 0)
    return addElement(message, field);
  int index = static_cast<int>(below(size));
  if (kind == 1) {
    reflection.SwapElements(&message, &field, index, size - 1);
    return reflection.RemoveLast(&message, &field);
  }
  if (kind == 2)
    return reflection.SwapElements(&message, &field, index,
                                   static_cast<int>(below(size)));
  setElement(message, field, index);
}

//===----------------------------------------------------------------------===//
// Messages
//===----------------------------------------------------------------------===//

void ModelMutator::collect(Message &message) {
  messages.push_back(&message);
  const Reflection &reflection = *message.GetReflection();
  std::vector<const FieldDescriptor *> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor *field : fields) {
    int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
        collect(*(field->is_repeated()
                      ? reflection.MutableRepeatedMessage(&message, field, i)
                      : reflection.MutableMessage(&message, field)));
      else if (field->type() == FieldDescriptor::TYPE_STRING ||
               field->name() == "s")
        strings.push_back(field->is_repeated()
                              ? reflection.GetRepeatedString(message, field, i)
                              : reflection.GetString(message, field));
    }
  }
}

void ModelMutator::mutateMessage(Message &message) {
  const Descriptor &type = *message.GetDescriptor();
  std::vector<const FieldDescriptor *> fields;
  message.GetReflection()->ListFields(message, &fields);
  // Mostly a field that is there already.
  const FieldDescriptor *field =
      fields.empty() || below(4) == 0
          ? type.field(static_cast<int>(below(type.field_count())))
          : fields[below(fields.size())];
  if (field->is_repeated())
    mutateRepeated(message, *field);
  else
    setSingular(message, *field);
}

void ModelMutator::mutate(Message &model) {
  for (unsigned i = 0, count = 1 + below(8); i < count; ++i) {
    messages.clear();
    strings.clear();
    collect(model);
    mutateMessage(*messages[below(messages.size())]);
  }
}

void ModelMutator::transplant(const Message &donor, Message &model) {
  collect(model);
  Message &target = *messages[below(messages.size())];
  messages.clear();
  std::unique_ptr<Message> copy(donor.New());
  copy->CopyFrom(donor);
  collect(*copy);
  replace(target, copyMessage(*target.GetDescriptor()));
}
