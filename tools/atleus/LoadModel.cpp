// Chooses the reader by the file's name.
#include "LoadModel.h"

#include "Choice.h"
#include "Commands.h"
#include "Session.h"

#include "atleus/Import/ONNXImport.h"
#include "atleus/Pipelines/Sweep.h"
#include "atleus/Support/TextNesting.h"

#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static cl::opt<std::string> model(cl::Positional, cl::Required,
                                  cl::desc("<model.onnx|model.mlir>"),
                                  cl::sub(getCompileCommand()),
                                  cl::sub(getRunCommand()),
                                  cl::sub(getInspectCommand()));

namespace {
enum class WeightValues { All, None };
} // namespace

static Choice<WeightValues> weights(
    "weights", cl::desc("Which values of weights are read from an ONNX model"),
    cl::values(clEnumValN(WeightValues::All, "all", "every one (default)"),
               clEnumValN(WeightValues::None, "none",
                          "none: their files may be missing, accuracy is "
                          "not known")),
    cl::init(WeightValues::All), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getInspectCommand()));

StringRef atleus::getModelPath() { return model.getValue(); }

bool atleus::isIR(StringRef path) {
  StringRef extension = llvm::sys::path::extension(path);
  return extension == ".mlir" || extension == ".mlirbc" ||
         extension == ".mlirb";
}

func::FuncOp atleus::findMain(ModuleOp module) {
  auto function = module.lookupSymbol<func::FuncOp>("main");
  if (!function)
    reportError("the module has no function 'main'");
  return function;
}

static OwningOpRef<ModuleOp>
readONNX(MLIRContext *context,
         const std::shared_ptr<llvm::MemoryBuffer> &file) {
  ONNXImportOptions options;
  options.readWeights = weights == WeightValues::All;
  return file ? importONNX(file, context, options) : nullptr;
}

static OwningOpRef<ModuleOp> readIR(StringRef path, MLIRContext *context) {
  if (weights.getNumOccurrences())
    llvm::WithColor::warning(llvm::errs())
        << "--weights has no effect: '" << path << "' is IR already\n";
  std::unique_ptr<llvm::MemoryBuffer> file = mapModelFile(path, context);
  if (!file)
    return nullptr;
  int64_t line = isBytecode(*file) ? 0 : findDeepNesting(file->getBuffer());
  if (line) {
    emitError(NameLoc::get(StringAttr::get(context, path)))
        << "line " << line << " has brackets that are nested deeper than "
        << maximumTextNesting << " levels";
    return nullptr;
  }
  return parseSourceFile<ModuleOp>(path, context);
}

FailureOr<LoadedModel> atleus::loadModel(StringRef path, MLIRContext *context) {
  std::shared_ptr<llvm::MemoryBuffer> file;
  if (!isIR(path))
    file = mapModelFile(path, context);
  OwningOpRef<ModuleOp> module =
      isIR(path) ? readIR(path, context) : readONNX(context, file);
  if (!module)
    return failure();
  FailureOr<Phase> phase = getPhase(*module);
  if (failed(phase))
    return failure();
  return LoadedModel{std::move(module), *phase, std::move(file)};
}

LogicalResult atleus::convertToKernels(const LoadedModel &loaded,
                                       const PipelineOptions &options) {
  if (isSweep(options.dimensions, options.shapes)) {
    reportError("a list of sizes is for 'atleus compile'; give one size to "
                "each dimension and one shape to each input");
    return failure();
  }
  if (loaded.phase >= Phase::NN)
    return success();
  return runPipeline(*loaded.module, Phase::NN, options);
}
