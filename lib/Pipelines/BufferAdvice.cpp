// Looks for sizes of buffers that are enough, by judging plans.
#include "atleus/Pipelines/BufferAdvice.h"

#include "BufferAttempt.h"

#include "atleus/Pipelines/BufferTrials.h"
#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Transforms/MachineLibrary.h"

#include "mlir/IR/Threading.h"
#include "llvm/ADT/MapVector.h"

#include <memory>

using namespace mlir;
using namespace atleus;

/// Sizes that are too small before nothing is said.
static constexpr unsigned maxTooSmall = 8;

namespace {
/// Bytes by "core.buffer_bytes".
using BufferSizes = llvm::MapVector<StringRef, int64_t>;

class SizeSearch {
public:
  SizeSearch(ModuleOp module, Phase from, const PipelineOptions &options,
             ArrayRef<AssignmentPolicy> policies)
      : module(module), from(from), options(options), policies(policies) {}

  /// Sizes that are enough, found from some that are too small; none if none
  /// are found.
  BufferSizes find(ArrayAttr needed);

private:
  bool areEnough(const BufferSizes &sizes);
  std::unique_ptr<BufferAttempt> findLack(const BufferSizes &sizes,
                                          AssignmentPolicy policy) const;
  BufferSizes readSizes(ArrayAttr needed);
  PipelineOptions change(const BufferSizes &sizes,
                         AssignmentPolicy policy) const;
  void tighten(BufferSizes &sizes, const BufferSizes &tooSmall);

  ModuleOp module;
  Phase from;
  const PipelineOptions &options;
  /// Those that have led to a plan with the smallest sizes that are enough: no
  /// other does with smaller ones.
  SmallVector<AssignmentPolicy> policies;
  /// A plan that does not fit with the last sizes that were not enough.
  std::unique_ptr<BufferAttempt> lacking;
};
} // namespace

/// The options for a machine with such buffers, and with small tasks.
PipelineOptions SizeSearch::change(const BufferSizes &sizes,
                                   AssignmentPolicy policy) const {
  PipelineOptions changed = options;
  llvm::erase_if(changed.machineChanges, [&](const std::string &former) {
    return sizes.contains(StringRef(former).split('=').first);
  });
  for (auto [name, bytes] : sizes)
    changed.machineChanges.push_back((name + "=" + Twine(bytes)).str());
  changed.mapping.policy = policy;
  changed.mapping.bufferShare = smallShare;
  changed.statesBufferSizes = true;
  return changed;
}

/// A plan by a policy that does not fit into buffers of such sizes; null if
/// another one does.
std::unique_ptr<BufferAttempt>
SizeSearch::findLack(const BufferSizes &sizes, AssignmentPolicy policy) const {
  PipelineOptions changed = change(sizes, policy);
  auto judge = [&]() -> std::unique_ptr<BufferAttempt> {
    auto attempt = std::make_unique<BufferAttempt>(module, changed, "");
    attempt->tile(from);
    return attempt->isPromising() ? nullptr : std::move(attempt);
  };
  std::unique_ptr<BufferAttempt> lack = judge();
  if (!lack || options.mapping.placement == PlacementMethod::RowMajor)
    return lack;
  changed.mapping.placement = PlacementMethod::RowMajor;
  return judge() ? std::move(lack) : nullptr;
}

bool SizeSearch::areEnough(const BufferSizes &sizes) {
  std::vector<std::unique_ptr<BufferAttempt>> lacks(policies.size());
  parallelFor(module.getContext(), 0, policies.size(),
              [&](size_t i) { lacks[i] = findLack(sizes, policies[i]); });
  SmallVector<AssignmentPolicy> leading;
  for (auto [policy, lack] : llvm::zip_equal(policies, lacks))
    if (!lack)
      leading.push_back(policy);
  if (leading.empty()) {
    lacking = std::move(lacks.front());
    return false;
  }
  policies = std::move(leading);
  return true;
}

/// The sizes as they are.
BufferSizes SizeSearch::readSizes(ArrayAttr needed) {
  BufferSizes sizes;
  OwningOpRef<arch::MachineOp> machine =
      loadMachine(options.machine, module.getContext());
  if (!machine || failed(applyOverrides(*machine, options.machineChanges)))
    return sizes;
  for (auto change : needed.getAsRange<StringAttr>()) {
    StringRef name = change.getValue().split('=').first;
    if (Operation *core = machine->lookupSymbol(name.split('.').first))
      sizes[name] = scheduling::getBufferBytes(core).value_or(0);
  }
  return sizes;
}

/// What is needed more than once grows by a quarter at least.
static void raise(BufferSizes &sizes, ArrayAttr needed) {
  for (auto change : needed.getAsRange<StringAttr>()) {
    auto [name, value] = change.getValue().split('=');
    int64_t bytes = 0;
    value.getAsInteger(10, bytes);
    int64_t &size = sizes[name];
    size = std::max(bytes, size + size / 4);
  }
}

/// Makes sizes that are enough smaller, one after the other, as long as they
/// are.
void SizeSearch::tighten(BufferSizes &sizes, const BufferSizes &tooSmall) {
  for (auto &entry : sizes) {
    int64_t &size = entry.second;
    int64_t least = tooSmall.lookup(entry.first), enough = size;
    while (enough / 16 + 1 < enough - least) {
      size = (least + enough) / 2;
      (areEnough(sizes) ? enough : least) = size;
    }
    size = enough;
  }
}

BufferSizes SizeSearch::find(ArrayAttr needed) {
  BufferSizes sizes, tooSmall = readSizes(needed);
  for (unsigned tried = 0; needed && !needed.empty() && tried < maxTooSmall;
       ++tried) {
    raise(sizes, needed);
    if (areEnough(sizes)) {
      tighten(sizes, tooSmall);
      return sizes;
    }
    tooSmall = sizes;
    if (lacking->isValid())
      lacking->explain();
    needed = lacking->getModule()->getAttrOfType<ArrayAttr>(
        scheduling::neededBuffersAttribute);
  }
  return {};
}

void atleus::adviseBuffers(ModuleOp module, Phase from,
                           const PipelineOptions &options,
                           ArrayRef<AssignmentPolicy> policies) {
  auto needed =
      module->getAttrOfType<ArrayAttr>(scheduling::neededBuffersAttribute);
  if (!needed)
    return;
  // Passes load what they create, which threads must not do at once.
  module.getContext()->loadAllAvailableDialects();
  std::string changes;
  for (auto [name, bytes] :
       SizeSearch(module, from, options, policies).find(needed))
    changes += (changes.empty() ? "--set=" : " --set=") + name.str() + "=" +
               std::to_string(bytes);
  if (!changes.empty())
    module.emitRemark("fits with ") << changes;
}
