// `atleus run`: executes a model, on inputs from files or on a dataset.
#include "Commands.h"
#include "Compare.h"
#include "LoadModel.h"
#include "PipelineFlags.h"
#include "Session.h"

#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Interpreter/NumpyFile.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

// Options in other files join it, in whatever order the files are linked, so it
// must be there before them.
__attribute__((init_priority(101))) cl::SubCommand atleus::runCommand(
    "run", "Execute a model of any phase on inputs or on a dataset");

static cl::opt<std::string> model(cl::Positional, cl::Required,
                                  cl::desc("<model.onnx|model.mlir>"),
                                  cl::sub(runCommand));

static cl::list<std::string>
    inputs("input", cl::desc("A NumPy file for an input of the model"),
           cl::value_desc("name=file.npy"), cl::cat(getOptionCategory()),
           cl::sub(runCommand));

static cl::opt<std::string>
    outputFolder("output-dir",
                 cl::desc("Folder for one NumPy file for each output"),
                 cl::value_desc("folder"), cl::cat(getOptionCategory()),
                 cl::sub(runCommand));

static cl::opt<std::string>
    dataset("dataset",
            cl::desc("Samples of the inputs, along the first axis, and labels"),
            cl::value_desc("file.npz"), cl::cat(getOptionCategory()),
            cl::sub(runCommand));

static cl::opt<AccuracyMetric>
    metric("metric", cl::desc("What to measure on the dataset"),
           cl::values(clEnumValN(AccuracyMetric::Top1, "top1",
                                 "share of samples whose largest output is the "
                                 "label (default)")),
           cl::init(AccuracyMetric::Top1), cl::cat(getOptionCategory()),
           cl::sub(runCommand));

/// Reports `error` the way the diagnostics look. Returns the exit code.
static int report(const llvm::Twine &error) {
  llvm::WithColor::error(llvm::errs()) << error << '\n';
  return 1;
}

static StringRef nameOf(StringAttr name) {
  return name ? name.getValue() : StringRef();
}

/// Name of argument `index`, or of result `index` of `function`.
static StringRef argumentName(func::FuncOp function, unsigned index) {
  return nameOf(
      function.getArgAttrOfType<StringAttr>(index, nn::nameAttribute));
}
static StringRef resultName(func::FuncOp function, unsigned index) {
  return nameOf(
      function.getResultAttrOfType<StringAttr>(index, nn::nameAttribute));
}

/// The file name of an output: '/' and other signs that a path cannot hold
/// become '_'.
static std::string fileName(StringRef output) {
  std::string name = output.str();
  for (char &letter : name)
    if (!llvm::isAlnum(letter) && letter != '.' && letter != '-')
      letter = '_';
  return name + ".npy";
}

/// Reads the tensors of `--input` in the order of the function's arguments. A
/// comparison may leave some out; they are null tensors then.
static llvm::Expected<std::vector<Tensor>> readInputs(func::FuncOp function) {
  llvm::StringMap<std::string> files;
  for (const std::string &input : inputs) {
    auto [name, path] = StringRef(input).rsplit('=');
    if (path.empty())
      return llvm::createStringError("--input needs name=file.npy, found '" +
                                     input + "'");
    files[name] = path.str();
  }
  std::vector<Tensor> tensors;
  for (unsigned i = 0; i < function.getNumArguments(); ++i) {
    StringRef name = argumentName(function, i);
    auto file = files.find(name);
    if (file == files.end()) {
      if (!isComparison())
        return llvm::createStringError("no --input for '" + name + "'");
      tensors.emplace_back();
      continue;
    }
    llvm::Expected<Tensor> tensor =
        readNpy(file->second, function.getContext());
    if (!tensor)
      return tensor.takeError();
    tensors.push_back(std::move(*tensor));
    files.erase(file);
  }
  if (!files.empty())
    return llvm::createStringError("the model has no input '" +
                                   files.begin()->first() + "'");
  return tensors;
}

static int runOnFiles(func::FuncOp function) {
  llvm::Expected<std::vector<Tensor>> tensors = readInputs(function);
  if (!tensors)
    return report(toString(tensors.takeError()));
  std::string folder = outputFolder.empty() ? "." : outputFolder.getValue();
  if (std::error_code error = llvm::sys::fs::create_directories(folder))
    return report("cannot create folder '" + folder + "': " + error.message());
  FailureOr<std::vector<Tensor>> results = Interpreter(function).run(*tensors);
  if (failed(results))
    return 1;
  for (unsigned i = 0; i < results->size(); ++i) {
    SmallString<256> path(folder);
    StringRef name = resultName(function, i);
    llvm::sys::path::append(
        path,
        fileName(name.empty() ? "output" + std::to_string(i) : name.str()));
    if (llvm::Error error = writeNpy(path, (*results)[i]))
      return report(toString(std::move(error)));
    llvm::outs() << "wrote " << path << '\n';
  }
  return 0;
}

static int runOnDataset(func::FuncOp function) {
  if (!inputs.empty())
    return report("--input and --dataset exclude each other");
  FailureOr<Accuracy> accuracy = measureAccuracy(function, dataset, metric);
  if (failed(accuracy))
    return 1;
  llvm::outs() << "top1  " << llvm::format("%.2f %%", 100 * accuracy->value())
               << " (" << accuracy->correct << " of " << accuracy->samples
               << ")\n";
  return 0;
}

int atleus::runRun() {
  Session session;
  if (isComparison())
    return dataset.empty()
               ? runComparison(session, model, readInputs)
               : report("--dataset cannot be compared: give --input");
  if (reportComparisonOptions() || reportOptionsAfter(Phase::NN))
    return 1;
  OwningOpRef<ModuleOp> module = loadModel(model, session.context());
  if (!module)
    return 1;
  FailureOr<Phase> phase = getPhase(*module);
  if (failed(phase))
    return 1;
  if (*phase == Phase::ONNX &&
      failed(runPipeline(*module, Phase::NN, getPipelineOptions())))
    return 1;
  auto function = module->lookupSymbol<func::FuncOp>("main");
  if (!function)
    return report("the module has no function 'main'");
  return dataset.empty() ? runOnFiles(function) : runOnDataset(function);
}
