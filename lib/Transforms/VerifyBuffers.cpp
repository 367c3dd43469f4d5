// Compares what a schedule keeps in buffers with what they hold.
#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Arch/MachineLookup.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace atleus {
#define GEN_PASS_DEF_VERIFYBUFFERS
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

/// Occupants beyond these are not named.
static constexpr size_t maxNamed = 3;

namespace {
/// The buffer that is exceeded most.
struct Excess {
  unsigned buffer = 0;
  Peak peak;
  Picoseconds period;
  /// How many buffers besides this one are too small.
  unsigned numOthers = 0;
  /// What all buffers of the same core would hold, at any rate.
  int64_t sufficientBytes = 0;
};

/// The peaks of a machine's buffers at one rate of inferences.
struct RatePeaks {
  Picoseconds period;
  std::vector<Peak> peaks;
};

struct VerifyBuffers : public atleus::impl::VerifyBuffersBase<VerifyBuffers> {
  using VerifyBuffersBase::VerifyBuffersBase;

  void runOnOperation() final;

private:
  LogicalResult check(sched::ScheduleOp schedule, arch::MachineOp machine);
  void report(sched::ScheduleOp schedule, const LoadedBuffers &loaded,
              const Excess &excess);
};
} // namespace

/// The worst buffer at one rate, if one is too small.
static std::optional<Excess> findWorst(ArrayRef<NodeBuffer> buffers,
                                       const RatePeaks &rate) {
  std::optional<Excess> worst;
  int64_t largest = 0;
  for (unsigned i = 0; i < buffers.size(); ++i) {
    int64_t excess = toBytes(rate.peaks[i].size) - buffers[i].capacityBytes;
    if (excess <= largest)
      continue;
    largest = excess;
    worst = Excess{i, rate.peaks[i], rate.period};
  }
  return worst;
}

/// The worst buffer at the lowest rate at which one is too small.
static std::optional<Excess> findExcess(const LoadedBuffers &loaded) {
  SmallVector<RatePeaks, 2> rates;
  std::optional<Excess> worst;
  for (Picoseconds period : loaded.periods) {
    rates.push_back(
        {period, findPeaks(loaded.stays, loaded.buffers.size(), period)});
    if (!worst)
      worst = findWorst(loaded.buffers, rates.back());
  }
  if (!worst)
    return std::nullopt;
  arch::TierOp worstTier = loaded.buffers[worst->buffer].tier;
  for (unsigned i = 0; i < loaded.buffers.size(); ++i) {
    NodeBuffer buffer = loaded.buffers[i];
    int64_t bytes = 0;
    for (const RatePeaks &rate : rates)
      bytes = std::max(bytes, toBytes(rate.peaks[i].size));
    if (bytes > buffer.capacityBytes && i != worst->buffer)
      ++worst->numOthers;
    if (buffer.tier.getCore() == worstTier.getCore())
      worst->sufficientBytes = std::max(worst->sufficientBytes, bytes);
  }
  return worst;
}

/// "\"scores\"[3] 98304 bytes, ... and 12 more".
static std::string nameOccupants(const LoadedBuffers &loaded,
                                 ArrayRef<Occupant> occupants) {
  std::string text = llvm::join(
      llvm::map_range(occupants.take_front(maxNamed),
                      [&](const Occupant &occupant) {
                        sched::TimedOpInterface step =
                            loaded.steps[occupant.step];
                        return llvm::formatv("{0} {1} bytes", step.getLabel(),
                                             toBytes(occupant.size))
                            .str();
                      }),
      ", ");
  if (occupants.size() > maxNamed)
    text += " and " + std::to_string(occupants.size() - maxNamed) + " more";
  return text;
}

void VerifyBuffers::report(sched::ScheduleOp schedule,
                           const LoadedBuffers &loaded, const Excess &excess) {
  NodeBuffer buffer = loaded.buffers[excess.buffer];
  int64_t bytes = toBytes(excess.peak.size);
  InFlightDiagnostic diagnostic = enforceLimit ? emitError(schedule.getLoc())
                                               : emitWarning(schedule.getLoc());
  diagnostic << "schedule @" << schedule.getSymName() << " keeps " << bytes
             << " bytes in the buffer of node " << noc::toString(buffer.node)
             << " of @" << buffer.tier.getSymName() << " at "
             << excess.peak.time.count() << " ps, but it holds "
             << buffer.capacityBytes << ", with an inference every "
             << excess.period.count() << " ps";
  if (excess.numOthers > 0)
    diagnostic << "; " << excess.numOthers << " other buffer"
               << (excess.numOthers > 1 ? "s are" : " is") << " too small";
  std::vector<Occupant> occupants = findOccupants(
      loaded.stays, excess.buffer, excess.peak.time, excess.period);
  diagnostic.attachNote(loaded.steps[occupants.front().step]->getLoc())
      << "largest: " << nameOccupants(loaded, occupants);
  diagnostic.attachNote(buffer.tier.getCoreOp()->getLoc())
      << "buffer declared here; --set=" << buffer.tier.getCore()
      << ".buffer_bytes=" << excess.sufficientBytes << " makes it large enough";
}

LogicalResult VerifyBuffers::check(sched::ScheduleOp schedule,
                                   arch::MachineOp machine) {
  FailureOr<LoadedBuffers> loaded = loadBuffers(schedule, machine);
  if (failed(loaded))
    return failure();
  numBuffers += loaded->buffers.size();
  schedule->removeAttr(exceedsBuffersAttribute);
  std::optional<Excess> excess = findExcess(*loaded);
  if (!excess)
    return success();
  report(schedule, *loaded, *excess);
  if (!enforceLimit)
    schedule->setAttr(exceedsBuffersAttribute,
                      UnitAttr::get(schedule.getContext()));
  return failure(enforceLimit);
}

void VerifyBuffers::runOnOperation() {
  FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
  if (failed(machine))
    return signalPassFailure();
  for (auto schedule : getOperation().getOps<sched::ScheduleOp>())
    if (failed(check(schedule, *machine)))
      return signalPassFailure();
  markAllAnalysesPreserved();
}
