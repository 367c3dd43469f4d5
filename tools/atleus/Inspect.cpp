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

static cl::opt<bool> json("json", cl::desc("Print JSON instead of tables"),
                          cl::cat(getOptionCategory()),
                          cl::sub(getInspectCommand()));

static void print(const ModelSummary &summary) {
  if (json)
    writeModelSummary(summary, llvm::outs());
  else
    printModelSummary(summary, llvm::outs());
  llvm::outs().flush();
}

/// Sums up operators and kernels. A model whose kernels are not known has its
/// operators in the summary.
static LogicalResult inspect(const LoadedModel &model, ModelSummary &summary) {
  PipelineOptions options = getPipelineOptions();
  ModuleOp module = *model.module;
  OwningOpRef<arch::MachineOp> machine =
      loadMachine(options.machine, module.getContext());
  if (!machine || failed(applyOverrides(*machine, options.machineChanges)))
    return failure();
  if (model.phase == Phase::ONNX)
    summarizeOperators(module, isKnownOperator, summary);
  if (failed(convertToKernels(model, options)))
    return failure();
  summarizeKernels(module, *machine, summary);
  return success();
}

int atleus::runInspect() {
  Session session;
  FailureOr<LoadedModel> model = loadModel(getModelPath(), session.context());
  if (failed(model))
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
    result = inspect(*model, summary);
  }
  if (succeeded(result) || !summary.operators.empty())
    print(summary);
  // What is known stands before the error that says why there is no more.
  for (Diagnostic &diagnostic : held)
    session.context()->getDiagEngine().emit(std::move(diagnostic));
  return failed(result);
}
