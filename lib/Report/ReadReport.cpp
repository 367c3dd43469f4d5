// Reads a report off the final IR.
#include "atleus/Report/Report.h"

#include "AssignmentFields.h"
#include "Sensitivity.h"
#include "SparsityReport.h"

#include "atleus/Cost/Arithmetic.h"
#include "atleus/Cost/NodeModel.h"
#include "atleus/Transforms/TokenVectors.h"
#include "dialects/Arch/Arch.h"
#include "dialects/NN/NN.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"

#include <algorithm>
#include <map>

using namespace mlir;
using namespace atleus;

static constexpr llvm::StringLiteral accuracyAttribute = "atleus.accuracy";
static constexpr llvm::StringLiteral optionsAttribute = "atleus.options";

double Report::throughputPerSecond() const {
  return interval.count() == 0 ? 0 : 1e12 / interval.count();
}

Femtojoules Report::intervalEnergy() const {
  Femtojoules idle = energyBreakdown[EnergyComponent::Leakage];
  if (latency.count() == 0)
    return energy;
  return energy - idle +
         Femtojoules(
             ceilScale(idle.count(), interval.count(), latency.count()));
}

double Report::energyDelayProduct() const {
  return energy.count() * 1e-15 * (latency.count() * 1e-12);
}

double Report::boundRatio() const {
  int64_t bound = std::max(
      {criticalPath.count(), busiestResource.count(), bandwidth.count()});
  return bound == 0 ? 0 : static_cast<double>(latency.count()) / bound;
}

double Report::intervalRatio() const {
  int64_t busiest = busiestResource.count();
  return busiest == 0 ? 0 : static_cast<double>(interval.count()) / busiest;
}

//===----------------------------------------------------------------------===//
// Attributes of the module
//===----------------------------------------------------------------------===//

void atleus::setAccuracy(ModuleOp module, const AccuracyReport &accuracy) {
  Builder builder(module.getContext());
  module->setAttr(
      accuracyAttribute,
      builder.getDictionaryAttr(
          {builder.getNamedAttr("metric",
                                builder.getStringAttr(accuracy.metric)),
           builder.getNamedAttr("dataset",
                                builder.getStringAttr(accuracy.dataset)),
           builder.getNamedAttr("samples",
                                builder.getI64IntegerAttr(accuracy.samples)),
           builder.getNamedAttr("float",
                                builder.getF64FloatAttr(accuracy.floatValue)),
           builder.getNamedAttr(
               "mapped", builder.getF64FloatAttr(accuracy.mappedValue))}));
}

static std::optional<AccuracyReport> readAccuracy(ModuleOp module) {
  auto values = module->getAttrOfType<DictionaryAttr>(accuracyAttribute);
  if (!values)
    return std::nullopt;
  AccuracyReport accuracy;
  if (auto metric = values.getAs<StringAttr>("metric"))
    accuracy.metric = metric.str();
  if (auto dataset = values.getAs<StringAttr>("dataset"))
    accuracy.dataset = dataset.str();
  if (auto samples = values.getAs<IntegerAttr>("samples"))
    accuracy.samples = samples.getInt();
  if (auto value = values.getAs<FloatAttr>("float"))
    accuracy.floatValue = value.getValueAsDouble();
  if (auto value = values.getAs<FloatAttr>("mapped"))
    accuracy.mappedValue = value.getValueAsDouble();
  return accuracy;
}

void atleus::setOptions(ModuleOp module,
                        ArrayRef<std::pair<std::string, std::string>> options) {
  Builder builder(module.getContext());
  NamedAttrList attributes(
      module->getAttrOfType<DictionaryAttr>(optionsAttribute));
  for (const auto &[name, value] : options)
    attributes.set(name, builder.getStringAttr(value));
  module->setAttr(optionsAttribute,
                  attributes.getDictionary(module.getContext()));
}

