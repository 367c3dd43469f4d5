// Sets up what is compared and reports what was found.
#include "Compare.h"

#include "Commands.h"
#include "LoadModel.h"
#include "PipelineFlags.h"

#include "atleus/Comparison/ComparisonReport.h"
#include "atleus/Comparison/NodeGraph.h"
#include "atleus/Comparison/ONNXRuntime.h"
#include "atleus/Interpreter/RandomInputs.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

#include <functional>

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

namespace {
enum class Oracle { None, ONNXRuntime };
} // namespace

static cl::opt<Oracle> oracle(
    "compare", cl::desc("Compare every kernel with another implementation"),
    cl::values(clEnumValN(Oracle::ONNXRuntime, "onnxruntime",
                          "ONNX Runtime, optimizations disabled")),
    cl::init(Oracle::None), cl::cat(getOptionCategory()), cl::sub(runCommand));

static cl::opt<std::string> comparedPhases(
    "compare-phases",
    cl::desc("Compare every kernel of a phase with the same one of an earlier "
             "phase"),
    cl::value_desc("earlier,later"), cl::cat(getOptionCategory()),
    cl::sub(runCommand));

static cl::opt<std::string> reference(
    "reference",
    cl::desc("With --compare and IR: the ONNX model that the IR was made from"),
    cl::value_desc("model.onnx"), cl::cat(getOptionCategory()),
    cl::sub(runCommand));

static cl::opt<std::string> onnxruntime(
    "onnxruntime",
    cl::desc("Folder in which onnxruntime-node is installed (default: "
             "$ATLEUS_ONNXRUNTIME)"),
    cl::value_desc("folder"), cl::cat(getOptionCategory()),
    cl::sub(runCommand));

static cl::opt<double> tolerance(
    "tolerance",
    cl::desc("Largest difference that agrees, relative to the largest element "
             "of a value (default: 1e-5)"),
    cl::value_desc("number"), cl::init(1e-5), cl::cat(getOptionCategory()),
    cl::sub(runCommand));

static cl::opt<bool> perOp(
    "per-op",
    cl::desc("Print a table of all compared values, with the error that each "
             "kernel adds to that of its inputs"),
    cl::cat(getOptionCategory()), cl::sub(runCommand));

static cl::opt<bool> asJSON("json", cl::desc("Print the comparison as JSON"),
                            cl::cat(getOptionCategory()), cl::sub(runCommand));

static cl::opt<uint64_t>
    seed("seed",
         cl::desc("Of the random inputs that are compared on where "
                  "no --input is given (default: 0)"),
         cl::value_desc("number"), cl::init(0), cl::cat(getOptionCategory()),
         cl::sub(runCommand));

static cl::list<std::string>
    ranges("range",
           cl::desc("Random integers of an input, both ends included; "
                    "default: the rows of the table that it indexes"),
           cl::value_desc("name=low:high"), cl::cat(getOptionCategory()),
           cl::sub(runCommand));

/// Reports `error` the way the diagnostics look. Returns the exit code.
static int report(const llvm::Twine &error) {
  llvm::WithColor::error(llvm::errs()) << error << '\n';
  return 1;
}

bool atleus::isComparison() {
  return oracle != Oracle::None || !comparedPhases.empty();
}

bool atleus::reportComparisonOptions() {
  using Option = std::reference_wrapper<const cl::Option>;
  for (const cl::Option &option : std::initializer_list<Option>{
           reference, onnxruntime, tolerance, perOp, asJSON, seed, ranges})
    if (option.getNumOccurrences() > 0) {
      report("--" + option.ArgStr + " needs --compare or --compare-phases");
      return true;
    }
  return false;
}

