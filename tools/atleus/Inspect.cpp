// `atleus inspect`: what a model consists of.
#include "Commands.h"
#include "LoadModel.h"
#include "PipelineFlags.h"
#include "Session.h"

#include "atleus/Conversion/Passes.h"
#include "atleus/Report/ModelSummary.h"
#include "atleus/Transforms/MachineLibrary.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

cl::SubCommand atleus::inspectCommand(
    "inspect", "Show the operators of a model, its kernels and their work");

static cl::opt<std::string> model(cl::Positional, cl::Required,
                                  cl::desc("<model.onnx|model.mlir>"),
                                  cl::sub(inspectCommand));

static cl::opt<bool> json("json", cl::desc("Print JSON instead of tables"),
                          cl::cat(getOptionCategory()),
                          cl::sub(inspectCommand));

static void print(const ModelSummary &summary) {
  if (json)
    writeModelSummary(summary, llvm::outs());
  else
    printModelSummary(summary, llvm::outs());
  llvm::outs().flush();
}

/// Sums up operators and kernels. A model whose kernels are not known has its
/// operators in the summary.
static LogicalResult inspect(ModuleOp module, ModelSummary &summary) {
  PipelineOptions options = getPipelineOptions();
  OwningOpRef<arch::MachineOp> machine =
      loadMachine(options.machine, module.getContext());
  if (!machine || failed(applyOverrides(*machine, options.machineChanges)))
    return failure();
  FailureOr<Phase> phase = getPhase(module);
  if (failed(phase))
    return failure();
  if (*phase == Phase::ONNX)
    summarizeOperators(module, isKnownOperator, summary);
  if (*phase == Phase::ONNX && failed(runPipeline(module, Phase::NN, options)))
    return failure();
  summarizeKernels(module, *machine, summary);
  return success();
}

int atleus::runInspect() {
  Session session;
  OwningOpRef<ModuleOp> module = loadModel(model, session.context());
  if (!module)
    return 1;
  ModelSummary summary;
  LogicalResult result = success();
  std::vector<Diagnostic> held;
  {
    ScopedDiagnosticHandler handler(session.context(),
                                    [&](Diagnostic &diagnostic) {
                                      held.push_back(std::move(diagnostic));
                                      return success();
                                    });
    result = inspect(*module, summary);
  }
  if (succeeded(result) || !summary.operators.empty())
    print(summary);
  // What is known stands before the error that says why there is no more.
  for (Diagnostic &diagnostic : held)
    session.context()->getDiagEngine().emit(std::move(diagnostic));
  return failed(result);
}
