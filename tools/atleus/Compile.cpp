// `atleus compile`: from a model to a schedule and a cost report.
#include "Choice.h"
#include "Commands.h"
#include "CompareCompression.h"
#include "CompiledFiles.h"
#include "CompressionFlags.h"
#include "Generate.h"
#include "LoadModel.h"
#include "ModelSource.h"
#include "MonteCarlo.h"
#include "PipelineFlags.h"
#include "ProgressBar.h"
#include "Session.h"
#include "Sweep.h"
#include "Timing.h"

#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Pipelines/Sweep.h"
#include "atleus/Report/Report.h"
#include "atleus/Support/AbsentWeights.h"
#include "atleus/Support/ModuleFile.h"
#include "atleus/Support/OutputFile.h"
#include "atleus/Support/OutputFolder.h"
#include "atleus/Support/ReportedError.h"
#include "dialects/NN/NN.h"
#include "dialects/Sched/Sched.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static cl::opt<std::string>
    output("o",
           cl::desc("Folder for schedule, report, trace and IR (default: out); "
                    "with --to, the file for the IR ('-' is standard output)"),
           cl::value_desc("path"), cl::cat(getOptionCategory()),
           cl::sub(getCompileCommand()));

static Choice<Phase> target(
    "to", cl::desc("Stop after a phase and write its IR"),
    cl::values(clEnumValN(Phase::ONNX, "onnx", "the file as it was"),
               clEnumValN(Phase::NN, "nn", "kernels on static tensors"),
               clEnumValN(Phase::Compressed, "compressed", "quantized"),
               clEnumValN(Phase::Assigned, "assigned", "a tier per kernel"),
               clEnumValN(Phase::Tiled, "tiled", "crossbar, systolic kernels"),
               clEnumValN(Phase::Placed, "placed", "nodes and transfers"),
               clEnumValN(Phase::Scheduled, "scheduled", "starts, durations"),
               clEnumValN(Phase::Estimated, "estimated",
                          "energy, temperature")),
    cl::cat(getOptionCategory()), cl::sub(getCompileCommand()));

static cl::opt<std::string> dataset(
    "dataset",
    cl::desc("Samples and labels to measure accuracy on; default: <model>.npz "
             "beside the model, if it exists"),
    cl::value_desc("file.npz"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()));

/// Records where the module is from and the options of the phases to come.
static ModelSource describeModule(ModuleOp module, Phase phase,
                                  PipelineOptions &options) {
  if (phase <= Phase::NN)
    ModelSource::record(module, getModelPath());
  ModelSource source = ModelSource::of(module, getModelPath());
  if (!module.getSymName())
    module.setSymName(llvm::sys::path::stem(
        source.getPath().empty() ? getModelPath() : source.getPath()));
  if (options.calibration.empty() && !areWeightsAbsent(module) &&
      !areRunTimeScalesStated())
    options.calibration = source.findBeside("calibration.npz");
  warnOfIdleOptions(phase);
  setOptions(module, describeOptions(options, phase));
  return source;
}

//===----------------------------------------------------------------------===//
// Stopping at a phase
//===----------------------------------------------------------------------===//

static int writePhase(ModuleOp module) {
  std::string path = output.empty() ? "-" : output.getValue();
  return finish(writeFileWhole(path, [&](llvm::raw_ostream &os) {
    return toError(writeModule(module, os, getModuleFormat(path)));
  }));
}

//===----------------------------------------------------------------------===//
// The whole way
//===----------------------------------------------------------------------===//

/// Path of samples and labels, or empty if there are none, or no weights that
/// those beside the model could be run with.
static std::string findDataset(ModuleOp module, const ModelSource &source) {
  if (areWeightsAbsent(module))
    return dataset;
  return dataset.empty() ? source.findBeside("npz") : dataset.getValue();
}

/// Measures accuracy before and after mapping, if there is data for it.
/// `floatModule` is the model at phase `nn`.
static LogicalResult addAccuracy(ModuleOp floatModule, ModuleOp module,
                                 const ModelSource &source) {
  std::string path = findDataset(module, source);
  if (path.empty())
    return success();
  if (failed(requireWeights(module, "measuring accuracy")))
    return failure();
  auto measure = [&](ModuleOp phase) -> FailureOr<Accuracy> {
    auto function = phase.lookupSymbol<func::FuncOp>("main");
    return measureAccuracy(function, path);
  };
  FailureOr<Accuracy> before = measure(floatModule);
  if (failed(before))
    return failure();
  FailureOr<Accuracy> after = measure(module);
  if (failed(after))
    return failure();
  setAccuracy(module, {stringify(before->metric).str(),
                       llvm::sys::path::filename(path).str(), before->samples,
                       before->value(), after->value()});
  return success();
}

/// The model at phase `nn`: a copy of `module` if it is not beyond, else read
/// again from the file that it came from. Null if that file is gone.
static OwningOpRef<ModuleOp> getFloatModule(ModuleOp module, Phase phase,
                                            const ModelSource &source,
                                            const PipelineOptions &options) {
  OwningOpRef<ModuleOp> floatModule;
  if (phase <= Phase::NN) {
    floatModule = module.clone();
  } else if (!source.getPath().empty()) {
    FailureOr<LoadedModel> loaded =
        loadModel(source.getPath(), module.getContext());
    if (succeeded(loaded))
      floatModule = std::move(loaded->module);
  }
  if (floatModule && failed(runPipeline(*floatModule, Phase::NN, options)))
    return nullptr;
  return floatModule;
}

