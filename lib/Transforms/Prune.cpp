// Pruning of the weights of linear layers.
#include "InputMoments.h"
#include "PrunedWeights.h"

#include "atleus/Compression/ErrorFeedback.h"
#include "atleus/Compression/PruningLoss.h"
#include "atleus/Cost/MachineConstants.h"
#include "atleus/Support/AbsentWeights.h"
#include "atleus/Support/NameGlob.h"
#include "atleus/Support/NearestName.h"
#include "atleus/Transforms/MachineLibrary.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Arch/Arch.h"

#include "llvm/Support/Parallel.h"

namespace atleus {
#define GEN_PASS_DEF_PRUNE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

/// Sparsities at which the loss of a weight is measured.
constexpr int measuredSteps = 9;

namespace {
/// The layers that are meant by the user's patterns.
class LayerFilter {
public:
  /// Reads globs; without any all layers are meant.
  static FailureOr<LayerFilter> parse(Location location,
                                      ArrayRef<std::string> globs);

  /// Whether a pattern matches `name`, which is known from then on.
  bool selects(StringRef name);
  /// Reports the first pattern that no name has matched.
  LogicalResult checkMatched(Location location) const;

private:
  struct Pattern {
    std::string text;
    llvm::GlobPattern glob;
    bool matched = false;
  };
  SmallVector<Pattern> patterns;
  std::vector<std::string> names;
};

/// What pruning makes of a weight.
struct PrunedResult {
  nn::SparsePattern pattern;
  nn::SparseMask mask;
  std::vector<float> elements;
};

struct Prune : public atleus::impl::PruneBase<Prune> {
  using PruneBase::PruneBase;
  Prune(const PruneOptions &options, ProgressCallback progress)
      : PruneBase(options), progress(std::move(progress)) {}

  void runOnOperation() final;

private:
  LogicalResult checkOptions();
  LogicalResult findBlocks();
  PruningRequest getRequest(double share) const {
    PruningRequest result = request;
    result.sparsity = share;
    return result;
  }
  LogicalResult pruneFunction(func::FuncOp function, LayerFilter &filter);
  FailureOr<std::vector<double>>
  chooseSparsities(func::FuncOp function, ArrayRef<PrunedWeight> weights,
                   ArrayRef<std::vector<float>> elements);
  PrunedResult prune(const WeightSample &weight, double share) const;
  void replace(const PrunedWeight &weight, const PrunedResult &result);

