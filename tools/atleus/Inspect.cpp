// `atleus inspect`: what a model consists of.
#include "Commands.h"
#include "LoadModel.h"
#include "PipelineFlags.h"
#include "Session.h"

#include "atleus/Report/ModelSummary.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

cl::SubCommand atleus::inspectCommand(
    "inspect", "Show the kernels of a model, their work and their parameters");

static cl::opt<std::string> model(cl::Positional, cl::Required,
                                  cl::desc("<model.onnx|model.mlir>"),
                                  cl::sub(inspectCommand));

int atleus::runInspect() {
  Session session;
  OwningOpRef<ModuleOp> module = loadModel(model, session.context());
  if (!module)
    return 1;
  FailureOr<Phase> phase = getPhase(*module);
  if (failed(phase))
    return 1;
  if (*phase == Phase::ONNX &&
      failed(runPipeline(*module, Phase::NN, getPipelineOptions())))
    return 1;
  printModelSummary(summarizeModel(*module), llvm::outs());
  return 0;
}
