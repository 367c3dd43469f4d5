// Declares --timing.
#include "Timing.h"

#include "Commands.h"

#include "llvm/Support/CommandLine.h"

using namespace atleus;
namespace cl = llvm::cl;

static cl::opt<bool> timing(
    "timing",
    cl::desc("Print the wall time of each pass and file to standard error"),
    cl::cat(getOptionCategory()), cl::sub(getCompileCommand()));

Timing::Timing() {
  manager.setEnabled(timing);
  manager.setDisplayMode(mlir::DefaultTimingManager::DisplayMode::Tree);
  root = manager.getRootScope();
}