static void readOptions(ModuleOp module, Report &report) {
  auto options = module->getAttrOfType<DictionaryAttr>(optionsAttribute);
  if (!options)
    return;
  for (NamedAttribute option : options)
    if (auto value = dyn_cast<StringAttr>(option.getValue()))
      report.options.emplace_back(option.getName().str(), value.str());
}

//===----------------------------------------------------------------------===//
// Machine and kernels
//===----------------------------------------------------------------------===//

std::vector<AreaReport> atleus::readAreas(arch::TierOp tier) {
  std::vector<AreaReport> areas;
  for (const NodePart &part : getNodeParts(tier)) {
    AreaReport &entry = areas.emplace_back(AreaReport{part.name.str(), {}});
    if (part.area)
      entry.area = *part.area * tier.getNumNodes();
  }
  return areas;
}

static void readTiers(arch::MachineOp machine, Report &report) {
  for (arch::TierOp tier : machine.getTiers()) {
    TierReport entry;
    entry.name = tier.getSymName().str();
    entry.core = tier.getCore().str();
    entry.level = tier.getLevel();
    entry.nodes = tier.getNumNodes();
    if (auto crossbar = dyn_cast<arch::CrossbarOp>(tier.getCoreOp()))
      entry.crossbarsAvailable = entry.nodes * crossbar.getNumArrays();
    report.crossbarsAvailable += entry.crossbarsAvailable;
    entry.areas = readAreas(tier);
    report.tiers.push_back(std::move(entry));
  }
}

static TierReport *findTier(Report &report, StringRef name) {
  auto tier = llvm::find_if(report.tiers, [&](const TierReport &entry) {
    return entry.name == name;
  });
  return tier == report.tiers.end() ? nullptr : &*tier;
}

/// The op that prices the kernel: the core of its tier, or the host.
static ResourceModelOpInterface findCore(arch::MachineOp machine,
                                         StringRef name) {
  Operation *place = machine.lookupSymbol(name);
  if (auto tier = dyn_cast_or_null<arch::TierOp>(place))
    place = tier.getCoreOp();
  return dyn_cast_or_null<ResourceModelOpInterface>(place);
}

static void readHost(nn::HostOp host, const KernelReport &kernel,
                     const Work &work, Report &report) {
  HostFallbackReport fallback;
  fallback.name = kernel.name;
  for (Operation &op : host.getBody().front())
    if (!isa<nn::YieldOp>(op))
      fallback.ops.push_back(op.getName().getStringRef().str());
  fallback.macs = kernel.macs;
  fallback.bytes = work.bytesRead + work.bytesWritten + work.parameterBytes;
  report.hostFallback.push_back(std::move(fallback));
}

/// The tokens of the first task of a kernel, or its rows; a scalar is one.
static int64_t countTokens(KernelOpInterface op) {
  Tile tile = op.getTaskResult(0);
  if (tile.rank() < 2)
    return 1;
  return llvm::product_of(
      ArrayRef(tile.sizes).drop_back(countVectorDimensions(op)));
}

/// Adds the kernels of the functions, in program order.
static void readKernels(ModuleOp module, arch::MachineOp machine,
                        Report &report) {
  module.walk([&](KernelOpInterface op) {
    KernelReport kernel;
    kernel.name = nn::getKernelName(op).str();
    kernel.kind = op->getName().getStringRef().str();
    kernel.tier = op.getKernelTier().getValue().str();
    kernel.tokensPerTask = countTokens(op);
    Work work = cast<WorkOpInterface>(op.getOperation()).getWork();
    kernel.macs = work.macs();
    report.macs += kernel.macs;
    report.bytes += work.bytesRead + work.bytesWritten + work.parameterBytes;
    if (ResourceModelOpInterface core = findCore(machine, kernel.tier))
      if (auto price = core.price(op.getTileWork(op.getTaskResult(0)), nullptr))
        kernel.bound = price->bottleneck;
    kernel.sparsity = readSparsity(op, machine);
    kernel.assignment = readAssignment(op);
    if (TierReport *tier = findTier(report, kernel.tier))
      ++tier->kernels;
    if (auto host = dyn_cast<nn::HostOp>(op.getOperation()))
      readHost(host, kernel, work, report);
    report.kernels.push_back(std::move(kernel));
  });
}

