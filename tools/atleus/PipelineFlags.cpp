// Declares the options that set up the pipeline.
#include "PipelineFlags.h"

#include "Choice.h"
#include "Commands.h"
#include "CompressionFlags.h"
#include "MappingFlags.h"
#include "NumberOption.h"
#include "Session.h"
#include "SizeOptions.h"

#include "atleus/Thermal/MachineStack.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

#include <functional>

using namespace atleus;
namespace cl = llvm::cl;

static cl::list<std::string, bool, DimensionParser> dimensions(
    "dim",
    cl::desc("Size of a dimension that the model leaves open; 'compile' "
             "takes a list, name=1,2,4, and compiles each"),
    cl::value_desc("name=size"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()),
    cl::sub(getInspectCommand()));

static cl::list<std::string, bool, ShapeParser>
    shapes("shape", cl::desc("Shape of a whole input, or a list"),
           cl::value_desc("input=1x128"), cl::cat(getOptionCategory()),
           cl::sub(getCompileCommand()), cl::sub(getRunCommand()),
           cl::sub(getInspectCommand()));

static cl::opt<std::string>
    machine("machine", cl::desc("Preset or machine file (default: atleus)"),
            cl::value_desc("name|file.mlir"), cl::init("atleus"),
            cl::cat(getOptionCategory()), cl::sub(getCompileCommand()),
            cl::sub(getRunCommand()), cl::sub(getInspectCommand()));

static cl::list<std::string>
    machineChanges("set", cl::desc("Change a number of the machine"),
                   cl::value_desc("part.attribute=value"),
                   cl::cat(getOptionCategory()), cl::sub(getCompileCommand()),
                   cl::sub(getRunCommand()), cl::sub(getInspectCommand()));

static Choice<scheduling::Algorithm> scheduler(
    "scheduler", cl::desc("How tasks and transfers get their times"),
    cl::values(clEnumValN(scheduling::Algorithm::List, "list",
                          "longest path first (default)"),
               clEnumValN(scheduling::Algorithm::Search, "search",
                          "shorter latency for more time"),
               clEnumValN(scheduling::Algorithm::Modulo, "modulo",
                          "more inferences per second, longer latency"),
               clEnumValN(scheduling::Algorithm::Exact, "exact",
                          "least latency, for small models")),
    cl::init(scheduling::Algorithm::List), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()));

static NumberOption<unsigned, 100> latencyPercent(
    "latency-percent",
    cl::desc("Longest latency with --scheduler=modulo, in percent of that with "
             "list (default: no limit)"),
    cl::value_desc("percent"), cl::init(0), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()));

static Choice<BufferLimit> buffers(
    "buffers", cl::desc("What to do where buffers are too small"),
    cl::values(
        clEnumValN(BufferLimit::Enforce, "enforce",
                   "start tasks when there is room for their data, or "
                   "say what does not fit (default)"),
        clEnumValN(BufferLimit::Report, "report",
                   "warn, and keep more in them than they hold; loads and "
                   "streamed weights are cut to them all the same")),
    cl::init(BufferLimit::Enforce), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()));

static NumberOption<unsigned, 1, maxThermalCells> thermalCells(
    "thermal-cells",
    cl::desc("Cells of the thermal model along each side of the die (default: "
             "32)"),
    cl::value_desc("count"), cl::init(32), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()));

static cl::opt<bool> enforceTemperature(
    "enforce-temperature",
    cl::desc("Fail if the machine gets hotter than its package allows"),
    cl::cat(getOptionCategory()), cl::sub(getCompileCommand()));

PipelineOptions atleus::getPipelineOptions() {
  PipelineOptions options;
  options.dimensions.assign(dimensions.begin(), dimensions.end());
  options.shapes.assign(shapes.begin(), shapes.end());
  readCompressionFlags(options);
  options.machine = machine;
  options.machineChanges.assign(machineChanges.begin(), machineChanges.end());
  options.mapping = getMappingOptions();
  options.scheduler = scheduler;
  if (scheduler == scheduling::Algorithm::Modulo)
    options.latencyPercent = latencyPercent;
  options.buffers = buffers;
  options.thermalCells = thermalCells;
  options.enforceTemperature = enforceTemperature;
  return options;
}

