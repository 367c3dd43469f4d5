// Changes ONNX models as messages: fields, elements and names instead of bytes.
#ifndef ATLEUS_TEST_FUZZ_MODELMUTATOR_H
#define ATLEUS_TEST_FUZZ_MODELMUTATOR_H

#include "google/protobuf/message.h"

#include <memory>
#include <random>
#include <vector>

namespace atleus::fuzzing {

/// An empty ModelProto with reflection, which the compiled schema is without.
std::unique_ptr<google::protobuf::Message> makeModel();

/// Makes random changes to a model through protobuf's reflection, so that it
/// knows the schema and no operator. Strings are mostly replaced by others that
/// the model has: a name then means another value, an operator another rule.
///
/// The same seed makes the same changes.
class ModelMutator {
public:
  explicit ModelMutator(unsigned seed) : random(seed) {}

  /// Makes one to eight changes.
  void mutate(google::protobuf::Message &model);

  /// Replaces a message of `model` by one of the same type of `donor`.
  void transplant(const google::protobuf::Message &donor,
                  google::protobuf::Message &model);

private:
  using Message = google::protobuf::Message;
  using Field = google::protobuf::FieldDescriptor;

  void collect(Message &message);
  void mutateMessage(Message &message);
  void setSingular(Message &message, const Field &field);
  void mutateRepeated(Message &message, const Field &field);
  void addElement(Message &message, const Field &field);
  void setElement(Message &message, const Field &field, int index);
  /// A copy of some message of that type that is not too large, or null.
  std::unique_ptr<Message>
  copyMessage(const google::protobuf::Descriptor &type);

  /// A number below `bound`, which is positive.
  unsigned below(size_t bound);
  int64_t chooseInteger();
  double chooseFloat();
  std::string chooseString(const Field &field);
  std::string chooseBytes();
  int chooseEnum(const Field &field);

  std::minstd_rand random;
  /// All messages of the model, and its strings.
  std::vector<Message *> messages;
  std::vector<std::string> strings;
};

} // namespace atleus::fuzzing

#endif // ATLEUS_TEST_FUZZ_MODELMUTATOR_H
