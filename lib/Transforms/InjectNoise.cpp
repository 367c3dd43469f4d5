// Says for each weight in crossbars which noise its devices have.
#include "atleus/Transforms/Passes.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"
#include "dialects/NoC/NoC.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Sched/Sched.h"

#include <limits>

namespace atleus {
#define GEN_PASS_DEF_INJECTNOISE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

/// Random numbers are drawn for arrays and for cells of 32 bits.
static constexpr int64_t maximumIndex = std::numeric_limits<uint32_t>::max();

namespace {
/// The temperature of the arrays of each node, in mK.
class ArrayTemperatures {
public:
  /// `stated` is that of all arrays, or 0 to take it from the module.
  ArrayTemperatures(ModuleOp module, arch::MachineOp machine, int64_t stated)
      : machine(machine), stated(stated) {
    for (auto schedule : module.getOps<sched::ScheduleOp>())
      for (auto found : schedule.getOps<sched::TemperatureOp>())
        if (!hottest || found.getPeriodPs() < hottest.getPeriodPs())
          hottest = found;
  }

  FailureOr<int64_t> of(pim::ProgramOp program);

private:
  FailureOr<int64_t> ofNode(pim::ProgramOp program);

  arch::MachineOp machine;
  int64_t stated;
  /// At the highest rate of inferences, or null.
  sched::TemperatureOp hottest;
};

struct InjectNoise : public atleus::impl::InjectNoiseBase<InjectNoise> {
  using InjectNoiseBase::InjectNoiseBase;

  void runOnOperation() final;

private:
  LogicalResult checkOptions();
  LogicalResult inject(pim::ProgramOp program, arch::MachineOp machine,
                       ArrayTemperatures &temperatures);
  LogicalResult numberArrays(pim::ProgramOp program);

  /// That of the next weight's first array.
  int64_t nextArray = 0;
};
} // namespace

FailureOr<int64_t> ArrayTemperatures::ofNode(pim::ProgramOp program) {
  ArrayRef<int64_t> node = *program.getNodes();
  ArrayRef<int64_t> dims = machine.getNoC().getDims();
  int64_t index = node[0] + dims[0] * (node[1] + dims[1] * node[2]);
  bool inside = node[0] < dims[0] && node[1] < dims[1] && node[2] < dims[2];
  ArrayRef<int64_t> temperatures = hottest.getNodeMk();
  if (inside && index < static_cast<int64_t>(temperatures.size()))
    return temperatures[index];
  InFlightDiagnostic error =
      program.emitOpError()
      << "is at node " << noc::toString(noc::Node{node[0], node[1], node[2]})
      << ", of which the schedule states no temperature";
  error.attachNote(hottest.getLoc()) << "temperatures stated here";
  return error;
}

FailureOr<int64_t> ArrayTemperatures::of(pim::ProgramOp program) {
  if (stated)
    return stated;
  if (hottest && program.getNodes())
    return ofNode(program);
  if (arch::PackageOp package = machine.getPackage())
    return package.getAmbientMk();
  InFlightDiagnostic error =
      program.emitOpError("has arrays of unknown temperature: there is neither "
                          "a schedule that states it nor a package with an "
                          "ambient one; state temperature-mk");
  error.attachNote(machine.getLoc()) << "machine declared here";
  return error;
}

/// Without constants of its device, nobody knows how a crossbar varies.
static LogicalResult reportMissingDevice(pim::ProgramOp program,
                                         arch::MachineOp machine) {
  InFlightDiagnostic error =
      program.emitOpError("has no noise, because its crossbar names no device");
  Operation *place = arch::lookupPlace(machine, program.getTierAttr());
  if (arch::CrossbarOp crossbar = place ? arch::getCrossbar(place) : nullptr)
    error.attachNote(crossbar.getLoc())
        << "crossbar @" << crossbar.getSymName()
        << " declared here; it needs 'device = @NAME' of an 'arch.device'";
  return error;
}

LogicalResult InjectNoise::checkOptions() {
  auto check = [&](StringRef name, int64_t value, int64_t least, int64_t most) {
    if (value >= least && value <= most)
      return success();
    getOperation().emitError() << name << " must be from " << least << " to "
                               << most << ", found " << value;
    return failure();
  };
  constexpr int64_t any = std::numeric_limits<int64_t>::max();
  return success(succeeded(check("trial", trial, 0, maximumIndex)) &&
                 succeeded(check("temperature-mk", temperatureMk, 0, any)) &&
                 succeeded(check("elapsed-s", elapsedS, 0, any)));
}

/// Reserves numbers for the arrays of a weight: those of its first replica,
/// whose noise all its products have, and then those of the others.
LogicalResult InjectNoise::numberArrays(pim::ProgramOp program) {
  pim::ArrayType type = program.getType();
  int64_t cells =
      type.getCrossbar().getRows() * type.getCrossbar().getColumns();
  if (cells > maximumIndex)
    return program.emitOpError()
           << "has arrays of " << cells << " cells, noise is for up to "
           << maximumIndex;
  int64_t arrays = type.getNumArrays() * program.getReplicas();
  if (nextArray > maximumIndex - arrays)
    return program.emitOpError()
           << "has the arrays from " << nextArray << " to "
           << nextArray + arrays - 1 << ", noise is for up to " << maximumIndex;
  nextArray += arrays;
  return success();
}

LogicalResult InjectNoise::inject(pim::ProgramOp program,
                                  arch::MachineOp machine,
                                  ArrayTemperatures &temperatures) {
  pim::DeviceAttr device = program.getType().getCrossbar().getDevice();
  if (!device)
    return reportMissingDevice(program, machine);
  int64_t firstArray = nextArray;
  if (failed(numberArrays(program)))
    return failure();
  FailureOr<int64_t> temperature = temperatures.of(program);
  if (failed(temperature))
    return failure();
  int64_t elapsed = elapsedS ? elapsedS : device.getDriftReferenceS();
  program.setNoiseAttr(pim::NoiseAttr::get(&getContext(), seed, trial,
                                           firstArray, *temperature, elapsed));
  ++numPrograms;
  return success();
}

void InjectNoise::runOnOperation() {
  ModuleOp module = getOperation();
  FailureOr<arch::MachineOp> machine = arch::findMachine(module);
  if (failed(machine) || failed(checkOptions()))
    return signalPassFailure();
  nextArray = 0;
  ArrayTemperatures temperatures(module, *machine, temperatureMk);
  WalkResult result = module.walk([&](pim::ProgramOp program) {
    return WalkResult(inject(program, *machine, temperatures));
  });
  if (result.wasInterrupted())
    return signalPassFailure();
  if (nextArray > 0)
    return;
  module.emitError("has no 'pim.program', and noise is that of weights in "
                   "crossbars: policy=static-dynamic of --atleus-assign-tiers "
                   "(atleus compile --policy=static-dynamic) puts them there");
  signalPassFailure();
}
