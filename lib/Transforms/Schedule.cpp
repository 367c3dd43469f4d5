// Gives the tasks of schedules their starts.
#include "atleus/Scheduling/Algorithm.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Scheduling/LoadProblem.h"
#include "atleus/Transforms/Passes.h"
#include "atleus/Transforms/VerifySchedule.h"
#include "dialects/Arch/MachineLookup.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

namespace atleus {
#define GEN_PASS_DEF_SCHEDULE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

/// The longest time for which a part of the network is held.
static Picoseconds bandwidthBound(const LoadedProblem &loaded,
                                  const Bounds &bounds) {
  Picoseconds longest;
  for (auto [resource, busy] : llvm::zip_equal(loaded.resources, bounds.busy))
    if (resource.isNetwork())
      longest = std::max(longest, busy);
  return longest;
}

/// Writes starts, makespan and interval into the IR.
static void storeStarts(sched::ScheduleOp schedule, LoadedProblem &loaded,
                        const Solution &solution) {
  for (auto [op, start] : llvm::zip_equal(loaded.tasks, solution.starts))
    op.setStart(start);
  schedule.setMakespanPs(makespan(loaded.problem, solution.starts).count());
  if (solution.interval > Picoseconds())
    schedule.setIntervalPs(solution.interval.count());
  else
    schedule.removeIntervalPsAttr();
}

/// Puts a summary without energy in the place of a former one, and takes away
/// what followed from that.
static void storeSummary(sched::ScheduleOp schedule,
                         const LoadedProblem &loaded, const Bounds &bounds,
                         Picoseconds lowerBound) {
  for (Operation &former :
       llvm::make_early_inc_range(schedule.getBody().front()))
    if (isa<sched::SummaryOp, sched::TemperatureOp>(former))
      former.erase();
  Picoseconds busiest;
  std::string name = "none";
  if (!bounds.busy.empty()) {
    unsigned resource = bounds.busiestResource();
    busiest = bounds.busy[resource];
    name = loaded.problem.resourceName(resource).str();
  }
  auto builder = OpBuilder::atBlockEnd(&schedule.getBody().front());
  sched::SummaryOp::create(builder, schedule.getLoc(),
                           *schedule.getMakespanPs(),
                           bounds.criticalPath.count(), busiest.count(), name,
                           bandwidthBound(loaded, bounds).count(),
                           builder.getI64IntegerAttr(lowerBound.count()),
                           /*energy_fj=*/nullptr, /*node_energy_fj=*/nullptr,
                           /*node_leakage_fj=*/nullptr);
}

namespace {
class Schedule : public atleus::impl::ScheduleBase<Schedule> {
public:
  using ScheduleBase::ScheduleBase;

  void runOnOperation() override {
    sched::ScheduleOp schedule = getOperation();
    if (failed(checkOptions()))
      return signalPassFailure();
    FailureOr<LoadedGraph> loaded = loadGraph(schedule);
    if (failed(loaded))
      return signalPassFailure();
    SolverOptions options = getSolverOptions();
    if (algorithm == Algorithm::Modulo && heedsBuffers &&
        failed(heedBuffers(options)))
      return signalPassFailure();
    if (algorithm == Algorithm::Given && failed(readStarts(options)))
      return signalPassFailure();
    Solution solution = solve(loaded->problem, loaded->graph, options);
    storeStarts(schedule, *loaded, solution);
    storeSummary(schedule, *loaded,
                 computeBounds(loaded->problem, loaded->graph),
                 solution.lowerBound);
    if (failed(verifySchedule(schedule)))
      return signalPassFailure();
    warnIfUnproven(solution);
    numTasks += llvm::range_size(schedule.getOps<sched::TaskOp>());
    numTransfers += llvm::range_size(schedule.getOps<sched::TransferOp>());
    makespan += *schedule.getMakespanPs();
  }

private:
  SolverOptions getSolverOptions() const {
    SolverOptions options;
    options.algorithm = algorithm;
    options.searchRounds = searchRounds;
    options.maxNodes = maxNodes;
    options.stream.busiestPercent = busiestPercent;
    if (latencyPercent > 0)
      options.stream.latencyPercent = latencyPercent;
    return options;
  }

  /// Lets no more inferences overlap than have room for their data.
  LogicalResult heedBuffers(SolverOptions &options) {
    FailureOr<arch::MachineOp> machine =
        arch::findMachine(getOperation()->getParentOfType<ModuleOp>());
    if (failed(machine))
      return failure();
    LoadedBufferProblem buffers = loadBufferProblem(getOperation(), *machine);
    std::vector<Bits> capacities = buffers.getCapacities();
    options.stream.accepts =
        [buffers = std::move(buffers),
         capacities = std::move(capacities)](const RepeatedSchedule &schedule) {
          return fitsBuffers(findStays(buffers, schedule.starts), capacities,
                             schedule.interval);
        };
    return success();
  }

  /// An interval is only looked for where starts keep each other's resources.
  LogicalResult readStarts(SolverOptions &options) {
    FailureOr<Starts> given = loadStarts(getOperation());
    if (failed(given))
      return failure();
    options.given = std::move(*given);
    getOperation().removeIntervalPsAttr();
    return verifySchedule(getOperation());
  }

  LogicalResult checkOptions() {
    if (busiestPercent < 1 || busiestPercent > 100)
      return getOperation().emitError("busiest-percent must be from 1 to 100, "
                                      "found ")
             << busiestPercent.getValue();
    if (latencyPercent > 0 && latencyPercent < 100)
      return getOperation().emitError("latency-percent must be 0 or at least "
                                      "100, found ")
             << latencyPercent.getValue();
    if (latencyPercent > 0 && algorithm != Algorithm::Modulo)
      return getOperation().emitError("latency-percent is for the modulo "
                                      "scheduler, found ")
             << stringify(algorithm);
    return success();
  }

  void warnIfUnproven(const Solution &solution) {
    int64_t makespan = *getOperation().getMakespanPs();
    if (algorithm == Algorithm::Exact &&
        solution.lowerBound < Picoseconds(makespan))
      getOperation().emitWarning("may not be the shortest schedule: it takes ")
          << makespan << " ps, and no bound above "
          << solution.lowerBound.count() << " ps was proven with "
          << maxNodes.getValue() << " nodes";
  }
};
} // namespace
