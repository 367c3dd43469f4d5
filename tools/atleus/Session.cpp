// Sets up the context of a subcommand.
#include "Session.h"

#include "atleus/Pipelines/Pipeline.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;

DialectRegistry Session::makeRegistry() {
  DialectRegistry registry;
  registerEverything(registry);
  return registry;
}

Session::Session()
    : mlirContext(makeRegistry()), lineHandler(sources, &mlirContext),
      nameHandler(&mlirContext, llvm::errs()) {
  mlirContext.printOpOnDiagnostic(false);
}