  ProgressCallback progress;
  /// What is asked for of every weight.
  PruningRequest request;
};
} // namespace

FailureOr<LayerFilter> LayerFilter::parse(Location location,
                                          ArrayRef<std::string> globs) {
  LayerFilter filter;
  for (const std::string &text : globs) {
    llvm::Expected<llvm::GlobPattern> glob = compileGlob(text);
    if (!glob)
      return emitError(location)
             << "pattern '" << text
             << "' of layers: " << llvm::toString(glob.takeError());
    filter.patterns.push_back({text, std::move(*glob)});
  }
  return filter;
}

bool LayerFilter::selects(StringRef name) {
  names.push_back(name.str());
  bool selected = patterns.empty();
  for (Pattern &pattern : patterns)
    if (pattern.glob.match(name))
      selected = pattern.matched = true;
  return selected;
}

LogicalResult LayerFilter::checkMatched(Location location) const {
  for (const Pattern &pattern : patterns)
    if (!pattern.matched)
      return emitError(location)
             << "pattern '" << pattern.text
             << "' matches no layer with a weight that can be pruned; nearest: "
             << listNearestMatches(pattern.text, names);
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// The size of a block of weights that an array of the machine holds: of the
/// first tier with crossbars, or else of the first with systolic arrays.
static std::pair<int64_t, int64_t> findArraySize(arch::MachineOp machine,
                                                 unsigned weightBits) {
  for (arch::TierOp tier : machine.getTiers())
    if (auto crossbar = dyn_cast<arch::CrossbarOp>(tier.getCoreOp())) {
      CrossbarConstants core = getConstants(crossbar);
      int64_t columns = core.columns / columnsPerWeight(core, weightBits);
      return {core.rows, std::max<int64_t>(1, columns)};
    }
  for (arch::TierOp tier : machine.getTiers())
    if (auto array = dyn_cast<arch::SystolicOp>(tier.getCoreOp()))
      return {array.getRows(), array.getColumns()};
  return {0, 0};
}

/// Completes the size of a block from the machine, if there is one.
LogicalResult Prune::findBlocks() {
  if (!request.hasBlocks() || (blockRows != 0 && blockColumns != 0))
    return success();
  OwningOpRef<arch::MachineOp> loaded;
  arch::MachineOp found;
  if (auto present = getOperation().getOps<arch::MachineOp>();
      !present.empty()) {
    found = *present.begin();
  } else if (!machine.empty()) {
    loaded = loadMachine(machine, &getContext());
    if (!loaded || failed(applyOverrides(*loaded, *machineChanges)))
      return failure();
    found = *loaded;
  }
  if (!found)
    return success();
  auto [rows, columns] = findArraySize(found, weightBits);
  if (blockRows == 0)
    request.blockRows = rows;
  if (blockColumns == 0)
    request.blockColumns = columns;
  return success();
}

LogicalResult Prune::checkOptions() {
  Location location = getOperation().getLoc();
  request = {pattern, sparsity, blockRows, blockColumns, lines, group, kept};
  if (weightBits < 1 || weightBits > 32)
    return emitError(location) << "weight-bits must be from 1 to 32, found "
                               << weightBits.getValue();
  // The errors of a request are those of every weight.
  llvm::Expected<nn::SparsePattern> any =
      choosePattern(getRequest(sparsity), {1, 1, false});
  if (!any)
    return emitError(location) << llvm::toString(any.takeError());
  bool measures = by == SparsityShare::Sensitivity;
  if (measures && kept != 0)
    return emitError(location) << "pruning by sensitivity gives each weight a "
                                  "share of its own, but 'kept' states one: "
                               << kept.getValue();
  if (calibration.empty() && (measures || compensate))
    return emitError(location)
           << (measures ? "pruning by sensitivity" : "compensation")
           << " needs calibration samples: give an .npz file with an array for "
              "each input of the model";
  return success();
}

void Prune::runOnOperation() {
  Location location = getOperation().getLoc();
  FailureOr<LayerFilter> filter = LayerFilter::parse(location, layers);
  if (failed(filter) || failed(checkOptions()) ||
      failed(requireWeights(getOperation(), "pruning")) || failed(findBlocks()))
    return signalPassFailure();
  for (auto function : getOperation().getOps<func::FuncOp>())
    if (failed(pruneFunction(function, *filter)))
      return signalPassFailure();
  if (failed(filter->checkMatched(location)))
    return signalPassFailure();
}

/// Warns of a weight of which all elements are zero.
static void warnOfZeros(const PrunedWeight &weight, ArrayRef<float> elements) {
  if (llvm::all_of(elements, [](float x) { return x == 0; }))
    emitWarning(weight.value.getLoc())
        << "all " << elements.size()
        << " weights are zero already: pruning chooses the last of them";
}

static SmallVector<ObservedValues> getInputs(ArrayRef<PrunedWeight> weights) {
  SmallVector<ObservedValues> inputs;
  for (const PrunedWeight &weight : weights)
    inputs.push_back(weight.getInputs());
  return inputs;
}

LogicalResult Prune::pruneFunction(func::FuncOp function, LayerFilter &filter) {
  SmallVector<PrunedWeight> weights = collectPrunedWeights(
      function, [&](StringRef name) { return filter.selects(name); });
  if (weights.empty())
    return success();
  std::vector<std::vector<float>> elements;
  for (const PrunedWeight &weight : weights) {
    FailureOr<std::vector<float>> values = weight.read();
    if (failed(values))
      return failure();
    warnOfZeros(weight, *values);
    elements.push_back(std::move(*values));
  }
  FailureOr<std::vector<double>> shares =
      chooseSparsities(function, weights, elements);
  if (failed(shares))
    return failure();
  std::vector<PrunedResult> results(weights.size());
  auto pruneOne = [&](size_t index, const SecondMoments *moments) {
    results[index] = prune({weights[index].shape, elements[index], moments},
                           (*shares)[index]);
    std::vector<float>().swap(elements[index]);
  };
  if (calibration.empty())
    llvm::parallelFor(0, weights.size(),
                      [&](size_t index) { pruneOne(index, nullptr); });
  else if (failed(forEachInputMoments(
               function, {calibration, progress}, getInputs(weights),
               "pruning weights",
               [&](ArrayRef<size_t> indices, const SecondMoments &moments) {
                 for (size_t index : indices)
                   pruneOne(index, &moments);
               })))
    return failure();
  for (auto [weight, result] : llvm::zip_equal(weights, results))
    replace(weight, result);
  return success();
}

FailureOr<std::vector<double>>
Prune::chooseSparsities(func::FuncOp function, ArrayRef<PrunedWeight> weights,
                        ArrayRef<std::vector<float>> elements) {
  if (by == SparsityShare::Uniform)
    return std::vector<double>(weights.size(), sparsity);
  std::vector<PrunedLayer> measured(weights.size());
  if (failed(forEachInputMoments(
          function, {calibration, progress}, getInputs(weights),
          "measuring weights",
          [&](ArrayRef<size_t> indices, const SecondMoments &moments) {
            for (size_t index : indices)
              measured[index] = measureLosses(
                  getRequest(sparsity),
                  {weights[index].shape, elements[index], &moments},
                  measuredSteps);
          })))
    return failure();
  return allocateSparsity(measured, sparsity);
}

/// The weights that make up for those that are pruned.
static std::vector<float> compensateWeight(const WeightSample &weight,
                                           ArrayRef<uint8_t> pruned) {
  ErrorFeedback feedback(*weight.moments);
  int64_t inputs = weight.shape.inputs, features = weight.shape.features;
  if (!weight.shape.transposed)
    return feedback.compensate(weight.elements, features, pruned);
  std::vector<float> result =
      feedback.compensate(transposeMatrix(weight.elements, features, inputs),
                          features, transposeMatrix(pruned, features, inputs));
  return transposeMatrix<float>(result, inputs, features);
}

PrunedResult Prune::prune(const WeightSample &weight, double share) const {
  PrunedResult result;
  result.pattern =
      llvm::cantFail(choosePattern(getRequest(share), weight.shape));
  std::vector<float> scales;
  if (weight.moments)
    scales = compensate ? weight.compensatedScales() : weight.inputScales();
  result.mask = findMask(result.pattern, weight.elements,
                         {scales, weight.shape.transposed ? 1u : 0u},
                         keptAnywhere(share, weight.elements.size()));
  result.elements = compensate ? compensateWeight(weight, result.mask.pruned)
                               : weight.elements.vec();
  return result;
}

void Prune::replace(const PrunedWeight &weight, const PrunedResult &result) {
  replaceWeight(weight, result.pattern, result.mask, result.elements);
  ++numWeights;
  numElements += result.elements.size();
  numZeros += llvm::count(result.mask.pruned, 1);
}

std::unique_ptr<Pass> atleus::createPrune(const PruneOptions &options,
                                          ProgressCallback progress) {
  return std::make_unique<Prune>(options, std::move(progress));
}
