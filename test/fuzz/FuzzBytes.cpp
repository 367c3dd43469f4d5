// Fuzz target: the bytes of an ONNX file, as libFuzzer changes them.
#include "Importing.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  atleus::fuzzing::importAndConvert(
      {reinterpret_cast<const char *>(data), size});
  return 0;
}