//===----------------------------------------------------------------------===//
// Schedule
//===----------------------------------------------------------------------===//

namespace {
/// Collects, by kernel, when its tasks run and what they take.
class ScheduleReader {
public:
  explicit ScheduleReader(Report &report) : report(report) {
    for (KernelReport &kernel : report.kernels)
      spans[kernel.name].kernel = &kernel;
  }

  void read(sched::ScheduleOp schedule) {
    for (Operation &op : schedule.getBody().front()) {
      if (auto task = dyn_cast<sched::TaskOp>(op))
        addTask(task);
      else if (auto transfer = dyn_cast<sched::TransferOp>(op))
        addTransfer(transfer);
      else if (auto program = dyn_cast<sched::ProgramOp>(op))
        addProgram(program);
    }
    for (auto &entry : spans)
      if (Span &span = entry.second; span.kernel && span.kernel->tasks > 0)
        span.kernel->latency = span.end - span.start;
  }

private:
  struct Span {
    KernelReport *kernel = nullptr;
    Picoseconds start;
    Picoseconds end;
  };

  void addTask(sched::TaskOp task) {
    Femtojoules energy(task.getEnergyFj().value_or(0));
    Picoseconds duration(task.getDurationPs());
    StringRef name = task.getKernel();
    bool brings = name.consume_front("load:") || name.consume_front("write:");
    Span &span = spans[name];
    if (!span.kernel)
      return;
    // What brings a weight is for the kernel, but not a part of it.
    if (brings) {
      span.kernel->energy += energy;
      if (TierReport *tier = findTier(report, span.kernel->tier))
        tier->energy += energy;
      return;
    }
    Picoseconds start(task.getStartPs().value_or(0));
    Picoseconds end = start + duration;
    bool first = span.kernel->tasks++ == 0;
    span.start = first ? start : std::min(span.start, start);
    span.end = first ? end : std::max(span.end, end);
    span.kernel->busy += duration;
    span.kernel->energy += energy;
    if (TierReport *tier = findTier(report, span.kernel->tier)) {
      tier->busy += duration;
      tier->energy += energy;
    }
  }

  void addTransfer(sched::TransferOp transfer) {
    if (KernelReport *kernel = spans[transfer.getKernel()].kernel)
      kernel->energy += Femtojoules(transfer.getEnergyFj().value_or(0));
  }

  void addProgram(sched::ProgramOp program) {
    int64_t arrays = program.getArrays();
    report.crossbarsUsed += arrays;
    report.programmingEnergy += Femtojoules(program.getEnergyFj().value_or(0));
    if (KernelReport *kernel = spans[program.getKernel()].kernel)
      if (TierReport *tier = findTier(report, kernel->tier))
        tier->crossbarsUsed += arrays;
  }

  Report &report;
  llvm::StringMap<Span> spans;
};
} // namespace

/// The arrays of each slot, which its weights share, are in use, too.
static void addSlots(ModuleOp module, Report &report) {
  llvm::DenseSet<std::pair<Attribute, Attribute>> slots;
  module.walk([&](pim::ProgramOp program) {
    if (!program.getSlot() ||
        !slots.insert({program.getTierAttr(), program.getSlotAttr()}).second)
      return;
    int64_t arrays = program.getType().getNumArrays() * program.getReplicas();
    report.crossbarsUsed += arrays;
    if (TierReport *tier = findTier(report, program.getTier()))
      tier->crossbarsUsed += arrays;
  });
}

/// Writing time: the arrays of one node are written one kernel after another,
/// different nodes at the same time.
static Picoseconds programmingTime(sched::ScheduleOp schedule) {
  std::map<noc::Node, Picoseconds> byNode;
  Picoseconds longest;
  for (auto program : schedule.getBody().getOps<sched::ProgramOp>())
    for (const noc::Node &node : program.getNodes().getNodes()) {
      Picoseconds &time = byNode[node];
      time += Picoseconds(program.getDurationPs());
      longest = std::max(longest, time);
    }
  return longest;
}

