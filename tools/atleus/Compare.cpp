// Sets up what is compared and reports what was found.
#include "Compare.h"

#include "Choice.h"
#include "Commands.h"
#include "CompressionFlags.h"
#include "LoadModel.h"
#include "ModelSource.h"
#include "NumberOption.h"
#include "PipelineFlags.h"
#include "ProgressBar.h"
#include "TensorFiles.h"

#include "atleus/Comparison/ComparisonReport.h"
#include "atleus/Comparison/NodeGraph.h"
#include "atleus/Comparison/ONNXRuntime.h"
#include "atleus/Interpreter/Dataset.h"
#include "atleus/Interpreter/RandomInputs.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <functional>

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

namespace {
enum class Oracle { None, ONNXRuntime };
} // namespace

static Choice<Oracle>
    oracle("compare",
           cl::desc("Compare every kernel with another implementation"),
           cl::values(clEnumValN(Oracle::ONNXRuntime, "onnxruntime",
                                 "ONNX Runtime, optimizations disabled")),
           cl::init(Oracle::None), cl::cat(getOptionCategory()),
           cl::sub(getRunCommand()));

static cl::opt<std::string> comparedPhases(
    "compare-phases",
    cl::desc("Compare every kernel of a phase with the same one of an earlier "
             "phase"),
    cl::value_desc("earlier,later"), cl::cat(getOptionCategory()),
    cl::sub(getRunCommand()));

static cl::opt<std::string> reference(
    "reference",
    cl::desc("With --compare and IR: the ONNX model that the IR was made from"),
    cl::value_desc("model.onnx"), cl::cat(getOptionCategory()),
    cl::sub(getRunCommand()));

static cl::opt<std::string> onnxruntime(
    "onnxruntime",
    cl::desc("Folder in which onnxruntime-node is installed (default: "
             "$ATLEUS_ONNXRUNTIME)"),
    cl::value_desc("folder"), cl::cat(getOptionCategory()),
    cl::sub(getRunCommand()));

static cl::opt<double> tolerance(
    "tolerance",
    cl::desc("Largest difference that agrees, relative to the largest element "
             "of a value (default: 1e-5, with 16-bit floats "
             "four of their units in the last place)"),
    cl::value_desc("number"), cl::init(1e-5), cl::cat(getOptionCategory()),
    cl::sub(getRunCommand()));

static cl::opt<bool> perOp(
    "per-op",
    cl::desc("Print a table of all compared values, with the error that each "
             "kernel adds to that of its inputs"),
    cl::cat(getOptionCategory()), cl::sub(getRunCommand()));

static cl::opt<bool> asJSON("json", cl::desc("Print the comparison as JSON"),
                            cl::cat(getOptionCategory()),
                            cl::sub(getRunCommand()));

static NumberOption<long long, 0> seed(
    "seed",
    cl::desc(
        "Of the random inputs where no --input is given (default: 0); phases "
        "are compared on the first sample of --calibration, if there is one"),
    cl::value_desc("number"), cl::init(0), cl::cat(getOptionCategory()),
    cl::sub(getRunCommand()));

static cl::list<std::string>
    ranges("range",
           cl::desc("Random integers of an input, both ends included; "
                    "default: the rows of the table that it indexes"),
           cl::value_desc("name=low:high"), cl::cat(getOptionCategory()),
           cl::sub(getRunCommand()));

bool atleus::isComparison() {
  return oracle != Oracle::None || !comparedPhases.empty();
}

