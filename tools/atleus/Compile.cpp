// `atleus compile`: from a model to a schedule and a cost report.
#include "Commands.h"
#include "LoadModel.h"
#include "PipelineFlags.h"
#include "Session.h"

#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Report/Report.h"
#include "atleus/Report/ScheduleExport.h"
#include "atleus/Report/TraceExport.h"
#include "atleus/Support/ModuleFile.h"
#include "atleus/Support/OutputFile.h"
#include "dialects/NN/NN.h"
#include "dialects/Sched/Sched.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

cl::SubCommand atleus::compileCommand(
    "compile", "Map a model onto a machine; write its schedule and report");

static cl::opt<std::string> model(cl::Positional, cl::Required,
                                  cl::desc("<model.onnx|model.mlir>"),
                                  cl::sub(compileCommand));

static cl::opt<std::string>
    output("o",
           cl::desc("Folder for schedule, report, trace and IR (default: out); "
                    "with --to, the file for the IR ('-' is standard output)"),
           cl::value_desc("path"), cl::cat(getOptionCategory()),
           cl::sub(compileCommand));

static cl::opt<Phase> target(
    "to", cl::desc("Stop after a phase and write its IR"),
    cl::values(clEnumValN(Phase::ONNX, "onnx", "the file as it was"),
               clEnumValN(Phase::NN, "nn", "kernels on static tensors"),
               clEnumValN(Phase::Compressed, "compressed", "quantized"),
               clEnumValN(Phase::Assigned, "assigned", "a tier per kernel"),
               clEnumValN(Phase::Tiled, "tiled", "crossbar, systolic kernels"),
               clEnumValN(Phase::Placed, "placed", "nodes and transfers"),
               clEnumValN(Phase::Scheduled, "scheduled", "starts, durations"),
               clEnumValN(Phase::Estimated, "estimated", "with energy")),
    cl::cat(getOptionCategory()), cl::sub(compileCommand));

static cl::opt<std::string> dataset(
    "dataset",
    cl::desc("Samples and labels to measure accuracy on; default: <model>.npz "
             "beside the model, if it exists"),
    cl::value_desc("file.npz"), cl::cat(getOptionCategory()),
    cl::sub(compileCommand));

/// Attribute of a module that keeps the path of the model's file, so that data
/// beside it is found when a stopped compilation goes on.
static constexpr llvm::StringLiteral sourceAttribute = "atleus.source";

/// `path` with another ending, if there is such a file, else an empty string.
static std::string findBeside(StringRef path, StringRef ending) {
  SmallString<256> beside(path);
  llvm::sys::path::replace_extension(beside, ending);
  return llvm::sys::fs::exists(beside) ? beside.str().str() : std::string();
}

/// Reports `error` the way the diagnostics look. Returns the exit code.
static int report(const llvm::Twine &error) {
  llvm::WithColor::error(llvm::errs()) << error << '\n';
  return 1;
}

/// The file that the module was imported from, or an empty string.
static StringRef getSource(ModuleOp module) {
  auto source = module->getAttrOfType<StringAttr>(sourceAttribute);
  return source ? source.getValue() : StringRef();
}

/// Records where the module is from and the options of the phases to come.
static void describeModule(ModuleOp module, Phase phase,
                           PipelineOptions &options) {
  Builder builder(module.getContext());
  if (!module->hasAttr(sourceAttribute) && phase <= Phase::NN)
    module->setAttr(sourceAttribute, builder.getStringAttr(model));
  StringRef source = getSource(module);
  if (!source.empty() && !llvm::sys::fs::exists(source))
    emitWarning(module.getLoc())
        << "cannot find '" << source
        << "', the file of the model: data beside it is not used";
  if (!module.getSymName())
    module.setSymName(
        llvm::sys::path::stem(source.empty() ? StringRef(model) : source));
  if (options.calibration.empty() && !source.empty())
    options.calibration = findBeside(source, "calibration.npz");
  warnOfLateOptions(phase);
  setOptions(module, describeOptions(options, phase));
}

//===----------------------------------------------------------------------===//
// Stopping at a phase
//===----------------------------------------------------------------------===//

static int writePhase(ModuleOp module) {
  std::string path = output.empty() ? "-" : output.getValue();
  bool written = true;
  llvm::Error error =
      writeFileWhole(path, [&](llvm::raw_ostream &os) -> llvm::Error {
        written = succeeded(writeModule(module, os, getModuleFormat(path)));
        return written ? llvm::Error::success()
                       : llvm::errorCodeToError(
                             std::make_error_code(std::errc::file_too_large));
      });
  if (!error)
    return 0;
  std::string reason = toString(std::move(error));
  return written ? report(reason) : 1;
}

//===----------------------------------------------------------------------===//
// The whole way
//===----------------------------------------------------------------------===//

/// Measures accuracy before and after mapping, if there is data for it.
/// `floatModule` is the model at phase `nn`.
static LogicalResult addAccuracy(ModuleOp floatModule, ModuleOp module) {
  std::string path = dataset;
  if (path.empty() && !getSource(module).empty())
    path = findBeside(getSource(module), "npz");
  if (path.empty())
    return success();
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
  setAccuracy(module, {"top1", llvm::sys::path::filename(path).str(),
                       before->samples, before->value(), after->value()});
  return success();
}

