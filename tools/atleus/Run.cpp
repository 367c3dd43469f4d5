// `atleus run`: executes a model, on inputs from files or on a dataset, or a
// schedule of one.
#include "Choice.h"
#include "Commands.h"
#include "Compare.h"
#include "LoadModel.h"
#include "MappedModelFile.h"
#include "PipelineFlags.h"
#include "Session.h"
#include "TensorFiles.h"

#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Report/schedule.pb.h"
#include "atleus/Support/AbsentWeights.h"
#include "atleus/Support/OutputFolder.h"
#include "atleus/Verification/Replay.h"
#include "atleus/Verification/Verification.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static cl::list<std::string>
    inputs("input", cl::desc("A NumPy file for an input of the model"),
           cl::value_desc("name=file.npy"), cl::cat(getOptionCategory()),
           cl::sub(getRunCommand()));

static cl::opt<std::string>
    outputFolder("output-dir",
                 cl::desc("Folder for one NumPy file for each output"),
                 cl::value_desc("folder"), cl::cat(getOptionCategory()),
                 cl::sub(getRunCommand()));

static cl::opt<std::string>
    dataset("dataset",
            cl::desc("Samples of the inputs, along the first axis, and labels"),
            cl::value_desc("file.npz"), cl::cat(getOptionCategory()),
            cl::sub(getRunCommand()));

static Choice<AccuracyMetric>
    metric("metric",
           cl::desc("What to measure on the dataset; default: top1 of labels, "
                    "perplexity of targets"),
           cl::values(clEnumValN(AccuracyMetric::Top1, "top1",
                                 "share of answers with the largest output"),
                      clEnumValN(AccuracyMetric::Perplexity, "perplexity",
                                 "exponential of the mean negative "
                                 "log-likelihood of the answers")),
           cl::cat(getOptionCategory()), cl::sub(getRunCommand()));

/// What computes the results of a function from one tensor per argument.
using Executor =
    llvm::function_ref<FailureOr<std::vector<Tensor>>(ArrayRef<Tensor>)>;

static int runOnFiles(func::FuncOp function, const NamedTensors &inputs,
                      Executor execute) {
  std::string folder = outputFolder.empty() ? "." : outputFolder.getValue();
  if (llvm::Error error = checkOutputFolder(folder))
    return finish(std::move(error));
  llvm::Expected<std::vector<Tensor>> tensors = orderInputs(function, inputs);
  if (!tensors)
    return finish(tensors.takeError());
  FailureOr<std::vector<Tensor>> results = execute(*tensors);
  if (failed(results))
    return 1;
  std::vector<OutputFile> files = makeOutputFiles(function, *results);
  if (llvm::Error error = writeFolderWhole(folder, files))
    return finish(std::move(error));
  for (const OutputFile &file : files) {
    SmallString<256> path(folder);
    llvm::sys::path::append(path, file.name);
    llvm::outs() << "wrote " << path << '\n';
  }
  return 0;
}

static void printAccuracy(const Accuracy &accuracy, llvm::raw_ostream &os) {
  double percent = 100 * accuracy.top1();
  os << stringify(accuracy.metric) << "  ";
  if (accuracy.metric == AccuracyMetric::Top1)
    os << llvm::format("%.2f %%", percent) << " (" << accuracy.correct << " of "
       << accuracy.answers << ")\n";
  else
    os << llvm::format("%.4f", accuracy.perplexity()) << " ("
       << accuracy.answers << " answers, " << llvm::format("%.2f %%", percent)
       << " top1)\n";
}

static int runOnDataset(func::FuncOp function) {
  if (!inputs.empty())
    return reportError("--input and --dataset exclude each other");
  std::optional<AccuracyMetric> chosen;
  if (metric.getNumOccurrences())
    chosen = metric;
  FailureOr<Accuracy> accuracy = measureAccuracy(function, dataset, chosen);
  if (failed(accuracy))
    return 1;
  printAccuracy(*accuracy, llvm::outs());
  return 0;
}

/// Executes a schedule task by task.
static int runSchedule(Session &session) {
  if (!dataset.empty())
    return reportError("a schedule is executed on inputs: --dataset is for "
                       "models");
  if (isComparison())
    return reportError("a schedule has no phases that could be compared");
  if (reportComparisonOptions() || reportPipelineOptions())
    return 1;
  FailureOr<LoadedModel> model = loadMappedModel(session.context());
  if (failed(model))
    return 1;
  func::FuncOp function = findMain(*model->module);
  if (!function || failed(requireWeights(*model->module, "running a schedule")))
    return 1;
  llvm::Expected<NamedTensors> files = readInputs(function, inputs);
  if (!files)
    return finish(files.takeError());
  StringRef path = getModelPath();
  Location location = getFileLocation(path, session.context());
  std::unique_ptr<schedule::v1::Schedule> schedule =
      readSchedule(path, session.context());
  // Buffers that are too small do not change values.
  VerificationOptions options;
  options.enforceBuffers = false;
  if (!schedule ||
      failed(verifySchedule(*schedule, *model->module, location, options)))
    return 1;
  return runOnFiles(function, *files, [&](ArrayRef<Tensor> tensors) {
    return replaySchedule(*schedule, *model->module, tensors, location);
  });
}

int atleus::runRun() {
  Session session;
  if (isScheduleFile(getModelPath()))
    return runSchedule(session);
  if (hasMappedModel())
    return reportError("--model is for a schedule, which ends in .pb or .json");
  if (isComparison())
    return dataset.empty()
               ? runComparison(session, getModelPath(), inputs)
               : reportError("--dataset cannot be compared: give --input");
  if (reportComparisonOptions() || reportOptionsAfter(Phase::NN))
    return 1;
  FailureOr<LoadedModel> loaded = loadModel(getModelPath(), session.context());
  if (failed(loaded))
    return 1;
  func::FuncOp function = findMain(*loaded->module);
  if (!function || failed(requireWeights(*loaded->module, "running a model")))
    return 1;
  llvm::Expected<NamedTensors> files = readInputs(function, inputs);
  if (!files)
    return finish(files.takeError());
  PipelineOptions options = getPipelineOptions();
  addOpenShapes(function, *files, options.shapes);
  if (failed(convertToKernels(*loaded, options)))
    return 1;
  if (!dataset.empty())
    return runOnDataset(function);
  return runOnFiles(function, *files, [&](ArrayRef<Tensor> tensors) {
    return Interpreter(function).run(tensors);
  });
}
