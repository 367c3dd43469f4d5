// Chooses the reader by the file's name.
#include "LoadModel.h"

#include "Commands.h"
#include "PipelineFlags.h"

#include "atleus/Import/ONNXImport.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static cl::opt<std::string> model(cl::Positional, cl::Required,
                                  cl::desc("<model.onnx|model.mlir>"),
                                  cl::sub(getCompileCommand()),
                                  cl::sub(getRunCommand()),
                                  cl::sub(getInspectCommand()));

StringRef atleus::getModelPath() { return model.getValue(); }

static OwningOpRef<ModuleOp> readModule(StringRef path, MLIRContext *context) {
  StringRef extension = llvm::sys::path::extension(path);
  if (extension != ".mlir" && extension != ".mlirbc" && extension != ".mlirb")
    return importONNX(path, context);
  if (!mapModelFile(path, context))
    return nullptr;
  return parseSourceFile<ModuleOp>(path, context);
}

FailureOr<LoadedModel> atleus::loadModel(StringRef path, MLIRContext *context) {
  OwningOpRef<ModuleOp> module = readModule(path, context);
  if (!module)
    return failure();
  FailureOr<Phase> phase = getPhase(*module);
  if (failed(phase))
    return failure();
  return LoadedModel{std::move(module), *phase};
}

OwningOpRef<ModuleOp> atleus::loadKernels(MLIRContext *context) {
  FailureOr<LoadedModel> loaded = loadModel(model, context);
  if (failed(loaded))
    return nullptr;
  if (loaded->phase < Phase::NN &&
      failed(runPipeline(*loaded->module, Phase::NN, getPipelineOptions())))
    return nullptr;
  return std::move(loaded->module);
}