namespace {
/// A file of the output folder and what writes it.
struct OutputFile {
  StringRef name;
  std::function<llvm::Error(llvm::raw_ostream &)> write;
};
} // namespace

/// Models with more weights than this are written without them.
static constexpr int64_t maximumWrittenWeights = int64_t{4} << 20;

/// The IR as text. Weights that are too large for text are left out of it: all
/// of them, because MLIR would otherwise make the text of each before it sees
/// that it is too long.
static llvm::Error writeIR(ModuleOp module, llvm::raw_ostream &os) {
  int64_t bytes = 0;
  module.walk([&](nn::ConstantOp constant) {
    bytes += nn::getNumBytes(cast<RankedTensorType>(constant.getType()));
  });
  OpPrintingFlags flags;
  if (bytes > maximumWrittenWeights)
    flags.elideLargeResourceString(0);
  module->print(os, flags);
  return llvm::Error::success();
}

/// Writes all files of the output folder.
static llvm::Error writeFiles(ModuleOp module, const Report &report,
                              StringRef folder) {
  auto schedule = *module.getOps<sched::ScheduleOp>().begin();
  const OutputFile files[] = {
      {"schedule.json",
       [&](llvm::raw_ostream &os) { return writeScheduleJSON(schedule, os); }},
      {"schedule.pb",
       [&](llvm::raw_ostream &os) { return writeSchedule(schedule, os); }},
      {"report.json",
       [&](llvm::raw_ostream &os) {
         writeReportJSON(report, os);
         return llvm::Error::success();
       }},
      {"trace.json",
       [&](llvm::raw_ostream &os) {
         writeTrace(schedule, os);
         return llvm::Error::success();
       }},
      {"model.mlir",
       [&](llvm::raw_ostream &os) { return writeIR(module, os); }},
  };
  for (const OutputFile &file : files) {
    SmallString<256> path(folder);
    llvm::sys::path::append(path, file.name);
    if (llvm::Error error = writeFileWhole(path, file.write))
      return error;
  }
  return llvm::Error::success();
}

/// The model at phase `nn`: a copy of `module` if it is not beyond, else read
/// again from the file that it came from. Null if that file is gone.
static OwningOpRef<ModuleOp> getFloatModule(ModuleOp module, Phase phase,
                                            const PipelineOptions &options) {
  OwningOpRef<ModuleOp> floatModule;
  if (phase <= Phase::NN) {
    floatModule = module.clone();
  } else {
    StringRef source = getSource(module);
    if (!source.empty() && llvm::sys::fs::exists(source))
      floatModule = loadModel(source, module.getContext());
  }
  if (floatModule && failed(runPipeline(*floatModule, Phase::NN, options)))
    return nullptr;
  return floatModule;
}

/// Whether files can be written to `folder`, as far as that can be known before
/// it exists.
static bool checkFolder(StringRef folder) {
  if (!llvm::sys::fs::exists(folder))
    return true;
  if (!llvm::sys::fs::is_directory(folder)) {
    report("cannot write to '" + folder + "': it is not a folder");
    return false;
  }
  if (std::error_code error =
          llvm::sys::fs::access(folder, llvm::sys::fs::AccessMode::Write)) {
    report("cannot write to folder '" + folder + "': " + error.message());
    return false;
  }
  return true;
}

static int compileAll(ModuleOp module, Phase phase,
                      const PipelineOptions &options) {
  std::string folder = output.empty() ? "out" : output.getValue();
  if (!checkFolder(folder))
    return 1;
  OwningOpRef<ModuleOp> floatModule = getFloatModule(module, phase, options);
  if (!floatModule && phase <= Phase::NN)
    return 1;
  if (failed(runPipeline(module, Phase::Estimated, options)))
    return 1;
  if (floatModule && failed(addAccuracy(*floatModule, module)))
    return 1;
  FailureOr<Report> result = readReport(module);
  if (failed(result))
    return 1;
  if (std::error_code error = llvm::sys::fs::create_directories(folder))
    return report("cannot create folder '" + folder + "': " + error.message());
  if (llvm::Error error = writeFiles(module, *result, folder))
    return report(toString(std::move(error)));
  printReportTable(*result, llvm::outs());
  llvm::outs() << "\nwrote schedule.json, schedule.pb, report.json, trace.json "
                  "and model.mlir to "
               << folder << '\n';
  return 0;
}

int atleus::runCompile() {
  Session session;
  OwningOpRef<ModuleOp> module = loadModel(model, session.context());
  if (!module)
    return 1;
  FailureOr<Phase> phase = getPhase(*module);
  if (failed(phase))
    return 1;
  PipelineOptions options = getPipelineOptions();
  describeModule(*module, *phase, options);
  if (target.getNumOccurrences() == 0)
    return compileAll(*module, *phase, options);
  if (failed(runPipeline(*module, target, options)))
    return 1;
  return writePhase(*module);
}
