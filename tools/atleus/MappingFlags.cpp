// Declares the options that say how kernels are mapped to the machine.
#include "MappingFlags.h"

#include "Choice.h"
#include "Commands.h"
#include "NumberOption.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
namespace cl = llvm::cl;

namespace {
/// A count, or the word auto, which is 0.
struct CountOrAuto : public cl::parser<unsigned> {
  using cl::parser<unsigned>::parser;
  static bool parse(cl::Option &option, llvm::StringRef /*name*/,
                    llvm::StringRef text, unsigned &value) {
    if (text == "auto") {
      value = 0;
      return false;
    }
    if (text.getAsInteger(10, value) || value == 0)
      return option.error("expected a whole number from 1 to " +
                          std::to_string(std::numeric_limits<unsigned>::max()) +
                          " or auto, found '" + text + "'");
    return false;
  }
};
} // namespace

static Choice<AssignmentPolicy> policy(
    "policy", cl::desc("How kernels are given tiers"),
    cl::values(
        clEnumValN(AssignmentPolicy::Cost, "cost",
                   "what costs least (default)"),
        clEnumValN(AssignmentPolicy::StaticDynamic, "static-dynamic",
                   "weights to crossbars, all else to systolic tiers"),
        clEnumValN(AssignmentPolicy::AttentionFeedForward,
                   "attention-feedforward",
                   "feed-forward layers to crossbars, all else to systolic "
                   "tiers"),
        clEnumValN(AssignmentPolicy::AllSystolic, "all-systolic",
                   "nothing to crossbars"),
        clEnumValN(AssignmentPolicy::AllCrossbar, "all-crossbar",
                   "all that crossbar tiers can execute")),
    cl::init(AssignmentPolicy::Cost), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<AssignmentObjective>
    objective("objective", cl::desc("What --policy=cost makes small"),
              cl::values(clEnumValN(AssignmentObjective::Latency, "latency",
                                    "the time of an inference (default)"),
                         clEnumValN(AssignmentObjective::Energy, "energy",
                                    "the energy of an inference"),
                         clEnumValN(AssignmentObjective::EDP, "edp",
                                    "energy times time")),
              cl::init(AssignmentObjective::Latency),
              cl::cat(getOptionCategory()), cl::sub(getCompileCommand()),
              cl::sub(getRunCommand()));

static cl::list<std::string> pins(
    "assign",
    cl::desc("Kernels that go to a tier, such as "
             "encoder.*.ffn*=@reram0; the last pattern that matches counts"),
    cl::value_desc("pattern=@tier"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<WeightSpill> spill(
    "spill", cl::desc("What becomes of weights without room in crossbars"),
    cl::values(clEnumValN(WeightSpill::Auto, "auto",
                          "what costs less, of systolic and rewrite (default)"),
               clEnumValN(WeightSpill::None, "none", "an error"),
               clEnumValN(WeightSpill::Systolic, "systolic",
                          "they stream from memory into systolic tiers"),
               clEnumValN(WeightSpill::Rewrite, "rewrite",
                          "they take turns in crossbars, written anew in each "
                          "inference")),
    cl::init(WeightSpill::Auto), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<unsigned, false, CountOrAuto> maxReplicas(
    "replicas",
    cl::desc("Most copies of a weight in spare crossbars (default: auto, as "
             "many as shorten an inference)"),
    cl::value_desc("count|auto"), cl::init(0), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<unsigned, false, CountOrAuto> granularity(
    "granularity",
    cl::desc("Tokens that one task computes: fewer overlap more and make more "
             "tasks (default: auto)"),
    cl::value_desc("tokens|auto"), cl::init(0), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<PlacementMethod> placement(
    "placement", cl::desc("How nodes are chosen for kernels"),
    cl::values(clEnumValN(PlacementMethod::RowMajor, "row-major",
                          "in program order, row by row"),
               clEnumValN(PlacementMethod::Curve, "curve",
                          "along a space-filling curve, near their data"),
               clEnumValN(PlacementMethod::Anneal, "anneal",
                          "from there on by simulated annealing (default)")),
    cl::init(PlacementMethod::Anneal), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static NumberOption<unsigned> placementMoves(
    "placement-moves",
    cl::desc("Changes that --placement=anneal tries (default: 8000)"),
    cl::value_desc("count"), cl::init(8000), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static NumberOption<unsigned long long> placementSeed(
    "placement-seed",
    cl::desc("Key of the random numbers of --placement=anneal (default: 0)"),
    cl::value_desc("number"), cl::init(0), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

MappingOptions atleus::getMappingOptions() {
  MappingOptions options;
  options.policy = policy;
  options.objective = objective;
  options.pins.assign(pins.begin(), pins.end());
  options.spill = spill;
  options.maxReplicas = maxReplicas;
  options.tokensPerTask = granularity;
  options.placement = placement;
  options.placementMoves = placementMoves;
  options.placementSeed = placementSeed;
  return options;
}

/// A count as its option states it.
static std::string formatCountOrAuto(unsigned count) {
  return count == 0 ? "auto" : std::to_string(count);
}

void atleus::describeMapping(
    const MappingOptions &options,
    llvm::function_ref<void(Phase, const char *, std::string)> add) {
  add(Phase::Assigned, "policy", wordOf(policy, options.policy));
  add(Phase::Assigned, "objective", wordOf(objective, options.objective));
  add(Phase::Assigned, "assign", llvm::join(options.pins, " "));
  add(Phase::Assigned, "spill", wordOf(spill, options.spill));
  add(Phase::Tiled, "replicas", formatCountOrAuto(options.maxReplicas));
  add(Phase::Tiled, "granularity", formatCountOrAuto(options.tokensPerTask));
  add(Phase::Placed, "placement", wordOf(placement, options.placement));
  if (options.placement != PlacementMethod::Anneal)
    return;
  add(Phase::Placed, "placement_moves", std::to_string(options.placementMoves));
  add(Phase::Placed, "placement_seed", std::to_string(options.placementSeed));
}

void atleus::warnOfIdleMappingFlags(Phase done) {
  auto warn = [&](const cl::Option &option, Phase phase, const char *other) {
    if (option.getNumOccurrences() > 0 && done < phase)
      llvm::WithColor::warning(llvm::errs())
          << "--" << option.ArgStr << " has no effect without " << other
          << '\n';
  };
  if (policy != AssignmentPolicy::Cost)
    warn(objective, Phase::Assigned, "--policy=cost");
  if (placement != PlacementMethod::Anneal) {
    warn(placementMoves, Phase::Placed, "--placement=anneal");
    warn(placementSeed, Phase::Placed, "--placement=anneal");
  }
}

/// Lists have an operator & of their own, references do not use it.
static std::pair<const cl::Option *, Phase> flag(const cl::Option &option,
                                                 Phase phase) {
  return {&option, phase};
}

std::vector<std::pair<const cl::Option *, Phase>> atleus::getMappingFlags() {
  return {
      flag(policy, Phase::Assigned),     flag(objective, Phase::Assigned),
      flag(pins, Phase::Assigned),       flag(spill, Phase::Assigned),
      flag(maxReplicas, Phase::Tiled),   flag(granularity, Phase::Tiled),
      flag(placement, Phase::Placed),    flag(placementMoves, Phase::Placed),
      flag(placementSeed, Phase::Placed)};
}
