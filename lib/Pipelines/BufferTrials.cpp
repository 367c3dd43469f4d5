// What is tried when a schedule does not fit into the buffers of a machine.
#include "atleus/Pipelines/BufferTrials.h"

#include "BufferAttempt.h"
#include "BufferJudgement.h"

#include "atleus/Scheduling/LoadBuffers.h"

#include "mlir/IR/Threading.h"

#include <atomic>
#include <map>
#include <memory>
#include <set>

using namespace mlir;
using namespace atleus;

/// Tasks take no less than a buffer over this.
static constexpr unsigned leastShare = 16;

namespace {
using Attempt = std::unique_ptr<BufferAttempt>;

/// The attempts at one module, none of which is made twice.
class FittingSearch {
public:
  FittingSearch(ModuleOp module, Phase from, Phase to,
                const PipelineOptions &options, FirstPlan known)
      : module(module), from(from), to(to), options(options), known(known) {}

  FailureOr<MappingOptions> run();

private:
  Attempt makeFirst() const;
  Attempt make(unsigned share, PlacementMethod placement) const;
  void judge(MutableArrayRef<Attempt> attempts);
  bool goOn(Attempt &attempt);
  bool useFirst(MutableArrayRef<Attempt> attempts);
  bool tryFirst();
  bool tryDoubtful();
  bool tryOthers();
  MutableArrayRef<Attempt> getBoth(unsigned share);
  MutableArrayRef<Attempt> getLarge();
  bool isHopeless();
  FailureOr<MappingOptions> conclude();
  FailureOr<MappingOptions> finish();
  FailureOr<MappingOptions> fail(BufferAttempt &attempt);

  ModuleOp module;
  Phase from, to;
  const PipelineOptions &options;
  /// Of the plan that the options ask for.
  FirstPlan known;
  /// That plan; null as long as nobody asked.
  Attempt first;
  std::set<PlanKey> hopeless;
  /// Attempts with tasks as large as the first ones, or half of that.
  std::vector<Attempt> large;
  /// By share, attempts with the placement that is asked for and row by row.
  std::map<unsigned, std::vector<Attempt>> both;
  /// The outcome; null as long as there is none.
  Attempt used;
  /// A plan with room that fails for another reason, which settles it, too.
  Attempt stopped;
};
} // namespace

Attempt FittingSearch::makeFirst() const {
  return std::make_unique<BufferAttempt>(module, options, "");
}

/// " with tasks of 1/2 of a buffer, row by row".
static std::string describe(const MappingOptions &mapping) {
  bool inTurn = mapping.placement == PlacementMethod::RowMajor;
  return (" with tasks of 1/" + Twine(mapping.bufferShare) + " of a buffer" +
          (inTurn ? ", row by row" : ""))
      .str();
}

Attempt FittingSearch::make(unsigned share, PlacementMethod placement) const {
  PipelineOptions variant = options;
  variant.mapping.bufferShare = share;
  variant.mapping.placement = placement;
  return std::make_unique<BufferAttempt>(module, variant,
                                         describe(variant.mapping));
}

/// Tasks of one share of a buffer, near their data and in turn on all nodes,
/// judged.
MutableArrayRef<Attempt> FittingSearch::getBoth(unsigned share) {
  std::vector<Attempt> &attempts = both[share];
  if (attempts.empty()) {
    attempts.push_back(make(share, options.mapping.placement));
    if (options.mapping.placement != PlacementMethod::RowMajor)
      attempts.push_back(make(share, PlacementMethod::RowMajor));
    judge(attempts);
  }
  return attempts;
}

/// Gives up attempts that are tiled as others before. Looks for orders of the
/// rest in threads, up to the first that has one; that does not change which it
/// is.
void FittingSearch::judge(MutableArrayRef<Attempt> attempts) {
  std::vector<PlanKey> keys;
  for (Attempt &attempt : attempts) {
    attempt->tile(from);
    PlanKey key = attempt->isValid() ? attempt->getKey() : PlanKey();
    if (hopeless.count(key) || llvm::is_contained(keys, key))
      attempt->giveUp();
    keys.push_back(std::move(key));
  }
  std::atomic<size_t> first = attempts.size();
  parallelFor(module.getContext(), 0, attempts.size(), [&](size_t i) {
    if (first < i || !attempts[i]->isPromising())
      return;
    size_t known = first;
    while (i < known && !first.compare_exchange_weak(known, i))
      ;
  });
  for (size_t i = 0; i < first; ++i)
    hopeless.insert(std::move(keys[i]));
}

