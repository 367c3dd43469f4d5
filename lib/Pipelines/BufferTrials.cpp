// What is tried when a schedule does not fit into the buffers of a machine.
#include "atleus/Pipelines/BufferTrials.h"

#include "BufferAttempt.h"

#include "atleus/Scheduling/LoadBuffers.h"

#include "mlir/IR/Threading.h"
#include "llvm/ADT/MapVector.h"

#include <atomic>

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Other tasks and places
//===----------------------------------------------------------------------===//

/// A task that takes more of a buffer leaves hardly any room there for what
/// others wait for, so that there mostly is no order of tasks; where none takes
/// as much, the scheduler finds out.
static constexpr int64_t roomyPercent = 75;

/// Options that are tried together, in the order in which they are preferred.
using Variants = std::vector<PipelineOptions>;

/// What is tried after `options`: tasks of a half of a buffer, which leave room
/// for the operands of the next; kernels in turn on all nodes instead of near
/// their data; and both with ever smaller tasks. Those of one list take about
/// the same time to try.
static std::vector<Variants> getVariants(PipelineOptions options) {
  PlacementMethod placement = options.mapping.placement;
  std::vector<Variants> variants(1);
  auto add = [&](unsigned share, PlacementMethod placement) {
    options.mapping.bufferShare = share;
    options.mapping.placement = placement;
    variants.back().push_back(options);
  };
  bool hasOther = placement != PlacementMethod::RowMajor;
  add(2, placement);
  if (hasOther) {
    add(1, PlacementMethod::RowMajor);
    add(2, PlacementMethod::RowMajor);
  }
  for (unsigned share : {4, 8, 16}) {
    variants.emplace_back();
    add(share, placement);
    if (hasOther)
      add(share, PlacementMethod::RowMajor);
  }
  return variants;
}

/// " with tasks of 1/2 of a buffer, row by row".
static std::string describe(const PipelineOptions &variant) {
  bool inTurn = variant.mapping.placement == PlacementMethod::RowMajor;
  return (" with tasks of 1/" + Twine(variant.mapping.bufferShare) +
          " of a buffer" + (inTurn ? ", row by row" : ""))
      .str();
}

/// Goes on from the attempt, if it is valid and leads to a schedule that fits,
/// and puts what comes of it into `module`.
static bool use(BufferAttempt &attempt, Phase to, ModuleOp module) {
  if (!attempt.isValid())
    return false;
  attempt.complete(to);
  if (!attempt.isValid())
    return false;
  attempt.emitDiagnostics();
  replaceBody(module, *attempt.takeModule());
  return true;
}

/// Goes on from the first of some variants that has an order and leads to a
/// schedule. They are tried in threads; that does not change which is used.
static bool useFirst(const Variants &variants, Phase from, Phase to,
                     ModuleOp module) {
  std::vector<std::unique_ptr<BufferAttempt>> attempts;
  for (const PipelineOptions &variant : variants)
    attempts.push_back(
        std::make_unique<BufferAttempt>(module, variant, describe(variant)));
  // What comes behind one that has an order need not be tried.
  std::atomic<size_t> first = attempts.size();
  parallelFor(module.getContext(), 0, attempts.size(), [&](size_t i) {
    if (first < i || !attempts[i]->isPromising(from))
      return;
    size_t known = first;
    while (i < known && !first.compare_exchange_weak(known, i))
      ;
  });
  for (size_t i = first; i < attempts.size(); ++i)
    if (attempts[i]->isPromising(from) && use(*attempts[i], to, module))
      return true;
  return false;
}

LogicalResult atleus::runFittingBuffers(ModuleOp module, Phase from, Phase to,
                                        const PipelineOptions &options) {
  BufferAttempt attempt(module, options, "");
  attempt.prepare(from);
  bool isTried = attempt.isValid() && attempt.hasOrder(roomyPercent);
  if (isTried && use(attempt, to, module))
    return success();
  if (!attempt.isValid() && !attempt.lacksBuffers()) {
    attempt.emitDiagnostics();
    return failure();
  }
  // Passes load what they create, which threads must not do at once.
  module.getContext()->loadAllAvailableDialects();
  for (const Variants &variants : getVariants(options))
    if (useFirst(variants, from, to, module))
      return success();
  // Once more, to say why.
  return runPasses(module, from, to, options);
}

//===----------------------------------------------------------------------===//
// Larger buffers
//===----------------------------------------------------------------------===//

/// Sizes that are tried.
static constexpr unsigned maxGuesses = 5;

namespace {
/// Bytes by "core.buffer_bytes".
class BufferSizes {
public:
  void raise(ArrayAttr needed);
  std::vector<std::string> getChanges() const;
  /// `changes` without those of the same attributes, and with these.
  std::vector<std::string> change(ArrayRef<std::string> changes) const;

private:
  llvm::MapVector<StringRef, int64_t> sizes;
};
} // namespace

/// What is needed more than once grows by a quarter at least.
void BufferSizes::raise(ArrayAttr needed) {
  for (auto change : needed.getAsRange<StringAttr>()) {
    auto [name, value] = change.getValue().split('=');
    int64_t bytes = 0;
    value.getAsInteger(10, bytes);
    int64_t &size = sizes[name];
    size = std::max(bytes, size + size / 4);
  }
}

std::vector<std::string> BufferSizes::getChanges() const {
  std::vector<std::string> changes;
  for (auto [name, bytes] : sizes)
    changes.push_back((name + "=" + Twine(bytes)).str());
  return changes;
}

std::vector<std::string>
BufferSizes::change(ArrayRef<std::string> changes) const {
  std::vector<std::string> result = getChanges();
  for (const std::string &former : changes)
    if (!sizes.count(StringRef(former).split('=').first))
      result.push_back(former);
  return result;
}

/// Changes of the machine with which `unchanged` compiles; none if a few
/// guesses from `needed` on are not enough.
static std::vector<std::string> findSizes(ModuleOp unchanged,
                                          const PipelineOptions &options,
                                          ArrayAttr needed) {
  ScopedDiagnosticHandler silence(unchanged.getContext(),
                                  [](Diagnostic &) { return success(); });
  BufferSizes sizes;
  for (unsigned guess = 0; needed && guess < maxGuesses; ++guess) {
    sizes.raise(needed);
    PipelineOptions trial = options;
    trial.machineChanges = sizes.change(options.machineChanges);
    trial.advisesBuffers = false;
    OwningOpRef<ModuleOp> copy = unchanged.clone();
    if (succeeded(runPipeline(*copy, Phase::Scheduled, trial)))
      return sizes.getChanges();
    needed =
        (*copy)->getAttrOfType<ArrayAttr>(scheduling::neededBuffersAttribute);
  }
  return {};
}

void atleus::adviseBuffers(ModuleOp module, ModuleOp unchanged,
                           const PipelineOptions &options) {
  auto needed =
      module->getAttrOfType<ArrayAttr>(scheduling::neededBuffersAttribute);
  if (!needed || needed.empty())
    return;
  std::string changes;
  for (const std::string &change : findSizes(unchanged, options, needed))
    changes += (changes.empty() ? "--set=" : " --set=") + change;
  if (!changes.empty())
    module.emitRemark("fits with ") << changes;
}