/// Compiles `module` and writes all files to `folder`.
static llvm::Expected<Report> compileInto(ModuleOp module, Phase phase,
                                          const ModelSource &source,
                                          const PipelineOptions &options,
                                          StringRef folder) {
  if (llvm::Error error = checkOutputFolder(folder))
    return std::move(error);
  setOptions(module, describeOptions(options, phase));
  OwningOpRef<ModuleOp> floatModule;
  if (!findDataset(module, source).empty()) {
    floatModule = getFloatModule(module, phase, source, options);
    if (!floatModule && phase <= Phase::NN)
      return toError(failure());
  }
  // Mapping needs no values of weights, which may take most of the memory.
  if (phase < Phase::Compressed &&
      failed(runPipeline(module, Phase::Compressed, options)))
    return toError(failure());
  source.unloadFile();
  if (failed(runPipeline(module, Phase::Estimated, options)))
    return toError(failure());
  if (floatModule && failed(addAccuracy(*floatModule, module, source)))
    return toError(failure());
  if (failed(addNoisyAccuracy(module, findDataset(module, source),
                              options.progress)))
    return toError(failure());
  return writeCompiledFiles(module, folder, *options.timing);
}

static int compileAll(ModuleOp module, Phase phase, const ModelSource &source,
                      const PipelineOptions &options) {
  std::string folder = output.empty() ? "out" : output.getValue();
  llvm::Expected<Report> result =
      compileInto(module, phase, source, options, folder);
  if (!result)
    return finish(result.takeError());
  printReportTable(*result, llvm::outs());
  llvm::outs() << "\nwrote " << listCompiledFiles() << " to " << folder << '\n';
  return 0;
}

/// Compiles the model at each of the sizes that the options list.
static int compileSweep(ModuleOp module, Phase phase, const ModelSource &source,
                        const PipelineOptions &options) {
  if (target.getNumOccurrences())
    return reportError("--to stops one compilation, but the options of sizes "
                       "list several");
  if (phase != Phase::ONNX)
    return reportError("the sizes of the model are fixed: it is at phase '" +
                       stringify(phase) + "' already");
  return runSweep(
      module, options, output.empty() ? "out" : output.getValue(),
      [&](ModuleOp copy, const PipelineOptions &sizes, StringRef folder) {
        return compileInto(copy, phase, source, sizes, folder);
      });
}

/// Compiles the prompt and the steps of a generation.
static int compileGeneration(ModuleOp module, Phase phase,
                             const ModelSource &source,
                             const PipelineOptions &options) {
  if (target.getNumOccurrences())
    return reportError("--to stops one compilation, but --prompt and --context "
                       "compile several");
  if (isSweep(options.dimensions, options.shapes))
    return reportError("--prompt and --context give the sizes of tokens and "
                       "context; other options list none");
  if (phase != Phase::ONNX)
    return reportError("the sizes of the model are fixed: it is at phase '" +
                       stringify(phase) + "' already");
  return runGeneration(
      module, options, output.empty() ? "out" : output.getValue(),
      [&](ModuleOp copy, const PipelineOptions &sizes, StringRef folder) {
        return compileInto(copy, phase, source, sizes, folder);
      });
}

/// Compiles the model with several schemes of compression.
static int compileSchemes(ModuleOp module, Phase phase,
                          const ModelSource &source,
                          const PipelineOptions &options) {
  if (target.getNumOccurrences())
    return reportError("--to stops one compilation, but --compare-compression "
                       "compiles several");
  if (isSweep(options.dimensions, options.shapes))
    return reportError("--compare-compression is for one size of the model, "
                       "but the options of sizes list several");
  return runCompressionComparison(
      module, phase, options, output.empty() ? "out" : output.getValue(),
      [&](ModuleOp copy, const PipelineOptions &scheme, StringRef folder) {
        return compileInto(copy, Phase::NN, source, scheme, folder);
      });
}

int atleus::runCompile() {
  Timing timing;
  // Freed by the end of the process: taking apart a hundred thousand ops would
  // take a tenth of the time.
  static Session &session = *new Session;
  TimingScope reading = timing.scope().nest("read the model");
  FailureOr<LoadedModel> loaded = loadModel(getModelPath(), session.context());
  reading.stop();
  if (failed(loaded))
    return 1;
  ModuleOp module = loaded->module.release();
  bool stopsAtPhase = target.getNumOccurrences() > 0;
  if ((stopsAtPhase && reportOptionsAfter(target)) ||
      reportFilesOption(stopsAtPhase))
    return 1;
  PipelineOptions options = getPipelineOptions();
  options.timing = &timing.scope();
  ProgressBar progress(session.context());
  options.progress = progress.getCallback();
  ModelSource source = describeModule(module, loaded->phase, options);
  source.keepFile(loaded->file);
  if (reportSchemeOptions() ||
      reportNoiseOptions(!stopsAtPhase, findDataset(module, source)))
    return 1;
  if (comparesCompression() && asksForGeneration())
    return reportError("--compare-compression is for one size of the model, "
                       "but --prompt and --context compile several");
  if (comparesCompression())
    return compileSchemes(module, loaded->phase, source, options);
  if (asksForGeneration())
    return compileGeneration(module, loaded->phase, source, options);
  if (isSweep(options.dimensions, options.shapes))
    return compileSweep(module, loaded->phase, source, options);
  if (target.getNumOccurrences() == 0)
    return compileAll(module, loaded->phase, source, options);
  if (failed(runPipeline(module, target, options)))
    return 1;
  return writePhase(module);
}
