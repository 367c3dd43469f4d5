// What is tried when a schedule does not fit into the buffers of a machine.
#include "atleus/Pipelines/BufferTrials.h"

#include "atleus/Scheduling/LoadBuffers.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Other tasks and places
//===----------------------------------------------------------------------===//

/// What is tried after `options`: tasks of a half of a buffer, which leave room
/// for the operands of the next; kernels in turn on all nodes instead of near
/// their data; and both with ever smaller tasks.
static std::vector<PipelineOptions> getVariants(PipelineOptions options) {
  std::vector<PipelineOptions> variants;
  auto add = [&](unsigned share, PlacementMethod placement) {
    options.mapping.bufferShare = share;
    options.mapping.placement = placement;
    variants.push_back(options);
  };
  PlacementMethod placement = options.mapping.placement;
  add(2, placement);
  add(1, PlacementMethod::RowMajor);
  add(2, PlacementMethod::RowMajor);
  for (unsigned share : {4, 8, 16}) {
    add(share, placement);
    add(share, PlacementMethod::RowMajor);
  }
  return variants;
}

namespace {
/// Runs passes and keeps what they say to itself.
class Attempt {
public:
  Attempt(ModuleOp module, Phase from, Phase to, PipelineOptions options)
      : module(module) {
    options.statesBufferSizes = false;
    ScopedDiagnosticHandler handler(module.getContext(),
                                    [&](Diagnostic &diagnostic) {
                                      said.push_back(std::move(diagnostic));
                                      return success();
                                    });
    result = runPasses(module, from, to, options);
  }

  bool fits() const { return succeeded(result); }
  bool lacksBuffers() {
    return module->hasAttr(scheduling::neededBuffersAttribute);
  }

  /// Says it after all.
  LogicalResult emit() {
    for (Diagnostic &diagnostic : said)
      module.getContext()->getDiagEngine().emit(std::move(diagnostic));
    return result;
  }

private:
  ModuleOp module;
  LogicalResult result = success();
  std::vector<Diagnostic> said;
};
} // namespace

LogicalResult atleus::runFittingBuffers(ModuleOp module, Phase from, Phase to,
                                        const PipelineOptions &options) {
  OwningOpRef<ModuleOp> unchanged = module.clone();
  Attempt first(module, from, to, options);
  if (first.fits() || !first.lacksBuffers())
    return first.emit();
  for (const PipelineOptions &variant : getVariants(options)) {
    OwningOpRef<ModuleOp> copy = unchanged->clone();
    Attempt attempt(*copy, from, to, variant);
    if (!attempt.fits())
      continue;
    module.getBodyRegion().takeBody(copy->getBodyRegion());
    module->setAttrs((*copy)->getAttrDictionary());
    return attempt.emit();
  }
  // Once more, with what would be enough.
  module.getBodyRegion().takeBody(unchanged->getBodyRegion());
  module->setAttrs((*unchanged)->getAttrDictionary());
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
