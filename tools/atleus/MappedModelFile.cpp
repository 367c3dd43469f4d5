// Loads the model of a schedule.
#include "MappedModelFile.h"

#include "Commands.h"
#include "Session.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static cl::opt<std::string>
    path("model", cl::desc("The model of a schedule, of phase tiled or later"),
         cl::value_desc("model.mlir"), cl::cat(getOptionCategory()),
         cl::sub(getRunCommand()), cl::sub(getVerifyCommand()));

bool atleus::hasMappedModel() { return path.getNumOccurrences() > 0; }

FailureOr<LoadedModel> atleus::loadMappedModel(MLIRContext *context) {
  if (path.empty()) {
    reportError("a schedule needs the model that it is of: --model=model.mlir");
    return failure();
  }
  FailureOr<LoadedModel> model = loadModel(path, context);
  if (failed(model))
    return failure();
  if (model->phase >= Phase::Tiled)
    return model;
  reportError("'" + path + "' is at phase '" + stringify(model->phase) +
              "', but a schedule is of a model at phase 'tiled' or later");
  return failure();
}
