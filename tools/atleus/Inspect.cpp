// `atleus inspect`: what a model consists of.
#include "Commands.h"
#include "LoadModel.h"
#include "Session.h"

#include "atleus/Report/ModelSummary.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;

int atleus::runInspect() {
  Session session;
  OwningOpRef<ModuleOp> module = loadKernels(session.context());
  if (!module)
    return 1;
  printModelSummary(summarizeModel(*module), llvm::outs());
  return 0;
}