static func::FuncOp findMain(ModuleOp module) {
  auto function = module.lookupSymbol<func::FuncOp>("main");
  if (!function)
    report("the module has no function 'main'");
  return function;
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

/// Makes those inputs that were not given.
static llvm::Expected<std::vector<Tensor>>
completeInputs(func::FuncOp function, GivenInputs givenInputs) {
  auto given = givenInputs(function);
  if (!given)
    return given.takeError();
  auto wanted = parseRanges();
  if (!wanted)
    return wanted.takeError();
  for (BlockArgument argument : function.getArguments()) {
    unsigned index = argument.getArgNumber();
    IntegerRange range = getDefaultRange(argument);
    if (auto name =
            function.getArgAttrOfType<StringAttr>(index, nn::nameAttribute))
      if (auto found = wanted->find(name.getValue()); found != wanted->end()) {
        range = found->second;
        wanted->erase(found);
      }
    if (Tensor &input = (*given)[index]; !input)
      input = makeRandomTensor(cast<RankedTensorType>(argument.getType()),
                               seed + index, range);
  }
  if (!wanted->empty())
    return llvm::createStringError("--range: the model has no input '" +
                                   wanted->begin()->first() + "'");
  return given;
}

//===----------------------------------------------------------------------===//
// Comparing
//===----------------------------------------------------------------------===//

static ComparisonOptions comparisonOptions() {
  ComparisonOptions options;
  options.tolerance = tolerance;
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

static bool isIR(StringRef path) {
  StringRef extension = llvm::sys::path::extension(path);
  return extension == ".mlir" || extension == ".mlirbc" ||
         extension == ".mlirb";
}

/// Brings a module that is still a graph to kernels.
static LogicalResult convertGraph(ModuleOp module,
                                  const PipelineOptions &options) {
  FailureOr<Phase> phase = getPhase(module);
  if (failed(phase))
    return failure();
  return *phase == Phase::ONNX ? runPipeline(module, Phase::NN, options)
                               : success();
}

static int compareWithONNXRuntime(Session &session, StringRef model,
                                  GivenInputs givenInputs) {
  if (reportOptionsAfter(Phase::NN))
    return 1;
  std::string source = reference.empty() ? model.str() : reference.getValue();
  if (isIR(source))
    return report("'" + source +
                  "' is not an ONNX model: give the one that it "
                  "was made from by --reference");
  OwningOpRef<ModuleOp> module = loadModel(source, session.context());
  func::FuncOp expected = module ? findMain(*module) : func::FuncOp();
  if (!expected)
    return 1;
  NodeGraph graph(expected);
  PipelineOptions options = getPipelineOptions();
  options.recordONNXValues = true;
  if (failed(convertGraph(*module, options)))
    return 1;
  OwningOpRef<ModuleOp> other;
  func::FuncOp found = expected;
  if (!reference.empty()) {
    other = loadModel(model, session.context());
    if (!other || failed(convertGraph(*other, options)))
      return 1;
    found = findMain(*other);
    if (!found)
      return 1;
  }
  auto inputs = completeInputs(expected, givenInputs);
  if (!inputs)
    return report(toString(inputs.takeError()));
  ONNXRuntimeReference oracle(expected, source, *inputs, onnxruntime);
  FailureOr<Comparison> comparison =
      compareValues(found, *inputs, expected, oracle, comparisonOptions());
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

/// The file with samples for calibration beside the model, as `atleus compile`
/// finds it, or an empty string.
static std::string findCalibration(StringRef model) {
  SmallString<256> path(model);
  llvm::sys::path::replace_extension(path, "calibration.npz");
  return llvm::sys::fs::exists(path) ? path.str().str() : std::string();
}

static int comparePhases(Session &session, StringRef model,
                         GivenInputs givenInputs) {
  auto phases = parsePhases();
  if (!phases)
    return report(toString(phases.takeError()));
  if (reportOptionsAfter(phases->second))
    return 1;
  OwningOpRef<ModuleOp> module = loadModel(model, session.context());
  PipelineOptions options = getPipelineOptions();
  if (options.calibration.empty())
    options.calibration = findCalibration(model);
  if (!module || failed(runPipeline(*module, phases->first, options)))
    return 1;
  OwningOpRef<ModuleOp> later = module->clone();
  if (failed(runPipeline(*later, phases->second, options)))
    return 1;
  func::FuncOp expected = findMain(*module), found = findMain(*later);
  if (!expected || !found)
    return 1;
  auto inputs = completeInputs(expected, givenInputs);
  if (!inputs)
    return report(toString(inputs.takeError()));
  InterpretedReference reference(
      expected, *inputs, ("phase '" + stringify(phases->first) + "'").str());
  FailureOr<Comparison> comparison =
      compareValues(found, *inputs, expected, reference, comparisonOptions());
  if (failed(comparison))
    return 1;
  return reportComparison(*comparison, [](const ComparedValue &) {
    return std::vector<std::string>();
  });
}

int atleus::runComparison(Session &session, StringRef model,
                          GivenInputs givenInputs) {
  if (oracle != Oracle::None && !comparedPhases.empty())
    return report("--compare and --compare-phases exclude each other");
  return comparedPhases.empty()
             ? compareWithONNXRuntime(session, model, givenInputs)
             : comparePhases(session, model, givenInputs);
}
