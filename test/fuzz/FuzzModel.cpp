// Fuzz target: the messages of an ONNX file. What the mutator makes can always
// be parsed, so that the importer and the conversion are reached.
#include "Importing.h"
#include "ModelMutator.h"

using atleus::fuzzing::makeModel;
using atleus::fuzzing::ModelMutator;
using google::protobuf::Message;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  atleus::fuzzing::importAndConvert(
      {reinterpret_cast<const char *>(data), size});
  return 0;
}

/// Writes the model over `data` if it fits; the result is its size.
static size_t store(const Message &model, uint8_t *data, size_t limit) {
  std::string bytes = model.SerializeAsString();
  if (bytes.size() > limit)
    return 0;
  llvm::copy(bytes, data);
  return bytes.size();
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
                                          size_t limit, unsigned seed) {
  std::unique_ptr<Message> model = makeModel();
  if (!model->ParseFromArray(data, static_cast<int>(size)))
    model->Clear();
  ModelMutator(seed).mutate(*model);
  size_t stored = store(*model, data, limit);
  return stored ? stored : size;
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t *first,
                                            size_t firstSize,
                                            const uint8_t *second,
                                            size_t secondSize, uint8_t *out,
                                            size_t limit, unsigned seed) {
  std::unique_ptr<Message> model = makeModel(), donor = makeModel();
  if (!model->ParseFromArray(first, static_cast<int>(firstSize)) ||
      !donor->ParseFromArray(second, static_cast<int>(secondSize)))
    return 0;
  ModelMutator(seed).transplant(*donor, *model);
  return store(*model, out, limit);
}