static void readSummary(sched::SummaryOp summary, Report &report) {
  report.latency = Picoseconds(summary.getMakespanPs());
  report.criticalPath = Picoseconds(summary.getCriticalPathPs());
  report.busiestResource = Picoseconds(summary.getBusiestResourcePs());
  report.busiestResourceName = summary.getBusiestResource().str();
  report.bandwidth = Picoseconds(summary.getBandwidthPs());
  report.lowerBound = Picoseconds(summary.getLowerBoundPs().value_or(0));
  auto energies = summary.getEnergyFjAttr();
  for (unsigned i = 0; energies && i < numEnergyComponents; ++i) {
    auto component = static_cast<EnergyComponent>(i);
    if (auto value = energies.getAs<IntegerAttr>(stringify(component)))
      report.energyBreakdown[component] = Femtojoules(value.getInt());
  }
  report.energy = report.energyBreakdown.total();
}

template <typename OpTy>
static FailureOr<OpTy> findOnly(ModuleOp module, StringRef phase) {
  auto ops = module.getOps<OpTy>();
  if (ops.empty())
    return module.emitError()
               << "a report needs an '" << OpTy::getOperationName()
               << "', which the module has from phase '" << phase << "' on",
           failure();
  return *ops.begin();
}

LogicalResult atleus::checkReportable(ModuleOp module) {
  if (failed(findOnly<arch::MachineOp>(module, "assigned")))
    return failure();
  auto schedule = findOnly<sched::ScheduleOp>(module, "scheduled");
  if (failed(schedule))
    return failure();
  sched::SummaryOp summary = schedule->getSummary();
  if (!summary || !summary.getEnergyFj())
    return schedule->emitError() << "a report needs a 'sched.summary' with "
                                    "energy, which the schedule has from phase "
                                    "'estimated' on";
  return success();
}

FailureOr<Report> atleus::readReport(ModuleOp module) {
  if (failed(checkReportable(module)))
    return failure();
  auto schedule = findOnly<sched::ScheduleOp>(module, "scheduled");
  FailureOr<LoadedSchedule> loaded = loadSchedule(*schedule);
  if (failed(loaded))
    return failure();
  return readReport(module, *loaded);
}

FailureOr<Report> atleus::readReport(ModuleOp module,
                                     const LoadedSchedule &loaded) {
  if (failed(checkReportable(module)))
    return failure();
  auto machine = findOnly<arch::MachineOp>(module, "assigned");
  sched::ScheduleOp schedule = loaded.op;
  scheduling::FixedOrder order(loaded.loaded.problem, loaded.starts);
  Report report;
  if (loaded.buffers)
    report.buffers = readBuffers(*loaded.buffers);
  if (auto function = module.lookupSymbol<func::FuncOp>("main"))
    report.cache = readCache(function, schedule);
  report.model = schedule.getModel().value_or("").str();
  report.machine = machine->getSymName().str();
  readOptions(module, report);
  report.accuracy = readAccuracy(module);
  report.placement = readPlacement(module);
  report.weights = readWeights(module);
  report.assignment = readAssignment(module);
  report.noise = readNoise(module);
  report.hasInjectedNoise = hasInjectedNoise(module);
  report.network = readNetwork(schedule);
  readTiers(*machine, report);
  readCrossbarUse(module, report);
  readKernels(module, *machine, report);
  ScheduleReader(report).read(schedule);
  addSlots(module, report);
  report.programmingTime = programmingTime(schedule);
  report.weightTraffic = readWeightTraffic(module, *machine, loaded, order);
  readSummary(schedule.getSummary(), report);
  report.inputs = analyzeInputs(module, *machine, loaded, order);
  report.hasPackage = machine->getPackage() != nullptr;
  report.temperature = readTemperature(schedule, *machine);
  report.interval =
      Picoseconds(schedule.getIntervalPs().value_or(report.latency.count()));
  return report;
}