/// Whether the attempt settles it: it leads to a schedule that fits, or fails
/// for another reason. Where only the plan is wanted, that it has an order is
/// enough to know.
bool FittingSearch::goOn(Attempt &attempt) {
  if (to >= Phase::Scheduled || !attempt->isPromising())
    attempt->complete(std::max(to, Phase::Scheduled));
  if (!attempt->isValid() && attempt->lacksBuffers())
    return false;
  (attempt->isValid() ? used : stopped) = std::move(attempt);
  return true;
}

/// Goes on with the first of the attempts that has an order and settles it.
bool FittingSearch::useFirst(MutableArrayRef<Attempt> attempts) {
  return llvm::any_of(attempts, [&](Attempt &attempt) {
    return attempt->isPromising() && goOn(attempt);
  });
}

/// The outcome when it is settled.
FailureOr<MappingOptions> FittingSearch::conclude() {
  if (used)
    return finish();
  return fail(stopped ? *stopped : *first);
}

FailureOr<MappingOptions> FittingSearch::finish() {
  const PipelineOptions &chosen = used->getOptions();
  MappingOptions mapping = chosen.mapping;
  if (to < Phase::Scheduled) {
    if (failed(runPasses(module, from, to, chosen)))
      return failure();
    return mapping;
  }
  used->emitDiagnostics();
  replaceBody(module, *used->takeModule());
  return mapping;
}

FailureOr<MappingOptions> FittingSearch::fail(BufferAttempt &attempt) {
  if (attempt.isValid())
    attempt.explain();
  attempt.emitDiagnostics();
  if (Attribute needed =
          attempt.getModule()->getAttr(scheduling::neededBuffersAttribute))
    module->setAttr(scheduling::neededBuffersAttribute, needed);
  return failure();
}

/// Tries the plan that the options ask for. Returns whether that settles it: a
/// schedule fits, or none does.
bool FittingSearch::tryFirst() {
  first = makeFirst();
  first->tile(from);
  if (!first->isValid())
    return true;
  PlanKey key = first->getKey();
  first->place();
  if (!first->isValid())
    return true;
  if (areTasksWithin(first->getModule(), easyPercent) || first->isPromising()) {
    if (goOn(first))
      return true;
    known = FirstPlan::Fails;
  } else {
    known = areTasksWithin(first->getModule(), roomyPercent)
                ? FirstPlan::Doubtful
                : FirstPlan::Fails;
  }
  hopeless.insert(std::move(key));
  return false;
}

/// Schedules the plan that the options ask for though its list schedule does
/// not fit.
bool FittingSearch::tryDoubtful() {
  if (known != FirstPlan::Doubtful)
    return false;
  if (!first) {
    first = makeFirst();
    first->tile(from);
    if (first->isValid())
      first->place();
  }
  return first->isValid() && goOn(first);
}

/// Tasks of half a buffer, which leave room for the operands of the next, and
/// kernels in turn on all nodes instead of near their data. They take about the
/// same time, and are judged at once.
MutableArrayRef<Attempt> FittingSearch::getLarge() {
  if (large.empty()) {
    large.push_back(make(2, options.mapping.placement));
    if (options.mapping.placement != PlacementMethod::RowMajor)
      for (unsigned share : {1, 2})
        large.push_back(make(share, PlacementMethod::RowMajor));
    judge(large);
  }
  return large;
}

/// Whether no others have an order, by what is seen of large tasks, which are
/// judged soonest, of small ones, and of the smallest. What is tiled is not
/// tiled anew, and shows nothing.
bool FittingSearch::isHopeless() {
  auto haveNone = [](MutableArrayRef<Attempt> attempts) {
    return llvm::none_of(
        attempts, [](Attempt &attempt) { return attempt->isPromising(); });
  };
  return from < Phase::Tiled && haveNone(getLarge()) &&
         haveNone(getBoth(smallShare)) && haveNone(getBoth(leastShare));
}

/// Tries large tasks, and then ever smaller ones.
bool FittingSearch::tryOthers() {
  if (useFirst(getLarge()))
    return true;
  for (unsigned share = smallShare; share <= leastShare; share *= 2)
    if (useFirst(getBoth(share)))
      return true;
  return false;
}

FailureOr<MappingOptions> FittingSearch::run() {
  if (known == FirstPlan::Unknown && tryFirst())
    return conclude();
  // Passes load what they create, which threads must not do at once.
  module.getContext()->loadAllAvailableDialects();
  if (!isHopeless() && (tryDoubtful() || tryOthers()))
    return conclude();
  return fail(*getBoth(smallShare).front());
}

FailureOr<MappingOptions>
atleus::runFittingBuffers(ModuleOp module, Phase from, Phase to,
                          const PipelineOptions &options, FirstPlan known) {
  return FittingSearch(module, from, to, options, known).run();
}
