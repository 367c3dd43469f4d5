// Fuzz target: IR as text or bytecode, as `atleus compile` reads it.
#include "Importing.h"

#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace atleus;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::unique_ptr<MLIRContext> context = fuzzing::makeContext();
  fuzzing::DroppedDiagnostics dropped(context.get());
  // Text must end in a zero byte.
  std::string text(reinterpret_cast<const char *>(data), size);
  OwningOpRef<ModuleOp> module =
      parseSourceString<ModuleOp>(text, context.get(), "fuzzed.mlir");
  if (module)
    fuzzing::convert(*module);
  return 0;
}