std::vector<std::pair<std::string, std::string>>
atleus::describeOptions(const PipelineOptions &options, Phase done) {
  std::vector<std::pair<std::string, std::string>> values;
  auto add = [&](Phase phase, const char *name, std::string value) {
    if (phase > done)
      values.emplace_back(name, std::move(value));
  };
  add(Phase::NN, "dimensions", llvm::join(options.dimensions, " "));
  add(Phase::NN, "shapes", llvm::join(options.shapes, " "));
  describeCompression(options, [&](const char *name, std::string value) {
    add(Phase::Compressed, name, std::move(value));
  });
  add(Phase::Assigned, "machine", options.machine);
  add(Phase::Assigned, "machine_changes",
      llvm::join(options.machineChanges, " "));
  describeMapping(options.mapping, add);
  add(Phase::Scheduled, "scheduler",
      scheduling::stringify(options.scheduler).str());
  if (options.latencyPercent > 0)
    add(Phase::Scheduled, "latency_percent",
        std::to_string(options.latencyPercent));
  add(Phase::Scheduled, "buffers", wordOf(buffers, options.buffers));
  add(Phase::Estimated, "thermal_cells", std::to_string(options.thermalCells));
  add(Phase::Estimated, "enforce_temperature",
      options.enforceTemperature ? "true" : "false");
  return values;
}

namespace {
/// An option and the phases that heed it.
struct HeededOption {
  HeededOption(const cl::Option &option, Phase phase)
      : HeededOption(option, phase, phase) {}
  HeededOption(const cl::Option &option, Phase first, Phase last)
      : option(&option), first(first), last(last) {}

  bool isGiven() const { return option->getNumOccurrences() > 0; }

  const cl::Option *option;
  Phase first, last;
};
} // namespace

static std::vector<HeededOption> getHeededOptions() {
  std::vector<HeededOption> options = {{dimensions, Phase::NN},
                                       {shapes, Phase::NN}};
  for (const cl::Option &option : getCompressionFlags())
    options.emplace_back(option, Phase::Compressed);
  // The arrays of the machine may give the size of blocks.
  PipelineOptions read = getPipelineOptions();
  bool blocksOfMachine = (read.weightScales == WeightScales::CrossbarWise &&
                          read.blockRows == 0) ||
                         (read.pruning && read.pruning->request.hasBlocks() &&
                          read.pruning->request.blockRows == 0);
  Phase machineFirst = blocksOfMachine ? Phase::Compressed : Phase::Assigned;
  options.insert(options.end(),
                 {{machine, machineFirst, Phase::Assigned},
                  {machineChanges, machineFirst, Phase::Assigned},
                  {scheduler, Phase::Scheduled},
                  {latencyPercent, Phase::Scheduled},
                  {buffers, Phase::Tiled, Phase::Scheduled},
                  {thermalCells, Phase::Estimated},
                  {enforceTemperature, Phase::Estimated}});
  for (auto [option, phase] : getMappingFlags())
    options.emplace_back(*option, phase);
  return options;
}

void atleus::warnOfIdleOptions(Phase done) {
  for (const HeededOption &heeded : getHeededOptions())
    if (heeded.last <= done && heeded.isGiven())
      llvm::WithColor::warning(llvm::errs())
          << "--" << heeded.option->ArgStr
          << " has no effect: the module is at phase '" << stringify(done)
          << "' already\n";
  if (done < Phase::Compressed)
    warnOfIdleCompressionFlags();
  warnOfIdleMappingFlags(done);
  if (done < Phase::Scheduled && latencyPercent.getNumOccurrences() > 0 &&
      scheduler != scheduling::Algorithm::Modulo)
    llvm::WithColor::warning(llvm::errs())
        << "--latency-percent has no effect without --scheduler=modulo\n";
}

bool atleus::reportPipelineOptions() {
  std::vector<HeededOption> options = getHeededOptions();
  auto found = llvm::find_if(options, std::mem_fn(&HeededOption::isGiven));
  if (found == options.end())
    return false;
  reportError("--" + found->option->ArgStr +
              " has no effect: a schedule is of a model that is mapped "
              "already, which --model names");
  return true;
}

bool atleus::reportOptionsAfter(Phase last) {
  std::vector<HeededOption> options = getHeededOptions();
  auto found = llvm::find_if(options, [&](const HeededOption &heeded) {
    return heeded.first > last && heeded.isGiven();
  });
  if (found == options.end())
    return false;
  reportError("--" + found->option->ArgStr +
              " has no effect: it is for phase '" + stringify(found->first) +
              "', which is not reached");
  return true;
}
