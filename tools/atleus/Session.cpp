// Sets up the context of a subcommand.
#include "Session.h"

#include "atleus/Pipelines/Pipeline.h"
#include "atleus/Support/ReportedError.h"

#include "llvm/Support/WithColor.h"
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

int atleus::reportError(const llvm::Twine &error) {
  llvm::WithColor::error(llvm::errs()) << error << '\n';
  return 1;
}

int atleus::finish(llvm::Error error) {
  if (!error)
    return 0;
  std::optional<std::string> message = takeMessage(std::move(error));
  return message ? reportError(*message) : 1;
}
