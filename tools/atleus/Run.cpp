// `atleus run`: executes a model, on inputs from files or on a dataset.
#include "Choice.h"
#include "Commands.h"
#include "Compare.h"
#include "LoadModel.h"
#include "PipelineFlags.h"
#include "Session.h"
#include "TensorFiles.h"

#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Support/OutputFolder.h"

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

static int runOnFiles(func::FuncOp function, const NamedTensors &inputs) {
  std::string folder = outputFolder.empty() ? "." : outputFolder.getValue();
  if (llvm::Error error = checkOutputFolder(folder))
    return finish(std::move(error));
  llvm::Expected<std::vector<Tensor>> tensors = orderInputs(function, inputs);
  if (!tensors)
    return finish(tensors.takeError());
  FailureOr<std::vector<Tensor>> results = Interpreter(function).run(*tensors);
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

int atleus::runRun() {
  Session session;
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
  if (!function)
    return 1;
  llvm::Expected<NamedTensors> files = readInputs(function, inputs);
  if (!files)
    return finish(files.takeError());
  PipelineOptions options = getPipelineOptions();
  addOpenShapes(function, *files, options.shapes);
  if (failed(convertToKernels(*loaded, options)))
    return 1;
  return dataset.empty() ? runOnFiles(function, *files)
                         : runOnDataset(function);
}