bool atleus::reportComparisonOptions() {
  using Option = std::reference_wrapper<const cl::Option>;
  const Option options[] = {reference, onnxruntime, tolerance, perOp,
                            asJSON,    seed,        ranges};
  const auto *found = llvm::find_if(options, [](const cl::Option &option) {
    return option.getNumOccurrences() > 0;
  });
  if (found == std::end(options))
    return false;
  reportError("--" + found->get().ArgStr +
              " needs --compare or --compare-phases");
  return true;
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

static llvm::Expected<llvm::StringMap<IntegerRange>> parseRanges() {
  llvm::StringMap<IntegerRange> result;
  for (StringRef text : ranges) {
    auto [name, limits] = text.rsplit('=');
    auto [low, high] = limits.split(':');
    IntegerRange range = {0, 0};
    if (name.empty() || low.getAsInteger(10, range.low) ||
        high.getAsInteger(10, range.high) || range.low > range.high)
      return llvm::createStringError("--range needs name=low:high, found '" +
                                     text + "'");
    result[name] = range;
  }
  return result;
}

/// Larger inputs are not made up.
static constexpr int64_t maximumRandomBytes = int64_t(1) << 30;

/// The given tensors in the order of the arguments, and random ones for the
/// others.
static llvm::Expected<std::vector<Tensor>>
completeInputs(func::FuncOp function, const NamedTensors &given) {
  auto wanted = parseRanges();
  if (!wanted)
    return wanted.takeError();
  NamedTensors tensors = given;
  for (BlockArgument argument : function.getArguments()) {
    unsigned index = argument.getArgNumber();
    auto name = function.getArgAttrOfType<StringAttr>(index, nn::nameAttribute);
    if (!name)
      continue;
    IntegerRange range = getDefaultRange(argument);
    if (auto found = wanted->find(name.getValue()); found != wanted->end()) {
      range = found->second;
      wanted->erase(found);
    }
    if (tensors.contains(name.getValue()))
      continue;
    auto type = cast<RankedTensorType>(argument.getType());
    if (nn::getNumBytes(type) > maximumRandomBytes)
      return llvm::createStringError(
          llvm::formatv(
              "random numbers for input '{0}' of type {1} take {2} bytes, more "
              "than {3}: give it by --input, or a smaller size by --dim",
              name.getValue(), type, nn::getNumBytes(type), maximumRandomBytes)
              .str());
    tensors[name.getValue()] = makeRandomTensor(type, seed + index, range);
  }
  if (!wanted->empty())
    return llvm::createStringError("--range: the model has no input '" +
                                   wanted->begin()->first() + "'");
  return orderInputs(function, tensors);
}

//===----------------------------------------------------------------------===//
// Comparing
//===----------------------------------------------------------------------===//

/// The difference that agrees where the user names none: 1e-5, or four units in
/// the last place of the coarsest floats that `function` computes.
static double defaultTolerance(func::FuncOp function) {
  double result = tolerance;
  function.walk([&](Operation *op) {
    for (Type type : op->getResultTypes())
      if (auto element = dyn_cast<FloatType>(getElementTypeOrSelf(type)))
        result = std::max(
            result, 4 * std::ldexp(1.0, 1 - int(element.getFPMantissaWidth())));
  });
  return result;
}

static ComparisonOptions comparisonOptions(func::FuncOp function) {
  ComparisonOptions options;
  options.tolerance = tolerance.getNumOccurrences() > 0
                          ? tolerance.getValue()
                          : defaultTolerance(function);
  options.ownErrors = perOp;
  return options;
}

/// Prints the result. Returns the exit code.
static int reportComparison(const Comparison &comparison, NodesOf nodesOf) {
  if (asJSON)
    writeComparisonJSON(comparison, nodesOf, llvm::outs());
  else if (perOp)
    printTable(comparison, llvm::outs());
  llvm::outs().flush();
  if (failed(reportFirstDifference(comparison, nodesOf)))
    return 1;
  if (!asJSON)
    printAgreement(comparison, llvm::outs());
  return 0;
}

namespace {
/// A model and what the user gave it.
struct ComparedModel {
  LoadedModel loaded;
  func::FuncOp main;
  NamedTensors inputs;
};
} // namespace

/// Loads a model and reads its inputs, whose sizes are added to `options`.
static FailureOr<ComparedModel> loadCompared(Session &session, StringRef path,
                                             ArrayRef<std::string> inputs,
                                             PipelineOptions &options) {
  FailureOr<LoadedModel> loaded = loadModel(path, session.context());
  if (failed(loaded))
    return failure();
  func::FuncOp main = findMain(*loaded->module);
  if (!main)
    return failure();
  llvm::Expected<NamedTensors> tensors = readInputs(main, inputs);
  if (!tensors) {
    finish(tensors.takeError());
    return failure();
  }
  addOpenShapes(main, *tensors, options.shapes);
  return ComparedModel{std::move(*loaded), main, std::move(*tensors)};
}

static int compareWithONNXRuntime(Session &session, StringRef model,
                                  ArrayRef<std::string> given) {
  if (reportOptionsAfter(Phase::NN))
    return 1;
  std::string source = reference.empty() ? model.str() : reference.getValue();
  if (isIR(source))
    return reportError("'" + source +
                       "' is not an ONNX model: give the one that it was made "
                       "from by --reference");
  PipelineOptions options = getPipelineOptions();
  options.recordONNXValues = true;
  auto compared = loadCompared(session, source, given, options);
  if (failed(compared))
    return 1;
  func::FuncOp expected = compared->main;
  NodeGraph graph(expected);
  if (failed(convertToKernels(compared->loaded, options)))
    return 1;
  FailureOr<LoadedModel> other = failure();
  func::FuncOp found = expected;
  if (!reference.empty()) {
    other = loadModel(model, session.context());
    if (failed(other) || failed(convertToKernels(*other, options)))
      return 1;
    found = findMain(*other->module);
    if (!found)
      return 1;
  }
  auto inputs = completeInputs(expected, compared->inputs);
  if (!inputs)
    return finish(inputs.takeError());
  ONNXRuntimeReference oracle(expected, source, *inputs, onnxruntime);
  FailureOr<Comparison> comparison = compareValues(
      found, *inputs, expected, oracle, comparisonOptions(expected));
  if (failed(comparison))
    return 1;
  llvm::DenseSet<StringRef> known;
  for (const ComparedValue &value : comparison->values)
    known.insert(oracle.getONNXName(value.pair.expected));
  return reportComparison(*comparison, [&](const ComparedValue &value) {
    return graph.getNodesBefore(oracle.getONNXName(value.pair.expected), known);
  });
}

/// The two phases of --compare-phases.
static llvm::Expected<std::pair<Phase, Phase>> parsePhases() {
  auto [first, second] = StringRef(comparedPhases).split(',');
  std::optional<Phase> earlier = parsePhase(first), later = parsePhase(second);
  if (!earlier || !later || *earlier < Phase::NN || *later > Phase::Tiled ||
      *earlier >= *later)
    return llvm::createStringError(
        "--compare-phases needs two of the phases nn, compressed, assigned and "
        "tiled, the earlier one first, found '" +
        comparedPhases + "'");
  return std::make_pair(*earlier, *later);
}

/// The inputs on which phases are compared: if none is given, the first of the
/// samples that the scales come from; random ones would be clipped.
static FailureOr<std::vector<Tensor>>
choosePhaseInputs(func::FuncOp function, const NamedTensors &given,
                  StringRef calibration) {
  if (given.empty() && ranges.empty() && !calibration.empty()) {
    FailureOr<Dataset> samples = Dataset::open(function, calibration);
    if (failed(samples))
      return failure();
    return samples->getSample(0);
  }
  auto inputs = completeInputs(function, given);
  if (inputs)
    return std::move(*inputs);
  finish(inputs.takeError());
  return failure();
}

static int comparePhases(Session &session, StringRef model,
                         ArrayRef<std::string> given) {
  using Option = std::reference_wrapper<const cl::Option>;
  for (const cl::Option &option :
       std::initializer_list<Option>{reference, onnxruntime})
    if (option.getNumOccurrences() > 0)
      return reportError("--" + option.ArgStr + " needs --compare");
  auto phases = parsePhases();
  if (!phases)
    return finish(phases.takeError());
  if (reportOptionsAfter(phases->second))
    return 1;
  PipelineOptions options = getPipelineOptions();
  ProgressBar progress(session.context());
  options.progress = progress.getCallback();
  auto compared = loadCompared(session, model, given, options);
  if (failed(compared))
    return 1;
  ModuleOp module = *compared->loaded.module;
  ModelSource::record(module, model);
  if (options.calibration.empty() && !areRunTimeScalesStated())
    options.calibration =
        ModelSource::of(module, model).findBeside("calibration.npz");
  if (failed(runPipeline(module, phases->first, options)))
    return 1;
  OwningOpRef<ModuleOp> later = module.clone();
  if (failed(runPipeline(*later, phases->second, options)))
    return 1;
  func::FuncOp expected = findMain(module), found = findMain(*later);
  if (!expected || !found)
    return 1;
  auto inputs =
      choosePhaseInputs(expected, compared->inputs, options.calibration);
  if (failed(inputs))
    return 1;
  InterpretedReference reference(
      expected, *inputs, ("phase '" + stringify(phases->first) + "'").str());
  FailureOr<Comparison> comparison = compareValues(
      found, *inputs, expected, reference, comparisonOptions(expected));
  if (failed(comparison))
    return 1;
  return reportComparison(*comparison, [](const ComparedValue &) {
    return std::vector<std::string>();
  });
}

int atleus::runComparison(Session &session, StringRef model,
                          ArrayRef<std::string> inputs) {
  if (!(tolerance >= 0))
    return reportError("--tolerance must be 0 or more, found " +
                       llvm::formatv("{0:e2}", tolerance.getValue()).str());
  if (oracle != Oracle::None && !comparedPhases.empty())
    return reportError("--compare and --compare-phases exclude each other");
  return comparedPhases.empty() ? compareWithONNXRuntime(session, model, inputs)
                                : comparePhases(session, model, inputs);
}
